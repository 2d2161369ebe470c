//! Orders.

use std::borrow::Cow;

use askama::Template;

use super::list::{self, Cell, Choice, Column, Field, Shown};
use super::papers::{Make, Papers};
use super::progress::{self, Stage};
use super::{Frame, Line, State, lines, moment, wording};
use crate::code::text;
use crate::desk::orders::{OrderFile, Orderable};
use crate::desk::proofs::{DesignProof, OrderProofs};
use crate::domain::calendar::Day;
use crate::domain::ids::OrderId;
use crate::domain::order::{NewOrder, OrderMove, OrderState};
use crate::domain::quota::{Funding, FundingPlan};
use crate::domain::role::Right;
use crate::store::listing::Sort;
use crate::store::order_list::{ListedOrder, OrderColumn, OrderFilter};
use crate::web::desk::Actor;
use crate::web::handlers::desk::proofs::{Kind, address};
use crate::web::urls;
use crate::web::views::pages::render;
use crate::web::words::Words;

/// A form for an order, as it was filled in.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Typed {
    pub(in crate::web) product: String,
    pub(in crate::web) quantity: String,
    pub(in crate::web) funding: String,
    pub(in crate::web) wanted_on: String,
    pub(in crate::web) request_key: String,
}

/// The funding that is no plan, as the form says it.
const SELF_PAID: &str = "tu-chi";

impl Typed {
    /// As what an order asks for would be filled in.
    pub(in crate::web) fn of(request: &NewOrder) -> Self {
        Self {
            product: request.product.to_string(),
            quantity: request.quantity.get().to_string(),
            funding: match request.funding {
                Funding::Plan(plan) => plan.to_string(),
                Funding::SelfPaid => SELF_PAID.to_owned(),
            },
            wanted_on: request.wanted_on.map(|day| day.to_string()).unwrap_or_default(),
            request_key: String::new(),
        }
    }
}

/// An order on a list.
pub(in crate::web) struct OrderLine {
    pub(in crate::web) href: String,
    pub(in crate::web) number: String,
    pub(in crate::web) product: String,
    pub(in crate::web) producer: String,
    /// Where its producer is.
    pub(in crate::web) producer_href: String,
    pub(in crate::web) quantity: String,
    pub(in crate::web) placed: String,
    pub(in crate::web) state: State,
}

#[derive(Template)]
#[template(path = "desk/order.html")]
struct OrderPage {
    frame: Frame,
    order: OrderLine,
    funding: String,
    wanted_on: Option<String>,
    /// When the stamps can be expected, until they are there.
    expected: Option<String>,
    /// How far it has come.
    progress: Vec<Stage>,
    /// Where it can be changed, if it can.
    edit: Option<String>,
    /// Its batch, and where that is.
    batch: Option<(String, String)>,
    obstacle: Option<String>,
    problem: Option<String>,
    acts: Vec<Act>,
    /// How much of it is shown.
    version: i64,
    /// What its stamps will look like.
    proof: Option<ProofView>,
    papers: Papers,
    history: Vec<Line>,
}

/// What the stamps of an order will look like.
struct ProofView {
    /// A picture of a stamp, the same large, and the design it has; none where no design can carry
    /// its texts.
    picture: Option<(String, String, String)>,
    designs: Vec<DesignView>,
    /// Whether sheets may be printed with the designs.
    is_approved: bool,
}

/// A design, with what it shows.
struct DesignView {
    name: String,
    is_shown: bool,
    why_not: Option<String>,
    /// Where a stamp is, by the kind of file.
    files: Vec<(&'static str, String)>,
}

/// Something that can be done with an order.
struct Act {
    href: String,
    label: Cow<'static, str>,
    hint: Cow<'static, str>,
    /// Whether it needs a reason.
    with_reason: bool,
    /// Whether it is what one would mostly do.
    is_main: bool,
}

#[derive(Template)]
#[template(path = "desk/order_form.html")]
struct OrderFormPage<'a> {
    frame: Frame,
    /// Where it is sent.
    action: String,
    /// The first day that stamps can be wanted by, as a browser writes it.
    today: String,
    products: Vec<ProductChoice>,
    /// Products that can have no stamps, each with why.
    barred: Vec<(String, String)>,
    plans: Vec<PlanChoice>,
    self_paid: bool,
    typed: &'a Typed,
    problem: Option<String>,
}

struct ProductChoice {
    id: String,
    label: String,
    is_chosen: bool,
}

struct PlanChoice {
    id: String,
    label: String,
    is_chosen: bool,
}

impl OrderLine {
    pub(in crate::web) fn new(words: Words, listed: &ListedOrder) -> Self {
        let order = &listed.order;
        Self {
            href: urls::of(urls::ORDER, order.id.0),
            number: order.id.to_string(),
            product: listed.product_name.clone(),
            producer: listed.producer_name.clone(),
            producer_href: urls::of(urls::PRODUCER, listed.producer.0),
            quantity: words.number(order.request.quantity.get().into()),
            placed: moment(words, order.created_at),
            state: state(words, order.state),
        }
    }
}

