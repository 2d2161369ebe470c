//! Layouts and designs by name: the office's own, kept in folders, and those that come with the
//! program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::printing::design::{ART_BYTES_MAX, Data};
use crate::printing::{Design, DesignError, Layout, LayoutError};

/// Most bytes of a TOML file.
const TOML_BYTES_MAX: u64 = 1 << 20;

/// Where the office keeps its own.
#[derive(Clone, Debug)]
pub struct Library {
    /// Folder of `NAME.toml` files.
    pub layouts: PathBuf,
    /// Folder of folders, one a design.
    pub designs: PathBuf,
}

/// Why a layout or a design was not found.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// There is no such layout.
    #[error("there is no layout “{name}”; there is {known}, or give a file ending in .toml")]
    NoLayout {
        /// The name.
        name: String,
        /// Names that are known.
        known: String,
    },
    /// There is no such design.
    #[error("there is no design “{name}”; there is {known}, or give a folder")]
    NoDesign {
        /// The name.
        name: String,
        /// Names that are known.
        known: String,
    },
    /// A file cannot be read.
    #[error("{0} cannot be read")]
    File(PathBuf, #[source] io::Error),
    /// A file is too large.
    #[error("{0} has more than {1} bytes")]
    TooLarge(PathBuf, u64),
    /// The layout is wrong.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The design is wrong.
    #[error(transparent)]
    Design(#[from] DesignError),
}

impl Library {
    /// The library in a data folder.
    #[must_use]
    pub fn in_folder(data: &Path) -> Self {
        Self { layouts: data.join("layouts"), designs: data.join("designs") }
    }

    /// A layout: by the path of its file, or by name, the office's own first.
    ///
    /// # Errors
    /// [`LibraryError`].
    pub fn layout(&self, name: &str) -> Result<Layout, LibraryError> {
        let Some(path) = self.layout_file(name) else {
            let known = || Layout::shipped().join(", ");
            let shipped = Layout::by_name(name)
                .ok_or_else(|| LibraryError::NoLayout { name: name.to_owned(), known: known() })?;
            return Ok(shipped?);
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = text(&path)?;
        Ok(Layout::from_toml(&stem, &text)?)
    }

    /// The file of a layout; none for one that comes with the program.
    #[must_use]
    pub fn layout_file(&self, name: &str) -> Option<PathBuf> {
        let own = self.layouts.join(format!("{name}.toml"));
        if is_toml(name) {
            Some(PathBuf::from(name))
        } else {
            (is_plain(name) && own.is_file()).then_some(own)
        }
    }

    /// Names of the office's own layouts, in order.
    #[must_use]
    pub fn own_layouts(&self) -> Vec<String> {
        let toml = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
        names_in(&self.layouts, Path::file_stem, toml)
    }

    /// A design: by the path of its folder, or by name, the office's own first.
    ///
    /// # Errors
    /// [`LibraryError`].
    pub fn design(&self, name: &str) -> Result<Design, LibraryError> {
        if let Some(folder) = self.design_folder(name) {
            return design_in(&folder);
        }
        let known = || Design::shipped().join(", ");
        let shipped = Design::by_name(name)
            .ok_or_else(|| LibraryError::NoDesign { name: name.to_owned(), known: known() })?;
        Ok(shipped?)
    }

    /// The folder of a design; none for one that comes with the program.
    #[must_use]
    pub fn design_folder(&self, name: &str) -> Option<PathBuf> {
        let own = self.designs.join(name);
        if !is_plain(name) || Path::new(name).join("design.toml").is_file() {
            Some(PathBuf::from(name))
        } else {
            own.is_dir().then_some(own)
        }
    }

    /// Names of the office's own designs, in order.
    #[must_use]
    pub fn own_designs(&self) -> Vec<String> {
        names_in(&self.designs, Path::file_name, |path| path.join("design.toml").is_file())
    }
}

/// Names of what is wanted of a folder, in order; none where there is no such folder.
fn names_in(
    folder: &Path,
    name: fn(&Path) -> Option<&std::ffi::OsStr>,
    wanted: impl Fn(&Path) -> bool,
) -> Vec<String> {
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let paths = paths.filter(|path| wanted(path));
    let mut names: Vec<String> =
        paths.filter_map(|path| Some(name(&path)?.to_string_lossy().into_owned())).collect();
    names.sort_unstable();
    names
}

/// Reads a design from its folder.
///
/// # Errors
/// [`LibraryError`].
pub fn design_in(folder: &Path) -> Result<Design, LibraryError> {
    let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let toml = text(&folder.join("design.toml"))?;
    let art = art_of(&name, &toml, folder)?;
    Ok(Design::new(&name, &toml, &art)?)
}

/// The artwork that a design names: a file of its own folder.
fn art_of(name: &str, toml: &str, folder: &Path) -> Result<Vec<u8>, LibraryError> {
    let data =
        Data::from_toml(toml).map_err(|why| DesignError::Syntax { name: name.to_owned(), why })?;
    if !is_plain(&data.art) {
        let what = format!("art is \"{}\"; it must be a file of the same folder", data.art);
        return Err(DesignError::Value { name: name.to_owned(), what }.into());
    }
    let most = u64::try_from(ART_BYTES_MAX).unwrap_or(u64::MAX);
    bytes(&folder.join(&data.art), most)
}

/// Whether a name is that of a TOML file.
fn is_toml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "toml")
}

/// Whether a name is no path.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && name != "." && name != ".."
}

fn text(path: &Path) -> Result<String, LibraryError> {
    let bytes = bytes(path, TOML_BYTES_MAX)?;
    let wrong = |error| LibraryError::File(path.to_owned(), io::Error::other(error));
    String::from_utf8(bytes).map_err(wrong)
}

fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, LibraryError> {
    let wrong = |error| LibraryError::File(path.to_owned(), error);
    if fs::metadata(path).map_err(wrong)?.len() > most {
        return Err(LibraryError::TooLarge(path.to_owned(), most));
    }
    fs::read(path).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(folder: &Path) -> Library {
        Library::in_folder(folder)
    }

    #[test]
    fn the_offices_own_layout_comes_before_the_one_of_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let own = library(folder.path());
        assert_eq!(own.layout("a4").unwrap().page_mm, (210.0, 297.0));
        fs::create_dir_all(&own.layouts).unwrap();
        fs::write(own.layouts.join("a4.toml"), "title = \"x\"\npage_mm = [200, 290]").unwrap();
        assert_eq!(own.layout("a4").unwrap().page_mm, (200.0, 290.0));
        let error = own.layout("a5").unwrap_err().to_string();
        assert!(error.contains("a4, ") && error.contains(".toml"), "{error}");
    }

    #[test]
    fn a_design_is_read_from_its_folder_and_its_art_from_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let own = library(folder.path());
        let design = own.designs.join("sen");
        fs::create_dir_all(&design).unwrap();
        let shipped = Design::by_name("sen-25x35").unwrap().unwrap();
        let toml = include_str!("../../assets/designs/sen-25x35/design.toml");
        fs::write(design.join("design.toml"), toml).unwrap();
        fs::write(design.join("art.svg"), shipped.art()).unwrap();
        let read = own.design("sen").unwrap();
        assert_eq!((read.name.as_str(), &read.sha256), ("sen", &shipped.sha256));
        fs::write(design.join("design.toml"), toml.replace("art.svg", "../../secret")).unwrap();
        assert!(own.design("sen").unwrap_err().to_string().contains("of the same folder"));
        assert!(own.design("mai").unwrap_err().to_string().contains("sen-25x35"));
    }
}
