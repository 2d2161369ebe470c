//! *Bảng đối soát, quyết toán tem*: what was issued against what became of it, with both equations
//! and the runs of serials behind them.

use super::official::{Block, Document, Signature};
use super::table::{Column, Table};
use crate::domain::calendar::Day;
use crate::domain::stamp::StampState;
use crate::domain::tally::Tally;
use crate::vietnamese;

/// A run of stamps that stand in the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First serial, as printed.
    pub first: String,
    /// Last serial, as printed.
    pub last: String,
    /// Where they stand.
    pub state: StampState,
    /// Whether they were handed over before.
    pub handed_over: bool,
    /// How many.
    pub stamps: u64,
}

/// The account of a batch.
#[derive(Clone, Debug)]
pub struct Account {
    /// The batch.
    pub batch: String,
    /// The batch whose spoiled stamps it replaces.
    pub replaces: Option<String>,
    /// Where its stamps stand.
    pub tally: Tally,
    /// What does not agree, in words.
    pub differences: Vec<String>,
    /// Why a difference was accepted.
    pub signed_off: Option<String>,
    /// Its stamps in runs.
    pub runs: Vec<Run>,
    /// Whether there are more runs than are listed.
    pub has_more: bool,
}

/// What the statement says.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// Who settles.
    pub office: &'a str,
    /// The day it bears.
    pub day: Day,
    /// The product.
    pub product_name: &'a str,
    /// Who makes it.
    pub producer_name: &'a str,
    /// Who printed, where it was given to a shop.
    pub shop_name: Option<&'a str>,
    /// The batch, then those that replace its spoiled stamps.
    pub accounts: &'a [Account],
    /// Whether every stamp is accounted for.
    pub is_settled: bool,
}

impl Statement<'_> {
    /// The statement without its number.
    #[must_use]
    pub fn document(&self) -> Document {
        let batch = self.accounts.first().map(|it| it.batch.clone()).unwrap_or_default();
        let tally: Tally = self.accounts.iter().map(|it| it.tally).sum();
        let mut blocks = vec![
            Block::Fact("Lô tem", batch.clone()),
            Block::Fact("Sản phẩm", self.product_name.to_owned()),
            Block::Fact("Chủ thể", self.producer_name.to_owned()),
        ];
        let shop = self.shop_name.map(|it| Block::Fact("Cơ sở in", it.to_owned()));
        blocks.extend(shop);
        for (number, account) in (1..).zip(self.accounts) {
            blocks.extend(of_account(number, account));
        }
        let conclusion = if self.is_settled {
            "Số liệu khớp; không còn tem chưa rõ tình trạng."
        } else {
            "Chưa quyết toán được: còn tem ở cơ sở in hoặc còn chênh lệch nêu trên."
        };
        let number = self.accounts.len() + 1;
        blocks.push(Block::Heading(format!("{number}. Kết luận")));
        blocks.push(Block::Paragraph(conclusion.into()));
        Document {
            issuer: self.office.to_owned(),
            day: self.day,
            title: "BẢNG ĐỐI SOÁT",
            about: format!("Quyết toán tem OCOP lô {batch}"),
            addressee: None,
            blocks,
            signatures: vec![
                Signature::of("ĐẠI DIỆN CHỦ THỂ"),
                Signature::of("ĐẠI DIỆN CƠ SỞ IN"),
                Signature::of("ĐẠI DIỆN VĂN PHÒNG"),
            ],
            figures: vec![
                ("Lô tem", batch),
                ("Sản phẩm", self.product_name.to_owned()),
                ("Chủ thể", self.producer_name.to_owned()),
                ("Đã cấp mã", stamps(tally.issued())),
                ("Đã bàn giao", stamps(tally.handed_over())),
                ("Đã kích hoạt", stamps(tally.activated())),
                ("Kết luận", conclusion.into()),
            ],
        }
    }
}

fn stamps(count: u64) -> String {
    format!("{} tem", vietnamese::number(count))
}

