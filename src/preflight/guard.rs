//! A look at packed objects before the reading library unpacks them without a limit.

use super::PreflightError;
use super::limits::DECODED_BYTES_MAX;
use super::read::{Undecoded, inflate};

/// Kinds of streams that the library unpacks by itself (ISO 32000-1, 7.5.7 and 7.5.8).
const KINDS: [&[u8]; 2] = [b"ObjStm", b"XRef"];
/// Bytes of a dictionary in which its stream is looked for.
const DICTIONARY_BYTES: usize = 4096;

/// Refuses a file whose object streams would grow beyond the limit.
pub(super) fn packed_objects(bytes: &[u8]) -> Result<(), PreflightError> {
    let mut left = DECODED_BYTES_MAX;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let (before, after) = rest.split_at_checked(at).unwrap_or_default();
        let start = before.len().saturating_sub(DICTIONARY_BYTES);
        let dictionary = before.get(start..).unwrap_or_default();
        // What stands before the last `endobj` belongs to another object.
        let own = dictionary.windows(6).rposition(|window| window == b"endobj").unwrap_or(0);
        let dictionary = dictionary.get(own..).unwrap_or_default();
        rest = after.get(6..).unwrap_or_default();
        if KINDS.iter().any(|kind| find(dictionary, kind).is_some()) {
            let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"));
            match inflate(data.unwrap_or(rest), left) {
                Ok(out) => left = left.saturating_sub(out.len()),
                Err(Undecoded::TooLarge) => return Err(PreflightError::TooLarge),
                Err(Undecoded::Broken) => {}
            }
        }
    }
    Ok(())
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, _) = needle.split_first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| byte == first)?;
        if bytes.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}
