//! A small print file as text, so that a test can change one thing in it: one page with a form of
//! CMYK art, an image, an inline mask, text in an embedded font, and a die line on a layer.

use std::collections::BTreeMap;
use std::fmt::Write;

use subsetter::GlyphRemapper;

/// An object: its dictionary or array, and its stream.
struct Object {
    text: String,
    stream: Option<Vec<u8>>,
}

/// A file to be written.
pub(crate) struct File {
    pub(crate) version: &'static str,
    /// Entries of the trailer.
    pub(crate) trailer: String,
    objects: BTreeMap<u32, Object>,
}

const XMP: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfvtid="http://www.npes.org/pdfvt/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Stamps</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-11-24T10:00:00+07:00</xmp:CreateDate>
<xmp:ModifyDate>2026-11-24T10:00:00+07:00</xmp:ModifyDate>
<xmp:MetadataDate>2026-11-24T10:00:00+07:00</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#;

const PAGE: &str = "/OC /Print BDC\n\
    q 1 0 0 1 20 20 cm /Art Do Q\n\
    q 20 0 0 20 30 60 cm /Im Do Q\n\
    0 0 0 1 k\n\
    q 24 0 0 24 60 60 cm BI /W 8 /H 8 /IM true ID abcdefgh\nEI Q\n\
    BT /F1 6 Tf 30 40 Td <000100020001> Tj ET\n\
    EMC\n\
    /OC /Cut BDC\n\
    q /Over gs /Die CS 1 SCN 0.25 w 20 20 100 100 re S Q\n\
    EMC\n";

const ART: &str = "0.1 0 0 0 k -8.5 -8.5 117 117 re f\n\
    0 0.8 0.9 0.1 k 10 10 20 20 re f\n\
    0 0 0 1 K 0.5 w 5 5 90 90 re S\n";

/// A right PDF/X-4.
pub(crate) fn x4() -> File {
    let mut file = File {
        version: "1.6",
        trailer: "/Info 18 0 R/ID[<00112233445566778899AABBCCDDEEFF>\
            <00112233445566778899AABBCCDDEEFF>]"
            .into(),
        objects: BTreeMap::new(),
    };
    file.put(
        1,
        "<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R/OutputIntents[4 0 R]/OCProperties\
        <</OCGs[5 0 R 20 0 R]/D<</Name(Layers)/Order[5 0 R 20 0 R]/ON[5 0 R 20 0 R]>>>>>>",
    );
    file.put(2, "<</Type/Pages/Count 1/Kids[7 0 R]>>");
    file.stream(3, "/Type/Metadata/Subtype/XML", XMP.as_bytes());
    file.put(
        4,
        "<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier(Test)\
        /Info(A test condition)/DestOutputProfile 6 0 R>>",
    );
    file.put(
        5,
        "<</Type/OCG/Name(Cut)/GTS_Metadata\
        <</GTS_ProcStepsGroup/Structural/GTS_ProcStepsType/Cutting>>>>",
    );
    file.stream(6, "/N 4", &profile(*b"prtr", *b"CMYK", 2));
    file.put(
        7,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 140 140]/BleedBox[11.5 11.5 128.5 128.5]\
        /TrimBox[20 20 120 120]/Contents 8 0 R/Resources<</XObject<</Art 9 0 R/Im 19 0 R>>\
        /Font<</F1 10 0 R>>/ColorSpace<</Die 15 0 R>>/ExtGState<</Over 17 0 R>>\
        /Properties<</Cut 5 0 R/Print 20 0 R>>>>>>",
    );
    file.stream(8, "", PAGE.as_bytes());
    file.stream(
        9,
        "/Type/XObject/Subtype/Form/BBox[-8.5 -8.5 108.5 108.5]/Resources<<>>",
        ART.as_bytes(),
    );
    file.font();
    file.put(15, "[/Separation/CutContour/DeviceCMYK 16 0 R]");
    file.put(16, "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 1 0 0]/N 1>>");
    file.put(17, "<</Type/ExtGState/OP true/op true/OPM 1>>");
    file.put(
        18,
        "<</Title(Stamps)/CreationDate(D:20261124100000+07'00')\
        /ModDate(D:20261124100000+07'00')/Trapped/False>>",
    );
    file.stream(
        19,
        "/Type/XObject/Subtype/Image/Width 60/Height 60/BitsPerComponent 8/ColorSpace/DeviceGray",
        &[127; 3600],
    );
    file.put(20, "<</Type/OCG/Name(Print)>>");
    file
}

/// A right PDF/X-1a:2003: the same without layers and packet.
pub(crate) fn x1a() -> File {
    let mut file = x4();
    file.version = "1.4";
    let layers = "/OCProperties<</OCGs[5 0 R 20 0 R]\
        /D<</Name(Layers)/Order[5 0 R 20 0 R]/ON[5 0 R 20 0 R]>>>>";
    file.change(layers, "")
        .change("/Metadata 3 0 R", "")
        .change("/Properties<</Cut 5 0 R/Print 20 0 R>>", "")
        .change("/OC /Print BDC\n", "/Art BMC\n")
        .change("/OC /Cut BDC\n", "/Art BMC\n")
        .change("/Trapped/False>>", "/Trapped/False/GTS_PDFXVersion(PDF/X-1a:2003)>>")
}

