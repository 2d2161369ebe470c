//! Rules of the output intent (ISO 32000-1, 14.11.5) and the header of its profile (ICC.1, 7.2).

use hayro_syntax::object::{Array, Dict, Stream};

use super::document::{Check, Document};
use super::read;
use super::report::{IntentFacts, Place};
use super::rule::Rule;

/// The registry of characterised printing conditions.
const REGISTRY: &str = "http://www.color.org";

/// The header of an ICC profile, as far as it is looked at.
pub(super) struct IccHeader {
    size: usize,
    major_version: u8,
    class: [u8; 4],
    colour: [u8; 4],
    signature: [u8; 4],
}

impl IccHeader {
    /// Its length.
    pub(super) const BYTES: usize = 128;

    /// Reads the header; `None` if the profile is too short.
    pub(super) fn read(profile: &[u8]) -> Option<Self> {
        let header = profile.get(..Self::BYTES)?;
        let four = |at: usize| header.get(at..at + 4)?.try_into().ok();
        Some(Self {
            size: usize::try_from(u32::from_be_bytes(four(0)?)).ok()?,
            major_version: *header.get(8)?,
            class: four(12)?,
            colour: four(16)?,
            signature: four(36)?,
        })
    }

    /// The number of colours of its colour space, where it is one of the usual.
    pub(super) fn colours(&self) -> Option<u8> {
        match &self.colour {
            b"GRAY" => Some(1),
            b"RGB " | b"Lab " => Some(3),
            b"CMYK" => Some(4),
            _ => None,
        }
    }

    fn sound(&self, length: usize) -> bool {
        &self.signature == b"acsp" && self.size == length
    }
}

/// The output intents of the document, of any kind.
fn intents<'a>(document: &Document<'a>) -> Vec<Dict<'a>> {
    let list = document.catalog.get::<Array<'_>>("OutputIntents");
    list.map(|list| list.iter::<Dict<'_>>().collect()).unwrap_or_default()
}

fn pdfx_intents<'a>(document: &Document<'a>) -> Vec<Dict<'a>> {
    intents(document).into_iter().filter(|intent| read::is(intent, "S", "GTS_PDFX")).collect()
}

/// The number of colours of the printing condition.
pub(super) fn colours(document: &Document<'_>) -> Option<u8> {
    let intents = pdfx_intents(document);
    let profile = intents.first()?.get::<Stream<'_>>("DestOutputProfile")?;
    IccHeader::read(&read::decode_head(&profile, IccHeader::BYTES))?.colours()
}

/// What the intent is, for people.
pub(super) fn facts(document: &Document<'_>) -> Option<IntentFacts> {
    let intents = pdfx_intents(document);
    let intent = intents.first()?;
    let said = |key| read::text(intent, key).filter(|text| !text.is_empty());
    let colour = match colours(document) {
        Some(1) => Some("GRAY"),
        Some(3) => Some("RGB"),
        Some(4) => Some("CMYK"),
        _ => None,
    };
    Some(IntentFacts {
        identifier: said("OutputConditionIdentifier").unwrap_or_default(),
        info: said("Info").or_else(|| said("OutputCondition")).unwrap_or_default(),
        colour: colour.map(str::to_owned),
    })
}

pub(super) fn check(check: &mut Check<'_>) {
    if check.standard.is_none() {
        return;
    }
    let found = pdfx_intents(check.document);
    let [intent] = found.as_slice() else {
        let detail = format!("there are {}", found.len());
        check.findings.add(Rule::IntentCount, Place::FILE, detail);
        return;
    };
    let place = Place::object(read::object_number(intent));
    let said = |key| read::text(intent, key).is_some_and(|text| !text.trim().is_empty());
    if !said("OutputConditionIdentifier") {
        check.findings.add(Rule::IntentIdentifier, place, "");
    }
    let registered = read::text(intent, "RegistryName").is_some_and(|it| it.starts_with(REGISTRY));
    if !registered && !said("Info") {
        check.findings.add(Rule::IntentInfo, place, "");
    }
    match intent.get::<Stream<'_>>("DestOutputProfile") {
        Some(profile) => check_profile(check, &profile),
        None if check.x4() => check.findings.add(Rule::IntentProfile, place, ""),
        None if !registered => {
            let detail = "and names no condition of the ICC registry";
            check.findings.add(Rule::IntentProfile, place, detail);
        }
        None => {}
    }
}

fn check_profile(check: &mut Check<'_>, stream: &Stream<'_>) {
    let place = Place::object(Some(stream.obj_id().obj_number));
    let profile = read::decode(stream).unwrap_or_default();
    let Some(header) = IccHeader::read(&profile) else {
        let detail = format!("{} bytes", profile.len());
        check.findings.add(Rule::IntentHeader, place, detail);
        return;
    };
    if !header.sound(profile.len()) {
        let detail = format!("it says {} bytes and has {}", header.size, profile.len());
        check.findings.add(Rule::IntentHeader, place, detail);
    }
    if &header.class != b"prtr" {
        let class = String::from_utf8_lossy(&header.class).into_owned();
        check.findings.add(Rule::IntentClass, place, format!("class {class}"));
    }
    // PDF 1.3 and 1.4 know version 2 (ISO 32000-1, table 67).
    let highest = if check.x4() { 4 } else { 2 };
    if header.major_version > highest {
        let detail = format!("version {}", header.major_version);
        check.findings.add(Rule::IntentIccVersion, place, detail);
    }
    let entered = stream.dict().get::<u8>("N");
    if header.colours().is_none() || entered != header.colours() {
        let colour = String::from_utf8_lossy(&header.colour).trim().to_owned();
        let entered = entered.map_or("missing".to_owned(), |n| n.to_string());
        check.findings.add(Rule::IntentColour, place, format!("{colour}, N is {entered}"));
    }
}
