//! Output intents: the two profiles that come with the program, or one of the shop's.

use std::fs;
use std::path::Path;

use crate::printing::OutputIntent;

/// The registry of printing conditions of the International Color Consortium.
const REGISTRY: &str = "http://www.color.org";
/// Most bytes of a profile.
const PROFILE_BYTES_MAX: u64 = 8 << 20;
/// Length of a profile's header, and where the header has what is asked of it (ICC.1, 7.2).
const HEADER_BYTES: usize = 128;

/// An output intent with its profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    identifier: String,
    registry: Option<&'static str>,
    info: String,
    profile: Vec<u8>,
}

/// Why there is no output intent.
#[derive(Debug, thiserror::Error)]
pub enum IntentError {
    /// The file cannot be read.
    #[error(
        "there is no output intent “{0}”: use coated, uncoated, or an ICC file that can be read"
    )]
    File(String, #[source] std::io::Error),
    /// The file is no output profile for CMYK.
    #[error("{0} is no ICC output profile for CMYK: {1}")]
    Profile(String, &'static str),
}

impl Intent {
    /// The output intent of that name, or of an ICC file.
    ///
    /// # Errors
    /// [`IntentError`].
    pub fn named(name: &str) -> Result<Self, IntentError> {
        match name {
            "coated" => Ok(Self {
                identifier: "FOGRA39".into(),
                registry: Some(REGISTRY),
                info: "ISO Coated v2 300% (basICColor), compact, altered".into(),
                profile: include_bytes!("../../assets/icc/coated.icc").to_vec(),
            }),
            "uncoated" => Ok(Self {
                identifier: "OCOP uncoated (model)".into(),
                registry: None,
                info: "OCOP uncoated (model), not measured".into(),
                profile: include_bytes!("../../assets/icc/uncoated.icc").to_vec(),
            }),
            file => Self::read(Path::new(file)),
        }
    }

    fn read(path: &Path) -> Result<Self, IntentError> {
        let name = path.display().to_string();
        let unread = |error| IntentError::File(name.clone(), error);
        if fs::metadata(path).map_err(unread)?.len() > PROFILE_BYTES_MAX {
            return Err(IntentError::Profile(name, "it has more than 8 MB"));
        }
        let profile = fs::read(path).map_err(unread)?;
        if let Some(why) = fault(&profile) {
            return Err(IntentError::Profile(name, why));
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { info: stem.clone(), identifier: stem, registry: None, profile })
    }

    /// As the printing room wants it.
    #[must_use]
    pub fn view(&self) -> OutputIntent<'_> {
        OutputIntent {
            identifier: &self.identifier,
            registry: self.registry,
            info: &self.info,
            profile: &self.profile,
        }
    }
}

/// What is wrong with a profile's header.
fn fault(profile: &[u8]) -> Option<&'static str> {
    let at = |from: usize| profile.get(from..from + 4);
    if profile.len() < HEADER_BYTES || at(36) != Some(b"acsp".as_slice()) {
        return Some("it has no profile header");
    }
    if at(12) != Some(b"prtr".as_slice()) {
        return Some("its class is not that of output devices");
    }
    if at(16) != Some(b"CMYK".as_slice()) {
        return Some("its colours are not CMYK");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profiles_that_come_with_the_program_are_output_profiles_for_cmyk() {
        for name in ["coated", "uncoated"] {
            let intent = Intent::named(name).unwrap();
            assert_eq!(fault(&intent.profile), None);
        }
    }

    #[test]
    fn another_file_is_refused_with_the_reason() {
        let missing = Intent::named("no-such.icc").unwrap_err().to_string();
        assert!(missing.contains("use coated, uncoated"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.icc");
        fs::write(&path, b"text").unwrap();
        let wrong = Intent::named(&path.to_string_lossy()).unwrap_err().to_string();
        assert!(wrong.contains("no profile header"));
    }
}
