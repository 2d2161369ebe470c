//! The designs that come with the program.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../../../assets/designs/", $name, "/design.toml")),
            include_bytes!(concat!("../../../assets/designs/", $name, "/art.svg")),
        )),*]
    };
}

/// Names, TOML files and artwork.
pub(super) const ALL: &[(&str, &str, &[u8])] = shipped![
    "sen-25x35",
    "khue-van-40x25",
    "trong-dong-30",
    "qr-20",
    "qr-15",
    "co-chai-25x70",
    "niem-phong-60x20",
];
