//! What the register knows for each kind of paper.

use super::PaperworkError;
use crate::accounting::reconcile::{self, Difference};
use crate::code::text;
use crate::domain::audit::MovedRun;
use crate::domain::calendar::{Day, vietnam_day};
use crate::domain::ids::{DestructionId, HandOverId, InspectionId, OrderId};
use crate::domain::paper::OFFICE;
use crate::domain::quota::Funding;
use crate::domain::recognition::governing;
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::StampRun;
use crate::papers::destruction::DestructionMinutes;
use crate::papers::hand_over::{HandOverMinutes, Received, Side};
use crate::papers::inspection::{Found, InspectionMinutes};
use crate::papers::official::Document;
use crate::papers::order_slip::OrderSlip;
use crate::papers::reconciliation::{Account, Run, Statement};
use crate::store::{
    AnyConnection, Store, audit, batches, destructions, hand_overs, inspections, orders, plans,
    print_jobs, print_shops, products, recognitions,
};
use crate::vietnamese;

use PaperworkError::NoSubject;

pub(super) fn order_slip(
    register: &mut AnyConnection,
    id: OrderId,
) -> Result<Document, PaperworkError> {
    let order = orders::get(register, id)?.ok_or(NoSubject)?;
    let (product, producer) = products::get(register, order.request.product)?.ok_or(NoSubject)?;
    let placed_on = vietnam_day(order.created_at);
    let all = recognitions::of_product(register, product.id)?;
    let paper = governing(&all, placed_on).map(|it| (&it.paper, it.ends_on(placed_on)));
    let plan = match order.request.funding {
        Funding::Plan(plan) => plans::get(register, plan)?,
        Funding::SelfPaid => None,
    };
    let slip = OrderSlip {
        office: OFFICE,
        order: id.0,
        placed_on,
        producer_name: &producer.details.name,
        tax_code: producer.details.tax_code.as_deref(),
        address: producer.details.address.as_deref(),
        product_name: &product.details.name,
        recognition: paper.map(|(paper, ends_on)| {
            (paper.stars.get(), &*paper.decision_number, paper.signed_on, ends_on)
        }),
        stamps: order.request.quantity.get().into(),
        plan: plan.as_ref().map(|plan| &*plan.code),
        wanted_on: order.request.wanted_on,
    };
    Ok(slip.document())
}

pub(super) fn hand_over(
    register: &mut AnyConnection,
    number: BatchNumber,
    id: HandOverId,
) -> Result<Document, PaperworkError> {
    let all = hand_overs::of_batch(register, number)?;
    let one = all.into_iter().find(|one| one.id == id).ok_or(NoSubject)?;
    let batch = batches::get(register, number)?.ok_or(NoSubject)?;
    let job = print_jobs::get(register, number)?.ok_or(NoSubject)?;
    let shop = print_shops::get(register, job.shop)?.ok_or(NoSubject)?.details;
    let (_, producer) = products::get(register, batch.intent.product)?.ok_or(NoSubject)?;
    let tax_code = producer.details.tax_code.as_deref();
    let runs = audit::handed_over(register, number, &one.minutes)?;
    let serials: Vec<String> = runs.iter().map(run_in_words).collect();
    let received = one.receipt.as_ref().map(|receipt| Received {
        stamps: receipt.stamps,
        on: vietnam_day(receipt.done.at),
        reason: receipt.reason.as_deref(),
    });
    let minutes = HandOverMinutes {
        giver: Side {
            name: &shop.name,
            address: shop.address.as_deref(),
            known_by: Some(("Giấy phép hoạt động in", &shop.licence_number)),
        },
        receiver: Side {
            name: &batch.intent.face.producer_name,
            address: producer.details.address.as_deref(),
            known_by: tax_code.map(|code| ("Mã số thuế", code)),
        },
        minutes: &one.minutes,
        handed_on: one.handed_on,
        batch: &text::batch(number),
        serials: &serials,
        product_name: &batch.intent.face.product_name,
        stated: one.stated,
        moved: one.moved,
        received,
    };
    Ok(minutes.document())
}

/// A run of stamps as minutes name it.
fn run_in_words(run: &MovedRun) -> String {
    let (first, last) = (text::serial_grouped(run.first), text::serial_grouped(run.last));
    let stamps = vietnamese::number(run.stamps);
    match (run.is_exact, first == last) {
        (true, true) => first,
        (true, false) => format!("từ {first} đến {last} ({stamps} tem)"),
        (false, _) => format!("{stamps} tem trong khoảng từ {first} đến {last}"),
    }
}

