//! Conditional formats: what people may see of a cell instead of what it holds. Their conditions are
//! not computed: what a format could make of a cell counts, whether it does so today or not.

use calamine::Color;
use quick_xml::events::{BytesStart, Event};

use super::areas::{self, Area};
use super::colours::{self, Ink};
use super::parts::{attribute, reader};
use super::unreadable;
use crate::intake::error::{IntakeError, TooLarge};
use crate::intake::limits;

/// Areas of all conditional formats of a sheet that lie where a table may be.
const AREAS_MAX: usize = 100_000;

/// Looks from cells at areas and at pairs of formats.
const LOOKS_MAX: usize = 50_000_000;

/// Letters of a number format: Excel takes no more.
const CODE_LETTERS_MAX: usize = 255;

/// What a format changes of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Whether nothing is seen of the value, or it is struck out.
    hides: bool,
    colour: Option<Color>,
    grounds: Vec<Color>,
    /// The number format, and its number where it has one.
    code: Option<(String, Option<u32>)>,
}

impl Change {
    fn is_some(&self) -> bool {
        self.hides || self.colour.is_some() || !self.grounds.is_empty() || self.code.is_some()
    }
}

/// A format as it is formed.
#[derive(Default)]
struct Forming {
    change: Change,
    in_font: bool,
    in_border: bool,
    fill: (Option<Color>, Option<Color>),
}

impl Forming {
    fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        let colour = || colours::of_element(element);
        let is_off = |name| {
            attribute(element, name).is_some_and(|it| matches!(it.as_str(), "0" | "false" | "off"))
        };
        match name {
            "font" => self.in_font = true,
            "border" => self.in_border = true,
            "color" if self.in_border => {}
            "color" if self.in_font => self.change.colour = colour(),
            // Of a gradient, a scale or a bar.
            "color" | "fillColor" => self.change.grounds.extend(colour()),
            "bgColor" => self.fill.1 = colour(),
            "fgColor" => self.fill.0 = colour(),
            "strike" | "dstrike" if !is_off("val") => self.change.hides = true,
            "dataBar" | "iconSet" if is_off("showValue") => self.change.hides = true,
            "numFmt" => self.number_format(element),
            _ => {}
        }
    }

    fn number_format(&mut self, element: &BytesStart<'_>) {
        let builtin = attribute(element, "numFmtId").and_then(|it| it.parse().ok());
        match attribute(element, "formatCode") {
            Some(code) if code.chars().count() <= CODE_LETTERS_MAX => {
                self.change.code = Some((code, builtin));
            }
            _ => self.change.hides = true,
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "font" => self.in_font = false,
            "border" => self.in_border = false,
            // The ground of such a format is its background; programs that set the other colour mean it.
            "fill" => {
                let (front, back) = std::mem::take(&mut self.fill);
                self.change.grounds.extend(back.or(front));
            }
            _ => {}
        }
    }
}

/// The formats that the style part lists, by their place.
pub(super) fn listed(styles: &[u8]) -> Result<Vec<Change>, IntakeError> {
    let (mut reader, mut listed) = (reader(styles), Vec::new());
    let mut open: Option<Forming> = None;
    loop {
        match reader.read_event().map_err(unreadable)? {
            Event::Start(element) => match (&mut open, element.local_name().as_ref()) {
                (_, "dxf") => open = Some(Forming::default()),
                (Some(format), name) => format.open(name, &element),
                (None, _) => {}
            },
            Event::Empty(element) => match (&mut open, element.local_name().as_ref()) {
                (None, "dxf") => listed.push(Change::default()),
                (Some(format), name) => format.open(name, &element),
                (None, _) => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "dxf" => listed.extend(open.take().map(|format| format.change)),
                name => open.iter_mut().for_each(|format| format.close(name)),
            },
            Event::Eof => return Ok(listed),
            _ => {}
        }
    }
}

/// Rules that reach the same areas, as they are read.
#[derive(Default)]
struct Group {
    areas: String,
    in_areas: bool,
    changes: Vec<Change>,
    rule: Forming,
}

/// The conditional formats of a sheet.
#[derive(Debug)]
pub(super) struct Conditional {
    changes: Vec<Change>,
    /// Areas, each with the change that reaches it.
    areas: Vec<(Area, usize)>,
    /// The row that was asked about last, and the columns of the areas that reach it.
    row: Option<u32>,
    here: Vec<((u32, u32), usize)>,
    looks: usize,
}

