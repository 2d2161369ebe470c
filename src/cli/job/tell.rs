//! Print jobs in words and as JSON.

use serde_json::{Value, json};

use crate::code::text;
use crate::delivery::JobFile;
use crate::domain::act::Done;
use crate::domain::calendar::vietnam_day;
use crate::domain::print_job::{Download, HandOver, PrintJob};
use crate::vietnamese::{self, number};

pub(super) fn job_facts(job: &PrintJob) -> Value {
    let printed = job.printed.as_ref().map(|report| {
        json!({ "done": done(&report.done), "stated": report.stated, "found": report.found })
    });
    let closed = job.closed.as_ref();
    let closed = closed.map(|it| json!({ "done": done(&it.done), "signed_off": it.signed_off }));
    json!({
        "batch": text::batch(job.batch),
        "shop": job.shop.0,
        "state": job.state.key(),
        "wanted_on": job.wanted_on,
        "assigned": done(&job.assigned),
        "printed": printed,
        "closed": closed,
    })
}

pub(super) fn job_line(job: &PrintJob) {
    let wanted = job.wanted_on.map(vietnamese::date);
    let wanted = wanted.map(|day| format!(", wanted by {day}")).unwrap_or_default();
    let (batch, shop, state) = (text::batch(job.batch), job.shop, job.state.key());
    println!("batch {batch}: {state}, at print shop {shop}{wanted}");
}

pub(super) fn facts(file: &JobFile) -> Value {
    let mut facts = job_facts(&file.job);
    let more = json!({
        "shop_name": file.shop.details.name,
        "downloads": file.downloads.iter().map(download).collect::<Vec<_>>(),
        "hand_overs": file.hand_overs.iter().map(hand_over).collect::<Vec<_>>(),
    });
    if let (Value::Object(facts), Value::Object(more)) = (&mut facts, more) {
        facts.extend(more);
    }
    facts
}

pub(super) fn lines(file: &JobFile) {
    job_line(&file.job);
    println!("  shop {}: {}", file.shop.id, file.shop.details.name);
    if let Some(report) = &file.job.printed {
        let (stated, found) = (number(report.stated), number(report.found));
        println!("  printed: {stated} by the shop's count, {found} by the register");
    }
    for one in &file.hand_overs {
        let (day, stated) = (vietnamese::date(one.handed_on), number(one.stated));
        let received = one.receipt.as_ref().map_or_else(
            || "not received yet".to_owned(),
            |receipt| format!("{} received", number(receipt.stamps)),
        );
        println!("  minutes {} of {day}: {stated} stamps, {received}", one.minutes);
    }
    for entry in &file.history {
        let day = vietnamese::date(vietnam_day(entry.at));
        println!("  {day}  {}: {entry}", entry.actor);
    }
}

fn download((download, by): &(Download, Done)) -> Value {
    json!({ "file": download.file, "sheets": download.sheets, "done": done(by) })
}

fn hand_over(one: &HandOver) -> Value {
    let receipt = one.receipt.as_ref().map(|receipt| {
        json!({ "done": done(&receipt.done), "stamps": receipt.stamps, "reason": receipt.reason })
    });
    json!({
        "minutes": one.minutes,
        "handed_on": one.handed_on,
        "stated": one.stated,
        "moved": one.moved,
        "done": done(&one.done),
        "receipt": receipt,
    })
}

fn done(done: &Done) -> Value {
    json!({ "by": done.by, "at": done.at.to_rfc3339() })
}
