//! The guides of `docs/huong-dan`, compiled in and made into pages: one file a guide and language.
//! Their headings have the same addresses in both languages: those of the Vietnamese ones.

use std::iter;
use std::sync::LazyLock;

use askama::Template;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::assets::{Asset, PNG};
use super::urls;
use crate::domain::language::Language;
use crate::domain::role::Role;
use crate::vietnamese;

/// A guide, ready to be shown.
pub(super) struct Guide {
    /// Its name in addresses.
    pub(super) name: &'static str,
    /// Whom it is for, where it is for one role.
    pub(super) role: Option<Role>,
    vietnamese: Text,
    english: Text,
}

/// A guide in one language.
pub(super) struct Text {
    /// Its heading.
    pub(super) title: String,
    /// What stands before its parts, as HTML.
    pub(super) lead: String,
    /// Its parts.
    pub(super) parts: Vec<Part>,
}

/// A part of a guide, under a heading.
pub(super) struct Part {
    /// Its name in addresses, after `#`.
    pub(super) anchor: String,
    /// Its heading.
    pub(super) title: String,
    /// What it says, as HTML.
    pub(super) html: String,
}

/// The guide of who scans a stamp.
pub(super) const SHOPPERS: &str = "quet-tem";
/// The guide of everybody who works with the service.
pub(super) const FIRST_STEPS: &str = "bat-dau";

macro_rules! source {
    ($name:literal, $role:expr) => {
        Source {
            name: $name,
            role: $role,
            vietnamese: include_str!(concat!("../../docs/huong-dan/", $name, ".md")),
            english: include_str!(concat!("../../docs/huong-dan/", $name, ".en.md")),
        }
    };
}

/// A guide as it is written.
struct Source {
    name: &'static str,
    role: Option<Role>,
    vietnamese: &'static str,
    english: &'static str,
}

const SOURCES: [Source; 9] = [
    source!("quet-tem", None),
    source!("bat-dau", None),
    source!("chu-the", Some(Role::Producer)),
    source!("can-bo", Some(Role::Officer)),
    source!("phe-duyet", Some(Role::Approver)),
    source!("co-so-in", Some(Role::PrintShop)),
    source!("kiem-tra-vien", Some(Role::Inspector)),
    source!("kiem-toan", Some(Role::Auditor)),
    source!("quan-tri", Some(Role::Administrator)),
];

/// Every guide.
pub(super) static GUIDES: LazyLock<Vec<Guide>> =
    LazyLock::new(|| SOURCES.iter().map(Guide::of).collect());

macro_rules! pictures {
    ($($name:literal),+) => {
        [$(($name, include_bytes!(concat!("../../docs/huong-dan/anh/", $name)) as &[u8])),+]
    };
}

/// Every picture of the guides, with its name in their texts.
pub(super) static PICTURES: LazyLock<Vec<(&'static str, Asset)>> = LazyLock::new(|| {
    let files = pictures![
        "bao-da-in.png",
        "dat-tem.png",
        "doi-soat.png",
        "duyet-don.png",
        "giao-in.png",
        "ho-so-tem.png",
        "kich-hoat.png",
        "nhap-quyet-dinh.png",
        "nhieu-san-pham.png",
        "tai-khoan.png",
        "tem-hop-le.png",
        "to-in.png",
        "tra-cuu.png",
        "viec-can-lam.png"
    ];
    files.into_iter().map(|(name, bytes)| (name, Asset::new(name, PNG, bytes))).collect()
});

