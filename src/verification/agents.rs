//! Whether a person's browser asks, by what it calls itself.

use aho_corasick::{AhoCorasick, MatchKind};

/// How browsers begin, all of them since long ago. What does not is a program.
const BROWSERS: [&str; 2] = ["Mozilla/5.0 (", "Opera/9.80 ("];

/// Parts of agents that are no people's, and people's that look like one; the file says of what kind.
const LIST: &str = include_str!("../../assets/agents/not-people.txt");

/// Knows link previews, crawlers, monitors and libraries from browsers.
pub(super) struct Agents {
    parts: AhoCorasick,
    /// Of the parts, the first so many are people's.
    peoples: usize,
}

impl Agents {
    /// Those of the list.
    pub(super) fn known() -> Self {
        let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (peoples, others): (Vec<&str>, Vec<&str>) = lines.partition(|it| it.starts_with('+'));
        let peoples: Vec<&str> = peoples.iter().map(|it| it.trim_start_matches('+')).collect();
        let mut search = AhoCorasick::builder();
        search.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        #[expect(clippy::expect_used, reason = "a search for a short list can always be made")]
        let parts = search.build(peoples.iter().chain(&others)).expect("the list is short");
        Self { parts, peoples: peoples.len() }
    }

    /// Whether a person may stand behind it. Who hides behind a browser's agent is not found out.
    pub(super) fn is_of_a_person(&self, agent: &str) -> bool {
        BROWSERS.iter().any(|browser| agent.starts_with(browser))
            && self.parts.find_iter(agent).all(|part| part.pattern().as_usize() < self.peoples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agents(list: &str) -> impl Iterator<Item = &str> {
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    #[test]
    fn crawlers_previews_and_libraries_are_no_people() {
        let known = Agents::known();
        let all = include_str!("../../tests/agents/crawlers.txt");
        let taken: Vec<&str> = agents(all).filter(|agent| known.is_of_a_person(agent)).collect();
        assert!(taken.is_empty(), "taken for people: {taken:#?}");
        assert!(agents(all).count() > 2_000);
    }

    #[test]
    fn browsers_are_peoples() {
        let known = Agents::known();
        for agent in agents(include_str!("../../tests/agents/people.txt")) {
            assert!(known.is_of_a_person(agent), "{agent}");
        }
    }
}
