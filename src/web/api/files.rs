//! Files as answers: at hand, stored, or written while they are sent.

use std::fs::File;
use std::io::Write;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};

use super::call::Call;
use super::operation::{Described, Generators, NoQuery, Operation, Reply};
use super::problem::Problem;
use crate::export::Format;
use crate::shipping::{Entry, Parcel};
use crate::web::desk::beside;
use crate::web::error::Error;
use crate::web::file::disposition;
use crate::web::handlers::parcel;
use crate::web::stream::{Places, Stream};
use crate::web::table::Torn;

/// What writes a file.
type Writing = Box<dyn FnOnce(&mut dyn Write) -> Result<(), Torn> + Send>;

/// A file.
pub(in crate::web) enum FileAnswer {
    /// One that is at hand.
    Bytes {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// A file of a printing, of which a part may be asked for; opened when it is known whether a
    /// download begins with it.
    Stored(Entry, Box<dyn FnOnce(bool) -> Result<File, Problem> + Send>),
    /// All files of a printing, and what notes that they are fetched under a name.
    Archive(Parcel, Box<dyn FnOnce(String) -> Result<(), Problem> + Send>),
    /// A table: its name, and what writes it.
    Table(String, Format, Writing),
}

/// What papers are.
pub(in crate::web) const PDF: &[&str] = &["application/pdf"];

/// Reads a file, of one of these media types.
pub(in crate::web) struct Fetch(
    pub(in crate::web) fn(&Call) -> Result<FileAnswer, Problem>,
    pub(in crate::web) &'static [&'static str],
);

impl Operation for Fetch {
    fn run(&self, call: &Call) -> Result<Reply, Problem> {
        call.query::<NoQuery>()?;
        (self.0)(call).map(Reply::File)
    }

    fn describe(&self, _: &mut Generators) -> Described {
        Described {
            query: None,
            body: None,
            answer: None,
            files: self.1,
            status: StatusCode::OK,
            may_be_shown: false,
            about_version: false,
            tells_version: false,
        }
    }
}

impl FileAnswer {
    pub(super) async fn response(
        self,
        request: &HttpRequest,
        places: &Places,
    ) -> Result<HttpResponse, Error> {
        match self {
            Self::Bytes { name, media_type, bytes } => Ok(HttpResponse::Ok()
                .content_type(media_type)
                .insert_header(disposition(&name))
                .body(bytes)),
            Self::Stored(entry, open) => {
                parcel::one(request, places, entry, async move |is_beginning| {
                    Ok(beside(move || open(is_beginning)).await??)
                })
                .await
            }
            Self::Archive(all, note) => {
                parcel::archive(request, places, all, async move |name| {
                    Ok(beside(move || note(name)).await??)
                })
                .await
            }
            Self::Table(name, format, write) => {
                let mut response = HttpResponse::Ok();
                response.content_type(format.media_type()).insert_header(disposition(&name));
                if request.method() == Method::HEAD {
                    return Ok(response.body(Stream::only_size(None)));
                }
                Ok(response.body(Stream::new(None, places.take()?, write)))
            }
        }
    }
}