/// Where pages of work lead for help: role, the beginning of the page's path, and the part of the
/// role's guide that fits.
const FITTING: [(Role, &str, &str); 25] = [
    (Role::Producer, urls::ORDERS, "dat-tem"),
    (Role::Producer, urls::BATCHES, "nhan-tem"),
    (Role::Producer, urls::RENEWALS, "sap-het-han"),
    (Role::Officer, urls::ORDERS, "tham-dinh-don"),
    (Role::Officer, urls::ANNEX, "nhap-quyet-dinh-cong-nhan"),
    (Role::Officer, urls::PRODUCERS, "chu-the"),
    (Role::Officer, urls::PRODUCTS, "nhap-quyet-dinh-cong-nhan"),
    (Role::Officer, urls::BATCHES, "giao-in"),
    (Role::Officer, urls::DASHBOARD, "theo-doi"),
    (Role::Officer, urls::RENEWALS, "theo-doi"),
    (Role::Officer, urls::DESTRUCTIONS, "theo-doi"),
    (Role::Approver, urls::ORDERS, "don"),
    (Role::Approver, urls::PRODUCTS, "giay-chung-nhan"),
    (Role::Approver, urls::JUDGE, "giay-chung-nhan"),
    (Role::Approver, urls::BATCHES, "tem"),
    (Role::Approver, urls::DESTRUCTIONS, "tem"),
    (Role::PrintShop, urls::BATCHES, "to-in"),
    (Role::Inspector, urls::STAMP_FILE, "tra-cuu-tem"),
    (Role::Inspector, urls::INSPECTIONS, "ghi-nhan-kiem-tra"),
    (Role::Auditor, urls::BATCHES, "doi-soat"),
    (Role::Auditor, urls::AUDIT, "nhat-ky"),
    (Role::Administrator, urls::ACCOUNTS, "tai-khoan"),
    (Role::Administrator, urls::SHOPS, "danh-muc"),
    (Role::Administrator, urls::PLANS, "danh-muc"),
    (Role::Administrator, urls::AUTHORITIES, "danh-muc"),
];

/// The guide of that name.
pub(super) fn find(name: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.name == name)
}

/// Where the page at a path leads for help: to the part of one's own guide that fits, if there is one.
pub(super) fn fitting(role: Option<Role>, path: &str) -> String {
    if urls::is_at(path, urls::HELP) {
        return urls::HELP.to_owned();
    }
    let own = GUIDES.iter().find(|guide| role.is_some() && guide.role == role);
    let guide = urls::guide(own.map_or(FIRST_STEPS, |guide| guide.name));
    let part =
        FITTING.iter().find(|(reader, page, _)| Some(*reader) == role && urls::is_at(path, page));
    part.map_or_else(|| guide.clone(), |(_, _, anchor)| format!("{guide}#{anchor}"))
}

impl Guide {
    fn of(source: &Source) -> Self {
        let vietnamese = Text::of(source.vietnamese, iter::empty());
        let anchors = vietnamese.parts.iter().map(|part| part.anchor.clone());
        let english = Text::of(source.english, anchors);
        Self { name: source.name, role: source.role, vietnamese, english }
    }

    /// It, in a language.
    pub(super) fn text(&self, language: Language) -> &Text {
        match language {
            Language::Vietnamese => &self.vietnamese,
            Language::English => &self.english,
        }
    }
}

impl Text {
    /// Reads a guide; headings without a given anchor have one of their own words.
    fn of(markdown: &'static str, anchors: impl Iterator<Item = String>) -> Self {
        let mut anchors = anchors;
        let mut text = Self { title: String::new(), lead: String::new(), parts: Vec::new() };
        let mut said = Vec::new();
        let mut events = shown(markdown).into_iter();
        while let Some(event) = events.next() {
            let Event::Start(Tag::Heading { level, .. }) = event else {
                said.push(event);
                continue;
            };
            let inside =
                events.by_ref().take_while(|it| !matches!(it, Event::End(TagEnd::Heading(_))));
            let title = plain(inside);
            text.keep(&mut said);
            if level == HeadingLevel::H1 {
                text.title = title;
            } else {
                let own = || vietnamese::fold(&title).replace(' ', "-");
                let anchor = anchors.next().unwrap_or_else(own);
                text.parts.push(Part { anchor, title, html: String::new() });
            }
        }
        text.keep(&mut said);
        text
    }

    /// Keeps what was said under the last heading.
    fn keep(&mut self, said: &mut Vec<Event<'static>>) {
        let into = self.parts.last_mut().map_or(&mut self.lead, |part| &mut part.html);
        html::push_html(into, said.drain(..));
    }
}

/// A guide's Markdown with its links and pictures as the service has them.
fn shown(markdown: &'static str) -> Vec<Event<'static>> {
    let mut shown = Vec::new();
    let mut links_nowhere = false;
    let mut events = Parser::new(markdown);
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let inside =
                    events.by_ref().take_while(|it| !matches!(it, Event::End(TagEnd::Image)));
                let alt = plain(inside);
                shown.extend(picture(&dest_url, &alt).map(|html| Event::InlineHtml(html.into())));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => match target(&dest_url) {
                Some(to) => {
                    shown.push(Event::Start(Tag::Link {
                        link_type,
                        dest_url: to.into(),
                        title,
                        id,
                    }));
                }
                None => links_nowhere = true,
            },
            Event::End(TagEnd::Link) if links_nowhere => links_nowhere = false,
            event => shown.push(event),
        }
    }
    shown
}

