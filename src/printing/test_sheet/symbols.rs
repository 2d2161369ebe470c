//! Symbols: module sizes, and bar width reductions.

use super::flow::{Section, Tile};
use super::{Press, label};
use crate::domain::batch::Profile;
use crate::printing::ErrorCorrection;
use crate::printing::geometry::{Grid, signed, whole};
use crate::printing::proof::dead_face;
use crate::printing::qr::{self, Symbol};
use crate::printing::sketch::decimal;

/// Module sizes, in dots at 600 dpi.
const MODULES: std::ops::RangeInclusive<u32> = 3..=12;
/// Every press prints larger modules.
const MODULE_MM_MAX: f64 = 0.8;
/// The usual module of a stamp.
const MODULE_MM_USUAL: f64 = 0.423;
/// Most dots that an edge is drawn back.
const SHAVING_MAX: u32 = 4;
/// Below a symbol, for its label.
const LABEL_MM: f64 = 3.4;

/// The same code in ever larger modules.
pub(super) fn modules<'t>(press: &'t Press<'_>) -> Section<'t> {
    let grid = press.layout.dots();
    let fine = fineness(grid);
    let steps = MODULES.map(|step| step * fine);
    let steps = steps.filter(|module| grid.mm(signed(*module)) <= MODULE_MM_MAX);
    let tiles = steps.filter_map(|module| {
        let text = format!("{module} điểm · {} mm", decimal(grid.mm(signed(module)), 3));
        tile(press, (module, 0), module.into(), text)
    });
    Section {
        title: "1. Cỡ mô-đun".into(),
        hint: "Quét từng mã bằng vài điện thoại rẻ tiền, dưới đèn thường. Mã nhỏ nhất mà máy nào cũng \
               đọc ngay, tăng thêm một cỡ: đó là cỡ nhỏ nhất nên dùng cho tem."
            .into(),
        tiles: tiles.collect(),
    }
}

/// One code with its dark edges drawn back.
pub(super) fn reductions<'t>(press: &'t Press<'_>) -> Section<'t> {
    let grid = press.layout.dots();
    let module = u32::try_from(whole(MODULE_MM_USUAL / grid.mm_per_dot())).unwrap_or(1).max(2);
    let dot_um = grid.mm_per_dot() * 1000.0;
    // Something must be left of a module.
    let shavings = (0..=SHAVING_MAX).map(|dots| dots * fineness(grid)).filter(|it| it * 2 < module);
    let tiles = shavings.filter_map(|shaving| {
        let text = format!("{shaving} điểm = {} µm", decimal(f64::from(shaving) * dot_um, 0));
        tile(press, (module, shaving), 100 + u64::from(shaving), text)
    });
    Section {
        title: format!(
            "2. Bù nở nét (bar_width_reduction_um), mô-đun {module} điểm = {} mm",
            decimal(grid.mm(signed(module)), 3)
        ),
        hint: "Soi kính: chọn mã có ô đen và ô trắng rộng bằng nhau, rồi ghi số µm dưới mã vào bố cục. \
               Số điểm tính cho mỗi cạnh của ô đen."
            .into(),
        tiles: tiles.collect(),
    }
}

/// Dots of a device to a dot of 600 dpi.
fn fineness(grid: Grid) -> u32 {
    (grid.dpi() / 600).max(1)
}

/// A dead code with its quiet zone and a label below.
fn tile<'t>(
    press: &'t Press<'_>,
    (module, shaving): (u32, u32),
    number: u64,
    text: String,
) -> Option<Tile<'t>> {
    let grid = press.layout.dots();
    let face = dead_face(number, Profile::Compact);
    let symbol = qr::encode(&face.text, ErrorCorrection::M).ok()?;
    let quiet = grid.mm(signed(Symbol::QUIET_ZONE * module));
    let side = grid.mm(signed(symbol.size() * module)) + 2.0 * quiet;
    // Labels are as wide as that.
    let width = side.max(16.5);
    Some(Tile::new((width, side + LABEL_MM), move |sketch, (x, y)| {
        let ink = press.black();
        sketch.content().fill_ink(ink);
        let left = x + (width - side) / 2.0;
        sketch.symbol(&symbol, (left + quiet, y + quiet), module, shaving);
        label(sketch, press, (x + width / 2.0, y + side + 1.6), 0.5, &text);
    }))
}
