//! Labels of a roll for printers that speak ZPL, one for each row of lanes.
//!
//! The art is sent once and recalled; symbols and serial numbers are pictures of whole dots, made
//! here rather than by the printer's own symbols and fonts: version, mask and module of its symbols
//! would be the printer's choice, and its fonts differ from make to make.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};

use super::page::{Plan, Purpose, SERIAL_LETTERS};
use super::separation::file;
use super::source::Source;
use super::{Face, Job, Printed, SheetError, Split, Volume, check_sheets};
use crate::printing::bitmap::Bitmap;
use crate::printing::geometry::{Rect, signed, whole};
use crate::printing::imposition::Imposition;
use crate::printing::layout::{Gutter, Kind, Layout, LayoutError, Margins, Marks};
use crate::printing::pdf::font::Fonts;
use crate::printing::prepress::{Cut, Die, Standard};
use crate::printing::qr;
use crate::printing::zpl;

/// Resolutions of label printers: 8, 12 and 24 dots to the millimetre.
const RESOLUTIONS: [u32; 3] = [203, 300, 600];

/// Why labels were not written.
#[derive(Debug, thiserror::Error)]
pub enum LabelError<E> {
    /// The layout is of sheets.
    #[error("layout {0} is of sheets: choose one of kind = \"roll\" for a label printer")]
    NoRoll(String),
    /// No label printer has such dots.
    #[error("layout {name} has {dpi} dpi: label printers have 203, 300 or 600")]
    Resolution {
        /// The layout.
        name: String,
        /// Its resolution.
        dpi: u32,
    },
    /// The stamp has no place on its own label.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The art could not be made into dots.
    #[error("the art could not be made into dots")]
    Picture(#[source] Box<dyn Error + Send + Sync>),
    /// As with sheets.
    #[error(transparent)]
    Sheets(#[from] SheetError<E>),
}

/// What is asked of the outside: where labels go, and pages as pictures.
pub struct Roll<O, P, H> {
    /// Opens the output of each file, by its number from 1.
    pub open: O,
    /// The pages of a PDF as pictures, a dot of the layout for each dot.
    pub picture: P,
    /// Hears how many stamps are written.
    pub progress: H,
}

/// Writes a job as labels. A file has as many frames of the layout as the job's files have sheets.
///
/// # Errors
/// See [`LabelError`].
pub fn write_labels<W, E, X>(
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    faces: impl Iterator<Item = Result<Face, E>>,
    roll: Roll<
        impl FnMut(u32) -> io::Result<W>,
        impl Fn(&[u8]) -> Result<Vec<Bitmap>, X>,
        impl FnMut(u64),
    >,
) -> Result<Printed, LabelError<E>>
where
    W: Write,
    X: Error + Send + Sync + 'static,
{
    check(job)?;
    check_sheets(job).map_err(SheetError::Fault)?;
    let alone = alone(job.imposition)?;
    let one = Job { imposition: &alone, intent: None, ..job.clone() };
    let plan = Plan::new(&one, fonts, Purpose::Press).map_err(SheetError::Fault)?;
    let Roll { open, picture, mut progress } = roll;
    let pages = picture(&parts(&plan).map_err(SheetError::Write)?)
        .map_err(|error| LabelError::Picture(Box::new(error)))?;
    let labels = Labels::new(job, &plan, pages);
    let mut shelf = Files { labels: &labels, open, current: None, done: Vec::new() };
    let mut source = Source::new(job, faces);
    let (mut stamps, mut module) = (0, i32::MAX);
    loop {
        let sheets = source.next_chunk()?;
        if sheets.is_empty() {
            break;
        }
        for (sheet, faces) in sheets {
            let frame = labels.frame(&faces)?;
            module = module.min(frame.module);
            stamps += u64::try_from(faces.len()).unwrap_or(u64::MAX);
            shelf.put(sheet, &faces, &frame.text).map_err(SheetError::Write)?;
            progress(stamps);
        }
    }
    source.check()?;
    let volumes = shelf.finish().map_err(SheetError::Write)?;
    let module_mm = job.imposition.grid().mm(module);
    Ok(Printed { volumes, warnings: plan.warnings(module), module, module_mm })
}

fn check<E>(job: &Job<'_>) -> Result<(), LabelError<E>> {
    let layout = &job.imposition.layout;
    if layout.kind != Kind::Roll {
        return Err(LabelError::NoRoll(layout.name.clone()));
    }
    let dpi = layout.dots().dpi();
    if !RESOLUTIONS.contains(&dpi) {
        return Err(LabelError::Resolution { name: layout.name.clone(), dpi });
    }
    Ok(())
}

/// One upright stamp on a page of its own, in gray, with room around it.
fn alone(imposition: &Imposition) -> Result<Imposition, LayoutError> {
    let stamp = imposition.stamp;
    let around = stamp.bleed_mm + 2.0;
    let mut layout = Layout {
        page_mm: (stamp.width_mm + 2.0 * around, stamp.height_mm + 2.0 * around),
        kind: Kind::Sheet,
        margin_mm: Margins::default(),
        gutter_mm: Gutter::default(),
        turn: 0,
        grid: None,
        marks: Marks { crop: false, register: false, colour_bar: false, slug: false },
        die: Die { cut: Cut::None, ..Die::default() },
        ..imposition.layout.clone()
    };
    layout.press.standard = Standard::Gray;
    Imposition::new(&layout, stamp)
}

/// What labels are put together from: a page with the art, and one for each letter of serials.
fn parts(plan: &Plan<'_>) -> io::Result<Vec<u8>> {
    let letters = SERIAL_LETTERS.chars().map(|letter| plan.text_page(&letter.to_string()));
    file(plan, std::iter::once(plan.art_page()).chain(letters).collect())
}

/// A letter, and where its upper left corner lies from the pen, y upwards.
struct Letter {
    picture: Bitmap,
    from_pen: (i32, i32),
}

/// The labels of a job.
struct Labels<'a> {
    job: &'a Job<'a>,
    plan: &'a Plan<'a>,
    /// Name of the art in the printer.
    name: String,
    /// The art of a stamp as it lies on the page, cut at the trim: the labels are cut already.
    art: Bitmap,
    letters: BTreeMap<char, Letter>,
}

/// The labels of one frame.
struct Frame {
    text: Vec<u8>,
    module: i32,
}

impl<'a> Labels<'a> {
    fn new(job: &'a Job<'a>, plan: &'a Plan<'a>, pages: Vec<Bitmap>) -> Self {
        let cell = plan.job.imposition.cell(1);
        let page_height = plan.job.imposition.page().height;
        let mut pages = pages.into_iter();
        let at = (cell.x, page_height - cell.top());
        let page = pages.next().unwrap_or_else(|| Bitmap::new(0, 0));
        let mut art = page.part(at, unsigned(cell.width), unsigned(cell.height));
        // Nothing stands under a symbol, be it the lightest tint.
        let code = plan.art.code;
        let (width, height) = (unsigned(code.width), unsigned(code.height));
        art.whiten(code.x, cell.height - code.top(), width, height);
        let letters = SERIAL_LETTERS.chars().zip(pages).filter_map(|(letter, page)| {
            let (left, top, width, height) = page.extent()?;
            let pen = plan.serial_start(&letter.to_string());
            let pen = (cell.x + whole(pen.0.into()), cell.y + whole(pen.1.into()));
            let corner = (signed(left), signed(top));
            let from_pen = (corner.0 - pen.0, page_height - corner.1 - pen.1);
            Some((letter, Letter { picture: page.part(corner, width, height), from_pen }))
        });
        Self {
            job,
            plan,
            name: format!("OCOP{}", job.label.batch),
            art: art.turned(job.imposition.layout.turn),
            letters: letters.collect(),
        }
    }

