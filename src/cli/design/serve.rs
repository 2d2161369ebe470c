//! `ocop design serve`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::super::Session;
use super::super::error::CliError;
use super::bench::Bench;
use super::findings::Found;
use crate::press::library::Library;
use crate::preview;
use crate::printing::design::{Data, Shape};
use crate::printing::proof::{Proofed, Sample};
use crate::printing::{Design, Imposition, dimensions};
use crate::web::proof::{self, Fault, ProofFile, ProofPage, StampView};

/// Resolution of the pictures of a stamp and of a sheet.
const STAMP_DPI: u32 = 600;
const SHEET_DPI: u32 = 150;

/// Options of `design serve`.
#[derive(Args, Debug)]
pub(in crate::cli) struct ServeArgs {
    /// A name, or a folder
    design: String,
    /// Layout of the sheets: a name or a TOML file [default: sheets.layout of the settings]
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
    /// Port on this machine
    #[arg(long, value_name = "PORT", default_value_t = 8090)]
    port: u16,
}

pub(super) fn run(session: &Session, args: &ServeArgs) -> Result<(), CliError> {
    let config = session.config(&[])?;
    let layout = args.layout.as_deref().unwrap_or(&config.sheets.layout).to_owned();
    let library = Library::in_folder(&config.data.dir);
    // A name that nothing has is a slip of the hand, and no state of a design.
    if library.design_folder(&args.design).is_none_or(|folder| !folder.is_dir()) {
        library.design(&args.design)?;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(|error| {
        CliError::failed(format!("cannot listen on 127.0.0.1:{}: {error}", args.port))
    })?;
    let url = format!("http://{}", listener.local_addr()?);
    session.output.tell(&json!({ "design": args.design, "url": url }), || {
        println!("{url}  (Ctrl-C ends it)");
    });
    let studio = Studio { library, design: args.design.clone(), layout, shown: Mutex::default() };
    proof::serve(listener, Arc::new(move || studio.look()))?;
    Ok(())
}

/// A design in the making.
struct Studio {
    library: Library,
    design: String,
    layout: String,
    shown: Mutex<Shown>,
}

/// What is on the page, and the last version that could be drawn.
#[derive(Default)]
struct Shown {
    page: Arc<ProofPage>,
    good: Option<ProofPage>,
}

impl Studio {
    /// The page for the files as they are now.
    fn look(&self) -> Arc<ProofPage> {
        // What a broken-off look left is only looked at again.
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let version = self.version();
        if shown.page.version != version {
            let page = match self.draw() {
                Ok(page) => {
                    shown.good = Some(page.clone());
                    page
                }
                Err(error) => {
                    let last = shown.good.clone().unwrap_or_default();
                    ProofPage { findings: Vec::new(), faults: vec![self.fault(&error)], ..last }
                }
            };
            shown.page = Arc::new(ProofPage { version, name: self.design.clone(), ..page });
        }
        shown.page.clone()
    }

    /// A name for what is in the files.
    fn version(&self) -> String {
        let mut hash = Sha256::new();
        for path in self.files() {
            // A file that cannot be read is another state than an empty one.
            match fs::read(&path) {
                Ok(bytes) => hash.update(bytes),
                Err(error) => hash.update(error.to_string()),
            }
            hash.update([0]);
        }
        HEXLOWER.encode(&hash.finalize()).chars().take(16).collect()
    }

    /// The files that the page depends on.
    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = self.library.layout_file(&self.layout).into_iter().collect();
        if let Some(folder) = self.library.design_folder(&self.design) {
            let toml = folder.join("design.toml");
            let data = fs::read_to_string(&toml).ok().and_then(|text| Data::from_toml(&text).ok());
            files.extend(data.map(|data| folder.join(data.art)));
            files.push(toml);
        }
        files
    }

    fn draw(&self) -> Result<ProofPage, CliError> {
        let layout = self.library.layout(&self.layout)?;
        let bench = Bench::of(self.library.clone(), layout)?;
        let design = self.library.design(&self.design)?;
        let (stamp, found) = bench.look(&design)?;
        let long = bench.proof(&design, Sample::Long).stamp(&bench.fonts)?;
        let mut files = vec![
            file("stamp.png", "image/png", preview::png(&stamp.pdf, 1, STAMP_DPI)?),
            file("stamp-long.png", "image/png", preview::png(&long.pdf, 1, STAMP_DPI)?),
        ];
        let mut facts = facts(&design, &stamp);
        let imposition = Imposition::new(&bench.layout, design.size());
        let mut faults = Vec::new();
        match imposition {
            Ok(imposition) => {
                facts.push(("per_sheet", imposition.cells().to_string()));
                files.extend(sheet(&bench, &design, &imposition)?);
            }
            Err(error) => faults.push(Fault { message: error.to_string(), line: None }),
        }
        files.push(file("stamp.pdf", "application/pdf", stamp.pdf));
        let text = self.toml();
        let told = |it: &Found| it.told(it.field().and_then(|field| line_of(&text, field)));
        Ok(ProofPage {
            title: design.data.title.clone(),
            layout: bench.layout.name.clone(),
            stamp: Some(view(&design)),
            facts,
            findings: found.iter().map(told).collect(),
            faults,
            files,
            ..ProofPage::default()
        })
    }

    /// The design's TOML file; empty for one that comes with the program.
    fn toml(&self) -> String {
        let folder = self.library.design_folder(&self.design);
        let text = folder.map(|folder| fs::read_to_string(folder.join("design.toml")));
        text.and_then(Result::ok).unwrap_or_default()
    }

    /// An error with everything that led to it, and the line it names a field of.
    fn fault(&self, error: &CliError) -> Fault {
        let cause = error.cause();
        let mut message = cause.map(ToString::to_string).unwrap_or_default();
        let mut source = cause.and_then(|cause| cause.source());
        while let Some(cause) = source {
            let text = cause.to_string();
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            source = cause.source();
        }
        let after = message.split_once(": field ").map(|(_, rest)| rest);
        let digits = after.map(|rest| rest.chars().take_while(char::is_ascii_digit));
        let field = digits.and_then(|digits| digits.collect::<String>().parse().ok());
        let line = field.and_then(|field| line_of(&self.toml(), field));
        Fault { message, line }
    }
}

