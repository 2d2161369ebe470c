//! Signing in.

use askama::Template;

use super::Frame;
use crate::domain::account::NewAccount;
use crate::identity::{Enrolment, PASSWORD_CHARS_MIN};
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::views::symbol;

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignInPage<'a> {
    frame: Frame,
    action: String,
    login: &'a str,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/code.html")]
struct CodePage {
    frame: Frame,
    action: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/enrolment.html")]
struct EnrolmentPage<'a> {
    frame: Frame,
    action: String,
    secret: String,
    symbol: String,
    url: &'a str,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/password.html")]
struct PasswordPage {
    frame: Frame,
    action: String,
    help: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    action: String,
    with_code: bool,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/invitation.html")]
struct InvitationPage<'a> {
    frame: Frame,
    account: &'a NewAccount,
    help: String,
    problem: Option<String>,
}

/// The form to sign in with.
pub(in crate::web) fn sign_in(
    frame: Frame,
    then: &str,
    login: &str,
    problem: Option<String>,
) -> askama::Result<String> {
    let action = urls::with_return(urls::SIGN_IN, then);
    render(&SignInPage { frame, action, login, problem })
}

/// The form for a code of the authenticator app.
pub(in crate::web) fn code(
    frame: Frame,
    then: &str,
    problem: Option<String>,
) -> askama::Result<String> {
    render(&CodePage { frame, action: urls::with_return(urls::CODE, then), problem })
}

/// What an authenticator app is set up with.
pub(in crate::web) fn enrolment(
    frame: Frame,
    then: &str,
    enrolment: &Enrolment,
    problem: Option<String>,
) -> askama::Result<String> {
    let groups: Vec<String> = enrolment
        .secret
        .as_bytes()
        .chunks(4)
        .map(|it| String::from_utf8_lossy(it).into())
        .collect();
    render(&EnrolmentPage {
        frame,
        action: urls::with_return(urls::SECOND_FACTOR, then),
        secret: groups.join(" "),
        symbol: symbol(&enrolment.url),
        url: &enrolment.url,
        problem,
    })
}

/// The form to change one's password with.
pub(in crate::web) fn password(
    frame: Frame,
    then: &str,
    problem: Option<String>,
) -> askama::Result<String> {
    let help = password_help(&frame);
    render(&PasswordPage { frame, action: urls::with_return(urls::PASSWORD, then), help, problem })
}

/// The form to show again who one is.
pub(in crate::web) fn confirm(
    frame: Frame,
    then: &str,
    with_code: bool,
    problem: Option<String>,
) -> askama::Result<String> {
    let action = urls::with_return(urls::CONFIRM, then);
    render(&ConfirmPage { frame, action, with_code, problem })
}

/// The form by which somebody who was invited sets a password.
pub(in crate::web) fn invitation(
    frame: Frame,
    account: &NewAccount,
    problem: Option<String>,
) -> askama::Result<String> {
    let help = password_help(&frame);
    render(&InvitationPage { frame, account, help, problem })
}

fn password_help(frame: &Frame) -> String {
    frame.words.fill("password.help", [("least", &*PASSWORD_CHARS_MIN.to_string())])
}
