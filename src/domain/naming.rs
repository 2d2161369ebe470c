//! Whom or what a name means: names that are written alike are not always one.

/// What the register can tell of a name that somebody gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant<Id> {
    /// This one, surely.
    Same(Id),
    /// None of those in the register. These look alike, and are others.
    New {
        /// The others.
        alike: Vec<Id>,
    },
    /// One of these, or a new one: somebody must say.
    Unclear(Vec<Id>),
}

/// What the office says where the register cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<Id> {
    /// It is this one.
    Same(Id),
    /// It is another than those in the register.
    New,
}

/// Whether somebody decided about names that are written alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alike {
    /// Nobody yet: they are asked.
    #[default]
    Ask,
    /// It is another than those in the register.
    IsOther,
}

/// Something in the register that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<Id> {
    /// Which.
    pub id: Id,
    /// How its name, or one that it had, compares.
    pub likeness: Likeness,
    /// How the number compares that tells it apart: tax code or GTIN.
    pub number: Agreement,
    /// How its net quantity compares; of a producer, [`Agreement::Unknown`].
    pub quantity: Agreement,
}

/// How two names compare, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They are one name.
    Same,
    /// One of them may be the other, written with less care: without diacritics, or with other
    /// punctuation or spaces.
    Careless,
    /// They are written alike and differ in letters or tones.
    Alike,
    /// They have nothing to do with each other.
    Other,
}

/// How two numbers compare that may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Both are known, and equal.
    Equal,
    /// Both are known, and differ.
    Different,
    /// One of them is known.
    OneSided,
    /// Neither is known.
    Unknown,
}

impl Agreement {
    /// Compares two.
    #[must_use]
    pub fn of<T: PartialEq + ?Sized>(one: Option<&T>, other: Option<&T>) -> Self {
        match (one, other) {
            (Some(one), Some(other)) if one == other => Self::Equal,
            (Some(_), Some(_)) => Self::Different,
            (None, None) => Self::Unknown,
            _ => Self::OneSided,
        }
    }
}

/// Which producer is meant. A tax code is one producer's, and two tax codes are two producers', whatever
/// the names; but a code with a wholly other name may be mistyped. Where a code is missing, the name
/// decides, and whoever has one may be another.
#[must_use]
pub fn producer<Id: Copy>(candidates: &[Candidate<Id>]) -> Meant<Id> {
    let of_code = pick(candidates, |it| it.number == Agreement::Equal);
    let named = pick(&of_code, |it| it.likeness == Likeness::Same);
    match (named.as_slice(), of_code.as_slice()) {
        ([one], _) => return Meant::Same(one.id),
        (_, [one]) if one.likeness != Likeness::Other => return Meant::Same(one.id),
        (_, []) => {}
        _ => return Meant::Unclear(ids(&of_code)),
    }
    let possible = pick(candidates, |it| it.number != Agreement::Different);
    by_name(candidates, &possible, |it| it.number == Agreement::Unknown)
}

/// Which product of a producer is meant. Two GTINs, or two net quantities, are seldom one product's;
/// products of one name are told apart by them.
#[must_use]
pub fn product<Id: Copy>(candidates: &[Candidate<Id>]) -> Meant<Id> {
    let sure = |it: &Candidate<Id>| {
        it.number != Agreement::Different && it.quantity != Agreement::Different
    };
    let of_gtin = pick(candidates, |it| it.number == Agreement::Equal);
    let named = pick(candidates, |it| it.likeness == Likeness::Same && sure(it));
    match (pick(&named, |it| it.number == Agreement::Equal).as_slice(), of_gtin.as_slice()) {
        ([one], _) => return Meant::Same(one.id),
        ([], []) => {}
        _ => return Meant::Unclear(ids(&of_gtin)),
    }
    if let [one] = pick(&named, |it| it.quantity == Agreement::Equal).as_slice() {
        return Meant::Same(one.id);
    }
    by_name(candidates, candidates, sure)
}

/// Decides by name among those that are `possible`: the only one of that name, if it is `sure` too.
fn by_name<Id: Copy>(
    all: &[Candidate<Id>],
    possible: &[Candidate<Id>],
    sure: impl Fn(&Candidate<Id>) -> bool,
) -> Meant<Id> {
    match pick(possible, |it| it.likeness == Likeness::Same).as_slice() {
        [] => {}
        [one] if sure(one) => return Meant::Same(one.id),
        named => return Meant::Unclear(ids(named)),
    }
    let careless = pick(possible, |it| it.likeness == Likeness::Careless);
    if careless.is_empty() {
        Meant::New { alike: ids(&pick(all, |it| it.likeness != Likeness::Other)) }
    } else {
        Meant::Unclear(ids(&careless))
    }
}

