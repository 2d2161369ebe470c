//! What follows when something changes that somebody is known by: whatever was opened by what was
//! before ends, the trail says so, and so does a letter to the person's own address.

use askama::Template;

use super::IdentityError;
use crate::domain::account::Account;
use crate::domain::act::Act;
use crate::domain::audit::{Action, Fact};
use crate::domain::calendar::{Instant, vietnam_day, vietnam_time};
use crate::store::{AnyConnection, api_tokens, audit, devices, invitations, outbox, sessions};
use crate::token::Token;
use crate::vietnamese;

/// What changed about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    /// Its person replaced the password.
    Password,
    /// Somebody gave it a password that must be replaced.
    GivenPassword,
    /// A password was set by an invitation.
    InvitedPassword,
    /// An authenticator app was set up.
    SecondFactor,
    /// The authenticator app was forgotten, and the password with it.
    ForgottenSecondFactor,
    /// It was closed.
    Closed,
    /// It was opened again.
    Opened,
    /// An invitation was made, by which a password can be set.
    Invited,
    /// A token of the API was made, of this name.
    Token(&'a str),
    /// A token of the API was revoked, of this name.
    RevokedToken(&'a str),
}

#[derive(Template)]
#[template(path = "mail/account.txt", escape = "none")]
struct Text<'a> {
    name: &'a str,
    login: &'a str,
    what: String,
    at: String,
    ends_everything: bool,
}

impl Change<'_> {
    /// Its name in the audit trail.
    fn action(self) -> Action {
        match self {
            Self::Password | Self::GivenPassword | Self::InvitedPassword => Action::SetPassword,
            Self::SecondFactor => Action::SetSecondFactor,
            Self::ForgottenSecondFactor => Action::ForgetSecondFactor,
            Self::Closed => Action::CloseAccount,
            Self::Opened => Action::OpenAccount,
            Self::Invited => Action::InviteAccount,
            Self::Token(_) => Action::MakeToken,
            Self::RevokedToken(_) => Action::RevokeToken,
        }
    }

    /// Whether what opened the account until now, opens it no more.
    fn ends_everything(self) -> bool {
        !matches!(self, Self::Invited | Self::Token(_) | Self::RevokedToken(_))
    }

    fn subject(self) -> &'static str {
        match self {
            Self::Password | Self::GivenPassword | Self::InvitedPassword => {
                "Mật khẩu tài khoản OCOP đã được đổi"
            }
            Self::SecondFactor => "Ứng dụng xác thực của tài khoản OCOP đã được gắn",
            Self::ForgottenSecondFactor => "Ứng dụng xác thực của tài khoản OCOP đã được gỡ",
            Self::Closed => "Tài khoản OCOP đã bị khóa",
            Self::Opened => "Tài khoản OCOP đã được mở lại",
            Self::Invited => "Có liên kết mới để đặt mật khẩu tài khoản OCOP",
            Self::Token(_) => "Tài khoản OCOP có mã truy cập mới",
            Self::RevokedToken(_) => "Một mã truy cập của tài khoản OCOP đã bị thu hồi",
        }
    }

    fn sentence(self) -> String {
        match self {
            Self::Password => "Mật khẩu vừa được đổi.".into(),
            Self::GivenPassword => {
                "Quản trị viên vừa cấp mật khẩu tạm; phải đổi ngay khi đăng nhập.".into()
            }
            Self::InvitedPassword => "Mật khẩu vừa được đặt qua liên kết mời.".into(),
            Self::SecondFactor => "Một ứng dụng xác thực vừa được gắn vào tài khoản.".into(),
            Self::ForgottenSecondFactor => {
                "Quản trị viên vừa gỡ ứng dụng xác thực; mật khẩu cũ không dùng được nữa.".into()
            }
            Self::Closed => "Tài khoản vừa bị khóa.".into(),
            Self::Opened => "Tài khoản vừa được mở lại.".into(),
            Self::Invited => "Quản trị viên vừa tạo liên kết để đặt mật khẩu mới.".into(),
            Self::Token(name) => format!("Mã truy cập “{name}” vừa được tạo."),
            Self::RevokedToken(name) => format!("Mã truy cập “{name}” vừa bị thu hồi."),
        }
    }

    /// Does all that follows, in the transaction of the change. `kept` is the session that it was made
    /// in and that goes on, if any; `facts` are for the trail.
    pub(super) fn follow(
        self,
        register: &mut AnyConnection,
        account: &Account,
        kept: Option<&Token>,
        act: Act<'_>,
        facts: impl IntoIterator<Item = Fact>,
    ) -> Result<(), IdentityError> {
        if self.ends_everything() {
            sessions::delete_of(register, account.id)?;
            api_tokens::revoke_of(register, account.id, act.at)?;
            invitations::void_of(register, account.id, act.at)?;
            devices::delete_of(register, account.id)?;
        } else if let Some(kept) = kept {
            sessions::delete_others(register, account.id, &kept.sha256())?;
        }
        audit::record(register, act, &self.action().on(account.id).with_all(facts))?;
        self.write_to(register, account, act.at)
    }

    /// Puts a letter to the person into the outbox; none where they have no address.
    fn write_to(
        self,
        register: &mut AnyConnection,
        account: &Account,
        at: Instant,
    ) -> Result<(), IdentityError> {
        // Whoever is invited for the first time has nothing yet that could be taken.
        let is_news = self != Self::Invited || account.has_password;
        let Some(to) = account.details.email.as_deref().filter(|_| is_news) else { return Ok(()) };
        let text = Text {
            name: &account.details.name,
            login: &account.details.login,
            what: self.sentence(),
            at: moment(at),
            ends_everything: self.ends_everything(),
        };
        let body = text.render()?;
        let key = format!("{}.{}.{}", self.action().key(), account.id, at.timestamp_micros());
        outbox::put(register, (&key, to, self.subject(), &body), at)?;
        Ok(())
    }
}

fn moment(at: Instant) -> String {
    format!("{}, {}", vietnam_time(at).format("%H:%M"), vietnamese::date(vietnam_day(at)))
}
