//! A design that tests draw themselves, with special colours: a picture of 8 mm, and below it the
//! symbol and the serial on bare paper.

use ocop_stamp::printing::Design;

const HEAD: &str = r##"
title = "Màu riêng"
version = 1
size_mm = [20, 30]
art = "art.svg"
[mark]
version = "không"
basis = "để thử"
[colours.red]
svg = "#aa0000"
cmyk = [10, 100, 75, 25]
[colours.gold]
svg = "#ddaa00"
cmyk = [0, 20, 80, 10]
spot = "Gold"
[colours.varnish]
svg = "#00ffff"
cmyk = [10, 0, 0, 0]
spot = "Varnish"
overprint = true
step = "varnish"
"##;
const FIELDS: &str = r#"
[[fields]]
kind = "qr"
box_mm = [1, 9, 18, 18]
[[fields]]
kind = "serial"
box_mm = [1, 27, 18, 2]
size_pt = 5
"#;

/// The description, with colours and fields of the test's own.
pub(crate) fn toml(more: &str) -> String {
    [HEAD, more, FIELDS].concat()
}

/// The design, with what is drawn on it, in millimetres from the corner of the trim.
pub(crate) fn design(more: &str, shapes: &str) -> Design {
    let art = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="24mm" height="34mm" viewBox="-2 -2 24 34">{shapes}</svg>"#
    );
    Design::new("rieng", &toml(more), art.as_bytes()).unwrap()
}
