//! Sizes. A function is counted from the line of its `fn` to its closing brace, blank lines and
//! comments included, attributes and doc comments not. All functions count, those of tests too;
//! only those inside a macro's braces are not seen.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::sources::{Source, under};
use crate::{expect_none, read};

const FUNCTION_LINES_MAX: usize = 70;
/// Nine functions of ten are no longer.
const FUNCTION_LINES_USUAL: usize = 35;
const FILE_LINES_MAX: usize = 400;
const FILE_LINES_MEDIAN_MAX: usize = 150;
const MAIN_LINES_MAX: usize = 40;

/// A list of tables is as long as there are tables.
const EXEMPT: &str = "src/store/schema.rs";

#[test]
fn no_function_is_long_and_most_are_short() {
    let functions: Vec<Function> = everything().iter().flat_map(functions_of).collect();
    expect_none("Functions are too long:", &long_functions(&functions));
    let lengths = functions.iter().map(|function| function.lines).collect();
    let usual = percentile(lengths, 90);
    assert!(usual <= FUNCTION_LINES_USUAL, "nine functions of ten have up to {usual} lines");
}

#[test]
fn no_file_is_long_and_most_are_short() {
    let all = everything();
    let lengths: Vec<(String, usize)> =
        all.iter().map(|it| (it.path.display().to_string(), it.text.lines().count())).collect();
    expect_none("Files are too long; a room wants a wall:", &long_files(&lengths));
    let of_src = lengths.iter().filter(|(path, _)| path.starts_with("src/"));
    let median = percentile(of_src.map(|(_, lines)| *lines).collect(), 50);
    assert!(median <= FILE_LINES_MEDIAN_MAX, "half the files of src/ have over {median} lines");
}

#[test]
fn main_only_starts_the_program() {
    let lines = read("src/main.rs").lines().count();
    assert!(lines <= MAIN_LINES_MAX, "src/main.rs has {lines} lines");
}

fn everything() -> Vec<Source> {
    under(&["src", "tests", "benches", "examples"])
}

/// A function and where it stands.
struct Function {
    place: String,
    lines: usize,
}

fn functions_of(source: &Source) -> Vec<Function> {
    let mut counter = Counter { path: source.path.display().to_string(), found: Vec::new() };
    counter.visit_file(&source.syntax);
    counter.found
}

struct Counter {
    path: String,
    found: Vec<Function>,
}

impl Counter {
    fn note(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let first = signature.fn_token.span().start().line;
        let last = body.span().end().line;
        let place = format!("{}:{first} {}", self.path, signature.ident);
        self.found.push(Function { place, lines: last + 1 - first });
    }
}

impl<'ast> Visit<'ast> for Counter {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.note(&item.sig, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

fn long_functions(functions: &[Function]) -> Vec<String> {
    let long = functions.iter().filter(|function| function.lines > FUNCTION_LINES_MAX);
    long.map(|function| format!("{}: {} lines", function.place, function.lines)).collect()
}

fn long_files(lengths: &[(String, usize)]) -> Vec<String> {
    let long = lengths.iter().filter(|(path, lines)| *lines > FILE_LINES_MAX && path != EXEMPT);
    long.map(|(path, lines)| format!("{path}: {lines} lines")).collect()
}

/// The smallest length that so many of a hundred do not exceed.
fn percentile(mut lengths: Vec<usize>, percent: usize) -> usize {
    lengths.sort_unstable();
    lengths[(lengths.len() * percent).div_ceil(100) - 1]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn functions_are_counted_wherever_they_stand() {
        let body = "\n".repeat(FUNCTION_LINES_MAX);
        let text = format!(
            "/// Doc.\n#[inline]\nfn a() {{{body}}}\nimpl X {{ fn b() {{\n}} }}\n\
             trait Y {{ fn c(); fn d() {{}} }}\nmod m {{ fn e() {{ fn f() {{{body}}} }} }}\n"
        );
        let found = functions_of(&Source::parse(Path::new("src/x.rs"), text));
        let lengths: Vec<usize> = found.iter().map(|function| function.lines).collect();
        let over = FUNCTION_LINES_MAX + 1;
        assert_eq!(lengths, [over, 2, 1, over, over]);
        assert_eq!(long_functions(&found)[0], format!("src/x.rs:3 a: {over} lines"));
        assert_eq!(long_functions(&found).len(), 3);
    }

    #[test]
    fn a_long_file_is_found_and_the_schema_exempt() {
        let lengths = |path: &str, lines| (path.to_owned(), lines);
        let files = [
            lengths("src/a.rs", FILE_LINES_MAX),
            lengths("src/b.rs", FILE_LINES_MAX + 1),
            lengths(EXEMPT, FILE_LINES_MAX + 1),
        ];
        assert_eq!(long_files(&files), ["src/b.rs: 401 lines"]);
    }

    #[test]
    fn percentiles_are_of_the_sorted_lengths() {
        let lengths: Vec<usize> = (1..=10).rev().collect();
        assert_eq!(percentile(lengths.clone(), 90), 9);
        assert_eq!(percentile(lengths, 50), 5);
    }
}