/// The words alone.
fn plain<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let words = events.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    words.collect()
}

/// Where a link of a guide leads in the service: to another guide or another page. What is in the
/// repository alone cannot be reached from here.
fn target(link: &str) -> Option<String> {
    let named = link.strip_suffix(".md").map(|name| name.strip_suffix(".en").unwrap_or(name));
    let known = SOURCES.iter().find(|source| Some(source.name) == named);
    known
        .map(|source| urls::guide(source.name))
        .or_else(|| link.starts_with('/').then(|| link.to_owned()))
}

#[derive(Template)]
#[template(path = "components/guide_picture.html")]
struct Picture<'a> {
    src: &'a str,
    alt: &'a str,
    width: u32,
    height: u32,
}

/// A picture as HTML. It was taken with two dots for each of a page's.
fn picture(file: &str, alt: &str) -> Option<String> {
    let name = file.strip_prefix("anh/")?;
    let (_, asset) = PICTURES.iter().find(|(known, _)| *known == name)?;
    let (width, height) = asset.png_size()?;
    let picture = Picture { src: &asset.url, alt, width: width / 2, height: height / 2 };
    picture.render().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guides_say_the_same_in_both_languages_as_far_as_can_be_counted() {
        for guide in GUIDES.iter() {
            let (vietnamese, english) = (&guide.vietnamese, &guide.english);
            assert!(!vietnamese.title.is_empty() && !english.title.is_empty(), "{}", guide.name);
            assert_eq!(vietnamese.parts.len(), english.parts.len(), "{}", guide.name);
            for (one, other) in vietnamese.parts.iter().zip(&english.parts) {
                assert_eq!(one.anchor, other.anchor, "{}", guide.name);
                let pictures = |part: &Part| part.html.matches("<img ").count();
                assert_eq!(pictures(one), pictures(other), "{}: {}", guide.name, one.title);
            }
        }
    }

    #[test]
    fn every_role_has_a_guide_and_every_page_leads_to_a_part_that_is_there() {
        for role in Role::ALL {
            assert!(GUIDES.iter().any(|guide| guide.role == Some(role)), "{role:?}");
        }
        for (role, page, anchor) in FITTING {
            let guide = GUIDES.iter().find(|guide| guide.role == Some(role)).unwrap();
            let known = guide.vietnamese.parts.iter().any(|part| part.anchor == anchor);
            assert!(known, "{page}: {} has no part {anchor}", guide.name);
        }
        assert_eq!(fitting(Some(Role::Producer), "/don/7"), "/tro-giup/chu-the#dat-tem");
        assert_eq!(fitting(Some(Role::Inspector), "/viec"), "/tro-giup/kiem-tra-vien");
        assert_eq!(fitting(None, "/dang-nhap"), "/tro-giup/bat-dau");
        assert_eq!(fitting(None, "/tro-giup/bat-dau"), "/tro-giup");
    }

    #[test]
    fn every_picture_of_a_guide_is_shown_and_every_picture_is_used() {
        let texts = SOURCES.iter().flat_map(|source| [source.vietnamese, source.english]);
        let named: usize = texts.map(|text| text.matches("](anh/").count()).sum();
        let texts = GUIDES.iter().flat_map(|guide| [&guide.vietnamese, &guide.english]);
        let parts: Vec<&str> = texts.flat_map(|text| &text.parts).map(|part| &*part.html).collect();
        let shown: usize = parts.iter().map(|html| html.matches("<img ").count()).sum();
        assert_eq!(shown, named);
        for (name, asset) in PICTURES.iter() {
            assert!(parts.iter().any(|html| html.contains(&asset.url)), "{name} is not used");
        }
    }

    #[test]
    fn links_lead_to_guides_and_pages_and_words_for_the_repository_stay_words() {
        let text = "# A\n\n[one](can-bo.en.md), [two](/api/v1), [three](../PRINTING.md)\n";
        let lead = Text::of(text, iter::empty()).lead;
        let expected =
            "<p><a href=\"/tro-giup/can-bo\">one</a>, <a href=\"/api/v1\">two</a>, three</p>\n";
        assert_eq!(lead, expected);
    }
}
