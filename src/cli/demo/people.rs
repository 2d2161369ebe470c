//! One account for each role.

use std::fs;

use crate::app::App;
use crate::cli::error::CliError;
use crate::domain::account::{Account, NewAccount};
use crate::domain::ids::{ProducerId, ShopId};
use crate::domain::role::{Organisation, Role};
use crate::files;
use crate::identity::Identity;

/// An account of the demonstration.
pub(super) struct DemoAccount {
    pub(super) login: String,
    pub(super) role: Role,
    /// Its one-time password; none once its person has chosen their own.
    pub(super) password: Option<String>,
}

/// The office's people. Their names are invented.
const OFFICE: [(&str, &str, Role); 5] = [
    ("can-bo", "Nguyễn Thị Cán", Role::Officer),
    ("phe-duyet", "Trần Văn Duyệt", Role::Approver),
    ("kiem-tra", "Lê Thị Kiểm", Role::Inspector),
    ("kiem-toan", "Phạm Văn Toán", Role::Auditor),
    ("quan-tri", "Hoàng Thị Quản", Role::Administrator),
];

/// Makes the accounts that are not there, and gives everybody who has none of their own a password.
pub(super) fn accounts(
    app: &App,
    producer: ProducerId,
    shop: ShopId,
) -> Result<Vec<DemoAccount>, CliError> {
    let office = OFFICE.map(|(login, name, role)| account(login, name, role, Organisation::Office));
    let maker = Organisation::Producer(producer);
    let maker = account("chu-the", "Đỗ Thị Chủ", Role::Producer, maker);
    let printer = Organisation::PrintShop(shop);
    let printer = account("co-so-in", "Bùi Văn In", Role::PrintShop, printer);
    let identity = app.identity()?;
    let made = [maker, printer].into_iter().chain(office).map(|wanted| {
        let account = identity.add(&wanted, "ocop demo")?;
        let own = account.has_password && !account.password_is_temporary;
        let password = if own { None } else { Some(password(app, &identity, &account)?) };
        let (login, role) = (account.details.login, account.details.role);
        Ok(DemoAccount { login, role, password })
    });
    made.collect()
}

/// The password that was given and not replaced yet. It is kept beside the signing key's passphrase,
/// where neither protects anything: good enough for a demonstration alone.
fn password(app: &App, identity: &Identity, account: &Account) -> Result<String, CliError> {
    let path = app.config.data.dir.join("keys").join("passwords").join(&account.details.login);
    if account.has_password && path.exists() {
        return Ok(fs::read_to_string(&path)?);
    }
    let given = identity.give_password(account.id, "ocop demo")?;
    if path.exists() {
        fs::remove_file(&path)?;
    }
    files::write_secret(&path, given.as_bytes())?;
    Ok(given)
}

fn account(login: &str, name: &str, role: Role, organisation: Organisation) -> NewAccount {
    NewAccount { login: login.into(), name: name.into(), role, organisation, email: None }
}