impl Conditional {
    /// Those of a sheet, with the formats that the style part lists.
    pub(super) fn read(xml: &[u8], listed: &[Change]) -> Result<Self, IntakeError> {
        let (changes, areas, here) = (Vec::new(), Vec::new(), Vec::new());
        let mut all = Self { changes, areas, row: None, here, looks: LOOKS_MAX };
        let mut reader = reader(xml);
        let mut group: Option<Group> = None;
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Start(element) if element.local_name().as_ref() == IN_SHEET => {
                    let areas = attribute(&element, "sqref").unwrap_or_default();
                    group = Some(Group { areas, ..Group::default() });
                }
                Event::Start(element) => {
                    if let Some(group) = &mut group {
                        group.open(&element, listed);
                    }
                }
                Event::Empty(element) => {
                    if let Some(group) = &mut group {
                        group.open(&element, listed);
                        group.close(element.local_name().as_ref());
                    }
                }
                Event::Text(text) => {
                    if let Some(group) = group.as_mut().filter(|group| group.in_areas) {
                        group.areas.push_str(&text.xml10_content());
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    IN_SHEET => group.take().map_or(Ok(()), |group| all.add(group))?,
                    name => group.iter_mut().for_each(|group| group.close(name)),
                },
                Event::Eof => return Ok(all),
                _ => {}
            }
        }
    }

    fn add(&mut self, group: Group) -> Result<(), TooLarge> {
        for change in group.changes {
            let at = self.changes.len();
            for area in group.areas.split_ascii_whitespace().filter_map(areas::area) {
                let ((first, _), (left, _)) = area;
                let is_near = first < limits::ROWS
                    && usize::try_from(left).is_ok_and(|left| left < limits::COLUMNS);
                if is_near && self.areas.len() >= AREAS_MAX {
                    return Err(TooLarge::Cells);
                }
                self.areas.extend(is_near.then_some((area, at)));
            }
            self.changes.push(change);
        }
        Ok(())
    }

    /// What may be made of a cell; cells are asked about row by row.
    pub(super) fn at(&mut self, (row, column): (u32, u32)) -> Result<Reaching<'_>, TooLarge> {
        if self.row != Some(row) {
            self.take(self.areas.len())?;
            let reaching =
                self.areas.iter().filter(|(((from, to), _), _)| (from..=to).contains(&&row));
            self.here = reaching.map(|((_, columns), change)| (*columns, *change)).collect();
            self.row = Some(row);
        }
        self.take(self.here.len())?;
        let mut places: Vec<usize> = self
            .here
            .iter()
            .filter(|((from, to), _)| (from..=to).contains(&&column))
            .map(|(_, change)| *change)
            .collect();
        places.dedup();
        let changes: Vec<&Change> = places.iter().filter_map(|at| self.changes.get(*at)).collect();
        let colours = changes.iter().filter(|change| change.colour.is_some()).count();
        let grounds: usize = changes.iter().map(|change| change.grounds.len()).sum();
        let pairs = colours.saturating_mul(grounds);
        self.looks = self.looks.checked_sub(pairs).ok_or(TooLarge::Cells)?;
        Ok(Reaching(changes))
    }

    fn take(&mut self, looks: usize) -> Result<(), TooLarge> {
        self.looks = self.looks.checked_sub(looks).ok_or(TooLarge::Cells)?;
        Ok(())
    }
}

/// The element of a sheet that holds rules.
const IN_SHEET: &str = "conditionalFormatting";

impl Group {
    fn open(&mut self, element: &BytesStart<'_>, listed: &[Change]) {
        match element.local_name().as_ref() {
            "cfRule" => {
                let number = attribute(element, "dxfId").and_then(|it| it.parse::<usize>().ok());
                let change = number.and_then(|at| listed.get(at)).cloned().unwrap_or_default();
                self.rule = Forming { change, ..Forming::default() };
            }
            "sqref" => self.in_areas = true,
            name => self.rule.open(name, element),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "cfRule" => {
                let change = std::mem::take(&mut self.rule).change;
                self.changes.extend(change.is_some().then_some(change));
            }
            "sqref" => self.in_areas = false,
            name => self.rule.close(name),
        }
    }
}

/// The changes that may be made of one cell.
pub(super) struct Reaching<'a>(Vec<&'a Change>);

impl Reaching<'_> {
    /// Whether the cell may be seen otherwise: `is_same` tells whether a number format shows what is
    /// read.
    pub(super) fn may_change(
        &self,
        (ink, parts): (Ink, &[Option<Color>]),
        is_same: impl Fn(&str, Option<u32>) -> bool,
    ) -> bool {
        let Self(changes) = self;
        let is_hidden = |colour: Option<Color>, ground: Option<Color>| {
            let ink = ink.with(colour, ground);
            // The colour of a format takes the place of those of the parts, in some programs.
            !ink.is_seen(parts) || colour.is_some() && !ink.is_seen(&[])
        };
        let hides = |change: &&Change| {
            let code = change.code.as_ref();
            let grounds = change.grounds.iter();
            change.hides
                || code.is_some_and(|(code, builtin)| !is_same(code, *builtin))
                || change.grounds.is_empty() && is_hidden(change.colour, None)
                || grounds.copied().any(|ground| is_hidden(change.colour, Some(ground)))
        };
        // A colour of one and the ground of another, where neither has both.
        let colours = changes.iter().filter(|change| change.grounds.is_empty());
        let colours = colours.filter_map(|change| change.colour);
        let grounds = || {
            let grounds = changes.iter().filter(|change| change.colour.is_none());
            grounds.flat_map(|change| change.grounds.iter().copied())
        };
        changes.iter().any(hides)
            || colours
                .into_iter()
                .any(|colour| grounds().any(|ground| is_hidden(Some(colour), Some(ground))))
    }
}
