//! Letters by SMTP; the only room that names lettre.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Tls;
use lettre::{Message, SmtpTransport, Transport};

/// A server that does not answer for so long is given up on.
const ANSWER_TIME: Duration = Duration::from_secs(20);

/// How the connection to the server is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// TLS from the start (RFC 8314).
    Tls,
    /// TLS after a word in the clear; refused where the server has none.
    StartTls,
    /// Not at all: for a server on the same machine.
    Nothing,
}

/// Where letters are given to be sent.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is guarded.
    pub guard: Guard,
    /// Name and password, where it asks for them.
    pub login: Option<(String, String)>,
    /// Whom letters are from: a name, if there is one, and an address.
    pub from: (Option<String>, String),
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is about, in a word: a receiver who gets it twice can tell by it.
    pub key: String,
    /// To whom.
    pub to: String,
    /// What about.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// A letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address is none.
    #[error("“{0}” is no address")]
    Address(String),
    /// The letter cannot be written down.
    #[error("the letter cannot be written: {0}")]
    Letter(#[from] lettre::error::Error),
    /// The server did not take it.
    #[error("the mail server did not take the letter: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// Sends letters.
pub struct Mailer {
    transport: SmtpTransport,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for a server; it is not asked yet.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn new(server: &Server) -> Result<Self, MailError> {
        let builder = match server.guard {
            Guard::Tls => SmtpTransport::relay(&server.host)?,
            Guard::StartTls => SmtpTransport::starttls_relay(&server.host)?,
            Guard::Nothing => SmtpTransport::builder_dangerous(&server.host).tls(Tls::None),
        };
        let builder = builder.port(server.port).timeout(Some(ANSWER_TIME));
        let transport = match server.login.clone() {
            Some((name, password)) => builder.credentials(Credentials::new(name, password)).build(),
            None => builder.build(),
        };
        let (name, address) = server.from.clone();
        let email = address.parse().map_err(|_none| MailError::Address(address))?;
        Ok(Self { transport, from: Mailbox::new(name, email) })
    }

    /// Gives a letter to the server.
    ///
    /// # Errors
    /// [`MailError`].
    pub fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(address(&letter.to)?)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{domain}>", letter.key)))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())?;
        self.transport.send(&message)?;
        Ok(())
    }
}

fn address(text: &str) -> Result<Mailbox, MailError> {
    text.parse().map_err(|_none| MailError::Address(text.to_owned()))
}
