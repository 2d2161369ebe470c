//! Refusals in words: what, and what to do.

mod printing;
mod stamps;

pub(in crate::web) use self::printing::{misfit, sheets};
pub(in crate::web) use self::stamps::{causes, left, stamps, unclear};
use super::moment;
use crate::accounting::destroying::DestroyError;
use crate::accounting::reconcile::Difference;
use crate::code::text;
use crate::delivery::JobError;
use crate::domain::print_shop::NoLicence;
use crate::domain::recognition::Standing;
use crate::fonts::{Obstacle, Unprintable};
use crate::identity::{IdentityError, PASSWORD_CHARS_MIN};
use crate::issuance::ordering::OrderError;
use crate::issuance::{Ineligible, IssueError};
use crate::photos::{BYTES_MAX, PIXELS_MAX, PhotoError, SIDE_PX_MIN};
use crate::register::RegisterError;
use crate::register::inspections::InspectionError;
use crate::register::judgements::{JudgementError, PRODUCTS_MAX};
use crate::register::reports::ReportError;
use crate::web::words::Words;

/// Why somebody was not let in, or an account not changed; none where the person can do nothing.
pub(in crate::web) fn identity(words: Words, why: &IdentityError) -> Option<String> {
    let key = match why {
        IdentityError::Wrong => "wrong",
        IdentityError::WrongCode => "wrong_code",
        IdentityError::TooMany => "too_many",
        IdentityError::Weak(weakness) => {
            let least = PASSWORD_CHARS_MIN.to_string();
            let key = format!("identity.weak.{}", weakness.key());
            return Some(words.fill(&key, [("least", &least)]));
        }
        IdentityError::LoginTaken(login) => {
            return Some(words.fill("identity.login_taken", [("login", login)]));
        }
        IdentityError::Login(_) => "login",
        IdentityError::Name => "name",
        IdentityError::Unprintable(why) => return Some(unprintable(words, why)),
        IdentityError::Email => "email",
        IdentityError::Organisation(_) => "organisation",
        IdentityError::TokenName => "token_name",
        IdentityError::TokenRights => "token_rights",
        IdentityError::TokenLife => "token_life",
        IdentityError::TooManyTokens => "too_many_tokens",
        IdentityError::NoInvitation
        | IdentityError::NotProven
        | IdentityError::Letter(_)
        | IdentityError::NoAccount(_)
        | IdentityError::NoToken(_)
        | IdentityError::Random(_)
        | IdentityError::Hashing(_)
        | IdentityError::Store(_) => return None,
    };
    Some(words.say(&format!("identity.{key}")).into_owned())
}

/// Why an order was not taken or moved.
pub(in crate::web) fn order(words: Words, why: &OrderError) -> String {
    match why {
        OrderError::Ineligible(why) => ineligible(words, why),
        OrderError::Move(why) => {
            let state = words.say(&format!("order.state.{}", why.from.key()));
            words.fill("order.problem.moved", [("state", &state)])
        }
        OrderError::Changed(state) => {
            let state = words.say(&format!("order.state.{}", state.key()));
            words.fill("order.problem.changed", [("state", &state)])
        }
        OrderError::WantedTooLate { ends_on, .. } => {
            words.fill("order.problem.wanted_too_late", [("date", &words.date(*ends_on))])
        }
        OrderError::WantedTooEarly { today, ends_on, .. } => words.fill(
            "order.problem.wanted_too_early",
            [("today", &*words.date(*today)), ("date", &*words.date(*ends_on))],
        ),
        OrderError::NotEditable(state) => {
            let state = words.say(&format!("order.state.{}", state.key()));
            words.fill("order.problem.not_editable", [("state", &state)])
        }
        OrderError::Irreplaceable(_) => words.say("order.problem.irreplaceable").into_owned(),
        OrderError::SamePerson { .. } => words.say("order.problem.same_person").into_owned(),
        OrderError::NoReason(_) => words.say("order.problem.reason").into_owned(),
        OrderError::BeingIssued(_) => words.say("order.problem.being_issued").into_owned(),
        OrderError::KeyTaken { order, .. } => {
            words.fill("order.problem.key_taken", [("order", &order.to_string())])
        }
        OrderError::NoOrder(_) | OrderError::Store(_) => {
            words.say("error.internal.text").into_owned()
        }
    }
}

