//! Who is signed in.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use crate::domain::role::{Organisation, Right};
use crate::identity::Session;
use crate::token::Token;
use crate::web::error::Error;

/// Who is signed in. Only [`guard`](super::guard) makes one, and a handler gets it as an argument.
#[derive(Clone, Debug)]
pub(in crate::web) struct Actor(Arc<Known>);

#[derive(Debug)]
struct Known {
    token: Token,
    session: Session,
}

impl Actor {
    pub(super) fn new(token: Token, session: Session) -> Self {
        Self(Arc::new(Known { token, session }))
    }

    /// The session's token.
    pub(in crate::web) fn token(&self) -> &Token {
        &self.0.token
    }

    /// The session.
    pub(in crate::web) fn session(&self) -> &Session {
        &self.0.session
    }

    /// What the audit trail calls them.
    pub(in crate::web) fn login(&self) -> &str {
        &self.0.session.account.details.login
    }

    /// Whether they have a right.
    pub(in crate::web) fn may(&self, right: Right) -> bool {
        self.0.session.account.details.role.may(right)
    }

    /// Whom they work for, which bounds what they see.
    pub(in crate::web) fn organisation(&self) -> Organisation {
        self.0.session.account.details.organisation
    }

    /// What a form of this session holds, so that no other site can send it (ASVS 3.5.1).
    pub(in crate::web) fn form_key(&self) -> String {
        self.0.token.derived("form")
    }
}

impl FromRequest for Actor {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Error::NotSignedIn))
    }
}