pub(super) fn reconciliation(
    store: &Store,
    number: BatchNumber,
    today: Day,
) -> Result<Document, PaperworkError> {
    let found = reconcile::batch(store, number)?;
    let is_settled = found.is_settled();
    let job = found.batches.first().and_then(|(account, ..)| account.job.clone());
    let (face, shop) = store.read(|register| {
        let batch = batches::get(register, number)?.ok_or(NoSubject)?;
        let shop = match &job {
            Some(job) => print_shops::get(register, job.shop)?,
            None => None,
        };
        Ok::<_, PaperworkError>((batch.intent.face, shop))
    })?;
    let closed = job.as_ref().and_then(|job| job.closed.as_ref());
    let accounts: Vec<Account> = found.batches.into_iter().map(account).collect();
    let statement = Statement {
        office: OFFICE,
        day: closed.map_or(today, |closed| vietnam_day(closed.done.at)),
        product_name: &face.product_name,
        producer_name: &face.producer_name,
        shop_name: shop.as_ref().map(|shop| &*shop.details.name),
        accounts: &accounts,
        is_settled,
    };
    Ok(statement.document())
}

pub(super) fn destruction(
    register: &mut AnyConnection,
    number: BatchNumber,
    id: DestructionId,
) -> Result<Document, PaperworkError> {
    let all = destructions::of_batch(register, number)?;
    // Minutes are made of what two people stand for.
    let one = all.into_iter().find(|one| one.id == id && one.is_confirmed()).ok_or(NoSubject)?;
    let decided = one.decided.as_ref().map(|(done, _)| (&*one.done.by, &*done.by));
    let face = batches::get(register, number)?.ok_or(NoSubject)?.intent.face;
    let runs: Vec<Run> = one.runs.iter().map(run).collect();
    let minutes = DestructionMinutes {
        office: OFFICE,
        minutes: &one.minutes.number,
        destroyed_on: one.minutes.destroyed_on,
        place: &one.minutes.place,
        witnesses: &one.minutes.witnesses,
        reason: &one.minutes.reason,
        batch: &text::batch(number),
        product_name: &face.product_name,
        producer_name: &face.producer_name,
        runs: &runs,
        people: decided,
    };
    Ok(minutes.document())
}

pub(super) fn inspection(
    register: &mut AnyConnection,
    id: InspectionId,
) -> Result<Document, PaperworkError> {
    let one = inspections::get(register, id)?.ok_or(NoSubject)?;
    let found = one.details.findings.iter().map(|finding| {
        let batch = batches::get(register, finding.first.batch())?.ok_or(NoSubject)?;
        let (first, last) =
            (text::serial_grouped(finding.first), text::serial_grouped(finding.last));
        Ok(Found {
            serials: if first == last { first } else { format!("{first} đến {last}") },
            product_name: batch.intent.face.product_name,
            kind: finding.kind,
            note: finding.note.clone(),
        })
    });
    let found = found.collect::<Result<Vec<_>, PaperworkError>>()?;
    let minutes = InspectionMinutes { office: OFFICE, details: &one.details, found: &found };
    Ok(minutes.document())
}

fn run(run: &StampRun) -> Run {
    Run {
        first: text::serial_grouped(run.first),
        last: text::serial_grouped(run.last),
        state: run.state,
        handed_over: run.handed_over,
        stamps: run.stamps,
    }
}

fn account((account, runs, has_more): (reconcile::BatchAccount, Vec<StampRun>, bool)) -> Account {
    let closed = account.job.as_ref().and_then(|job| job.closed.as_ref());
    Account {
        batch: text::batch(account.batch),
        replaces: account.replaces.map(text::batch),
        signed_off: closed.and_then(|closed| closed.signed_off.clone()),
        differences: account.differences.iter().map(in_words).collect(),
        tally: account.tally,
        runs: runs.iter().map(run).collect(),
        has_more,
    }
}

/// A difference in the words of the office.
fn in_words(difference: &Difference) -> String {
    let (one, other) = difference.numbers().unwrap_or_default();
    let (one, other) = (vietnamese::number(one), vietnamese::number(other));
    match difference {
        Difference::Issued { .. } => format!("Đơn đề nghị {one} tem, đã cấp {other} mã."),
        Difference::NeverHandedOver { .. } => {
            format!("{other} tem đang dùng mà chưa từng được bàn giao.")
        }
        Difference::Counts => "Số tổng hợp không khớp chi tiết từng tem.".into(),
        Difference::Printed { .. } => {
            format!("Cơ sở in báo in {one} tem, hệ thống có {other} tem đã in.")
        }
        Difference::Minutes { minutes, .. } => {
            format!("Biên bản {minutes} ghi {one} tem, hệ thống chuyển {other} tem.")
        }
        Difference::WithoutMinutes { .. } => {
            format!("Theo các biên bản là {one} tem, thực tế đã bàn giao {other} tem.")
        }
        Difference::Received { minutes, reason, .. } => {
            let reason = reason.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
            format!("Biên bản {minutes} ghi {one} tem, chủ thể nhận {other} tem{reason}.")
        }
    }
}
