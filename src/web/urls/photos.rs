//! Addresses of photos of products.

use crate::domain::photo::PhotoSize;

/// A photo of a product.
pub(in crate::web) const PHOTO: &str = "/anh/{file}";

/// Where a photo of that name is, in a size.
pub(in crate::web) fn of_photo(name: &str, size: PhotoSize) -> String {
    PHOTO.replace("{file}", &format!("{name}{}", photo_ending(size)))
}

/// Name and size of the photo that a file's name asks for.
pub(in crate::web) fn photo_of(file: &str) -> Option<(&str, PhotoSize)> {
    // The longer ending first: the shorter one is its end.
    let sizes = [PhotoSize::Small, PhotoSize::Large];
    let named = |size| file.strip_suffix(photo_ending(size)).map(|name| (name, size));
    sizes.into_iter().find_map(named)
}

fn photo_ending(size: PhotoSize) -> &'static str {
    match size {
        PhotoSize::Large => ".jpg",
        PhotoSize::Small => "-480.jpg",
    }
}
