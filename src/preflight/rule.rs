//! The rules, each with its key, its weight, the files it is asked of, and its words.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A press may do something else than wanted.
    Warning,
    /// The file is not what the standard asks for, or will print wrongly.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One line a rule: key, severity, files it is asked of, what is wrong, what to do.
macro_rules! rules {
    ($($name:ident, $key:literal, $severity:ident, $scope:literal, $what:literal, $remedy:literal;)*) => {
        /// A rule of the check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = concat!("`", $key, "`.")] $name,)*
        }

        impl Rule {
            /// Every rule, in the order of `docs/PREFLIGHT.md`.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name for scripts; it stays the same.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// How bad it is to break it.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The files it is asked of.
            #[must_use]
            pub fn scope(self) -> &'static str {
                match self { $(Self::$name => $scope,)* }
            }

            /// What is wrong where it is broken.
            #[must_use]
            pub fn what(self) -> &'static str {
                match self { $(Self::$name => $what,)* }
            }

            /// What to do about it.
            #[must_use]
            pub fn what_to_do(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }
        }
    };
}

rules! {
    FileVersion, "file.version", Error, "X-1a, X-4", "the PDF version is higher than the standard allows", "export as PDF 1.6 for X-4, 1.4 for X-1a:2003, 1.3 for X-1a:2001";
    FileXref, "file.xref", Error, "any", "the file is damaged: its cross-reference table does not lead to its objects", "export the file again, or repair it with qpdf";
    FileEncrypted, "file.encrypted", Error, "X-1a, X-4", "the file is encrypted", "save it without security settings";
    FileId, "file.id", Error, "X-1a, X-4", "the trailer has no file identifier (/ID)", "export again with a program that writes one";
    FilePageCount, "file.page_count", Error, "any", "the page tree does not hold as many pages as it says", "export the file again";
    FileStreamLength, "file.stream_length", Error, "any", "a stream is not as long as its dictionary says", "export the file again, or repair it with qpdf";
    FileObjectStreams, "file.object_streams", Error, "X-1a", "the file uses object or cross-reference streams, which came with PDF 1.5", "export as PDF 1.4 or 1.3";
    CheckCutShort, "check.cut_short", Error, "any", "the check was cut short, so faults may have gone unseen", "split or simplify the file";

    IdentityVersion, "identity.version", Error, "X-1a, X-4", "the file does not say that it follows the standard", "export with the standard's preset";
    IdentityUnchecked, "identity.unchecked", Warning, "any", "the rules of no standard were applied", "export as PDF/X-4 or PDF/X-1a, or name a standard to check against";
    IdentityConformance, "identity.conformance", Error, "X-1a", "GTS_PDFXConformance is not that of PDF/X-1a", "export with a PDF/X-1a preset";
    IdentityTrapped, "identity.trapped", Error, "X-1a, X-4", "the file does not say whether it is trapped (True or False)", "set Trapped";
    IdentityTitle, "identity.title", Error, "X-1a, X-4", "the document has no title", "give it a title";
    IdentityDates, "identity.dates", Error, "X-1a, X-4", "a date of the document is missing or not a date", "export again with creation, modification and metadata dates";
    IdentityXmp, "identity.xmp", Error, "X-4", "the XMP metadata is missing or unreadable", "export with a PDF/X-4 preset";
    IdentityDocument, "identity.document", Error, "X-4", "the XMP metadata lacks the document's identity", "write xmpMM:DocumentID, VersionID and RenditionClass";
    IdentityAgreement, "identity.agreement", Error, "X-1a, X-4", "the information dictionary and the XMP metadata disagree", "write the same value to both";

    IntentCount, "intent.count", Error, "X-1a, X-4", "there is not exactly one output intent GTS_PDFX", "export with one output intent";
    IntentIdentifier, "intent.identifier", Error, "X-1a, X-4", "the output intent does not name its printing condition", "set OutputConditionIdentifier";
    IntentInfo, "intent.info", Error, "X-1a, X-4", "the printing condition is in no registry and is not described", "set Info, or RegistryName for a registered condition";
    IntentProfile, "intent.profile", Error, "X-1a, X-4", "the output intent has no embedded profile", "embed the profile of the printing condition (DestOutputProfile)";
    IntentHeader, "intent.profile_header", Error, "X-1a, X-4", "the profile of the output intent is no sound ICC profile", "embed the original profile, unchanged";
    IntentClass, "intent.profile_class", Error, "X-1a, X-4", "the profile of the output intent is not of a printer (class prtr)", "embed an output profile";
    IntentIccVersion, "intent.profile_version", Error, "X-1a, X-4", "the ICC version of the output profile is too new", "embed a profile of ICC version 2 (X-1a) or up to 4 (X-4)";
    IntentColour, "intent.colour", Error, "X-1a, X-4", "the output profile's colour space is not the one it is entered as", "correct N, or embed the right profile";

    BoxMedia, "boxes.media", Error, "any", "the page has no usable MediaBox", "export the file again";
    BoxTrim, "boxes.trim", Error, "X-1a, X-4", "the page has not exactly one of TrimBox and ArtBox", "set the TrimBox to the finished size";
    BoxBleed, "boxes.bleed_missing", Warning, "any", "the page has no BleedBox", "set the BleedBox, 2 to 3 mm outside the TrimBox";
    BoxNesting, "boxes.nesting", Error, "any", "the page boxes do not lie in each other", "put TrimBox in BleedBox in MediaBox";
    BoxCrop, "boxes.crop", Error, "any", "the CropBox cuts into the finished page", "remove the CropBox";

    ColourRgb, "colour.rgb", Error, "X-1a, X-4", "RGB where the press has no RGB", "convert to the printing condition's CMYK";
    ColourDevice, "colour.device", Error, "X-1a, X-4", "device colour that is not the output intent's", "convert to the colour space of the output intent";
    ColourIndependent, "colour.independent", Error, "X-1a", "device-independent colour, which X-1a does not allow", "convert to the printing condition's CMYK";
    ColourAlternate, "colour.alternate", Error, "X-1a, X-4", "a spot colour's alternate is not for this press", "define the spot colour by CMYK";
    ColourProfile, "colour.profile", Error, "any", "an ICC profile has not as many colours as it is entered with", "export the file again with the right profile";

    ContentOperator, "content.operator", Error, "any", "a content stream has an unknown or broken operator", "export the file again";
    ContentBalance, "content.balance", Warning, "any", "a content stream saves and restores the graphics state unevenly", "export the file again";
    ContentResource, "content.resource", Error, "any", "a content stream uses a resource that is not there", "export the file again";
    ContentUnreadable, "content.unreadable", Error, "any", "a content stream cannot be decoded", "export the file again";
    ContentPostscript, "content.postscript", Error, "X-1a, X-4", "embedded PostScript", "place the graphic as PDF";
    ContentAlternateImage, "content.alternate_image", Error, "X-1a, X-4", "an image has alternates", "keep the one image to be printed";
    ContentExternal, "content.external", Error, "any", "part of the file lies outside of it", "embed everything";
    ContentOpi, "content.opi", Error, "X-1a, X-4", "an OPI comment asks for another image", "place the images in full resolution";

    TransparencySoftMask, "transparency.soft_mask", Error, "X-1a", "a soft mask", "flatten transparency, or use X-4";
    TransparencyAlpha, "transparency.alpha", Error, "X-1a", "opacity below 1", "flatten transparency, or use X-4";
    TransparencyBlend, "transparency.blend", Error, "X-1a", "a blend mode other than Normal", "flatten transparency, or use X-4";
    TransparencyGroup, "transparency.group", Error, "X-1a", "a transparency group", "flatten transparency, or use X-4";

    LayersForbidden, "layers.forbidden", Error, "X-1a", "layers, which X-1a does not allow", "flatten the layers, or use X-4";
    LayersConfig, "layers.config", Error, "X-4", "the layers' configuration is not sound", "give each configuration a name of its own, and no automatic states (AS)";
    LayersSteps, "layers.steps", Warning, "any", "a layer's processing step is not one of ISO 19593-1", "set GTS_ProcStepsGroup, and GTS_ProcStepsType where the group is Structural";

    FontsEmbedded, "fonts.embedded", Error, "any", "a font is not embedded", "embed it, or outline its text";
    FontsUnpainted, "fonts.unpainted", Warning, "any", "a font that paints nothing is not embedded", "nothing is printed with it; take it out, or embed it, where the printer asks";

    FiltersLzw, "filters.lzw", Error, "X-1a, X-4", "LZW compression", "compress with Flate";
    FiltersJbig2, "filters.jbig2", Error, "X-1a", "JBIG2 compression", "compress with CCITT or Flate";
    FiltersJpx, "filters.jpx", Error, "X-1a", "JPEG 2000 compression", "compress with JPEG or Flate";
    FiltersCrypt, "filters.crypt", Error, "X-1a, X-4", "an encryption filter", "save the file without security settings";

    HalftoneTransfer, "halftone.transfer", Error, "X-1a, X-4", "a transfer curve", "remove it; the printer sets tone curves";
    HalftoneType, "halftone.type", Error, "X-1a, X-4", "a halftone of another type than 1 or 5", "remove it; the printer sets halftones";

    ActiveJavascript, "active.javascript", Error, "X-1a, X-4", "JavaScript", "remove scripts";
    ActiveAction, "active.action", Error, "X-1a, X-4", "an action", "remove links, bookmarks with actions, and events";
    ActiveFields, "active.form_fields", Error, "X-1a, X-4", "form fields", "flatten the form";
    ActiveAnnotation, "active.annotation", Error, "X-1a, X-4", "an annotation on the printed area", "remove it, or move it outside the BleedBox";
    ActiveFile, "active.embedded_file", Warning, "X-1a, X-4", "an embedded file", "remove attachments";

    InkRichBlack, "ink.rich_black", Warning, "any", "black text or code in more than one ink", "use 100 % black alone";
    InkTotal, "ink.total", Warning, "any", "more ink than paper and drying usually bear", "reduce the total to the printer's limit";
    InkWhiteOverprint, "ink.white_overprint", Warning, "any", "white that overprints, and so disappears", "let white knock out";
    InkPlates, "ink.plates", Warning, "any", "more separations than presses usually have units", "convert spot colours that are not printed as such";
    SpotsSpelling, "spots.spelling", Error, "any", "a spot colour is spelled in several ways, and would make several plates", "use one spelling";
    SpotsAlternate, "spots.alternate", Error, "any", "a spot colour is defined in several ways", "give it the same alternate everywhere";
    DieOverprint, "die.overprint", Error, "any", "a die line knocks out what lies under it", "set the line to overprint";
    DieFilled, "die.filled", Warning, "any", "a die line is painted as a surface", "stroke the path";
    DieTint, "die.tint", Warning, "any", "a die line is not in full tone", "set its tint to 100 %";

    ImageResolution, "image.resolution", Warning, "any", "an image has few pixels for its size", "place it in a higher resolution";
    ImageBitmap, "image.bitmap_resolution", Warning, "any", "a 1-bit image has few pixels for its size, so edges will show steps", "place it at 600 dpi or more";
    ImageInterpolate, "image.interpolate", Warning, "any", "an image asks to be interpolated, which blurs codes", "turn interpolation off";
    LineHairline, "line.hairline", Warning, "any", "a line is thinner than 0.25 pt and may break up", "make it 0.25 pt or more";
    TextSmall, "text.small", Warning, "any", "text is smaller than 4 pt and may fill in", "set it in 4 pt or more";

    VtParts, "vt.parts", Error, "PDF/VT", "the document parts are missing or broken", "export again with document parts (DPartRoot)";
    VtPages, "vt.pages", Error, "PDF/VT", "the document parts do not cover the pages one after the other", "export again, every page in exactly one part";
    VtDate, "vt.date", Error, "PDF/VT", "GTS_PDFVTModDate is not the date of modification", "write the value of xmp:ModifyDate";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique_and_stand_in_families() {
        let keys: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.key()).collect();
        assert_eq!(keys.len(), Rule::ALL.len());
        let form = |key: &str| {
            key.split_once('.').is_some_and(|(family, rest)| {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                family.chars().all(plain) && rest.chars().all(plain)
            })
        };
        assert!(keys.iter().all(|key| form(key)), "{keys:?}");
    }

    #[test]
    fn the_document_has_a_line_for_each_rule_in_order() {
        let document = include_str!("../../docs/PREFLIGHT.md");
        let lines: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
        let expected: Vec<String> = Rule::ALL
            .iter()
            .map(|rule| {
                let severity = rule.severity().word();
                let (what, remedy) = (rule.what(), rule.what_to_do());
                format!("| `{}` | {severity} | {} | {what} | {remedy} |", rule.key(), rule.scope())
            })
            .collect();
        assert_eq!(lines, expected);
    }
}
