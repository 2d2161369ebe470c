//! What an administrator keeps: print shops, funding plans, issuing authorities.

use std::borrow::Cow;

use askama::Template;

use super::list::Choice;
use super::{Frame, State};
use crate::desk::keeping::{Kept, Kind, Record};
use crate::domain::calendar::Day;
use crate::domain::recognition::AuthorityLevel;
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A form, as it was filled in; each kind shows what it needs.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) name: String,
    pub(in crate::web) address: String,
    pub(in crate::web) phone: String,
    pub(in crate::web) licence: String,
    pub(in crate::web) licence_issuer: String,
    pub(in crate::web) from: String,
    pub(in crate::web) to: String,
    pub(in crate::web) is_active: bool,
    pub(in crate::web) stamps: String,
    pub(in crate::web) level: String,
}

impl Typed {
    /// The form with what is known.
    pub(in crate::web) fn of(record: &Record) -> Self {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        match record.clone() {
            Record::Shop(shop) => Self {
                name: shop.name,
                address: shop.address.unwrap_or_default(),
                phone: shop.phone.unwrap_or_default(),
                licence: shop.licence_number,
                licence_issuer: shop.licence_issuer.unwrap_or_default(),
                to: day(shop.licence_ends_on),
                is_active: shop.is_active,
                ..Self::default()
            },
            Record::Plan(plan) => Self {
                name: plan.code,
                stamps: plan.stamps_per_product.to_string(),
                from: day(Some(plan.active_from)),
                to: day(plan.active_to),
                ..Self::default()
            },
            Record::Authority(authority) => Self {
                name: authority.name,
                level: authority.level.key().to_owned(),
                from: day(authority.active_from),
                to: day(authority.active_to),
                ..Self::default()
            },
        }
    }
}

#[derive(Template)]
#[template(path = "desk/records.html")]
struct RecordsPage<'a> {
    frame: Frame,
    action: String,
    /// Whether a form for one stands alone.
    is_one: bool,
    headings: Vec<Cow<'static, str>>,
    rows: Vec<Row>,
    fields: Vec<FormField<'a>>,
    form_title: Cow<'static, str>,
    problem: Option<String>,
}

struct Row {
    href: String,
    name: String,
    cells: Vec<String>,
    state: State,
}

/// A field of the form.
struct FormField<'a> {
    name: &'static str,
    label: Cow<'static, str>,
    kind: &'static str,
    value: &'a str,
    is_required: bool,
    choices: Vec<Choice>,
}

/// The name of the page in the text catalogue.
pub(in crate::web) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Shop => "records.shop.title",
        Kind::Plan => "records.plan.title",
        Kind::Authority => "records.authority.title",
    }
}

/// Where all of a kind are.
pub(in crate::web) fn path(kind: Kind) -> &'static str {
    match kind {
        Kind::Shop => urls::SHOPS,
        Kind::Plan => urls::PLANS,
        Kind::Authority => urls::AUTHORITIES,
    }
}

/// All of a kind with a form for another, or with `id` a form for that one.
pub(in crate::web) fn page(
    frame: Frame,
    kind: Kind,
    kept: &[Kept],
    id: Option<i64>,
    typed: &Typed,
    today: Day,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let (key, one, labels): (_, _, &[&str]) = match kind {
        Kind::Shop => ("shop", urls::SHOP, &["licence", "licence_ends", "phone"]),
        Kind::Plan => ("plan", urls::PLAN, &["stamps", "from", "to", "products", "used"]),
        Kind::Authority => ("authority", urls::AUTHORITY, &["level", "from", "to"]),
    };
    let label = |label: &&str| words.say(&format!("records.{label}"));
    let form = if id.is_some() { "change" } else { "add" };
    render(&RecordsPage {
        action: id.map_or_else(|| path(kind).to_owned(), |id| urls::of(one, id)),
        is_one: id.is_some(),
        headings: std::iter::once(&"name").chain(labels).map(label).collect(),
        rows: kept.iter().map(|it| row(words, one, it, today)).collect(),
        fields: fields(words, kind, typed),
        form_title: words.say(&format!("records.{key}.{form}")),
        problem,
        frame,
    })
}

fn row(words: Words, one: &str, kept: &Kept, today: Day) -> Row {
    let day = |day: Option<Day>| day.map(|day| words.date(day)).unwrap_or_default();
    let count = |count| words.number(count);
    let (name, cells, is_open) = match &kept.record {
        Record::Shop(shop) => {
            let phone = shop.phone.clone().unwrap_or_default();
            let cells = vec![shop.licence(), day(shop.licence_ends_on), phone];
            (shop.name.clone(), cells, shop.may_print(today).is_ok())
        }
        Record::Plan(plan) => {
            let (products, used) = kept.used;
            let stamps = count(plan.stamps_per_product.into());
            let (from, to) = (day(Some(plan.active_from)), day(plan.active_to));
            let is_open = plan.active_from <= today && plan.active_to.is_none_or(|to| today <= to);
            (plan.code.clone(), vec![stamps, from, to, count(products), count(used)], is_open)
        }
        Record::Authority(authority) => {
            let (from, to) = (day(authority.active_from), day(authority.active_to));
            let cells = vec![level(words, authority.level).into_owned(), from, to];
            (authority.name.clone(), cells, authority.in_office(today))
        }
    };
    let (class, key) = if is_open { ("fine", "open") } else { ("calm", "closed") };
    let state = State { class, label: words.say(&format!("records.{key}")) };
    Row { href: urls::of(one, kept.id), name, cells, state }
}

fn fields(words: Words, kind: Kind, typed: &Typed) -> Vec<FormField<'_>> {
    let field = |name, key: &str, kind, value, is_required| FormField {
        name,
        label: words.say(&format!("records.{key}")),
        kind,
        value,
        is_required,
        choices: Vec::new(),
    };
    let choice = |value: &str, label, is_chosen| Choice { value: value.into(), label, is_chosen };
    let name = field("ten", "name", "text", &typed.name, true);
    let (from, to) = (&*typed.from, &*typed.to);
    match kind {
        Kind::Shop => {
            let yes = choice("1", words.say("records.active"), typed.is_active);
            let no = choice("0", words.say("records.inactive"), !typed.is_active);
            let active = field("dang_dung", "state", "select", "", true);
            vec![
                name,
                field("giay_phep", "licence", "text", &typed.licence, true),
                field("co_quan_cap", "licence_issuer", "text", &typed.licence_issuer, false),
                field("den_ngay", "licence_ends", "date", to, false),
                field("dia_chi", "address", "text", &typed.address, false),
                field("dien_thoai", "phone", "tel", &typed.phone, false),
                FormField { choices: vec![yes, no], ..active },
            ]
        }
        Kind::Plan => vec![
            name,
            field("so_tem", "stamps", "text", &typed.stamps, true),
            field("tu_ngay", "from", "date", from, true),
            field("den_ngay", "to", "date", to, false),
        ],
        Kind::Authority => {
            let levels = AuthorityLevel::ALL.into_iter();
            let levels =
                levels.map(|it| choice(it.key(), level(words, it), typed.level == it.key()));
            let select = field("cap", "level", "select", "", true);
            vec![
                name,
                FormField { choices: levels.collect(), ..select },
                field("tu_ngay", "from", "date", from, false),
                field("den_ngay", "to", "date", to, false),
            ]
        }
    }
}

fn level(words: Words, level: AuthorityLevel) -> Cow<'static, str> {
    words.say(&format!("records.levels.{}", level.key()))
}
