//! Names of producers that differ in how their legal form is written: `HTX Mẫu`, `Hợp tác xã Mẫu`.

use super::{fold, likeness, name_key, search_key};
use crate::domain::naming::Likeness;
use crate::domain::producer::ProducerKind;

/// How each form is written in front of a name, folded; longer ones before those that they begin with.
const FORMS: [(Form, &[&str]); 5] = [
    (
        Form::Of(ProducerKind::Enterprise),
        &[
            "cong ty trach nhiem huu han mot thanh vien",
            "cong ty trach nhiem huu han",
            "cong ty tnhh mot thanh vien",
            "cong ty tnhh mtv",
            "cong ty tnhh",
            "cong ty co phan",
            "cong ty cp",
            "cong ty",
            "cty tnhh mot thanh vien",
            "cty tnhh mtv",
            "cty tnhh",
            "cty co phan",
            "cty cp",
            "cty",
            "ct tnhh",
            "ct cp",
            "ctcp",
            "tnhh mtv",
            "tnhh",
            "doanh nghiep tu nhan",
            "doanh nghiep tn",
            "doanh nghiep",
            "dntn",
            "dn",
        ],
    ),
    (Form::Union, &["lien hiep hop tac xa", "lien hiep htx", "lh htx", "lhhtx"]),
    (Form::Of(ProducerKind::Cooperative), &["hop tac xa", "htx"]),
    (Form::Of(ProducerKind::CooperativeGroup), &["to hop tac", "tht"]),
    (
        Form::Of(ProducerKind::HouseholdBusiness),
        &[
            "ho kinh doanh ca the",
            "ho kinh doanh",
            "ho kd",
            "hkd",
            "ho san xuat",
            "ho sx",
            "ho gia dinh",
            "co so san xuat",
            "co so sx",
            "cssx",
            "co so",
        ],
    ),
];

/// Words of names that are written short, and what they mean.
const SHORT: [(&str, &str); 14] = [
    ("dvnn", "dịch vụ nông nghiệp"),
    ("sxnn", "sản xuất nông nghiệp"),
    ("sxtm", "sản xuất thương mại"),
    ("sxkd", "sản xuất kinh doanh"),
    ("tmdv", "thương mại dịch vụ"),
    ("dvtm", "dịch vụ thương mại"),
    ("xnk", "xuất nhập khẩu"),
    ("nn", "nông nghiệp"),
    ("sx", "sản xuất"),
    ("tm", "thương mại"),
    ("dv", "dịch vụ"),
    ("kd", "kinh doanh"),
    ("cb", "chế biến"),
    ("vn", "việt nam"),
];

/// What a producer is by its name: cooperatives have unions, which are producers of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Of(ProducerKind),
    Union,
}

/// How the names of two producers of these kinds compare. Where they differ in how the legal form, or
/// a usual word, is written, or in the form that a company has, one may be the other.
#[must_use]
pub fn producer_likeness(
    (one, kind): (&str, ProducerKind),
    (other, other_kind): (&str, ProducerKind),
) -> Likeness {
    let as_written = likeness(one, other);
    if as_written <= Likeness::Careless {
        return as_written;
    }
    let (one, other) = (Name::of(one, kind), Name::of(other, other_kind));
    let is_one_form = one.form == other.form && !one.own.is_empty();
    match likeness(&one.own, &other.own) {
        Likeness::Same | Likeness::Careless if is_one_form => Likeness::Careless,
        own if is_one_form => as_written.min(own),
        _ => as_written,
    }
}

