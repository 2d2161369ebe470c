//! The XMP packet (ISO 16684-1): its simple properties, by namespace and name.

use std::collections::HashMap;

use roxmltree::{Document, Node, ParsingOptions};

/// RDF itself.
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
/// Dublin Core.
pub(super) const DC: &str = "http://purl.org/dc/elements/1.1/";
/// XMP Basic.
pub(super) const XMP: &str = "http://ns.adobe.com/xap/1.0/";
/// XMP Media Management.
pub(super) const MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
/// Adobe PDF.
pub(super) const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
/// PDF/X identification (ISO 15930-7, 6.10).
pub(super) const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";
/// PDF/VT identification (ISO 16612-2).
pub(super) const PDFVT_ID: &str = "http://www.npes.org/pdfvt/ns/id/";

/// XML nodes read at most.
const NODES_MAX: u32 = 200_000;

/// Simple properties of the document. Of lists, the first item; of alternatives, the default.
#[derive(Debug, Default)]
pub(super) struct Xmp {
    properties: HashMap<(String, String), String>,
}

impl Xmp {
    /// Reads a packet; `None` if it is no XMP.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = decode(bytes)?;
        let options = ParsingOptions { nodes_limit: NODES_MAX, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).ok()?;
        let rdf = document.descendants().find(|node| node.has_tag_name((RDF, "RDF")))?;
        let mut xmp = Self::default();
        let described = rdf.children().filter(|node| node.has_tag_name((RDF, "Description")));
        for description in described {
            xmp.take(description);
        }
        Some(xmp)
    }

    /// A property's value, trimmed; `None` if it is missing or empty.
    pub(super) fn get(&self, namespace: &str, name: &str) -> Option<&str> {
        let value = self.properties.get(&(namespace.to_owned(), name.to_owned()))?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    fn take(&mut self, description: Node<'_, '_>) {
        for attribute in description.attributes() {
            let namespace = attribute.namespace().unwrap_or_default();
            if namespace != RDF {
                self.put(namespace, attribute.name(), attribute.value());
            }
        }
        for property in description.children().filter(Node::is_element) {
            let name = property.tag_name();
            self.put(name.namespace().unwrap_or_default(), name.name(), &value(property));
        }
    }

    fn put(&mut self, namespace: &str, name: &str, value: &str) {
        let key = (namespace.to_owned(), name.to_owned());
        self.properties.insert(key, value.trim().to_owned());
    }
}

/// A property's text, or that of the item of its list.
fn value(property: Node<'_, '_>) -> String {
    const LANGUAGE: (&str, &str) = ("http://www.w3.org/XML/1998/namespace", "lang");
    let mut items = property
        .children()
        .filter(|node| ["Alt", "Seq", "Bag"].iter().any(|list| node.has_tag_name((RDF, *list))))
        .flat_map(|list| list.children().filter(|node| node.has_tag_name((RDF, "li"))));
    let first = items.next();
    let default = first
        .into_iter()
        .chain(items)
        .find(|item| item.attribute(LANGUAGE) == Some("x-default"))
        .or(first);
    default.unwrap_or(property).text().unwrap_or_default().to_owned()
}

/// UTF-8, or UTF-16 by its mark.
fn decode(bytes: &[u8]) -> Option<String> {
    let units = |from_pair: fn([u8; 2]) -> u16, rest: &[u8]| {
        let pairs = rest.chunks_exact(2).filter_map(|pair| Some(from_pair(pair.try_into().ok()?)));
        String::from_utf16(&pairs.collect::<Vec<u16>>()).ok()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => units(u16::from_be_bytes, rest),
        [0xFF, 0xFE, rest @ ..] => units(u16::from_le_bytes, rest),
        _ => String::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <r:Description r:about="" xmlns:any="http://ns.adobe.com/xap/1.0/" any:CreateDate="2026"/>
        <r:Description r:about="" xmlns:d="http://purl.org/dc/elements/1.1/">
        <d:title><r:Alt><r:li xml:lang="en">Stamps</r:li>
        <r:li xml:lang="x-default"> Tem </r:li></r:Alt></d:title>
        </r:Description></r:RDF></x:xmpmeta><?xpacket end="w"?>"#;

    #[test]
    fn properties_are_found_by_namespace_whatever_the_prefix_and_the_form() {
        let xmp = Xmp::read(PACKET.as_bytes()).unwrap();
        assert_eq!(xmp.get(XMP, "CreateDate"), Some("2026"));
        assert_eq!(xmp.get(DC, "title"), Some("Tem"));
        assert_eq!(xmp.get(XMP, "title"), None);
    }

    #[test]
    fn utf_16_is_read_and_other_things_are_refused() {
        let wide = PACKET.replacen('\u{feff}', "", 1);
        let bytes: Vec<u8> = [0xFE, 0xFF]
            .into_iter()
            .chain(wide.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        assert!(Xmp::read(&bytes).unwrap().get(DC, "title").is_some());
        assert!(Xmp::read(b"<x/>").is_none());
        assert!(Xmp::read(b"\xFF\x00").is_none());
    }
}