fn state(words: Words, state: OrderState) -> State {
    let class = match state {
        OrderState::Draft | OrderState::Cancelled => "calm",
        OrderState::Submitted | OrderState::UnderReview => "busy",
        OrderState::ChangesRequested => "warn",
        OrderState::Approved | OrderState::Issued => "fine",
        OrderState::Rejected => "bad",
    };
    State { class, label: words.say(&format!("order.state.{}", state.key())) }
}

impl Shown for OrderFilter {
    const NAME: &'static str = "orders";
    const FIRST: Sort<OrderColumn> = Sort { column: OrderColumn::Number, is_descending: true };
    const COLUMNS: &'static [Column<OrderColumn>] = &[
        Column { name: "so", label: "order.number", by: Some(OrderColumn::Number) },
        Column { name: "san-pham", label: "order.product", by: Some(OrderColumn::Product) },
        Column { name: "chu-the", label: "parcel.producer", by: Some(OrderColumn::Producer) },
        Column { name: "so-tem", label: "order.quantity", by: Some(OrderColumn::Quantity) },
        Column { name: "", label: "order.placed", by: None },
        Column { name: "", label: "orders.state", by: None },
    ];

    fn fields(&self, words: Words) -> Vec<Field> {
        let choice = |it: OrderState| Choice {
            value: it.key().to_owned(),
            label: words.say(&format!("order.state.{}", it.key())),
            is_chosen: self.state == Some(it),
        };
        let states = OrderState::ALL.into_iter().map(choice);
        let mut fields = vec![
            Field::words(words, "orders.find", &self.words),
            Field::choice(words, "trang_thai", "orders.state", "orders.any_state", states),
        ];
        fields.extend(Field::producer(words, self.producer));
        fields
    }

    fn line(words: Words, _today: Day, listed: &ListedOrder) -> list::Line {
        let order = &listed.order;
        list::Line {
            href: urls::of(urls::ORDER, order.id.0),
            id: order.id.to_string(),
            cells: vec![
                Cell::Text(order.id.to_string()),
                Cell::Link(listed.product_name.clone()),
                Cell::producer(&listed.producer_name, listed.producer),
                Cell::Number(order.request.quantity.get().into()),
                Cell::Moment(order.created_at),
                Cell::State(state(words, order.state)),
            ],
            acts: Vec::new(),
        }
    }
}

/// One order.
pub(in crate::web) fn page(
    frame: Frame,
    actor: &Actor,
    (file, proofs): (&OrderFile, &OrderProofs),
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let listed = &file.listed;
    let progress = progress::stages(words, file);
    let is_editable = listed.order.state.is_editable() && actor.may(Right::PlaceOrders);
    render(&OrderPage {
        order: OrderLine::new(words, listed),
        funding: funding(words, listed.order.request.funding, file.plan.as_ref()),
        wanted_on: listed.order.request.wanted_on.map(|day| words.date(day)),
        expected: progress.last().filter(|last| !last.is_reached).map(|_| expected(words, file)),
        progress,
        edit: is_editable.then(|| urls::of(urls::EDIT_ORDER, listed.order.id.0)),
        batch: listed
            .batch
            .map(|batch| (text::batch(batch), urls::of(urls::BATCH, batch.get().into()))),
        obstacle: file.obstacle.as_ref().map(|why| wording::ineligible(words, why)),
        problem,
        acts: acts(words, actor, listed),
        version: file.version(),
        proof: (!proofs.designs.is_empty()).then(|| proof(words, listed.order.id, proofs)),
        papers: papers(words, actor, file),
        history: lines(words, &file.history),
        frame,
    })
}

fn proof(words: Words, order: OrderId, proofs: &OrderProofs) -> ProofView {
    let path = |design: &str, kind| address(urls::ORDER_PROOF, order, design, kind);
    let shown = proofs.first();
    let is_shown =
        |it: &DesignProof| shown.is_some_and(|shown| shown.design.name == it.design.name);
    let design = |it: &DesignProof| DesignView {
        name: it.design.name.clone(),
        is_shown: is_shown(it),
        why_not: it.why_not.as_ref().map(|why| wording::misfit(words, why)),
        files: Kind::ALL
            .into_iter()
            .map(|kind| (kind.name(), path(&it.design.name, kind)))
            .collect(),
    };
    ProofView {
        picture: shown
            .filter(|it| it.is_drawn())
            .map(|it| &it.design.name)
            .map(|it| (path(it, Kind::Light), path(it, Kind::Png), it.clone())),
        designs: proofs.designs.iter().map(design).collect(),
        is_approved: proofs.designs.iter().any(|it| it.is_approved),
    }
}

/// The day by which the print shop is to deliver; before one has the batch, what the order asks for.
fn expected(words: Words, file: &OrderFile) -> String {
    let due_on = file.job.as_ref().and_then(|job| job.wanted_on);
    match (due_on, file.listed.order.request.wanted_on) {
        (Some(day), _) => words.date(day),
        (None, Some(day)) => words.fill("order.expected_as_wanted", [("date", &words.date(day))]),
        (None, None) => words.say("order.expected_later").into_owned(),
    }
}

