//! A small reader of PDF files, written from the standard and not from our writer.

use flate2::read::ZlibDecoder;
use std::fmt::Write;
use std::io::Read;

/// One object as it stands in the file.
pub(crate) struct Object {
    pub(crate) number: usize,
    /// Everything up to `stream` or `endobj`.
    pub(crate) dict: String,
    /// The stream, inflated where it says so.
    pub(crate) stream: Option<Vec<u8>>,
}

/// Reads all objects through the cross-reference table, which must be right to the byte.
pub(crate) fn objects(pdf: &[u8]) -> Vec<Object> {
    let tail = String::from_utf8_lossy(&pdf[pdf.len() - 300..]).into_owned();
    let start = tail.rsplit("startxref").next().unwrap();
    let start: usize = start.split_whitespace().next().unwrap().parse().unwrap();
    let table = String::from_utf8_lossy(&pdf[start..]).into_owned();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("xref"));
    let count: usize = lines.next().unwrap().strip_prefix("0 ").unwrap().trim().parse().unwrap();
    assert!(lines.next().unwrap().starts_with("0000000000 65535 f"));
    (1..count)
        .zip(lines)
        .filter(|(_, line)| line.trim_end().ends_with('n'))
        .map(|(number, line)| object(pdf, number, line[..10].parse().unwrap()))
        .collect()
}

fn object(pdf: &[u8], number: usize, offset: usize) -> Object {
    let body = &pdf[offset..];
    let head = format!("{number} 0 obj");
    assert!(body.starts_with(head.as_bytes()), "object {number} is not at {offset}");
    let body = &body[head.len()..];
    let end = find(body, b"endobj").unwrap();
    let data = find(body, b"stream").filter(|&at| at < end);
    let dict = String::from_utf8_lossy(&body[..data.unwrap_or(end)]).trim().to_owned();
    let stream = data.map(|at| {
        let from = at + b"stream".len();
        let from = from + if body[from] == b'\r' { 2 } else { 1 };
        let length = value(&dict, "/Length").expect("a stream has a length");
        let raw = &body[from..from + length];
        assert!(body[from + length..].trim_ascii_start().starts_with(b"endstream"));
        if dict.contains("FlateDecode") { inflate(raw) } else { raw.to_vec() }
    });
    Object { number, dict, stream }
}

/// A whole number behind a key.
pub(crate) fn value(dict: &str, key: &str) -> Option<usize> {
    let mut after = dict.match_indices(key).map(|(at, _)| &dict[at + key.len()..]);
    // `/Length 7` or `/Length\n7`, but not `/Length1 7`.
    let rest = after.find(|rest| rest.starts_with(char::is_whitespace))?;
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn inflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    ZlibDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// The contents of the pages, in order.
pub(crate) fn pages(pdf: &[u8]) -> Vec<Vec<u8>> {
    let objects = objects(pdf);
    let contents = objects.iter().filter_map(|object| value(&object.dict, "/Contents"));
    contents
        .map(|number| {
            let content = objects.iter().find(|object| object.number == number).unwrap();
            content.stream.clone().unwrap()
        })
        .collect()
}

/// A content stream for people: strings as text, image data as its length.
pub(crate) fn readable(content: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = content;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'(' {
            let (text, after) = string(rest);
            write!(out, "({text})").unwrap();
            rest = after;
        } else {
            out.push(char::from(byte));
            if out.ends_with("/IM true ID ") || out.ends_with("/F/AHx ID ") {
                let end = find(rest, b"\nEI Q\n").unwrap();
                write!(out, "<{end} bytes>").unwrap();
                rest = &rest[end..];
            }
        }
    }
    out
}

/// A UTF-16 string up to its closing parenthesis, and what follows.
fn string(mut rest: &[u8]) -> (String, &[u8]) {
    let mut bytes = Vec::new();
    loop {
        let (&byte, after) = rest.split_first().unwrap();
        rest = after;
        match byte {
            b')' => break,
            b'\\' => {
                bytes.push(if rest[0] == b'r' { b'\r' } else { rest[0] });
                rest = &rest[1..];
            }
            _ => bytes.push(byte),
        }
    }
    let units: Vec<u16> = bytes.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
    (String::from_utf16(&units).unwrap(), rest)
}

/// All strings shown in a content stream.
pub(crate) fn texts(content: &[u8]) -> Vec<String> {
    let readable = readable(content);
    let shown = readable.split(")Tj").filter_map(|part| part.rsplit_once('('));
    shown.map(|(_, text)| text.to_owned()).collect()
}
