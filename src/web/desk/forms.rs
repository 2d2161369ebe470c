//! Which page a form stands on.

use actix_web::http::Method;

use super::table::{ENTRIES, Entry};
use crate::web::urls;

/// The page on which the form stands that is sent to a path: the nearest above it that can be read, or
/// else the page of work; none where the path itself can be read, or is no address of work.
pub(in crate::web) fn form_page(path: &str) -> Option<&str> {
    let is_known = |path: &str| ENTRIES.iter().any(|entry| is_at(entry, path));
    let is_read =
        |path: &&str| ENTRIES.iter().any(|it| it.method == Method::GET && is_at(it, path));
    if !is_known(path) || is_read(&path) {
        return None;
    }
    let above = std::iter::successors(Some(path), |path| {
        let (above, _) = path.rsplit_once('/')?;
        Some(above)
    });
    above.into_iter().find(is_read).or(Some(urls::WORK))
}

/// Whether an entry answers at a path, part by part.
fn is_at(entry: &Entry, path: &str) -> bool {
    let (mut wanted, mut parts) = (entry.path.split('/'), path.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wanted.starts_with('{') || wanted == part => {}
            _ => return false,
        }
    }
}
