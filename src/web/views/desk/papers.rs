//! Official papers of a thing: those that were made, and those that can be.

use std::borrow::Cow;

use super::State;
use crate::domain::paper::Paper;
use crate::domain::role::Right;
use crate::web::desk::Actor;
use crate::web::urls;
use crate::web::words::Words;

/// The papers on a page.
pub(in crate::web) struct Papers {
    pub(in crate::web) lines: Vec<PaperLine>,
    pub(in crate::web) makes: Vec<Make>,
}

/// A paper that was made.
pub(in crate::web) struct PaperLine {
    pub(in crate::web) href: String,
    pub(in crate::web) name: Cow<'static, str>,
    pub(in crate::web) number: String,
    pub(in crate::web) day: String,
    pub(in crate::web) state: State,
}

/// A paper that can be made, with what its form says.
pub(in crate::web) struct Make {
    /// Where the form is sent.
    pub(in crate::web) href: String,
    /// What it is called.
    pub(in crate::web) label: String,
    /// What it is about, as its form says it: the name of a field, and its value.
    pub(in crate::web) about: Option<(&'static str, String)>,
}

impl Papers {
    /// Papers whose address has this pattern; who may not make any is not offered to.
    pub(in crate::web) fn new(
        words: Words,
        actor: &Actor,
        pattern: &str,
        papers: &[Paper],
        makes: Vec<Make>,
    ) -> Self {
        let line = |paper: &Paper| PaperLine {
            href: urls::of(pattern, paper.id.0),
            name: words.say(&format!("official.kind.{}", paper.kind.key())),
            number: paper.reference(),
            day: words.date(paper.day),
            state: state(words, paper.stands),
        };
        let may = actor.may(Right::MakePapers);
        Self {
            lines: papers.iter().map(line).collect(),
            makes: if may { makes } else { Vec::new() },
        }
    }

    /// Whether there is anything to show.
    pub(in crate::web) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.makes.is_empty()
    }
}

fn state(words: Words, stands: bool) -> State {
    let (class, key) = if stands { ("fine", "stands") } else { ("calm", "replaced") };
    State { class, label: words.say(&format!("official.{key}")) }
}