/// Who did what with an order last, and when: for whoever comes too late.
pub(in crate::web) fn latest(words: Words, file: &OrderFile) -> Option<String> {
    let line = lines(words, &file.history).into_iter().next()?;
    let places = [("who", &*line.who), ("what", &*line.what), ("when", &*line.when)];
    Some(words.fill("order.problem.latest", places))
}

fn papers(words: Words, actor: &Actor, file: &OrderFile) -> Papers {
    let order = file.listed.order.id.0;
    let slip = Make {
        href: urls::of(urls::ORDER_PAPERS, order),
        label: words.say("official.make.order_slip").into_owned(),
        about: None,
    };
    let pattern = urls::of(urls::ORDER_PAPER, order);
    let makes = if actor.may(Right::MakePapers) { vec![slip] } else { Vec::new() };
    Papers::new(words, &pattern, &file.papers, makes)
}

/// The form for an order: one that is there, or one to be made.
pub(in crate::web) fn form(
    frame: Frame,
    products: &[Orderable],
    (id, typed): (Option<OrderId>, &Typed),
    today: Day,
    problem: Option<String>,
) -> askama::Result<String> {
    let words = frame.words;
    let open = products.iter().filter(|it| it.obstacle.is_none());
    let choice = |it: &Orderable| {
        let id = it.product.id.to_string();
        let stars = it.recognition.as_ref().map_or(0, |it| it.paper.stars.get());
        let places = [("name", &*it.product.details.name), ("stars", &*stars.to_string())];
        let label = words.fill("order.product_choice", places);
        ProductChoice { is_chosen: typed.product == id, id, label }
    };
    let barred = products.iter().filter_map(|it| {
        let why = wording::ineligible(words, it.obstacle.as_ref()?);
        Some((it.product.details.name.clone(), why))
    });
    render(&OrderFormPage {
        action: id.map_or(urls::NEW_ORDER.to_owned(), |id| urls::of(urls::EDIT_ORDER, id.0)),
        today: today.to_string(),
        products: open.map(choice).collect(),
        barred: barred.collect(),
        plans: plan_choices(words, products, typed),
        self_paid: typed.funding == SELF_PAID,
        typed,
        problem,
        frame,
    })
}

/// The open plans, each with what it still pays for, product by product.
fn plan_choices(words: Words, products: &[Orderable], typed: &Typed) -> Vec<PlanChoice> {
    let open = products.iter().filter(|it| it.obstacle.is_none());
    let Some(first) = open.clone().next() else { return Vec::new() };
    let left = |id| {
        open.clone()
            .filter_map(|it| it.plans.iter().find(|(plan, _)| plan.id == id).map(|(_, left)| *left))
            .max()
            .unwrap_or_default()
    };
    let choice = |(plan, _): &(FundingPlan, u32)| {
        let id = plan.id.to_string();
        let places = [("plan", &*plan.code), ("left", &*words.number(left(plan.id).into()))];
        let label = words.fill("order.plan_choice", places);
        PlanChoice { is_chosen: typed.funding == id || typed.funding.is_empty(), id, label }
    };
    first.plans.iter().map(choice).collect()
}

fn funding(words: Words, funding: Funding, plan: Option<&FundingPlan>) -> String {
    match (funding, plan) {
        (Funding::Plan(_), Some(plan)) => words.fill("order.funded", [("plan", &plan.code)]),
        _ => words.say("order.self_paid").into_owned(),
    }
}

/// What this person can do with the order as it stands.
fn acts(words: Words, actor: &Actor, listed: &ListedOrder) -> Vec<Act> {
    let all = [
        (OrderMove::Submit, Right::PlaceOrders, urls::SUBMIT_ORDER, false, true),
        (OrderMove::TakeUp, Right::CheckOrders, urls::TAKE_ORDER_UP, false, true),
        (OrderMove::Approve, Right::ApproveOrders, urls::APPROVE_ORDER, false, true),
        (OrderMove::Issue, Right::ApproveOrders, urls::ISSUE_ORDER, false, true),
        (OrderMove::RequestChanges, Right::CheckOrders, urls::RETURN_ORDER, true, false),
        (OrderMove::Reject, Right::ApproveOrders, urls::REJECT_ORDER, true, false),
        (OrderMove::Cancel, Right::PlaceOrders, urls::CANCEL_ORDER, true, false),
    ];
    let state = listed.order.state;
    // Nobody else has read a draft: nobody needs to know why it goes.
    let is_draft = state == OrderState::Draft;
    let name = |step: OrderMove| match step {
        OrderMove::Cancel if is_draft => "discard",
        step => step.key(),
    };
    let leads_on = |step| state.after(step).is_ok_and(|after| after != state);
    let possible = all.into_iter().filter(|(step, right, ..)| actor.may(*right) && leads_on(*step));
    let act = |(step, _, href, with_reason, is_main): (OrderMove, Right, &str, bool, bool)| Act {
        href: urls::of(href, listed.order.id.0),
        label: words.say(&format!("order.do.{}", name(step))),
        hint: words.say(&format!("order.hint.{}", name(step))),
        with_reason: with_reason && !is_draft,
        is_main,
    };
    possible.map(act).collect()
}
