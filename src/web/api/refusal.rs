//! What the rules of the trade do not allow, as problems: each with a name that stays.

use super::problem::{Kind, Problem};
use crate::accounting::destroying::DestroyError;
use crate::accounting::{StampError, Unclear};
use crate::delivery::JobError;
use crate::desk::keeping::KeepError;
use crate::desk::sheets::SheetsError;
use crate::identity::IdentityError;
use crate::issuance::IssueError;
use crate::issuance::ordering::OrderError;
use crate::register::RegisterError;
use crate::register::authorities::AuthorityError;
use crate::register::catalogue::CatalogueError;
use crate::register::inspections::InspectionError;
use crate::register::judgements::JudgementError;
use crate::register::plans::PlanError;
use crate::register::producers::ProducerError;
use crate::register::reports::ReportError;
use crate::register::shops::ShopError;
use crate::web::views::desk::wording;
use crate::web::words::Words;

/// Why an order was not taken or moved.
pub(super) fn order(words: Words, why: OrderError) -> Problem {
    match why {
        OrderError::Store(why) => why.into(),
        OrderError::NoOrder(_) => Kind::NotFound.into(),
        why => Problem::refused(why.key(), wording::order(words, &why)),
    }
}

/// Why codes were not issued.
pub(super) fn issue(words: Words, why: IssueError) -> Problem {
    let reason = match &why {
        IssueError::Order(_) => "moved",
        IssueError::Ineligible(why) => why.key(),
        IssueError::NoKey => "no_key",
        IssueError::KeyMayNotSign(_) | IssueError::OtherKey { .. } => "other_key",
        _ => "failed",
    };
    match (why, reason) {
        (IssueError::Store(why), _) => why.into(),
        (IssueError::NoOrder(_), _) => Kind::NotFound.into(),
        (why, reason) => match wording::issue(words, &why) {
            Some(said) => Problem::refused(reason, said),
            None => Problem::internal("codes were not issued", &why),
        },
    }
}

/// Why a decision about a recognition was not entered.
pub(super) fn judgement(words: Words, why: RegisterError) -> Problem {
    match why {
        RegisterError::Store(why) => why.into(),
        why => Problem::refused(why.key(), wording::judgement(words, &why)),
    }
}

/// Why a decision about many products was not entered.
pub(super) fn whole_judgement(words: Words, why: JudgementError) -> Problem {
    let reason = match &why {
        JudgementError::Incomplete => "incomplete",
        JudgementError::Products => "products",
        JudgementError::Taken(_) => "taken",
        JudgementError::Refused(_, why) => why.key(),
        JudgementError::Store(_) => "",
    };
    match why {
        JudgementError::Store(why) => why.into(),
        why => Problem::refused(reason, wording::whole_judgement(words, &why)),
    }
}

/// Why an act on a batch was refused.
pub(super) fn job(words: Words, why: JobError) -> Problem {
    match why {
        JobError::Store(why) => why.into(),
        JobError::NoBatch(_) => Kind::NotFound.into(),
        JobError::Stamps(why) => stamps(words, why),
        JobError::Order(why) => order(words, why),
        why => Problem::refused(why.key(), wording::job(words, &why)),
    }
}

/// Why nothing was done with a report.
pub(super) fn report(words: Words, why: ReportError) -> Problem {
    let reason = match &why {
        ReportError::Store(_) | ReportError::NoReport(_) => "",
        ReportError::Blank | ReportError::NoText => "no_text",
        ReportError::TooLong => "too_long",
        ReportError::Contact => "contact",
        ReportError::KeyTaken => "key_taken",
        ReportError::TooMany => "too_many",
        ReportError::Moved(_) => "moved",
        ReportError::Changed => "changed",
    };
    match why {
        ReportError::Store(why) => why.into(),
        ReportError::NoReport(_) => Kind::NotFound.into(),
        why => Problem::refused(reason, wording::report(words, &why)),
    }
}

/// Why an account was not made or changed.
pub(super) fn identity(words: Words, why: IdentityError) -> Problem {
    let reason = match &why {
        IdentityError::LoginTaken(_) => "login_taken",
        IdentityError::Login(_) => "login",
        IdentityError::Name => "name",
        IdentityError::Unprintable(_) => "unprintable",
        IdentityError::Email => "email",
        IdentityError::Organisation(_) => "organisation",
        _ => "failed",
    };
    match why {
        IdentityError::Store(why) => why.into(),
        IdentityError::NoAccount(_) => Kind::NotFound.into(),
        why => match wording::identity(words, &why) {
            Some(said) => Problem::refused(reason, said),
            None => Problem::internal("an account was not changed", &why),
        },
    }
}