fn of_account(number: usize, account: &Account) -> Vec<Block> {
    let batch = &account.batch;
    let heading = match &account.replaces {
        Some(replaced) => format!("{number}. Lô tem {batch}, in lại tem hỏng của lô {replaced}"),
        None => format!("{number}. Lô tem {batch}"),
    };
    let mut blocks = vec![Block::Heading(heading), Block::Table(equations(&account.tally))];
    if account.differences.is_empty() {
        blocks.push(Block::Paragraph("Chênh lệch: không có.".into()));
    } else {
        blocks.push(Block::Paragraph("Chênh lệch:".into()));
        let lines = account.differences.iter().map(|line| Block::Paragraph(format!("- {line}")));
        blocks.extend(lines);
    }
    let reason = account.signed_off.clone();
    blocks.extend(reason.map(|it| Block::Fact("Lý do chấp nhận chênh lệch", it)));
    blocks.push(Block::Paragraph(format!("Các dãy số sê-ri của lô {batch}:")));
    blocks.push(Block::Table(runs(&account.runs)));
    if account.has_more {
        blocks.push(Block::Paragraph(
            "Chỉ ghi các dãy đầu; các dãy còn lại tra trên hệ thống.".into(),
        ));
    }
    blocks
}

/// Both equations: a sum, then what it falls into.
fn equations(tally: &Tally) -> Table {
    let in_print = |state| tally.count(state, false);
    let rows = [
        ("I", "Tem đã cấp mã (I = 1 + 2 + 3 + 4 + 5 + II)", tally.issued()),
        ("1", "Còn ở cơ sở in", tally.in_print()),
        ("2", "Tem hỏng khi in", in_print(StampState::Spoiled)),
        ("3", "Tem thất lạc khi in", in_print(StampState::Lost)),
        ("4", "Tem đã tiêu hủy khi in", in_print(StampState::Destroyed)),
        ("5", "Tem bị hủy mã khi in", in_print(StampState::Cancelled)),
        ("II", "Tem đã bàn giao (II = 6 + 7 + 8)", tally.handed_over()),
        ("6", "Đã kích hoạt", tally.activated()),
        ("7", "Chủ thể đang giữ, chưa sử dụng", tally.unused_at_producer()),
        ("8", "Hỏng, thất lạc, tiêu hủy, hủy mã sau bàn giao", tally.void_after_hand_over()),
    ];
    let row = |(number, label, count): (&str, &str, u64)| {
        vec![number.to_owned(), label.to_owned(), vietnamese::number(count)]
    };
    Table {
        columns: vec![
            Column { head: "TT", share: 10, is_number: false },
            Column { head: "Chỉ tiêu", share: 68, is_number: false },
            Column { head: "Số tem", share: 22, is_number: true },
        ],
        rows: rows.into_iter().map(row).collect(),
        starts_with_sum: true,
    }
}

/// A table of runs.
pub(super) fn runs(runs: &[Run]) -> Table {
    let row = |(number, run): (usize, &Run)| {
        let state = match (run.state, run.handed_over) {
            (StampState::HandedOver | StampState::Activated, _) | (_, false) => {
                named(run.state).to_owned()
            }
            (state, true) => format!("{}, sau bàn giao", named(state)),
        };
        vec![
            number.to_string(),
            run.first.clone(),
            run.last.clone(),
            state,
            vietnamese::number(run.stamps),
        ]
    };
    Table {
        columns: vec![
            Column { head: "TT", share: 8, is_number: false },
            Column { head: "Từ số sê-ri", share: 23, is_number: false },
            Column { head: "Đến số sê-ri", share: 23, is_number: false },
            Column { head: "Tình trạng", share: 33, is_number: false },
            Column { head: "Số tem", share: 13, is_number: true },
        ],
        rows: (1..).zip(runs).map(row).collect(),
        starts_with_sum: false,
    }
}

/// A state in the words of the office.
fn named(state: StampState) -> &'static str {
    match state {
        StampState::Issued => "Đã cấp mã",
        StampState::Printed => "Đã in",
        StampState::HandedOver => "Đã bàn giao, chưa dùng",
        StampState::Activated => "Đã kích hoạt",
        StampState::Spoiled => "Tem hỏng",
        StampState::Lost => "Thất lạc",
        StampState::Destroyed => "Đã tiêu hủy",
        StampState::Cancelled => "Đã hủy mã",
    }
}