fn pick<Id: Copy>(
    all: &[Candidate<Id>],
    which: impl Fn(&Candidate<Id>) -> bool,
) -> Vec<Candidate<Id>> {
    all.iter().filter(|it| which(it)).cloned().collect()
}

fn ids<Id: Copy>(candidates: &[Candidate<Id>]) -> Vec<Id> {
    candidates.iter().map(|it| it.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(
        id: u8,
        likeness: Likeness,
        number: Agreement,
        quantity: Agreement,
    ) -> Candidate<u8> {
        Candidate { id, likeness, number, quantity }
    }

    #[test]
    fn a_tax_code_says_more_than_a_name() {
        use Agreement::{Different, Equal, OneSided, Unknown};
        use Likeness::{Alike, Careless, Other, Same};
        let known = |likeness, number| candidate(1, likeness, number, Unknown);
        for (it, meant) in [
            (known(Same, Equal), Meant::Same(1)),
            (known(Other, Equal), Meant::Unclear(vec![1])),
            (known(Alike, Equal), Meant::Same(1)),
            (known(Careless, Equal), Meant::Same(1)),
            (known(Same, Different), Meant::New { alike: vec![1] }),
            (known(Careless, Different), Meant::New { alike: vec![1] }),
            (known(Same, OneSided), Meant::Unclear(vec![1])),
            (known(Careless, OneSided), Meant::Unclear(vec![1])),
            (known(Alike, OneSided), Meant::New { alike: vec![1] }),
            (known(Same, Unknown), Meant::Same(1)),
            (known(Careless, Unknown), Meant::Unclear(vec![1])),
            (known(Alike, Unknown), Meant::New { alike: vec![1] }),
            (known(Other, Unknown), Meant::New { alike: Vec::new() }),
        ] {
            assert_eq!(producer(std::slice::from_ref(&it)), meant, "{it:?}");
        }
        // One of the code and one of the name.
        let other = candidate(2, Same, OneSided, Unknown);
        assert_eq!(producer(&[known(Alike, Equal), other.clone()]), Meant::Same(1));
        assert_eq!(producer(&[known(Same, OneSided), other]), Meant::Unclear(vec![1, 2]));
        // A code that was entered under two names.
        let second = |likeness| candidate(2, likeness, Equal, Unknown);
        assert_eq!(producer(&[known(Other, Equal), second(Same)]), Meant::Same(2));
        assert_eq!(producer(&[known(Other, Equal), second(Alike)]), Meant::Unclear(vec![1, 2]));
    }

    #[test]
    fn products_of_one_name_are_told_apart_by_gtin_and_net_quantity() {
        use Agreement::{Different, Equal, OneSided, Unknown};
        use Likeness::{Alike, Careless, Other, Same};
        for (it, meant) in [
            (candidate(1, Same, Equal, Equal), Meant::Same(1)),
            (candidate(1, Same, Unknown, Equal), Meant::Same(1)),
            (candidate(1, Same, OneSided, OneSided), Meant::Same(1)),
            (candidate(1, Same, Different, Equal), Meant::Unclear(vec![1])),
            (candidate(1, Same, Unknown, Different), Meant::Unclear(vec![1])),
            (candidate(1, Same, Equal, Different), Meant::Unclear(vec![1])),
            (candidate(1, Other, Equal, Equal), Meant::Unclear(vec![1])),
            (candidate(1, Careless, Unknown, Unknown), Meant::Unclear(vec![1])),
            (candidate(1, Alike, Unknown, Equal), Meant::New { alike: vec![1] }),
        ] {
            assert_eq!(product(std::slice::from_ref(&it)), meant, "{it:?}");
        }
        let two = |one, other| {
            product(&[candidate(1, Same, Unknown, one), candidate(2, Same, Unknown, other)])
        };
        assert_eq!(two(Different, Equal), Meant::Same(2));
        assert_eq!(two(OneSided, OneSided), Meant::Unclear(vec![1, 2]));
        assert_eq!(two(Different, Different), Meant::Unclear(vec![1, 2]));
    }
}