/// Why codes were not issued; none where the person can do nothing.
pub(in crate::web) fn issue(words: Words, why: &IssueError) -> Option<String> {
    match why {
        IssueError::Ineligible(why) => Some(ineligible(words, why)),
        IssueError::Order(why) => {
            let state = words.say(&format!("order.state.{}", why.from.key()));
            Some(words.fill("order.problem.moved", [("state", &state)]))
        }
        IssueError::NoKey => Some(words.say("order.problem.no_key").into_owned()),
        IssueError::KeyMayNotSign(_) | IssueError::OtherKey { .. } => {
            Some(words.say("order.problem.other_key").into_owned())
        }
        _ => None,
    }
}

/// Why a decision about a recognition was not entered.
pub(in crate::web) fn judgement(words: Words, why: &RegisterError) -> String {
    let dated = |key: &str, day| {
        words.fill(&format!("product.problem.{key}"), [("date", &words.date(day))])
    };
    let key = match why {
        RegisterError::BeforeRecognition(from) => return dated("before_recognition", *from),
        RegisterError::BeforeSignature(day) => return dated("before_signature", *day),
        RegisterError::NoRecognition(_) => "ineligible.never_recognised",
        RegisterError::Incomplete => "product.problem.unreadable",
        RegisterError::Standing { .. } => "product.problem.standing",
        RegisterError::EndBeforeSignature => "product.problem.end",
        RegisterError::SignedLater => "product.problem.signed_later",
        RegisterError::Store(_) => "error.internal.text",
    };
    words.say(key).into_owned()
}

/// Why a decision about many products was not entered.
pub(in crate::web) fn whole_judgement(words: Words, why: &JudgementError) -> String {
    let say = |key: &str| words.say(&format!("judgement.problem.{key}")).into_owned();
    match why {
        JudgementError::Incomplete => say("incomplete"),
        JudgementError::Products => {
            let most = u64::try_from(PRODUCTS_MAX).unwrap_or(u64::MAX);
            words.fill("judgement.problem.products", [("most", &words.number(most))])
        }
        JudgementError::Taken(number) => {
            words.fill("judgement.problem.taken", [("number", number)])
        }
        JudgementError::Refused(_, why) => judgement(words, why),
        JudgementError::Store(_) => words.say("error.internal.text").into_owned(),
    }
}

/// Why an act on a batch was refused.
pub(in crate::web) fn job(words: Words, why: &JobError) -> String {
    let say = |key: &str| words.say(&format!("batch.problem.{key}")).into_owned();
    let fill = |key: &str, name: &str, value: &str| {
        words.fill(&format!("batch.problem.{key}"), [(name, value)])
    };
    match why {
        JobError::NoBatch(_) | JobError::OtherBatch(_) => say("other_batch"),
        JobError::NoJob(_) => say("no_job"),
        JobError::NoShop(_) => say("no_shop"),
        JobError::Licence(NoLicence::Inactive(shop)) => fill("inactive", "shop", shop),
        JobError::Licence(NoLicence::Ended(shop, day)) => {
            let places = [("shop", &**shop), ("date", &*words.date(*day))];
            words.fill("batch.problem.licence", places)
        }
        JobError::Begun(_) => say("begun"),
        JobError::Move(why) => {
            let state = words.say(&format!("job.state.{}", why.from.key()));
            fill("moved", "state", &state)
        }
        JobError::NoReason(_) => say("reason"),
        JobError::TooMany(stamps) => fill("too_many", "stamps", &words.number(*stamps)),
        JobError::MoreThanThere(stated, most) => {
            let places = [("stated", &*words.number(*stated)), ("most", &*words.number(*most))];
            words.fill("batch.problem.more_than_there", places)
        }
        JobError::NoStamps => say("no_stamps"),
        JobError::Minutes => say("minutes"),
        JobError::Unprintable(why) => unprintable(words, why),
        JobError::FutureDay(day) => fill("future", "date", &words.date(*day)),
        JobError::BeforeIssue(day) => fill("before_issue", "date", &words.date(*day)),
        JobError::PastDay(day) => fill("past", "date", &words.date(*day)),
        JobError::Reassigned(shop) => fill("reassigned", "shop", shop),
        JobError::MinutesTaken(number) => fill("minutes_taken", "minutes", number),
        JobError::NoMinutes(_, number) => fill("no_minutes", "minutes", number),
        JobError::ReceivedAlready(number, _) => fill("received_already", "minutes", number),
        JobError::SamePerson(_) => say("same_person"),
        JobError::NothingToReplace(_) => say("nothing_to_replace"),
        JobError::StillInPrint(stamps) => fill("still_in_print", "stamps", &words.number(*stamps)),
        JobError::Unbalanced(_) => say("unbalanced"),
        JobError::SeenOtherwise { seen, moved } => seen_otherwise(words, *seen, *moved),
        JobError::Stamps(why) => stamps(words, why),
        JobError::Order(why) => order(words, why),
        JobError::Store(_) => words.say("error.internal.text").into_owned(),
    }
}

