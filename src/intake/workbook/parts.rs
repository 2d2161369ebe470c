//! The parts of a workbook that say how its sheets look.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::changing::{Changing, Formulas, Name};
use super::conditional::{self, Change, Conditional};
use super::looks::{Looks, Strings};
use super::unreadable;
use crate::intake::error::IntakeError;

/// An unpacked workbook.
pub(super) struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The part of each sheet, in the order of the workbook.
    sheets: Vec<String>,
    /// Their names, and the names that stand for formulas.
    named: Vec<String>,
    names: Vec<Name>,
    strings: Strings,
    /// What conditional formats change.
    changes: Vec<Change>,
    /// Whether the values of formulas are computed when the workbook is opened.
    recomputed: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn open(plain: &'a [u8]) -> Result<Self, IntakeError> {
        let zip = ZipArchive::new(Cursor::new(plain)).map_err(unreadable)?;
        let sheets = Vec::new();
        let strings = Strings::default();
        let named = Vec::new();
        let changes = Vec::new();
        let mut parts =
            Self { zip, sheets, named, names: Vec::new(), strings, changes, recomputed: false };
        let package = parts.relations("_rels/.rels")?;
        let book = package.into_iter().find(|it| it.kind.ends_with("/officeDocument"));
        let book = book.map_or_else(|| "xl/workbook.xml".to_owned(), |it| it.target);
        let book = book.trim_start_matches('/').to_owned();
        let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
        let relations = parts.relations(&join(folder, &format!("_rels/{file}.rels")))?;
        let place = |target: &str| match target.strip_prefix('/') {
            Some(from_top) => from_top.to_owned(),
            None => join(folder, target),
        };
        let targets: HashMap<&str, String> =
            relations.iter().map(|it| (it.id.as_str(), place(&it.target))).collect();
        let xml = parts.part(&book)?;
        each(&xml, |element| match element.local_name().as_ref() {
            "sheet" => {
                let target = attribute(element, "id").and_then(|id| targets.get(id.as_str()));
                parts.sheets.push(target.cloned().unwrap_or_default());
                parts.named.push(attribute(element, "name").unwrap_or_default());
            }
            "calcPr" => parts.recomputed = is_true(element, "fullCalcOnLoad"),
            _ => {}
        })?;
        parts.names = defined_names(&xml)?;
        let strings = relations.iter().find(|it| it.kind.ends_with("/sharedStrings"));
        if let Some(strings) = strings {
            parts.strings = Strings::read(&parts.part(&place(&strings.target))?)?;
        }
        // Where the parser of cells looks for it, whatever the relations say.
        parts.changes = conditional::listed(&parts.part(&join(folder, "styles.xml"))?)?;
        Ok(parts)
    }

    /// The cells whose value does not stay.
    pub(super) fn changing(&mut self) -> Result<Changing, IntakeError> {
        let sheets = self.sheets.clone();
        for (name, part) in self.named.clone().iter().zip(&sheets) {
            let tables = self.tables(name, part)?;
            self.names.extend(tables);
        }
        let mut formulas = Formulas::new(&self.named, &self.names)?;
        for (at, part) in (0..).zip(&sheets) {
            formulas.add(at, &self.part(part)?)?;
        }
        Ok(formulas.changing())
    }

    /// How the sheet at that place, from 0, looks.
    pub(super) fn looks(&mut self, at: u32) -> Result<Looks, IntakeError> {
        let xml = self.sheet(at)?;
        Looks::read(&xml, &self.strings, self.recomputed)
    }

    /// The conditional formats of the sheet at that place, from 0.
    pub(super) fn conditional(&mut self, at: u32) -> Result<Conditional, IntakeError> {
        let xml = self.sheet(at)?;
        Conditional::read(&xml, &self.changes)
    }

    fn sheet(&mut self, at: u32) -> Result<Vec<u8>, IntakeError> {
        let part = usize::try_from(at).ok().and_then(|at| self.sheets.get(at)).cloned();
        self.part(&part.ok_or_else(|| unreadable("a sheet has no part"))?)
    }

    /// The names of a sheet's tables.
    fn tables(&mut self, sheet: &str, part: &str) -> Result<Vec<Name>, IntakeError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = self.relations(&join(folder, &format!("_rels/{file}.rels")))?;
        let sheet = sheet.replace('\'', "''");
        let mut tables = Vec::new();
        for table in relations.into_iter().filter(|it| it.kind.ends_with("/table")) {
            let part = match table.target.strip_prefix('/') {
                Some(from_top) => from_top.to_owned(),
                None => join(folder, &table.target),
            };
            each(&self.part(&part)?, |element| {
                if element.local_name().as_ref() == "table" {
                    let said = |name| attribute(element, name).unwrap_or_default();
                    let formula = format!("'{sheet}'!{}", said("ref"));
                    tables.push(Name {
                        said: said("displayName"),
                        sheet: None,
                        formula,
                        is_table: true,
                    });
                }
            })?;
        }
        Ok(tables)
    }

    /// A part by its name, whatever its case, as the parser looks for it; empty where there is none.
    fn part(&mut self, name: &str) -> Result<Vec<u8>, IntakeError> {
        let same = |known: &str| known.replace('\\', "/").eq_ignore_ascii_case(name);
        let known = self.zip.file_names().flatten().find(|known| same(known));
        let Some(known) = known.map(Cow::into_owned) else { return Ok(Vec::new()) };
        let mut xml = Vec::new();
        let mut part = self.zip.by_name(&known).map_err(unreadable)?;
        part.read_to_end(&mut xml).map_err(unreadable)?;
        Ok(xml)
    }

    fn relations(&mut self, part: &str) -> Result<Vec<Relation>, IntakeError> {
        let xml = self.part(part)?;
        let mut relations = Vec::new();
        each(&xml, |element| {
            if element.local_name().as_ref() == "Relationship" {
                let said = |name| attribute(element, name).unwrap_or_default();
                relations.push(Relation {
                    id: said("Id"),
                    kind: said("Type"),
                    target: said("Target"),
                });
            }
        })?;
        Ok(relations)
    }
}

