//! A layout in words, for the people at the press.

use crate::printing::Imposition;
use crate::printing::layout::{Kind, Layout, Pile, Run};
use crate::printing::prepress::{Cut, Standard};
use crate::printing::sketch::decimal;
use crate::vietnamese::number;

/// What a layout does with stamps of a size: names and values.
#[must_use]
pub fn facts(imposition: &Imposition) -> Vec<(&'static str, String)> {
    let layout = &imposition.layout;
    let stamp = imposition.stamp;
    let margin = layout.margin_mm;
    let [top, right, bottom, left] = [margin.top, margin.right, margin.bottom, margin.left].map(mm);
    let sheets = imposition.sheets_for(10_000);
    let word = sheet_word(layout);
    let mut facts = vec![
        ("Khổ giấy", paper(imposition)),
        ("Chừa lề", format!("trên {top} · phải {right} · dưới {bottom} · trái {left} mm")),
        ("Tem", size(stamp.width_mm, stamp.height_mm, stamp.bleed_mm)),
        ("Khe giữa tem", gutter(imposition)),
        (
            "Số tem",
            format!(
                "{} cột × {} hàng = {} tem mỗi {word}; 10.000 tem cần {} {word}",
                imposition.columns(),
                imposition.rows(),
                number(imposition.cells().into()),
                number(sheets),
            ),
        ),
        ("Thứ tự mã", order(layout)),
        ("Xếp chồng", pile(imposition)),
        ("Đường cắt", die(layout)),
        ("Tệp in", file(layout)),
        ("Dấu ngoài tem", marks(layout)),
    ];
    if layout.turn != 0 {
        facts.push(("Xoay", format!("{}° ngược chiều kim đồng hồ", layout.turn)));
    }
    facts
}

fn mm(length: f64) -> String {
    decimal(length, 2)
}

fn sheet_word(layout: &Layout) -> &'static str {
    match layout.kind {
        Kind::Sheet => "tờ",
        Kind::Roll => "khung",
    }
}

fn paper(imposition: &Imposition) -> String {
    let (width, height) = imposition.layout.page_mm;
    match imposition.layout.kind {
        Kind::Sheet => format!("tờ rời {} × {} mm", mm(width), mm(height)),
        Kind::Roll => {
            let frame = imposition.grid().mm(imposition.page().height);
            format!("cuộn rộng {} mm, khung in dài {} mm", mm(width), decimal(frame, 1))
        }
    }
}

fn size(width_mm: f64, height_mm: f64, bleed_mm: f64) -> String {
    let bleed = if bleed_mm > 0.0 {
        format!("tràn lề {} mm", mm(bleed_mm))
    } else {
        "không tràn lề".to_owned()
    };
    format!("{} × {} mm, {bleed}", mm(width_mm), mm(height_mm))
}

fn gutter(imposition: &Imposition) -> String {
    if let Some(grid) = imposition.layout.grid {
        let (across, down) = grid.pitch_mm;
        return format!("theo giấy bế sẵn: bước {} × {} mm", mm(across), mm(down));
    }
    let gutter = imposition.layout.gutter_mm;
    if gutter.x == 0.0 && gutter.y == 0.0 {
        return "không có: hai tem cạnh nhau chung một đường cắt".into();
    }
    format!("ngang {} mm, dọc {} mm", mm(gutter.x), mm(gutter.y))
}

fn order(layout: &Layout) -> String {
    let (run, back) = match layout.order.by {
        Run::Row => (
            "theo hàng, từ trái sang phải, từ trên xuống",
            "theo hàng, từ phải sang trái, từ dưới lên",
        ),
        Run::Column => (
            "theo cột, từ trên xuống, từ trái sang phải",
            "theo cột, từ dưới lên, từ phải sang trái",
        ),
    };
    if layout.order.reversed {
        format!("đảo ngược, mã đầu in sau cùng: {back}")
    } else {
        run.into()
    }
}

fn pile(imposition: &Imposition) -> String {
    let layout = &imposition.layout;
    let (word, depth) = (sheet_word(layout), u64::from(layout.order.depth));
    let range =
        |pile: u64, each: u64| format!("{}–{}", number((pile - 1) * each + 1), number(pile * each));
    match layout.order.pile {
        Pile::Sheet => format!("mỗi {word} một dãy mã liền nhau, hết {word} này sang {word} sau"),
        Pile::Lane => {
            let each = u64::from(imposition.run_length()) * depth;
            format!(
                "mỗi làn một dãy liền qua {depth} {word}: làn 1 mang mã {}, làn 2 mang mã {}, …",
                range(1, each),
                range(2, each)
            )
        }
        Pile::Cell => format!(
            "mỗi ô một chồng {depth} {word}: ô 1 mang mã {}, ô 2 mang mã {}, …; cắt xong xếp các \
             chồng lên nhau theo thứ tự ô",
            range(1, depth),
            range(2, depth)
        ),
    }
}

fn die(layout: &Layout) -> String {
    let die = &layout.die;
    let cut = match die.cut {
        Cut::None => return "không vẽ: giấy đã bế sẵn hoặc cắt sau".into(),
        _ if layout.press.standard == Standard::Gray => {
            return "không vẽ: tệp xám không có màu riêng".into();
        }
        Cut::Contour => "bế theo viền từng tem",
        Cut::Straight => "xén thẳng qua cả khối",
    };
    let gaps = if die.gap_mm > 0.0 {
        format!(", cứ {} mm chừa {} mm không cắt", mm(die.gap_every_mm), mm(die.gap_mm))
    } else {
        String::new()
    };
    format!("{cut}, màu riêng “{}”{gaps}", die.name)
}

fn file(layout: &Layout) -> String {
    let press = &layout.press;
    let intent = if press.standard.has_intent() {
        format!(", điều kiện in “{}”", press.intent)
    } else {
        ", chỉ màu xám".to_owned()
    };
    let reduction = match press.bar_width_reduction_um {
        0 => String::new(),
        um => format!(", bù nở nét {um} µm"),
    };
    format!("{}, {} dpi{intent}{reduction}", press.standard.title(), press.dpi.dpi())
}

fn marks(layout: &Layout) -> String {
    let marks = layout.marks;
    let named = [
        (marks.crop, "dấu cắt"),
        (marks.register, "dấu chồng màu"),
        (marks.colour_bar, "thang màu"),
        (marks.slug, "dòng ghi số tờ"),
    ];
    let printed: Vec<&str> =
        named.into_iter().filter_map(|(printed, name)| printed.then_some(name)).collect();
    if printed.is_empty() { "không có".into() } else { printed.join(", ") }
}
