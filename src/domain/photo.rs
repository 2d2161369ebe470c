//! Photos of products.

/// A photo in the two sizes it is shown in, both JPEG without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// SHA-256 of the larger picture, in hex: its name.
    pub sha256: String,
    /// For large screens.
    pub large: Vec<u8>,
    /// For phones.
    pub small: Vec<u8>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Photo").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

/// A size in which a photo is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoSize {
    /// For large screens.
    Large,
    /// For phones.
    Small,
}
