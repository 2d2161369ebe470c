//! The page of a proof, as typed values for its template.

use askama::Template;

use super::{Fault, Finding, ProofPage, StampView};
use crate::web::assets;
use crate::web::extract::Visitor;
use crate::web::urls;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "pages/proof.html")]
struct View<'a> {
    words: Words,
    proof: &'a ProofPage,
    stylesheet: &'static str,
    script: &'static str,
    icon: &'static str,
    switch_href: String,
    switch_tag: &'static str,
    tag: String,
    stamp: Option<Frame>,
    facts: Vec<(String, String)>,
    findings: Vec<Told<'a>>,
    faults: &'a [Fault],
    has_sheet: bool,
    sheet_text: String,
    /// Files to load down.
    papers: Vec<&'static str>,
}

/// A finding in words.
struct Told<'a> {
    text: String,
    line: Option<&'a (usize, String)>,
}

/// How the stamp's picture is laid under its outline, in millimetres.
struct Frame {
    width: f64,
    height: f64,
    bleed: f64,
    corner: f64,
    /// Sides of the picture.
    art_width: f64,
    art_height: f64,
}

impl From<StampView> for Frame {
    fn from(stamp: StampView) -> Self {
        let StampView { width_mm: width, height_mm: height, bleed_mm: bleed, corner_mm } = stamp;
        let (art_width, art_height) = (width + 2.0 * bleed, height + 2.0 * bleed);
        Self { width, height, bleed, corner: corner_mm, art_width, art_height }
    }
}

/// The page as HTML.
pub(super) fn render(visitor: Visitor, proof: &ProofPage) -> askama::Result<String> {
    let words = visitor.words;
    let facts = proof.facts.iter();
    let facts = facts.map(|(key, value)| {
        (words.say(&format!("proof.fact.{key}")).into_owned(), words.decimal(value))
    });
    let names = || proof.files.iter().map(|file| file.name);
    View {
        words,
        proof,
        stylesheet: &assets::PROOF_STYLESHEET.url,
        script: &assets::PROOF_SCRIPT.url,
        icon: &assets::ICON.url,
        switch_href: urls::in_language(words.other_tag(), ""),
        switch_tag: words.other_tag(),
        tag: format!("{}-{}", proof.version, words.tag()),
        stamp: proof.stamp.map(Frame::from),
        facts: facts.collect(),
        findings: proof.findings.iter().map(|finding| told(words, finding)).collect(),
        faults: &proof.faults,
        sheet_text: words.fill("proof.sheet_text", [("layout", &proof.layout)]),
        has_sheet: names().any(|name| name == "sheet.png"),
        papers: names().filter(|name| is_paper(name)).collect(),
    }
    .render()
}

fn told(words: Words, finding: &Finding) -> Told<'_> {
    let mut text = words.say(&format!("proof.finding.{}", finding.key)).into_owned();
    for (name, value) in &finding.places {
        text = text.replace(&format!("%{{{name}}}"), &words.decimal(value));
    }
    Told { text, line: finding.line.as_ref() }
}

/// Whether a file is a PDF, to be opened and not shown.
fn is_paper(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "pdf")
}