/// Why a destruction was not recorded or decided on.
pub(in crate::web) fn destruction(words: Words, why: &DestroyError) -> String {
    let key = |key: &str| format!("destruction.problem.{key}");
    match why {
        DestroyError::Minutes => words.say(&key("minutes")).into_owned(),
        DestroyError::Unprintable(why) => unprintable(words, why),
        DestroyError::FutureDay(day) => words.fill(&key("future"), [("date", &words.date(*day))]),
        DestroyError::BeforeIssue(day) => {
            words.fill("batch.problem.before_issue", [("date", &words.date(*day))])
        }
        DestroyError::Counted(stated, due) => {
            let places = [("stated", &*words.number(*stated)), ("due", &*words.number(*due))];
            words.fill(&key("counted"), places)
        }
        DestroyError::MinutesTaken(number) => words.fill(&key("taken"), [("minutes", number)]),
        DestroyError::Nothing(_) => words.say(&key("nothing")).into_owned(),
        DestroyError::Waiting(number) => words.fill(&key("waiting"), [("minutes", number)]),
        DestroyError::SamePerson { minutes, .. } => {
            words.fill(&key("same_person"), [("minutes", minutes)])
        }
        DestroyError::NotOwn { minutes, by } => {
            words.fill(&key("not_own"), [("minutes", &**minutes), ("by", by)])
        }
        DestroyError::NoReason(_) => words.say(&key("no_reason")).into_owned(),
        DestroyError::Changed(number) => words.fill(&key("changed"), [("minutes", number)]),
        DestroyError::Move(_) => words.say(&key("moved")).into_owned(),
        DestroyError::Decided { minutes, state, done } => {
            let state = words.say(&format!("destruction.state.{}", state.key()));
            let (by, at) = (&*done.by, &*moment(words, done.at));
            let places = [("minutes", &**minutes), ("state", &*state), ("by", by), ("at", at)];
            words.fill(&key("decided"), places)
        }
        DestroyError::NoDestruction(_) => words.say("error.not_found.text").into_owned(),
        DestroyError::Stamps(why) => stamps(words, why),
        DestroyError::Store(_) => words.say("error.busy.text").into_owned(),
    }
}

/// Why an inspection was not recorded.
pub(in crate::web) fn inspection(words: Words, why: &InspectionError) -> String {
    let key = |key: &str| format!("inspection.problem.{key}");
    match why {
        InspectionError::Blank => words.say(&key("unreadable")).into_owned(),
        InspectionError::FutureDay(day) => {
            words.fill(&key("future"), [("date", &words.date(*day))])
        }
        InspectionError::Unprintable(why) => unprintable(words, why),
        InspectionError::Remedy(_) => words.say(&key("remedy")).into_owned(),
        InspectionError::Range => words.say(&key("range")).into_owned(),
        InspectionError::NoStamp(serial) => {
            words.fill(&key("no_stamp"), [("serial", &text::serial_grouped(*serial))])
        }
        InspectionError::Store(_) => words.say("error.busy.text").into_owned(),
    }
}

/// Why a report was not taken, or nothing was done with it.
pub(in crate::web) fn report(words: Words, why: &ReportError) -> String {
    let key = match why {
        ReportError::Blank => "blank",
        ReportError::TooLong => "too_long",
        ReportError::Contact => "contact",
        ReportError::KeyTaken => "key_taken",
        ReportError::TooMany => "too_many",
        ReportError::Changed => "changed",
        ReportError::NoText => "no_text",
        ReportError::Moved(state) => {
            let state = words.say(&format!("report.state.{}", state.key()));
            return words.fill("report.problem.moved", [("state", &state)]);
        }
        ReportError::NoReport(_) | ReportError::Store(_) => {
            return words.say("error.busy.text").into_owned();
        }
    };
    words.say(&format!("report.problem.{key}")).into_owned()
}

