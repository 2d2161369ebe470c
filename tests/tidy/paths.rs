//! Which rooms and crates a file names: in `use` lines, in paths anywhere, in macros and attributes.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::sources::{Source, is_for_tests};

/// Rooms and crates named by a file outside its tests. What is named in the standard library is
/// given as `std::<module>`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Rooms of this crate.
    pub(crate) rooms: BTreeSet<String>,
    /// Anything else that stands first in a path, and could be a crate.
    pub(crate) outside: BTreeSet<String>,
}

/// What a file names. A path's first name may also be that of something local: the caller knows the
/// crates.
pub(crate) fn named_in(source: &Source) -> Named {
    let mut reader = Reader { module: source.module.clone(), named: Named::default() };
    reader.visit_file(&source.syntax);
    reader.named
}

struct Reader {
    module: Vec<String>,
    named: Named,
}

impl Reader {
    fn note(&mut self, path: &[String]) {
        match path {
            [first, room, ..] if first == "crate" => {
                self.named.rooms.insert(room.clone());
            }
            [first, ..] if first == "super" || first == "self" => self.note_relative(path),
            [first, module, ..] if first == "std" => {
                self.named.outside.insert(format!("std::{module}"));
            }
            [first, ..] => {
                self.named.outside.insert(first.clone());
            }
            [] => {}
        }
    }

    /// `super` often enough leads out of the room.
    fn note_relative(&mut self, path: &[String]) {
        let ups = path.iter().take_while(|part| *part == "super").count();
        if ups < self.module.len() {
            return;
        }
        if let Some(room) = path.get(ups) {
            self.named.rooms.insert(room.clone());
        }
    }

    fn note_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            syn::UseTree::Path(path) => self.note_tree(&with(path.ident.to_string()), &path.tree),
            syn::UseTree::Name(name) => self.note(&with(name.ident.to_string())),
            syn::UseTree::Rename(name) => self.note(&with(name.ident.to_string())),
            syn::UseTree::Glob(_) => self.note(&with("*".into())),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.note_tree(before, tree));
            }
        }
    }

    /// Macros keep their tokens to themselves; paths in them look the same.
    fn note_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.note_if_long(&path);
                        path.clear();
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                other => {
                    self.note_if_long(&path);
                    path.clear();
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        debug_assert_ne!(group.delimiter(), Delimiter::None);
                        self.note_tokens(group.stream());
                    }
                }
            }
        }
        self.note_if_long(&path);
    }

    fn note_if_long(&mut self, path: &[String]) {
        if path.len() > 1 {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.note_if_long(&names);
        visit::visit_path(self, path);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let names = attribute.path().segments.iter().map(|part| part.ident.to_string());
        self.note(&names.collect::<Vec<_>>());
        if let syn::Meta::List(list) = &attribute.meta {
            self.note_tokens(list.tokens.clone());
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        self.note_tokens(called.tokens.clone());
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(it) => &it.attrs,
        syn::Item::Fn(it) => &it.attrs,
        syn::Item::Impl(it) => &it.attrs,
        syn::Item::Mod(it) => &it.attrs,
        syn::Item::Static(it) => &it.attrs,
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn named(text: &str) -> (Vec<String>, Vec<String>) {
        let source = Source::parse(Path::new("src/code/text.rs"), text.into());
        let Named { rooms, outside } = named_in(&source);
        (rooms.into_iter().collect(), outside.into_iter().collect())
    }

    #[test]
    fn rooms_are_found_in_uses_paths_macros_and_attributes() {
        assert_eq!(named("use crate::{store::{a, b}, web};").0, ["store", "web"]);
        assert_eq!(named("fn f() { let _ = crate::store::x(); }").0, ["store"]);
        assert_eq!(named("fn f(x: crate::web::X) {}").0, ["web"]);
        assert_eq!(named(r#"fn f() { format!("{}", [crate::store::X]); }"#).0, ["store"]);
        assert_eq!(named("#[derive(crate::web::X)] struct Y;").0, ["web"]);
        assert_eq!(named("use crate::*;").0, ["*"]);
    }

    #[test]
    fn enough_supers_lead_to_another_room() {
        assert_eq!(named("use super::super::store::X;").0, ["store"]);
        assert_eq!(named("mod a { use super::super::super::web; }").0, ["web"]);
        assert!(named("use super::alphabet;").0.is_empty());
        assert!(named("mod a { use super::super::alphabet; }").0.is_empty());
    }

    #[test]
    fn crates_are_found_in_uses_paths_macros_and_attributes() {
        assert_eq!(named("use diesel::prelude::*;").1, ["diesel"]);
        assert_eq!(named("use std::{fs, io::Write};").1, ["std::fs", "std::io"]);
        assert_eq!(named("fn f() { std::fs::read(p); }").1, ["std::fs"]);
        assert_eq!(named("diesel::table! {}").1, ["diesel"]);
        assert_eq!(
            named("#[diesel(sql_type = sql_types::X)] struct Y;").1,
            ["diesel", "sql_types"]
        );
        assert_eq!(named("#[derive(thiserror::Error)] enum E {}").1, ["derive", "thiserror"]);
    }

    #[test]
    fn tests_may_name_what_they_like() {
        assert_eq!(named("#[cfg(test)] mod tests { use crate::web; }"), (vec![], vec![]));
        assert_eq!(named("#[test] fn f() { std::fs::read(p); }"), (vec![], vec![]));
    }
}
