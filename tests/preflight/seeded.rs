//! Each rule is broken on purpose, and found as itself.

use std::collections::BTreeSet;

use ocop_stamp::preflight::{Against, Rule, check};

use crate::faults::{Base, FAULTS, Fault};
use crate::file::{File, vt, x1a, x4};
use crate::special;

fn broken(fault: &Fault) -> File {
    let mut file = match fault.base {
        Base::X4 => x4(),
        Base::X1a => x1a(),
        Base::Vt => vt(),
    };
    for &(number, entries, data) in fault.streams {
        file.stream(number, entries, data);
    }
    fault.changes.iter().fold(file, |file, (from, to)| file.change(from, to))
}

#[test]
fn each_seeded_fault_is_found_as_itself_and_nothing_else() {
    let mut wrong = Vec::new();
    for fault in FAULTS {
        let report = check(&broken(fault).write(), Against::Claim).unwrap();
        let found: BTreeSet<&str> = report.findings.iter().map(|it| it.rule.key()).collect();
        if found != BTreeSet::from([fault.rule.key()]) {
            let (key, changes) = (fault.rule.key(), fault.changes);
            wrong.push(format!("{key}: {changes:?} gives {:#?}", report.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_seeded_fault() {
    let seeded = FAULTS.iter().map(|fault| fault.rule).chain(special::SEEDED.iter().copied());
    let seeded: BTreeSet<Rule> = seeded.collect();
    let missing: Vec<&str> =
        Rule::ALL.iter().filter(|rule| !seeded.contains(rule)).map(|rule| rule.key()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
