//! One fault after the other: what is changed in a right file, and the rule that this breaks.

use ocop_stamp::preflight::Rule;

/// The right file that is broken.
#[derive(Clone, Copy)]
pub(crate) enum Base {
    X4,
    X1a,
    Vt,
}

/// A fault.
pub(crate) struct Fault {
    pub(crate) rule: Rule,
    pub(crate) base: Base,
    /// Texts that are changed, each in the one place where it stands.
    pub(crate) changes: &'static [(&'static str, &'static str)],
    /// Streams that are added before.
    pub(crate) streams: &'static [(u32, &'static str, &'static [u8])],
}

const fn x4(rule: Rule, changes: &'static [(&'static str, &'static str)]) -> Fault {
    Fault { rule, base: Base::X4, changes, streams: &[] }
}

const fn x1a(rule: Rule, changes: &'static [(&'static str, &'static str)]) -> Fault {
    Fault { rule, base: Base::X1a, changes, streams: &[] }
}

const fn vt(rule: Rule, changes: &'static [(&'static str, &'static str)]) -> Fault {
    Fault { rule, base: Base::Vt, changes, streams: &[] }
}

impl Fault {
    const fn with(self, streams: &'static [(u32, &'static str, &'static [u8])]) -> Self {
        Self { streams, ..self }
    }
}

const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>";
const BEFORE_ART: &str = "q 1 0 0 1 20 20 cm /Art Do Q";
const MASK_INK: &str = "0 0 0 1 k\nq 24";
const HELVETICA: &str = "/Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
const DIE: &str = "/Over gs /Die CS 1 SCN";