/// The X-4 file as PDF/VT-1 with one part.
pub(crate) fn vt() -> File {
    let mut file = x4();
    file.put(30, "<</Type/DPartRoot/DPartRootNode 31 0 R>>");
    file.put(31, "<</Type/DPart/Parent 30 0 R/DParts[[32 0 R]]>>");
    file.put(32, "<</Type/DPart/Parent 31 0 R/Start 7 0 R/End 7 0 R>>");
    file.change("/Type/Catalog", "/Type/Catalog/DPartRoot 30 0 R")
        .change("/Type/Page/Parent", "/Type/Page/DPart 32 0 R/Parent")
        .change(
            "<pdfxid:",
            "<pdfvtid:GTS_PDFVTVersion>PDF/VT-1</pdfvtid:GTS_PDFVTVersion>\
            <pdfvtid:GTS_PDFVTModDate>2026-11-24T10:00:00+07:00</pdfvtid:GTS_PDFVTModDate><pdfxid:",
        )
}

/// A profile that is all header and an empty table of tags.
pub(crate) fn profile(class: [u8; 4], colour: [u8; 4], version: u8) -> Vec<u8> {
    let mut profile = vec![0; 132];
    profile[3] = 132;
    profile[8] = version;
    profile[12..16].copy_from_slice(&class);
    profile[16..20].copy_from_slice(&colour);
    profile[20..24].copy_from_slice(b"Lab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile
}

impl File {
    /// Sets an object that is no stream.
    pub(crate) fn put(&mut self, number: u32, text: &str) {
        self.objects.insert(number, Object { text: text.into(), stream: None });
    }

    /// Sets a stream, by the entries of its dictionary but the length.
    pub(crate) fn stream(&mut self, number: u32, entries: &str, data: &[u8]) {
        let object = Object { text: entries.into(), stream: Some(data.to_vec()) };
        self.objects.insert(number, object);
    }

    /// Changes the one place where a text stands.
    #[track_caller]
    pub(crate) fn change(mut self, from: &str, to: &str) -> Self {
        let mut places = 0;
        let mut swap = |text: &mut String| {
            places += text.matches(from).count();
            *text = text.replacen(from, to, 1);
        };
        swap(&mut self.trailer);
        for object in self.objects.values_mut() {
            swap(&mut object.text);
            if let Some(stream) = &mut object.stream
                && let Ok(mut text) = String::from_utf8(stream.clone())
            {
                swap(&mut text);
                *stream = text.into_bytes();
            }
        }
        assert_eq!(places, 1, "{from:?} stands in {places} places");
        self
    }

    fn font(&mut self) {
        let bytes = std::fs::read("fonts/BarlowCondensed-Medium.ttf").unwrap();
        let face = ttf_parser::Face::parse(&bytes, 0).unwrap();
        let mut remapper = GlyphRemapper::new();
        for character in ['O', 'C'] {
            remapper.remap(face.glyph_index(character).unwrap().0);
        }
        let program = subsetter::subset(&bytes, 0, &remapper).unwrap();
        self.put(
            10,
            "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Barlow/Encoding/Identity-H\
            /DescendantFonts[11 0 R]>>",
        );
        self.put(
            11,
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Barlow/CIDSystemInfo\
            <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 12 0 R/DW 500\
            /CIDToGIDMap/Identity>>",
        );
        self.put(
            12,
            "<</Type/FontDescriptor/FontName/ABCDEF+Barlow/Flags 4/FontBBox[0 -200 1000 1000]\
            /ItalicAngle 0/Ascent 1000/Descent -200/CapHeight 700/StemV 90/FontFile2 13 0 R>>",
        );
        let length = program.len();
        self.stream(13, &format!("/Length1 {length}"), &program);
    }

    /// The bytes of the file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = format!("%PDF-{}\n%\u{e2}\u{e3}\n", self.version).into_bytes();
        let mut table = BTreeMap::new();
        for (number, object) in &self.objects {
            table.insert(*number, out.len());
            out.extend(format!("{number} 0 obj\n").bytes());
            match &object.stream {
                None => out.extend(object.text.bytes()),
                Some(data) => {
                    let text = &object.text;
                    let length = if text.contains("/Length ") {
                        String::new()
                    } else {
                        format!("/Length {}", data.len())
                    };
                    out.extend(format!("<<{text}{length}>>\nstream\n").bytes());
                    out.extend(data);
                    out.extend(b"\nendstream");
                }
            }
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        let mut end = String::from("xref\n0 1\n0000000000 65535 f \n");
        for (number, offset) in &table {
            write!(end, "{number} 1\n{offset:010} 00000 n \n").unwrap();
        }
        let size = table.keys().max().unwrap() + 1;
        write!(end, "trailer\n<</Size {size}/Root 1 0 R{}>>\n", self.trailer).unwrap();
        write!(end, "startxref\n{start}\n%%EOF\n").unwrap();
        out.extend(end.bytes());
        out
    }
}