    /// The labels of a frame, from its upper edge.
    fn frame<E>(&self, faces: &[(u32, Face)]) -> Result<Frame, SheetError<E>> {
        let imposition = self.job.imposition;
        let mut rows: BTreeMap<i32, Vec<(Rect, &Face)>> = BTreeMap::new();
        for (cell, face) in faces {
            let cell = imposition.cell(*cell);
            // The upper edge on the page, the topmost first.
            let top = imposition.on_page(cell).top();
            rows.entry(-top).or_default().push((cell, face));
        }
        let mut frame = Frame { text: Vec::new(), module: i32::MAX };
        for (top, lanes) in rows {
            self.label(&mut frame, -top, &lanes)?;
        }
        Ok(frame)
    }

    fn label<E>(
        &self,
        frame: &mut Frame,
        top: i32,
        lanes: &[(Rect, &Face)],
    ) -> Result<(), SheetError<E>> {
        let imposition = self.job.imposition;
        let (across, along) = imposition.pitch();
        let turned = matches!(imposition.layout.turn, 90 | 270);
        let (width, height) = (imposition.page().width, if turned { across } else { along });
        let out = &mut frame.text;
        writeln!(out, "^XA^CI28^LH0,0^PW{width}^LL{height}")?;
        for (cell, face) in lanes {
            let symbol = qr::encode(&face.text, self.job.level)
                .map_err(|source| SheetError::Symbol { serial: face.serial.clone(), source })?;
            let place = self.plan.place(&symbol);
            frame.module = frame.module.min(place.module);
            let shaving = imposition.layout.press.shaving();
            let code = Bitmap::of_symbol(&symbol, unsigned(place.module), shaving);
            let side = Rect { x: place.x, y: place.y, width: place.side, height: place.side };
            let (line, serial) = self.serial(&face.serial);
            writeln!(out, "^FX {}^FS", face.serial)?;
            zpl::recall(out, &self.name, self.corner(*cell, top))?;
            for (area, picture) in [(side, code), (line, serial)] {
                let area = area.moved(cell.x, cell.y);
                let turned = picture.turned(imposition.layout.turn);
                zpl::picture(out, &turned, self.corner(area, top))?;
            }
        }
        writeln!(out, "^XZ")?;
        Ok(())
    }

