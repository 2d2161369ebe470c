//! Numbers → charts as SVG, for a phone as for a desk; pure.
//!
//! Colours are two of the palette that colour-blind people can tell apart (Okabe and Ito, 2008); a
//! stylesheet may replace them by their names, for the dark.

use plotters::prelude::*;

/// The first colour.
const FIRST: RGBColor = RGBColor(0, 114, 178);
/// The second.
const SECOND: RGBColor = RGBColor(213, 94, 0);
const INK: RGBColor = BLACK;

/// Wide enough to fill a phone unscaled.
const WIDTH: u32 = 320;
const ROW_HEIGHT: u32 = 40;
const LINES_HEIGHT: u32 = 200;
const TEXT_HEIGHT: i32 = 14;

/// A chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a chart could not be drawn: {0}")]
pub struct ChartError(String);

/// A bar: its name, how much it is, and how that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// How much.
    pub value: u64,
    /// How that is written.
    pub shown: String,
}

/// Bars below one another, each under its name.
///
/// # Errors
/// [`ChartError`].
pub fn bars(bars: &[Bar]) -> Result<String, ChartError> {
    let rows = u32::try_from(bars.len()).map_err(failed)?;
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, ROW_HEIGHT * rows.max(1)))
            .into_drawing_area();
        let style = ("sans-serif", TEXT_HEIGHT).into_font().color(&INK);
        for (bar, row) in bars.iter().zip(area.split_evenly((bars.len().max(1), 1))) {
            let right = i32::try_from(u64::from(WIDTH) * bar.value / most).map_err(failed)?;
            let right = if bar.value > 0 { right.max(2) } else { 0 };
            row.draw(&Text::new(bar.label.clone(), (0, 2), style.clone())).map_err(failed)?;
            let end = style.pos(plotters::style::text_anchor::Pos::new(
                plotters::style::text_anchor::HPos::Right,
                plotters::style::text_anchor::VPos::Top,
            ));
            let edge = i32::try_from(WIDTH).map_err(failed)?;
            row.draw(&Text::new(bar.shown.clone(), (edge, 2), end)).map_err(failed)?;
            let shape = [(0, 20), (right, 34)];
            row.draw(&Rectangle::new(shape, FIRST.filled())).map_err(failed)?;
        }
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

/// Two lines over days: the first solid, the second dashed.
///
/// # Errors
/// [`ChartError`].
pub fn lines(
    days: &[(u64, u64)],
    name_of_day: impl Fn(usize) -> String,
) -> Result<String, ChartError> {
    let most = days.iter().flat_map(|(one, other)| [*one, *other]).max().unwrap_or(0).max(4);
    let last = days.len().saturating_sub(1).max(1);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, LINES_HEIGHT)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin_top(8)
            .margin_right(12)
            .x_label_area_size(24)
            .y_label_area_size(44)
            .build_cartesian_2d(0..last, 0..most)
            .map_err(failed)?;
        let style = ("sans-serif", TEXT_HEIGHT).into_font().color(&INK);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .x_labels(4)
            .y_labels(4)
            .label_style(style)
            .x_label_formatter(&|day| name_of_day(*day))
            .draw()
            .map_err(failed)?;
        let first = days.iter().enumerate().map(|(day, (one, _))| (day, *one));
        chart.draw_series(LineSeries::new(first, FIRST.stroke_width(2))).map_err(failed)?;
        let second = days.iter().enumerate().map(|(day, (_, other))| (day, *other));
        let dashes = DashedLineSeries::new(second, 5, 4, SECOND.stroke_width(2));
        chart.draw_series(dashes).map_err(failed)?;
        area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn failed(why: impl std::fmt::Display) -> ChartError {
    ChartError(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: u64) -> Bar {
        Bar { label: label.into(), value, shown: value.to_string() }
    }

    #[test]
    fn names_and_numbers_are_text_and_bars_as_long_as_they_count() {
        let svg = bars(&[bar("Đã in", 100), bar("Tem <hỏng>", 25), bar("Không", 0)]).unwrap();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let texts: Vec<String> = tree
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .map(|node| node.text().unwrap_or_default().trim().to_owned())
            .collect();
        assert_eq!(texts, ["Đã in", "100", "Tem <hỏng>", "25", "Không", "0"]);
        let width = |node: roxmltree::Node<'_, '_>| {
            node.attribute("width").unwrap().parse::<u32>().unwrap()
        };
        let bars = tree.descendants().filter(|node| node.has_tag_name("rect"));
        let widths: Vec<u32> = bars.map(width).collect();
        assert_eq!(widths[..2], [320, 80]);
    }

    #[test]
    fn a_day_without_scans_and_a_month_of_none_are_drawn() {
        let svg = lines(&[(0, 0); 30], |day| day.to_string()).unwrap();
        assert!(svg.contains("polyline") || svg.contains("<path"), "{svg}");
        assert!(lines(&[], |day| day.to_string()).is_ok());
        assert!(bars(&[]).is_ok());
    }
}