#[rustfmt::skip]
pub(crate) const FAULTS: &[Fault] = &[
    // The frame
    x4(Rule::FileVersion, &[("/Type/Catalog", "/Type/Catalog/Version/1.7")]),
    x4(Rule::FileId, &[("/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]", "")]),
    x4(Rule::FilePageCount, &[("/Count 1", "/Count 2")]),
    x4(Rule::FileStreamLength, &[("/Type/Metadata", "/Type/Metadata/Length 99999")]),
    // Identification
    x1a(Rule::IdentityConformance, &[("/Trapped/False", "/Trapped/False/GTS_PDFXConformance(PDF/X-1)")]),
    x4(Rule::IdentityTrapped, &[("/Trapped/False", ""), ("<pdf:Trapped>False", "<pdf:Trapped>Unknown")]),
    x1a(Rule::IdentityTrapped, &[("/Trapped/False", "/Trapped/Unknown")]),
    x4(Rule::IdentityTitle, &[("x-default\">Stamps<", "x-default\"><")]),
    x1a(Rule::IdentityTitle, &[("/Title(Stamps)", "")]),
    x4(Rule::IdentityDates, &[("<xmp:MetadataDate>2026-11-24T10:00:00+07:00", "<xmp:MetadataDate>now")]),
    x1a(Rule::IdentityDates, &[("/ModDate(D:20261124100000+07'00')", "")]),
    x4(Rule::IdentityDocument, &[("<xmpMM:VersionID>1<", "<xmpMM:VersionID><")]),
    x4(Rule::IdentityAgreement, &[("/Title(Stamps)", "/Title(Labels)")]),
    x4(Rule::IdentityAgreement, &[("<xmp:CreateDate>2026-11-24T10:00:00+07:00", "<xmp:CreateDate>2026-11-24T10:00:00Z")]),
    x4(Rule::IdentityAgreement, &[("/Trapped/False", "/Trapped/True")]),
    x4(Rule::IdentityUnchecked, &[("<pdfxid:GTS_PDFXVersion>PDF/X-4", "<pdfxid:GTS_PDFXVersion>PDF/X-6")]),
    // The output intent
    x4(Rule::IntentCount, &[("/S/GTS_PDFX/", "/S/GTS_PDFA1/")]),
    x4(Rule::IntentCount, &[("/OutputIntents[4 0 R]", "/OutputIntents[4 0 R 4 0 R]")]),
    x4(Rule::IntentIdentifier, &[("/OutputConditionIdentifier(Test)", "")]),
    x4(Rule::IntentInfo, &[("/Info(A test condition)", "")]),
    x4(Rule::IntentProfile, &[("/DestOutputProfile 6 0 R", "")]),
    x1a(Rule::IntentProfile, &[("/DestOutputProfile 6 0 R", "")]),
    x4(Rule::IntentColour, &[("/N 4", "/N 3")]),
    // Boxes
    x4(Rule::BoxTrim, &[("/TrimBox[20 20 120 120]", "")]),
    x4(Rule::BoxTrim, &[("/TrimBox[20 20 120 120]", "/TrimBox[20 20 120 120]/ArtBox[20 20 120 120]")]),
    x4(Rule::BoxBleed, &[("/BleedBox[11.5 11.5 128.5 128.5]", "")]),
    x4(Rule::BoxNesting, &[("/TrimBox[20 20 120 120]", "/TrimBox[10 20 120 120]")]),
    x4(Rule::BoxCrop, &[("/TrimBox[20 20 120 120]", "/TrimBox[20 20 120 120]/CropBox[20 20 119 120]")]),
    x4(Rule::BoxMedia, &[("/MediaBox[0 0 140 140]", "")]),
    // Colour
    x4(Rule::ColourRgb, &[("0.1 0 0 0 k", "1 0 0 rg")]),
    x4(Rule::ColourRgb, &[("/BitsPerComponent 8/ColorSpace/DeviceGray", "/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 1<000000FFFFFF>]")]),
    x4(Rule::ColourRgb, &[(BEFORE_ART, "/Sh sh q 1 0 0 1 20 20 cm /Art Do Q"), ("/Font<<", "/Shading<</Sh<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function 16 0 R>>>>/Font<<")]),
    x4(Rule::ColourRgb, &[("/Type/Page/Parent", "/Type/Page/Group<</S/Transparency/CS/DeviceRGB>>/Parent")]),
    x4(Rule::ColourRgb, &[(BEFORE_ART, "/Pattern cs /P scn 0 0 9 9 re f q 1 0 0 1 20 20 cm /Art Do Q"), ("/Font<<", "/Pattern<</P 40 0 R>>/Font<<")])
        .with(&[(40, "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>", b"1 0 0 rg 0 0 5 5 re f")]),
    x4(Rule::ColourRgb, &[("/OP true", "/SMask<</S/Luminosity/G 40 0 R>>/OP true")])
        .with(&[(40, FORM, b"1 0 0 rg 0 0 5 5 re f")]),
    x1a(Rule::ColourRgb, &[("0.1 0 0 0 k", "1 0 0 rg")]),
    x1a(Rule::ColourIndependent, &[("0.1 0 0 0 k", "/L cs 50 0 0 sc"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ColorSpace<</L[/Lab<</WhitePoint[0.9 1 0.8]>>]>>")]),
    x1a(Rule::ColourIndependent, &[("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ColorSpace<</DefaultCMYK[/ICCBased 6 0 R]>>")]),
    x4(Rule::ColourAlternate, &[("[/Separation/CutContour/DeviceCMYK", "[/Separation/CutContour/DeviceRGB")]),
    x1a(Rule::ColourAlternate, &[("[/Separation/CutContour/DeviceCMYK", "[/Separation/CutContour[/Lab<</WhitePoint[0.9 1 0.8]>>]")]),
    x4(Rule::ColourProfile, &[("0.1 0 0 0 k", "/I cs 0.5 sc"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ColorSpace<</I[/ICCBased 40 0 R]>>")])
        .with(&[(40, "/N 1", &[0; 200])]),
    // Content
    x4(Rule::ContentOperator, &[(BEFORE_ART, "q 1 0 0 1 20 20 cm /Art Do Q 7 quirk")]),
    x4(Rule::ContentOperator, &[(BEFORE_ART, "q 1 0 0 1 20 20 cm /Art Do Q 1 0 k")]),
    x4(Rule::ContentOperator, &[("1 SCN", "1 1 SCN")]),
    x4(Rule::ContentBalance, &[(BEFORE_ART, "Q q 1 0 0 1 20 20 cm /Art Do Q")]),
    x4(Rule::ContentBalance, &[(BEFORE_ART, "q q 1 0 0 1 20 20 cm /Art Do Q")]),
    x4(Rule::ContentResource, &[(BEFORE_ART, "q 1 0 0 1 20 20 cm /Art Do Q /Gone Do")]),
    x4(Rule::ContentResource, &[("/OC /Cut BDC", "/OC /Gone BDC")]),
    x4(Rule::ContentResource, &[(BEFORE_ART, "/Gone gs q 1 0 0 1 20 20 cm /Art Do Q")]),
    x4(Rule::ContentUnreadable, &[(BEFORE_ART, "/Bad Do q 1 0 0 1 20 20 cm /Art Do Q"), ("/XObject<</Art", "/XObject<</Bad 40 0 R/Art")])
        .with(&[(40, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", b"no flate")]),
    x4(Rule::ContentPostscript, &[("/XObject<</Art", "/XObject<</P 40 0 R/Art")])
        .with(&[(40, "/Type/XObject/Subtype/PS", b"showpage")]),
    x4(Rule::ContentAlternateImage, &[("/Width 60", "/Width 60/Alternates[]")]),
    x4(Rule::ContentExternal, &[("/Width 60", "/Width 60/F(image.raw)")]),
    x4(Rule::ContentExternal, &[("/Subtype/Form", "/Subtype/Form/Ref<</F(a.pdf)/Page 0>>")]),
    x4(Rule::ContentOpi, &[("/Width 60", "/Width 60/OPI<</2.0<<>>>>")]),
    // Transparency
    x1a(Rule::TransparencySoftMask, &[("/OP true", "/SMask<</S/Alpha/G 9 0 R>>/OP true")]),
    x1a(Rule::TransparencySoftMask, &[("/Width 60", "/Width 60/SMask 40 0 R")])
        .with(&[(40, "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x")]),
    x1a(Rule::TransparencyAlpha, &[("/OP true", "/ca 0.5/OP true")]),
    x1a(Rule::TransparencyBlend, &[("/OP true", "/BM/Multiply/OP true")]),
    x1a(Rule::TransparencyGroup, &[("/Subtype/Form", "/Subtype/Form/Group<</S/Transparency>>")]),
    // Layers
    x1a(Rule::LayersForbidden, &[("/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[5 0 R]/D<<>>>>")]),
    x1a(Rule::LayersForbidden, &[(BEFORE_ART, "/OC /L BDC q 1 0 0 1 20 20 cm /Art Do Q EMC"), ("/Font<<", "/Properties<</L 5 0 R>>/Font<<")]),
    x4(Rule::LayersConfig, &[("/Name(Layers)", "")]),
    x4(Rule::LayersConfig, &[("/Name(Layers)", "/Name(Layers)/AS[]")]),
    x4(Rule::LayersConfig, &[("/OCGs[5 0 R 20 0 R]", "/OCGs[5 0 R 20 0 R]/Configs[<</Name(Layers)>>]")]),
    x4(Rule::LayersSteps, &[("/GTS_ProcStepsGroup/Structural", "/GTS_ProcStepsGroup/Structure")]),
    x4(Rule::LayersSteps, &[("/GTS_ProcStepsType/Cutting", "")]),
    // Fonts, filters, halftones
    x4(Rule::FontsEmbedded, &[("/FontFile2 13 0 R", "")]),
    x4(Rule::FontsEmbedded, &[("/F1 6 Tf", "/H 6 Tf (a) Tj /F1 6 Tf"), ("/Font<<", HELVETICA)]),
    x4(Rule::FontsEmbedded, &[("/F1 6 Tf", "/H 6 Tf 7 Tr (a) Tj 0 Tr /F1 6 Tf"), ("/Font<<", HELVETICA)]),
    x4(Rule::FontsEmbedded, &[("/F1 6 Tf", "/G gs (a) Tj /F1 6 Tf"), ("/ExtGState<<", "/ExtGState<</G<</Font[<</Type/Font/Subtype/Type1/BaseFont/Helvetica>> 6]>>")]),
    x4(Rule::FontsUnpainted, &[("/Font<<", HELVETICA)]),
    x4(Rule::FontsUnpainted, &[("/F1 6 Tf", "/H 6 Tf () Tj 3 Tr (a) Tj 0 Tr /F1 6 Tf"), ("/Font<<", HELVETICA)]),
    x4(Rule::FiltersLzw, &[("/Width 60", "/Width 60/Filter/LZWDecode")]),
    x4(Rule::FiltersLzw, &[("/IM true ID", "/IM true /F /LZW ID")]),
    x4(Rule::FiltersCrypt, &[("/Width 60", "/Width 60/Filter/Crypt")]),
    x1a(Rule::FiltersJbig2, &[("/Width 60", "/Width 60/Filter/JBIG2Decode")]),
    x1a(Rule::FiltersJpx, &[("/Width 60", "/Width 60/Filter/JPXDecode")]),
    x4(Rule::HalftoneTransfer, &[("/OP true", "/TR 16 0 R/OP true")]),
    x4(Rule::HalftoneTransfer, &[("/OP true", "/TR2/Identity/OP true")]),
    x4(Rule::HalftoneType, &[("/OP true", "/HT<</Type/Halftone/HalftoneType 6>>/OP true")]),
    // What acts
    x4(Rule::ActiveJavascript, &[("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(app.beep())>>")]),
    x4(Rule::ActiveJavascript, &[("/Type/Catalog", "/Type/Catalog/Names<</JavaScript<</Names[]>>>>")]),
    x4(Rule::ActiveAction, &[("/Type/Catalog", "/Type/Catalog/OpenAction<</S/URI/URI(http://a.vn)>>")]),
    x4(Rule::ActiveAction, &[("/Type/Page/Parent", "/Type/Page/AA<</O<</S/Named/N/Print>>>>/Parent")]),
    x4(Rule::ActiveFields, &[("/Type/Catalog", "/Type/Catalog/AcroForm<</Fields[]>>")]),
    x4(Rule::ActiveAnnotation, &[("/Type/Page/Parent", "/Type/Page/Annots[<</Subtype/Square/Rect[100 100 200 200]>>]/Parent")]),
    x4(Rule::ActiveFile, &[("/Type/Catalog", "/Type/Catalog/Names<</EmbeddedFiles<</Names[(a)<</F(a)/EF<<>>>>]>>>>")]),
    // Inks
    x4(Rule::InkRichBlack, &[(MASK_INK, "0.6 0 0 1 k\nq 24")]),
    x4(Rule::InkTotal, &[("0 0.8 0.9 0.1 k", "0.9 0.8 0.9 0.8 k")]),
    x4(Rule::InkWhiteOverprint, &[("0 0.8 0.9 0.1 k", "/O gs 0 0 0 0 k"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ExtGState<</O 17 0 R>>")]),
    x4(Rule::InkPlates, &[("0 0.8 0.9 0.1 k", "/N cs 0.3 0.3 0.3 0.3 0.3 0.3 0.3 sc"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ColorSpace<</N[/DeviceN[/A/B/D/E/F/G/H]/DeviceCMYK 16 0 R]>>")]),
    x4(Rule::SpotsSpelling, &[("0 0.8 0.9 0.1 k", "/O gs /N CS 1 SC 0 0 9 9 re S 0 0.8 0.9 0.1 k"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ExtGState<</O 17 0 R>>/ColorSpace<</N[/Separation/cutcontour/DeviceCMYK 16 0 R]>>")]),
    x4(Rule::SpotsAlternate, &[("0 0.8 0.9 0.1 k", "/O gs /N CS 1 SC 0 0 9 9 re S 0 0.8 0.9 0.1 k"), ("108.5 108.5]/Resources<<", "108.5 108.5]/Resources<</ExtGState<</O 17 0 R>>/ColorSpace<</N[/Separation/CutContour/DeviceGray 16 0 R]>>")]),
    x4(Rule::DieOverprint, &[(DIE, "/Die CS 1 SCN")]),
    x4(Rule::DieOverprint, &[("/OP true/op true", "/OP false/op true")]),
    x4(Rule::DieFilled, &[(DIE, "/Over gs /Die cs 1 scn 0 0 9 9 re f /Die CS 1 SCN")]),
    x4(Rule::DieTint, &[("1 SCN", "0.5 SCN")]),
    // Images, lines, text
    x4(Rule::ImageResolution, &[("20 0 0 20 30 60 cm", "40 0 0 40 30 60 cm")]),
    x4(Rule::ImageBitmap, &[("24 0 0 24 60 60 cm", "2 0 0 2 60 60 cm")]),
    x4(Rule::ImageInterpolate, &[("/IM true ID", "/IM true /I true ID")]),
    x4(Rule::ImageInterpolate, &[("/Width 60", "/Width 60/Interpolate true")]),
    x4(Rule::LineHairline, &[("0.5 w", "0.2 w")]),
    x4(Rule::LineHairline, &[("0.5 w", "0 w")]),
    x4(Rule::TextSmall, &[("/F1 6 Tf", "/F1 3.9 Tf")]),
    x4(Rule::TextSmall, &[("/F1 6 Tf", "/F1 6 Tf 0.5 0 0 0.5 30 40 Tm")]),
    // Document parts
    vt(Rule::VtParts, &[("/DPartRoot 30 0 R", "")]),
    vt(Rule::VtParts, &[("/DPart 32 0 R", "")]),
    vt(Rule::VtPages, &[("/DParts[[32 0 R]]", "/DParts[]")]),
    vt(Rule::VtDate, &[("<pdfvtid:GTS_PDFVTModDate>2026", "<pdfvtid:GTS_PDFVTModDate>2025")]),
];