    /// The upper left corner of a rectangle of the sheet on a label that begins at `top`.
    fn corner(&self, rect: Rect, top: i32) -> (i32, i32) {
        let rect = self.job.imposition.on_page(rect);
        (rect.x, top - rect.top())
    }

    /// A serial number, and where it lies on its trim.
    fn serial(&self, serial: &str) -> (Rect, Bitmap) {
        let (left, baseline) = self.plan.serial_start(serial);
        let mut pen = f64::from(left);
        let mut placed = Vec::new();
        for character in serial.chars() {
            if let Some(letter) = self.letters.get(&character) {
                let x = whole(pen) + letter.from_pen.0;
                let top = whole(baseline.into()) + letter.from_pen.1;
                placed.push((x, top, &letter.picture));
            }
            pen += f64::from(self.plan.serial_width(character.encode_utf8(&mut [0; 4])));
        }
        let right = placed.iter().map(|(x, _, picture)| x + signed(picture.width())).max();
        let bottom = placed.iter().map(|(_, top, picture)| top - signed(picture.height())).min();
        let x = placed.iter().map(|(x, ..)| *x).min().unwrap_or(0);
        let top = placed.iter().map(|(_, top, _)| *top).max().unwrap_or(0);
        let (width, y) = (right.unwrap_or(x) - x, bottom.unwrap_or(top));
        let mut line = Bitmap::new(unsigned(width), unsigned(top - y));
        for (left, upper, picture) in placed {
            line.draw(picture, (left - x, top - upper));
        }
        (Rect { x, y, width, height: top - y }, line)
    }
}

/// The files of a job, one open at a time.
struct Files<'a, W, O> {
    labels: &'a Labels<'a>,
    open: O,
    current: Option<(zpl::Counted<W>, Volume)>,
    done: Vec<Volume>,
}

impl<W: Write, O: FnMut(u32) -> io::Result<W>> Files<'_, W, O> {
    fn put(&mut self, sheet: u64, faces: &[(u32, Face)], text: &[u8]) -> io::Result<()> {
        let Split { sheets, stamps, bytes } = self.labels.job.split;
        let next = u64::try_from(faces.len()).unwrap_or(u64::MAX);
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if let Some((out, volume)) = &self.current
            && (volume.last_sheet - volume.first_sheet + 1 >= u64::from(sheets)
                || stamps.is_some_and(|most| volume.stamps + next > most)
                || bytes.is_some_and(|most| out.bytes() + length > most))
        {
            self.close()?;
        }
        let (mut out, mut volume) = match self.current.take() {
            Some(current) => current,
            None => self.begin(sheet)?,
        };
        out.write_all(text)?;
        let serials = || faces.iter().map(|(_, face)| &face.serial);
        let ends = (serials().min().cloned(), serials().max().cloned());
        let (first, last) = (ends.0.unwrap_or_default(), ends.1.unwrap_or_default());
        if volume.stamps == 0 || first < volume.first_serial {
            volume.first_serial = first;
        }
        volume.last_serial = volume.last_serial.max(last);
        volume.last_sheet = sheet;
        volume.stamps += next;
        self.current = Some((out, volume));
        Ok(())
    }

    fn begin(&mut self, sheet: u64) -> io::Result<(zpl::Counted<W>, Volume)> {
        let number = u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX);
        let mut out = zpl::Counted::new((self.open)(number)?);
        zpl::store(&mut out, &self.labels.name, &self.labels.art)?;
        let volume = Volume { number, first_sheet: sheet, last_sheet: sheet, ..Volume::default() };
        Ok((out, volume))
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some((mut out, volume)) = self.current.take() {
            zpl::forget(&mut out, &self.labels.name)?;
            let (bytes, sha256) = out.finish()?;
            self.done.push(Volume { bytes, sha256, ..volume });
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<Volume>> {
        self.close()?;
        Ok(self.done)
    }
}

fn unsigned(length: i32) -> u32 {
    u32::try_from(length).unwrap_or(0)
}