/// What does not agree in an account.
pub(in crate::web) fn difference(words: Words, difference: &Difference) -> String {
    let key = format!("difference.{}", difference.key());
    let numbers = difference.numbers().unwrap_or_default();
    let (one, other) = (words.number(numbers.0), words.number(numbers.1));
    let minutes = match difference {
        Difference::Minutes { minutes, .. } | Difference::Received { minutes, .. } => minutes,
        Difference::Issued { .. }
        | Difference::NeverHandedOver { .. }
        | Difference::Counts
        | Difference::Printed { .. }
        | Difference::WithoutMinutes { .. } => "",
    };
    words.fill(&key, [("one", &*one), ("other", &*other), ("minutes", minutes)])
}

/// Why a product may have no stamps.
pub(in crate::web) fn ineligible(words: Words, why: &Ineligible) -> String {
    let say = |key: &str| words.say(&format!("ineligible.{key}")).into_owned();
    match why {
        Ineligible::NoProduct(_) => say("no_product"),
        Ineligible::Service => say("service"),
        Ineligible::NeverRecognised => say("never_recognised"),
        Ineligible::NotInForce(standing) => standing_said(words, standing),
        Ineligible::TooFewStars(stars) => {
            words.fill("ineligible.too_few_stars", [("stars", &stars.to_string())])
        }
        Ineligible::NoDesign(misfits) => {
            let whys: Vec<String> = misfits.iter().map(|it| misfit(words, it)).collect();
            words.fill("ineligible.no_design", [("whys", &whys.join(" "))])
        }
        Ineligible::Unprintable(why) => unprintable(words, why),
        Ineligible::NoPlan => say("no_plan"),
        Ineligible::PlanClosed(plan) => words.fill("ineligible.plan_closed", [("plan", plan)]),
        Ineligible::QuotaExceeded { plan, remaining, asked } => {
            let (remaining, asked) =
                (words.number((*remaining).into()), words.number((*asked).into()));
            let places = [("plan", &**plan), ("remaining", &*remaining), ("asked", &*asked)];
            words.fill("ineligible.quota", places)
        }
    }
}

/// That an act would be about other stamps than were seen.
pub(in crate::web) fn seen_otherwise(words: Words, seen: u64, moved: u64) -> String {
    if seen == moved {
        return words.say("batch.problem.seen_others").into_owned();
    }
    let places = [("seen", &*words.number(seen)), ("moved", &*words.number(moved))];
    words.fill("batch.problem.seen_otherwise", places)
}

/// Which characters of a text cannot be printed.
pub(in crate::web) fn unprintable(words: Words, why: &Unprintable) -> String {
    let key = match why.obstacle {
        Obstacle::Missing => "unprintable",
        Obstacle::Mixed => "mixed_scripts",
    };
    words.fill(key, [("text", &*why.text), ("characters", &*why.quoted())])
}

fn standing_said(words: Words, standing: &Standing) -> String {
    let dated =
        |key: &str, day| words.fill(&format!("ineligible.{key}"), [("date", &words.date(day))]);
    match standing {
        Standing::InForce => words.say("standing.in_force").into_owned(),
        Standing::NotYet { from } => dated("not_yet", *from),
        Standing::Expired { ended_on } => dated("expired", *ended_on),
        Standing::Suspended(by) => dated("suspended", by.since),
        Standing::Revoked(by) => dated("revoked", by.since),
    }
}

/// Why a photo was not taken.
pub(in crate::web) fn photo(words: Words, why: &PhotoError) -> String {
    match why {
        PhotoError::Empty => photo_limit(words, "photo.problem.empty"),
        PhotoError::TooLong => photo_limit(words, "photo.problem.too_long"),
        PhotoError::Animated => photo_limit(words, "photo.problem.animated"),
        PhotoError::CutOff => words.say("photo.problem.cut_off").into_owned(),
        PhotoError::Kind | PhotoError::Damaged(_) => photo_limit(words, "photo.problem.unreadable"),
        PhotoError::TooLarge { width, height } => {
            let most = words.number(PIXELS_MAX / 1_000_000);
            sized(words, "photo.problem.too_large", (*width, *height), &most)
        }
        PhotoError::TooSmall { width, height } => {
            let least = words.number(u64::from(SIDE_PX_MIN));
            sized(words, "photo.problem.too_small", (*width, *height), &least)
        }
    }
}

/// A text about photos that tells how large one may be.
pub(in crate::web) fn photo_limit(words: Words, key: &str) -> String {
    words.fill(key, [("most", &*words.size(BYTES_MAX))])
}

fn sized(words: Words, key: &str, (width, height): (u32, u32), bound: &str) -> String {
    let (width, height) = (words.number(width.into()), words.number(height.into()));
    words.fill(key, [("width", &*width), ("height", &*height), ("bound", bound)])
}
