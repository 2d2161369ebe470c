//! From issued codes to a closed account, by commands alone.

use std::path::Path;

use crate::commands::{approve_design, office};
use crate::program::{Answer, folder, ocop, ocop_with};

const SHOP: &str = "in-mau";
const PRODUCER: &str = "htx-mau";

/// A batch of 44 stamps on two sheets, assigned to shop 1.
fn assigned(folder: &Path) {
    office(folder);
    approve_design(folder);
    let shop = ["shop", "add", "In Mẫu", "--licence", "12/GP-IN", "--licence-ends", "31/12/2099"];
    assert_eq!(ocop_with(folder, &shop).code, 0);
    assert_eq!(ocop_with(folder, &shop).code, 0, "entered again, nothing changes");
    for line in [
        "order place --product 1 --stamps 44 --self-paid --by htx-mau",
        "order submit 1 --by htx-mau",
        "order approve 1 --by duyet",
        "issue 1",
        "sheet 0001 --out prints",
        "job assign 0001 --shop 1",
    ] {
        let done = ocop(folder, line);
        assert_eq!(done.code, 0, "{line}: {}", done.err);
    }
}

fn by(folder: &Path, who: &str, line: &str) -> Answer {
    ocop(folder, &format!("--json {line} --by {who}"))
}

#[test]
fn a_batch_goes_to_the_shop_and_to_the_producer_and_its_account_is_closed() {
    let folder = folder();
    let folder = folder.path();
    assigned(folder);
    let printed = "job printed 0001 --spoiled-sheet 2 --reason rách";
    let job = by(folder, SHOP, printed).json();
    assert_eq!((&job["state"], &job["printed"]["stated"]), (&"printed".into(), &42.into()));
    let again = by(folder, SHOP, printed).json();
    assert_eq!(again["history"], job["history"], "repeating changes nothing");
    assert_eq!((&again["printed"], &again["state"]), (&job["printed"], &job["state"]));
    let told = |job: &serde_json::Value, at: usize| {
        ["moved", "already", "left"].map(|what| job["outcome"][at][what].as_u64().unwrap())
    };
    assert_eq!((told(&job, 0), told(&job, 1)), ([2, 0, 0], [42, 0, 2]));
    assert_eq!((told(&again, 0), told(&again, 1)), ([0, 2, 0], [0, 42, 2]));
    let open = ocop(folder, "--json reconcile --batch 0001");
    assert_eq!(open.code, 3, "42 are in print");

    let hand_over = "job hand-over 0001 --all --minutes 1/BBBG";
    assert_eq!(by(folder, SHOP, hand_over).json()["hand_overs"][0]["moved"], 42);
    let receive = "job receive 0001 --minutes 1/BBBG --count";
    assert_eq!(by(folder, SHOP, &format!("{receive} 42")).code, 3, "not by who handed over");
    assert_eq!(by(folder, PRODUCER, &format!("{receive} 41")).code, 3, "a reason is missing");
    let short = by(folder, PRODUCER, &format!("{receive} 41 --reason thiếu")).json();
    assert_eq!(short["state"], "received");
    let activate = "stamp activate --batch 0001 --sheet 1 --lot L1";
    assert_eq!(by(folder, PRODUCER, activate).json()["moved"], 42);

    let unbalanced = by(folder, "duyet", "job close 0001");
    assert_eq!(unbalanced.code, 3);
    assert!(unbalanced.out.contains("state 42, 41 were received"), "{}", unbalanced.out);
    assert_eq!(by(folder, PRODUCER, "job close 0001 --sign-off đã-rõ").code, 3);
    let closed = by(folder, "duyet", "job close 0001 --sign-off đã-rõ").json();
    assert_eq!(closed["state"], "closed");
    let settled = ocop(folder, "--json reconcile --batch 0001").json();
    assert_eq!(settled["settled"], true, "somebody answers for the difference");
    assert_eq!(settled["batches"][0]["differences"][0]["kind"], "received");
    let listed = ocop(folder, "--json job list --shop 1 --state closed").json();
    assert_eq!(listed["jobs"][0]["batch"], "0001");
    let shown = ocop(folder, "job show 0001");
    assert!(shown.out.contains("job.hand_over"), "{}", shown.out);
}

#[test]
fn spoiled_stamps_are_ordered_anew_and_reconciled_with_what_they_replace() {
    let folder = folder();
    let folder = folder.path();
    assigned(folder);
    by(folder, SHOP, "job printed 0001 --spoiled-sheet 2 --reason rách").json();
    let order = by(folder, SHOP, "job reprint 0001 --all --reason rách --key k").json();
    assert_eq!((&order["stamps"], &order["state"]), (&2.into(), &"submitted".into()));
    assert_eq!(order["replaces"], "0001");
    assert_eq!(by(folder, SHOP, "job reprint 0001 --all --reason rách --key k").json(), order);
    assert_eq!(by(folder, SHOP, "job reprint 0001 --all --reason rách").code, 3, "none are left");
    assert_eq!(by(folder, SHOP, "order approve 2").code, 3, "who asked does not approve");
    by(folder, "duyet", "order approve 2").json();
    by(folder, "duyet", "issue 2").json();
    let job = ocop(folder, "--json job show 0002").json();
    assert_eq!((&job["shop"], &job["state"]), (&1.into(), &"assigned".into()));

    let told = ocop(folder, "--json reconcile --batch 0001");
    assert_eq!(told.code, 3);
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(told["batches"][1]["replaces"], "0001");
    assert_eq!((&told["total"]["issued"], &told["total"]["balanced"]), (&46.into(), &true.into()));
    let runs = &told["batches"][0]["runs"];
    assert_eq!((&runs[0]["state"], &runs[0]["stamps"]), (&"printed".into(), &42.into()));
    assert_eq!((&runs[1]["state"], &runs[1]["stamps"]), (&"spoiled".into(), &2.into()));
    let sums = ocop(folder, "--json reconcile --shop 1 --from 01/01/2020").json();
    assert_eq!(sums["total"]["issued"], 46);
    assert_eq!(sums["sums"][0]["shop_name"], "In Mẫu");
    let words = ocop(folder, "reconcile");
    assert!(words.out.contains("46 issued = 44 in print + 2 spoiled"), "{}", words.out);
}

#[test]
fn a_shop_whose_licence_has_ended_gets_no_work() {
    let folder = folder();
    let folder = folder.path();
    assigned(folder);
    assert_eq!(ocop(folder, "shop update 1 --licence-ends 01/01/2020").code, 0);
    let listed = ocop(folder, "--json shop list").json();
    assert_eq!(listed["shops"][0]["may_print"], false);
    let refused = ocop(folder, "job assign 0001 --shop 1 --wanted-on 31/12/2026");
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("ended on 2020-01-01"), "{}", refused.err);
    assert_eq!(ocop(folder, "shop update 7 --phone 024").code, 3);
    assert_eq!(ocop(folder, "job show 0009").code, 3);
}
