//! The API as an `OpenAPI` 3.1 document, made from the table and the types of its operations.

use actix_web::http::Method;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::operation::{Described, Generators};
use super::problem::{Kind, ProblemJson};
use crate::web::desk::guard::Access;
use crate::web::desk::table::{ENTRIES, Entry};
use crate::web::words::Words;

/// Where the schemas of the document are.
const SCHEMAS: &str = "/components/schemas";

/// The document, with what is said of each operation in a language.
pub(in crate::web) fn document(words: Words) -> Value {
    let settings =
        || SchemaSettings::draft2020_12().with(|it| it.definitions_path = SCHEMAS.into());
    let mut generators = Generators {
        asked: settings().for_deserialize().into_generator(),
        answered: settings().for_serialize().into_generator(),
    };
    let problem = generators.answered.subschema_for::<ProblemJson>();
    let mut paths = Map::new();
    for entry in ENTRIES {
        let Some((name, operation)) = entry.operation() else { continue };
        let described = operation.describe(&mut generators);
        let path = paths.entry(entry.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            let method = entry.method.as_str().to_lowercase();
            path.insert(method, one(words, entry, name, described));
        }
    }
    let mut schemas = taken(&mut generators.asked);
    schemas.extend(taken(&mut generators.answered));
    let say = |key: &str| words.say(&format!("api.{key}"));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": say("title"),
            "version": "1",
            "summary": say("summary"),
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": {
                "description": say("problem_text"),
                "content": { "application/problem+json": { "schema": problem } },
            } },
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": say("token_text") },
            },
        },
    })
}

fn taken(generator: &mut SchemaGenerator) -> Map<String, Value> {
    generator.take_definitions(true)
}

fn one(words: Words, entry: &Entry, name: &str, described: Described) -> Value {
    let mut responses = Map::new();
    let mut headers = Map::new();
    if described.tells_version {
        headers.insert("ETag".into(), header(&words.say("api.etag_text")));
    }
    if described.status.as_u16() == 201 {
        headers.insert("Location".into(), header(&words.say("api.location_text")));
    }
    let json = described.answer.as_ref();
    let json = json.map(|schema| ("application/json", json!({ "schema": schema })));
    let binary = || json!({ "schema": { "type": "string", "format": "binary" } });
    let files = described.files.iter().map(|media_type| (*media_type, binary()));
    let content = json.into_iter().chain(files);
    let content: Map<String, Value> =
        content.map(|(media_type, it)| (media_type.to_owned(), it)).collect();
    let done = json!({
        "description": words.say("api.done_text"),
        "headers": headers,
        "content": content,
    });
    if described.may_be_shown {
        responses.insert("200".to_owned(), done.clone());
    }
    responses.insert(described.status.as_str().to_owned(), done);
    for kind in problems(entry, &described) {
        let reference = json!({ "$ref": "#/components/responses/Problem" });
        responses.insert(kind.status().as_str().to_owned(), reference);
    }
    let right = entry.access.right().map(crate::domain::role::Right::key);
    let mut operation = json!({
        "operationId": name,
        "tags": [tag(entry.path)],
        "summary": words.say(&format!("api.do.{name}")),
        "parameters": parameters(words, entry, &described),
        "responses": responses,
        "x-right": right,
        "x-decides": matches!(entry.access, Access::Weighty(_)),
    });
    if let (Some(body), Some(operation)) = (described.body, operation.as_object_mut()) {
        let content = json!({ "content": { "application/json": { "schema": body } } });
        operation.insert("requestBody".into(), content);
    }
    operation
}

fn header(description: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" } })
}

/// What can be wrong with a call of this operation.
fn problems(entry: &Entry, described: &Described) -> Vec<Kind> {
    let writes = entry.method != Method::GET;
    let possible = |kind: &Kind| match kind {
        Kind::Unauthenticated
        | Kind::Forbidden
        | Kind::BadQuery
        | Kind::TooMany
        | Kind::Internal
        | Kind::TooLong
        | Kind::Busy => true,
        Kind::NotFound => entry.path.contains('{'),
        Kind::Changed | Kind::VersionMissing => described.about_version,
        Kind::MethodNotAllowed => false,
        Kind::Refused => writes || !described.files.is_empty(),
        Kind::Unreadable
        | Kind::KeyMissing
        | Kind::InProgress
        | Kind::TooLarge
        | Kind::MediaType
        | Kind::Invalid
        | Kind::KeyReused => writes,
    };
    Kind::ALL.into_iter().filter(possible).collect()
}

fn parameters(words: Words, entry: &Entry, described: &Described) -> Vec<Value> {
    let named = entry.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut parameters: Vec<Value> = named.map(|name| in_path(words, name)).collect();
    let header = |name: &str, key: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": words.say(key),
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        })
    };
    if entry.method != Method::GET {
        parameters.push(header("Idempotency-Key", "api.key_text"));
    }
    if described.about_version {
        parameters.push(header("If-Match", "api.version_text"));
    }
    let query = described.query.as_ref().and_then(|schema| schema.get("properties"));
    for (name, schema) in query.and_then(Value::as_object).into_iter().flatten() {
        let mut schema = schema.clone();
        let description = schema.as_object_mut().and_then(|it| it.remove("description"));
        parameters.push(json!({
            "name": name, "in": "query", "required": false, "description": description,
            "schema": not_null(schema),
        }));
    }
    parameters
}

/// A part of a path that names a thing.
fn in_path(words: Words, name: &str) -> Value {
    let schema = match name {
        "batch" => json!({ "type": "string", "pattern": "^[0-9A-Za-z]{4}$" }),
        "stamp" | "layout" | "design" | "file" => json!({ "type": "string", "minLength": 1 }),
        _ => json!({ "type": "integer", "format": "int64" }),
    };
    let description = words.say(&format!("api.path.{name}"));
    json!({
        "name": name, "in": "path", "required": true, "description": description,
        "schema": schema,
    })
}

/// What is left out of a query is not there, and never `null`.
fn not_null(mut schema: Value) -> Value {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|it| it != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("type".into(), only);
            }
        }
    }
    schema
}

/// What an operation is about: the part of its path after the root, or what a thing has of its own.
fn tag(path: &str) -> &str {
    let mut parts = path.strip_prefix(super::ROOT).unwrap_or_default().split('/').skip(1);
    let thing = parts.next().unwrap_or_default();
    match parts.nth(1) {
        Some(own @ ("destructions" | "papers" | "sheets")) => own,
        _ => thing,
    }
}