/// Proof and drawing of a whole sheet.
fn sheet(
    bench: &Bench,
    design: &Design,
    imposition: &Imposition,
) -> Result<[ProofFile; 4], CliError> {
    let sheet = bench.proof(design, Sample::Usual).sheet(&bench.fonts)?;
    let drawing = dimensions::draw(imposition, Some(design), &bench.fonts, bench.today())?;
    Ok([
        file("sheet.png", "image/png", preview::png(&sheet.pdf, 1, SHEET_DPI)?),
        file("dimensions.svg", "image/svg+xml", preview::svg(&drawing, 1)?.into_bytes()),
        file("sheet.pdf", "application/pdf", sheet.pdf),
        file("dimensions.pdf", "application/pdf", drawing),
    ])
}

fn file(name: &'static str, media_type: &'static str, bytes: Vec<u8>) -> ProofFile {
    ProofFile { name, media_type, bytes: bytes.into() }
}

fn view(design: &Design) -> StampView {
    let data = &design.data;
    let (width_mm, height_mm) = data.size_mm;
    let corner_mm = match data.shape {
        Shape::Rectangle => 0.0,
        Shape::Rounded => data.corner_mm,
        Shape::Circle => width_mm / 2.0,
    };
    StampView { width_mm, height_mm, bleed_mm: data.bleed_mm, corner_mm }
}

fn facts(design: &Design, stamp: &Proofed) -> Vec<(&'static str, String)> {
    let data = &design.data;
    let (width, height) = data.size_mm;
    let colours: Vec<String> = data
        .colours
        .iter()
        .map(|(name, colour)| {
            let [c, m, y, k] = colour.cmyk;
            let plate = colour.spot.as_ref().map(|spot| format!(" “{spot}”")).unwrap_or_default();
            format!("{name}{plate} {c}/{m}/{y}/{k}")
        })
        .collect();
    vec![
        ("size", format!("{width} × {height}")),
        ("bleed", data.bleed_mm.to_string()),
        ("safe", data.safe_mm.to_string()),
        ("profile", stamp.profile.key().to_owned()),
        ("module", format!("{:.3}", stamp.module_mm)),
        ("colours", colours.join(" · ")),
        ("mark", format!("{} — {}", data.mark.version, data.mark.basis)),
    ]
}

/// The line (from 1) on which a field (from 1) begins, and its most telling line.
fn line_of(toml: &str, field: usize) -> Option<(usize, String)> {
    let mut lines = (1..).zip(toml.lines());
    let mut heads = lines.by_ref().filter(|(_, line)| line.trim() == "[[fields]]");
    let (number, _) = heads.nth(field.checked_sub(1)?)?;
    let body: Vec<&str> =
        toml.lines().skip(number).take_while(|line| !line.starts_with('[')).collect();
    let told = |key: &str| body.iter().find(|line| line.trim_start().starts_with(key));
    let parts = [told("kind"), told("text"), told("box_mm")];
    let parts: Vec<&str> = parts.into_iter().flatten().map(|line| line.trim()).collect();
    Some((number, parts.join(" · ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_number() {
        let toml = "title = \"x\"\n[[fields]]\nkind = \"qr\"\nbox_mm = [1, 2, 3, 4]\n\n\
                    [[fields]]\nkind = \"text\"\ntext = \"{product}\"\n";
        assert_eq!(line_of(toml, 1), Some((2, "kind = \"qr\" · box_mm = [1, 2, 3, 4]".into())));
        assert_eq!(line_of(toml, 2), Some((6, "kind = \"text\" · text = \"{product}\"".into())));
        assert_eq!(line_of(toml, 3), None);
        assert_eq!(line_of("", 1), None);
    }
}
