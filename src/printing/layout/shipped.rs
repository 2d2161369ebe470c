//! The layouts that come with the program.

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../assets/layouts/", $name, ".toml")))),*]
    };
}

/// Names and files.
pub(super) const ALL: &[(&str, &str)] = shipped![
    "a4",
    "a4-pha",
    "a4-65-nhan",
    "a3",
    "sra3",
    "sra3-chong",
    "325x430",
    "330x488",
    "cuon-100",
    "cuon-nhiet-203",
    "cuon-nhiet-300",
    "cuon-nhiet-600",
];