/// The names that stand for formulas, and these.
fn defined_names(xml: &[u8]) -> Result<Vec<Name>, IntakeError> {
    let (mut reader, mut names) = (reader(xml), Vec::new());
    let mut open: Option<Name> = None;
    loop {
        match reader.read_event().map_err(unreadable)? {
            Event::Start(element) if element.local_name().as_ref() == "definedName" => {
                let sheet = attribute(&element, "localSheetId").and_then(|it| it.parse().ok());
                let formula = String::new();
                let name = attribute(&element, "name");
                open = name.map(|said| Name { said, sheet, formula, is_table: false });
            }
            Event::Text(text) => {
                if let Some(Name { formula, .. }) = &mut open {
                    formula.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(it) => {
                if let Some(Name { formula, .. }) = &mut open {
                    formula.push_str(resolve_predefined_entity(&it).unwrap_or(" "));
                }
            }
            Event::End(_) => names.extend(open.take()),
            Event::Eof => return Ok(names),
            _ => {}
        }
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// A path with `.` and `..` taken out.
fn join(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    path.join("/")
}

/// Goes through the elements of a part.
fn each(xml: &[u8], mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), IntakeError> {
    let mut reader = reader(xml);
    loop {
        match reader.read_event().map_err(unreadable)? {
            Event::Start(element) | Event::Empty(element) => see(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A reader that forgives what the parser of cells forgives.
pub(super) fn reader(xml: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    reader
}

/// An attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    unescape(&found.value).ok().map(Cow::into_owned)
}

/// Whether an attribute says yes.
pub(super) fn is_true(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|it| matches!(it.as_str(), "1" | "true" | "on"))
}
