//! The Rust files of the repository, parsed.

use std::path::{Path, PathBuf};

use crate::{files_under, read};

/// A parsed file.
pub(crate) struct Source {
    /// Path from the top of the repository.
    pub(crate) path: PathBuf,
    /// Its module path from the crate's root; of use for files under `src/`.
    pub(crate) module: Vec<String>,
    /// Its text.
    pub(crate) text: String,
    /// Its items.
    pub(crate) syntax: syn::File,
}

impl Source {
    /// Parses a text as if it stood at `path`.
    pub(crate) fn parse(path: &Path, text: String) -> Self {
        let syntax =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path: path.to_owned(), module: module_of(path), text, syntax }
    }

    /// The room it stands in: a top-level module, or `main` or `lib`.
    pub(crate) fn room(&self) -> &str {
        &self.module[0]
    }

    /// The modules it declares for tests alone, which stand in files of their own.
    fn test_modules(&self) -> impl Iterator<Item = Vec<String>> {
        self.syntax.items.iter().filter_map(|item| match item {
            syn::Item::Mod(module) if module.content.is_none() && is_for_tests(&module.attrs) => {
                let mut path = self.module.clone();
                path.push(module.ident.to_string());
                Some(path)
            }
            _ => None,
        })
    }
}

/// The Rust files under these folders.
pub(crate) fn under(folders: &[&str]) -> Vec<Source> {
    let files = folders.iter().flat_map(|folder| files_under(folder));
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| Source::parse(&path, read(&path)))
        .collect()
}

/// The files of `src/` that go into the program: all but those of test modules.
pub(crate) fn of_the_program() -> Vec<Source> {
    without_tests(under(&["src"]))
}

fn without_tests(sources: Vec<Source>) -> Vec<Source> {
    let tests: Vec<Vec<String>> = sources.iter().flat_map(Source::test_modules).collect();
    let is_test = |source: &Source| tests.iter().any(|test| source.module.starts_with(test));
    sources.into_iter().filter(|source| !is_test(source)).collect()
}

/// Whether an item is compiled for tests alone.
pub(crate) fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        meta => meta.path().is_ident("test"),
    })
}

/// `src/code/text.rs` is `code::text`; `src/lib.rs` and `src/main.rs` are rooms of their own.
fn module_of(path: &Path) -> Vec<String> {
    let inside = path.strip_prefix("src").unwrap_or(path).with_extension("");
    inside.iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

#[test]
fn files_of_test_modules_are_not_of_the_program() {
    let parent = "mod kept;\n#[cfg(test)]\nmod tests;\n";
    let sources = vec![
        Source::parse(Path::new("src/web/views.rs"), parent.into()),
        Source::parse(Path::new("src/web/views/kept.rs"), String::new()),
        Source::parse(Path::new("src/web/views/tests.rs"), String::new()),
    ];
    let kept: Vec<PathBuf> = without_tests(sources).into_iter().map(|it| it.path).collect();
    assert_eq!(kept, [Path::new("src/web/views.rs"), Path::new("src/web/views/kept.rs")]);
}