/// The search keys of all names that may be this one by [`producer_likeness`].
#[must_use]
pub fn producer_keys(name: &str, kind: ProducerKind) -> Vec<String> {
    let Name { form, own, written } = Name::of(name, kind);
    let forms = FORMS.iter().filter(|(of, _)| *of == form).flat_map(|(_, forms)| *forms);
    let owns = [search_key(&own), search_key(&written), search_key(&shortened(&own))];
    let mut keys = vec![search_key(name)];
    for own in owns.iter().filter(|own| !own.is_empty()) {
        keys.push(own.clone());
        keys.extend(forms.clone().map(|form| search_key(form) + own));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A name, parted.
struct Name {
    form: Form,
    /// What is its own, all words in full.
    own: String,
    /// What is its own, as it is written.
    written: String,
}

impl Name {
    fn of(name: &str, kind: ProducerKind) -> Self {
        let key = name_key(name);
        let parted = key.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = parted.filter(|word| !word.is_empty()).collect();
        let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let begins = |form: &str| {
            let form: Vec<&str> = form.split(' ').collect();
            plain.len() > form.len() && form.iter().zip(&plain).all(|(one, other)| one == other)
        };
        let all = FORMS.iter().flat_map(|(of, forms)| forms.iter().map(move |form| (*of, *form)));
        let form = all.into_iter().find(|(_, form)| begins(form));
        let taken = form.map_or(0, |(_, form)| form.split(' ').count());
        let own = words.get(taken..).unwrap_or_default();
        Self {
            form: form.map_or(Form::Of(kind), |(of, _)| of),
            own: own
                .iter()
                .map(|word| in_full(word))
                .filter(|it| *it != "và")
                .collect::<Vec<_>>()
                .join(" "),
            written: own.join(" "),
        }
    }
}

fn in_full(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full)
}

fn shortened(own: &str) -> String {
    SHORT.iter().fold(own.to_owned(), |own, (short, full)| own.replace(full, short))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALIKE: [(&str, &str); 12] = [
        ("HTX Mẫu", "Hợp tác xã Mẫu"),
        ("HKD Mẫu Hùng", "Hộ kinh doanh Mẫu Hùng"),
        ("Cty TNHH Mẫu", "Công ty TNHH Mẫu"),
        ("CTCP Mẫu", "Công ty cổ phần Mẫu"),
        ("Công ty CP Mẫu", "Công ty Cổ phần Mẫu"),
        ("DNTN Mẫu", "Doanh nghiệp tư nhân Mẫu"),
        ("Công ty TNHH MTV Mẫu", "Công ty trách nhiệm hữu hạn một thành viên Mẫu"),
        ("Công ty TNHH Mẫu", "Công ty cổ phần Mẫu"),
        ("HTX DVNN Mẫu", "Hợp tác xã dịch vụ nông nghiệp Mẫu"),
        ("HTX SX TM Mẫu", "Hợp tác xã Sản xuất Thương mại Mẫu"),
        ("Liên hiệp HTX Mẫu", "Liên hiệp hợp tác xã Mẫu"),
        ("HTX Mau", "Hợp tác xã Mẫu"),
    ];

    fn kind(name: &str) -> ProducerKind {
        let form = Name::of(name, ProducerKind::Cooperative).form;
        if let Form::Of(kind) = form { kind } else { ProducerKind::Cooperative }
    }

    #[test]
    fn a_legal_form_written_short_may_be_the_same_in_full() {
        for (one, other) in ALIKE {
            let (one, other) = ((one, kind(one)), (other, kind(other)));
            assert_eq!(producer_likeness(one, other), Likeness::Careless, "{one:?} {other:?}");
            assert_eq!(producer_likeness(other, one), Likeness::Careless, "{one:?} {other:?}");
            assert!(
                producer_keys(one.0, one.1).contains(&search_key(other.0)),
                "{one:?} {other:?}"
            );
            assert!(
                producer_keys(other.0, other.1).contains(&search_key(one.0)),
                "{one:?} {other:?}"
            );
        }
        let bare = ("Mẫu", ProducerKind::Cooperative);
        assert_eq!(
            producer_likeness(bare, ("HTX Mẫu", ProducerKind::Cooperative)),
            Likeness::Careless
        );
        assert!(producer_keys("Mẫu", ProducerKind::Cooperative).contains(&"htxmau".to_owned()));
    }

    #[test]
    fn other_forms_and_other_names_are_other_producers() {
        for (one, other) in [
            ("HTX Mẫu", "Công ty Mẫu"),
            ("HTX Mẫu", "HKD Mẫu"),
            ("HTX Mẫu", "Liên hiệp HTX Mẫu"),
            ("HTX Mẫu Một", "Hợp tác xã Mẫu Hai"),
        ] {
            let likeness = producer_likeness((one, kind(one)), (other, kind(other)));
            assert_eq!(likeness, Likeness::Other, "{one} {other}");
        }
        let tones = producer_likeness(
            ("HKD Hùng", ProducerKind::HouseholdBusiness),
            ("Hộ kinh doanh Hưng", ProducerKind::HouseholdBusiness),
        );
        assert_eq!(tones, Likeness::Alike);
    }
}