/// Why something that an administrator keeps was not kept.
pub(super) fn keeping(words: Words, why: KeepError) -> Problem {
    let reason = match why {
        KeepError::Shop(ShopError::Store(why))
        | KeepError::Plan(PlanError::Store(why))
        | KeepError::Authority(AuthorityError::Store(why)) => return why.into(),
        KeepError::Shop(ShopError::NoShop(_))
        | KeepError::Plan(PlanError::NoPlan(_))
        | KeepError::Authority(AuthorityError::NoAuthority(_)) => return Kind::NotFound.into(),
        KeepError::Shop(ShopError::NameTaken(..))
        | KeepError::Plan(PlanError::Taken(_))
        | KeepError::Authority(AuthorityError::Taken(_)) => "taken",
        KeepError::Shop(ShopError::Unprintable(why))
        | KeepError::Plan(PlanError::Unprintable(why))
        | KeepError::Authority(AuthorityError::Unprintable(why)) => {
            return Problem::refused("unprintable", wording::unprintable(words, &why));
        }
        KeepError::Shop(ShopError::Phone) => "phone",
        KeepError::Shop(ShopError::Name | ShopError::Licence)
        | KeepError::Plan(PlanError::Facts)
        | KeepError::Authority(AuthorityError::Facts) => "unreadable",
    };
    Problem::refused(reason, words.say(&format!("records.problem.{reason}")).into_owned())
}

/// Why a producer was not entered or changed.
pub(super) fn producer(words: Words, why: ProducerError) -> Problem {
    let reason = match why {
        ProducerError::Store(why) => return why.into(),
        ProducerError::NoProducer(_) => return Kind::NotFound.into(),
        ProducerError::Facts => "facts",
        ProducerError::Unprintable(why) => {
            return Problem::refused("unprintable", wording::unprintable(words, &why));
        }
        ProducerError::TaxCode => "tax_code",
        ProducerError::Phone => "phone",
        ProducerError::Email => "email",
        ProducerError::Taken(..) => "taken",
        ProducerError::Alike { id, known, .. } => {
            let places = [("number", &*id.to_string()), ("name", &*known)];
            return Problem::refused("alike", words.fill("producer.edit.problem.alike", places));
        }
        ProducerError::TaxCodeTaken(_, other) => {
            let key = "producer.edit.problem.tax_code_taken";
            let said = words.fill(key, [("number", &*other.to_string())]);
            return Problem::refused("tax_code_taken", said);
        }
        ProducerError::Changed(_) => "changed",
    };
    Problem::refused(reason, words.say(&format!("producer.edit.problem.{reason}")).into_owned())
}

/// Why a product was not entered or changed.
pub(super) fn catalogue(words: Words, why: CatalogueError) -> Problem {
    let reason = match why {
        CatalogueError::Store(why) => return why.into(),
        CatalogueError::NoProduct(_) | CatalogueError::NoProducer(_) => {
            return Kind::NotFound.into();
        }
        CatalogueError::Facts => "facts",
        CatalogueError::Unprintable(why) => {
            return Problem::refused("unprintable", wording::unprintable(words, &why));
        }
        CatalogueError::Taken(_) => "taken",
        CatalogueError::Alike { id, known, .. } => {
            let places = [("number", &*id.to_string()), ("name", &*known)];
            return Problem::refused("alike", words.fill("product.edit.problem.alike", places));
        }
        CatalogueError::Changed(_) => "changed",
    };
    Problem::refused(reason, words.say(&format!("product.edit.problem.{reason}")).into_owned())
}

/// Why stamps were not moved.
pub(super) fn stamps(words: Words, why: StampError) -> Problem {
    match why {
        StampError::Store(why) => why.into(),
        StampError::Unclear(why) => unclear(words, why, ""),
        StampError::Left(_, found) => {
            Problem::refused(found.key(), wording::left(words, &found)).with_stamps(&found)
        }
        why => Problem::refused(why.key(), wording::stamps(words, &why)),
    }
}

/// Why it is not clear which stamps are meant; `at` leads to the fields that say it.
pub(super) fn unclear(words: Words, why: Unclear, at: &str) -> Problem {
    let code = match why {
        Unclear::Nothing | Unclear::NoFirst => "missing",
        _ => "invalid",
    };
    let problem = Problem::field(words, &format!("#{at}/{}", why.field()), code);
    problem.saying(wording::unclear(words, why))
}

/// Why a destruction was not recorded or decided on.
pub(super) fn destruction(words: Words, why: DestroyError) -> Problem {
    match why {
        DestroyError::NoDestruction(_) => Kind::NotFound.into(),
        DestroyError::Store(why) => why.into(),
        DestroyError::Stamps(why) => stamps(words, why),
        why => Problem::refused(why.key(), wording::destruction(words, &why)),
    }
}

/// Why an inspection was not recorded.
pub(super) fn inspection(words: Words, why: InspectionError) -> Problem {
    let reason = match &why {
        InspectionError::Blank => "incomplete",
        InspectionError::FutureDay(_) => "future_day",
        InspectionError::Unprintable(_) => "unprintable",
        InspectionError::Remedy(_) => "remedy",
        InspectionError::Range => "backwards",
        InspectionError::NoStamp(_) => "none_issued",
        InspectionError::Store(_) => "",
    };
    match why {
        InspectionError::Store(why) => why.into(),
        why => Problem::refused(reason, wording::inspection(words, &why)),
    }
}

/// Why sheets were not made.
pub(super) fn sheets(words: Words, why: SheetsError) -> Problem {
    match why {
        SheetsError::NoBatch => Kind::NotFound.into(),
        SheetsError::Store(why) => why.into(),
        why => match wording::sheets(words, &why) {
            Some(said) => Problem::refused("unprintable", said),
            None => Problem::internal("sheets were not made", &why),
        },
    }
}
