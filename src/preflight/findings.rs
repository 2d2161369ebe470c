//! Findings as they come in: each once, so many of a rule, the rest counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::limits::FINDINGS_PER_RULE_MAX;
use super::report::{Finding, Place};
use super::rule::Rule;

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    seen: HashSet<Finding>,
    of_rule: BTreeMap<Rule, usize>,
    unlisted: BTreeMap<Rule, u64>,
}

impl Findings {
    /// Notes that a rule is broken.
    pub(super) fn add(&mut self, rule: Rule, place: Place, detail: impl Into<String>) {
        let finding = Finding { rule, place, detail: detail.into() };
        if self.seen.contains(&finding) {
            return;
        }
        let count = self.of_rule.entry(rule).or_default();
        if *count >= FINDINGS_PER_RULE_MAX {
            *self.unlisted.entry(rule).or_default() += 1;
            return;
        }
        *count += 1;
        self.seen.insert(finding.clone());
        self.list.push(finding);
    }

    /// Errors first, then in the order of the rules and of the file.
    pub(super) fn finish(mut self) -> (Vec<Finding>, Vec<(Rule, u64)>) {
        self.list.sort_by_key(|it| (Reverse(it.severity()), it.rule, it.place));
        (self.list, self.unlisted.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_listed_once_and_no_rule_floods_the_list() {
        let mut findings = Findings::default();
        findings.add(Rule::TextSmall, Place::page(1), "3 pt");
        findings.add(Rule::TextSmall, Place::page(1), "3 pt");
        findings.add(Rule::FileId, Place::FILE, "");
        for page in 2..=FINDINGS_PER_RULE_MAX + 5 {
            findings.add(Rule::TextSmall, Place::page(page), "3 pt");
        }
        let (list, unlisted) = findings.finish();
        assert_eq!(list.len(), FINDINGS_PER_RULE_MAX + 1);
        assert_eq!(list[0].rule, Rule::FileId, "errors come first");
        assert_eq!(unlisted, [(Rule::TextSmall, 5)]);
    }
}
