//! The sample register: real rows, sample papers.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;

use super::super::Session;
use super::super::error::CliError;
use crate::app::App;
use crate::app::keys::{KeyFolder, KeysError};
use crate::clock::{Random, SystemRandom};
use crate::domain::act::Act;
use crate::domain::design::{DesignMove, DesignRef, DesignState};
use crate::domain::ids::ProductId;
use crate::intake::{self, Defaults};
use crate::press::approved::new_design;
use crate::press::library::Library;
use crate::printing::Design;
use crate::register::{Import, designs as acts};
use crate::store::products;
use crate::{files, register};

/// The product the demonstration orders stamps for.
const PRODUCT: &str = "Bộ bát đĩa gốm sứ hoa sen đỏ, Gốm sứ Quang Vinh";

/// Who draws the designs, who approves them, and why.
const DESIGNER: &str = "người thiết kế (ví dụ)";
const APPROVER: &str = "người phê duyệt (ví dụ)";
const REASON: &str = "ví dụ";

const AUTHORITIES: &[u8] = include_bytes!("../../../assets/sample/co-quan-cap.csv");

const ANNEXES: [(&str, &[u8]); 5] = [
    ("phu-luc-5-sao.csv", include_bytes!("../../../assets/sample/phu-luc-5-sao.csv")),
    ("phu-luc-4-sao.xlsx", include_bytes!("../../../assets/sample/phu-luc-4-sao.xlsx")),
    ("phu-luc-3-sao.csv", include_bytes!("../../../assets/sample/phu-luc-3-sao.csv")),
    ("phu-luc-3-sao-huyen.csv", include_bytes!("../../../assets/sample/phu-luc-3-sao-huyen.csv")),
    ("mau-tinh-trang.csv", include_bytes!("../../../assets/sample/mau-tinh-trang.csv")),
];

/// The file with the key's passphrase, made if it is not there. Beside the key it protects nothing:
/// good enough for a demonstration alone.
pub(super) fn passphrase_file(dir: &Path) -> Result<PathBuf, CliError> {
    let path = KeyFolder::demonstration_passphrase(dir);
    if !path.exists() {
        let secret = SystemRandom.secret().map_err(CliError::failed)?;
        files::write_secret(&path, HEXLOWER.encode(&secret).as_bytes())?;
    }
    Ok(path)
}

/// Makes a signing key, if none may sign now.
pub(super) fn key(app: &App) -> Result<(), CliError> {
    match app.keys().open_current(app.clock.now()) {
        Ok(_) => Ok(()),
        Err(KeysError::NoCurrentKey(_)) => {
            app.keys().create(app.random.as_ref(), app.clock.now())?;
            Ok(())
        }
        Err(other) => Err(other.into()),
    }
}

/// Brings the designs of the program, and that of the settings, into the register: added and
/// submitted by one invented person, approved by another, on an invented right to the mark.
pub(super) fn designs(app: &App) -> Result<(), CliError> {
    let library = Library::in_folder(&app.config.data.dir);
    let setting = DesignRef::parse(&app.config.sheets.design).name;
    let mut names: Vec<String> = Design::shipped().into_iter().map(str::to_owned).collect();
    if !names.contains(&setting) {
        names.push(setting);
    }
    let by = |by| Act { by, at: app.clock.now() };
    for name in names {
        let mut design = new_design(&library.design(&name)?);
        if design.right.granted_by.is_none() {
            design.right.basis = "quyết định mẫu (ví dụ)".into();
            design.right.granted_by = Some("cơ quan mẫu (ví dụ)".into());
        }
        let version = acts::add(&app.store, &design, REASON, by(DESIGNER))?;
        // What a person decided otherwise since stays so.
        if matches!(version.state, DesignState::Draft | DesignState::Submitted) {
            let wanted = version.reference();
            acts::step(&app.store, &wanted, DesignMove::Submit, REASON, by(DESIGNER))?;
            acts::step(&app.store, &wanted, DesignMove::Approve, REASON, by(APPROVER))?;
        }
    }
    Ok(())
}

/// Imports the sample annexes and returns the product to order for.
pub(super) fn register(session: &Session, app: &App) -> Result<ProductId, CliError> {
    let unreadable = |error: &dyn std::fmt::Debug| CliError::failed(format!("sample: {error:?}"));
    let authorities = intake::authorities::read(AUTHORITIES).map_err(|error| unreadable(&error))?;
    let (authorities, how) = (authorities.entries(), Import::EnterNew);
    register::import_authorities(&app.store, &authorities, "sample", how, session.act(app))?;
    for (name, bytes) in ANNEXES {
        let preview = intake::preview(bytes, &Defaults::default());
        let preview = preview.map_err(|error| unreadable(&error))?;
        register::import(&app.store, &preview.entries(), name, Import::EnterNew, session.act(app))?;
    }
    product(app, PRODUCT)
}

/// The first product that a search finds.
pub(super) fn product(app: &App, words: &str) -> Result<ProductId, CliError> {
    let found = app.store.read(|register| products::search(register, words, 1))?;
    let (product, _) = found
        .into_iter()
        .next()
        .ok_or_else(|| CliError::failed(format!("sample: there is no “{words}”")))?;
    Ok(product.id)
}
