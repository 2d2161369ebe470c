//! The API in words, made from its document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value;

use super::Frame;
use crate::web::api::problem::Kind;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "desk/api.html")]
struct ApiPage {
    frame: Frame,
    tokens: &'static str,
    document: &'static str,
    groups: Vec<Group>,
    problems: Vec<ProblemLine>,
}

#[derive(Template)]
#[template(path = "desk/api_about.html")]
struct AboutPage {
    frame: Frame,
    api: &'static str,
    group: Group,
    /// Everything that is sent and answered there.
    shapes: Vec<Shape>,
}

/// Operations about the same things.
struct Group {
    /// Where its calls are told of to the last field.
    href: String,
    title: Cow<'static, str>,
    calls: Vec<CallLine>,
}

struct CallLine {
    name: String,
    method: String,
    path: String,
    summary: String,
    right: Cow<'static, str>,
    decides: bool,
    parameters: Vec<Field>,
    /// The shape of what is sent.
    sends: Option<String>,
    /// The shape of what is answered, where it is JSON.
    answers: Option<String>,
    /// Media types of files that are answered.
    files: String,
}

/// An object with its fields.
struct Shape {
    name: String,
    text: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    /// What it holds.
    holds: String,
    /// The shape of what it holds, where that has one.
    shape: Option<String>,
    is_required: bool,
    text: String,
}

struct ProblemLine {
    key: &'static str,
    status: u16,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
}

/// What there is.
pub(in crate::web) fn page(frame: Frame, document: &Value) -> askama::Result<String> {
    let words = frame.words;
    let problem = |kind: Kind| ProblemLine {
        key: kind.key(),
        status: kind.status().as_u16(),
        title: words.say(&format!("api.problem.{}.title", kind.key())),
        text: words.say(&format!("api.problem.{}.text", kind.key())),
    };
    render(&ApiPage {
        tokens: urls::TOKENS,
        document: urls::API_DOCUMENT,
        groups: groups(words, document),
        problems: Kind::ALL.into_iter().map(problem).collect(),
        frame,
    })
}

/// The calls about one kind of thing; none where there is no such kind.
pub(in crate::web) fn about(
    mut frame: Frame,
    document: &Value,
    about: &str,
) -> Option<askama::Result<String>> {
    let here = urls::API_ABOUT.replace("{about}", about);
    let group = groups(frame.words, document).into_iter().find(|group| group.href == here)?;
    frame.title.clone_from(&group.title);
    let shapes = shapes(document, &group);
    Some(render(&AboutPage { api: urls::API_PAGE, group, shapes, frame }))
}

/// The shapes that the calls of a group name, and those that these name.
fn shapes(document: &Value, group: &Group) -> Vec<Shape> {
    let named = group.calls.iter().flat_map(|call| call.sends.iter().chain(&call.answers));
    let mut waiting: Vec<String> = named.cloned().collect();
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    while let Some(name) = waiting.pop() {
        let schema = document.pointer(&format!("/components/schemas/{name}"));
        let Some(schema) = schema.filter(|_| !shapes.contains_key(&name)) else { continue };
        let fields = fields(schema);
        waiting.extend(fields.iter().filter_map(|field| field.shape.clone()));
        let text = text(schema, "description");
        shapes.insert(name.clone(), Shape { name, text, fields });
    }
    shapes.into_values().collect()
}

fn groups(words: Words, document: &Value) -> Vec<Group> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, methods) in paths.into_iter().flatten() {
        for (method, call) in methods.as_object().into_iter().flatten() {
            let tag = text(call, "/tags/0");
            let line = line(words, method, path, call);
            if let Some((_, group)) = groups.iter_mut().find(|(name, _)| *name == tag) {
                group.calls.push(line);
                continue;
            }
            let title = words.say(&format!("api.about.{tag}"));
            let href = urls::API_ABOUT.replace("{about}", &tag);
            groups.push((tag, Group { href, title, calls: vec![line] }));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn line(words: Words, method: &str, path: &str, call: &Value) -> CallLine {
    let parameters = call.get("parameters").and_then(Value::as_array);
    let parameter = |it: &Value| Field {
        is_required: it.get("required").and_then(Value::as_bool).unwrap_or_default(),
        text: text(it, "description"),
        ..field(&text(it, "name"), it.get("schema").unwrap_or(&Value::Null), true)
    };
    let shape = |pointer: &str| call.pointer(pointer).and_then(reference);
    let content = "content/application~1json/schema";
    let answer = ["200", "201"].iter().find_map(|it| shape(&format!("/responses/{it}/{content}")));
    CallLine {
        name: text(call, "operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(call, "summary"),
        right: words.say(&format!("right.{}", text(call, "x-right"))),
        decides: call.get("x-decides").and_then(Value::as_bool).unwrap_or_default(),
        parameters: parameters.into_iter().flatten().map(parameter).collect(),
        sends: shape(&format!("/requestBody/{content}")),
        answers: answer,
        files: files(call),
    }
}

/// `application/pdf`, or several with commas between.
fn files(call: &Value) -> String {
    let content = call.pointer("/responses/200/content").and_then(Value::as_object);
    let types = content.into_iter().flatten().map(|(media_type, _)| media_type.as_str());
    types.filter(|it| *it != "application/json").collect::<Vec<_>>().join(", ")
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    let all = properties.into_iter().flatten();
    all.map(|(name, schema)| field(name, schema, is_required(name))).collect()
}

fn field(name: &str, schema: &Value, is_required: bool) -> Field {
    let inner = schema.get("items").unwrap_or(schema);
    let shape = reference(inner).or_else(|| {
        let choices = inner.get("anyOf").and_then(Value::as_array)?;
        choices.iter().find_map(reference)
    });
    let holds = match schema.get("enum").or_else(|| inner.get("enum")).and_then(Value::as_array) {
        Some(values) => values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        None => kind(schema),
    };
    Field { name: name.to_owned(), holds, shape, is_required, text: text(schema, "description") }
}

/// `string (date)`, `integer`, `array`.
fn kind(schema: &Value) -> String {
    let name = match schema.get("type") {
        Some(Value::Array(all)) => {
            let real = all.iter().filter_map(Value::as_str).find(|it| *it != "null");
            real.unwrap_or_default().to_owned()
        }
        Some(Value::String(name)) => name.clone(),
        _ => String::new(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) if format.starts_with("date") => format!("{name} ({format})"),
        _ => name,
    }
}

/// The name of the shape that a schema refers to.
fn reference(schema: &Value) -> Option<String> {
    let path = schema.get("$ref")?.as_str()?;
    path.rsplit('/').next().map(str::to_owned)
}

fn text(value: &Value, pointer: &str) -> String {
    let found = if pointer.starts_with('/') { value.pointer(pointer) } else { value.get(pointer) };
    found.and_then(Value::as_str).unwrap_or_default().to_owned()
}
