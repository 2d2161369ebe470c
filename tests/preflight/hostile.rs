//! Broken files give an answer or a refusal, never a panic.

use ocop_stamp::preflight::{Against, PreflightError, check};

use crate::file::{vt, x1a, x4};

#[test]
fn what_is_no_pdf_is_refused() {
    for bytes in [&b""[..], b"%PDF-1.6", b"PK\x03\x04", &[0; 4096], b"startxref\n7\n%%EOF"] {
        assert_eq!(check(bytes, Against::X4).unwrap_err(), PreflightError::Unreadable);
    }
}

#[test]
fn files_cut_off_anywhere_get_an_answer() {
    for file in [x4(), vt()] {
        let bytes = file.write();
        for end in (0..bytes.len()).step_by(61) {
            let _answer = check(&bytes[..end], Against::Claim);
        }
    }
}

#[test]
fn files_with_flipped_bits_get_an_answer() {
    let bytes = x1a().write();
    for at in (0..bytes.len()).step_by(47) {
        for bit in [0, 5] {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            let _answer = check(&flipped, Against::X4);
        }
    }
}

#[test]
fn files_with_pieces_swapped_get_an_answer() {
    let bytes = vt().write();
    // Numbers without a system, and the same in every run.
    let mut state = 12_345_usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7FFF_FFFF;
        (state >> 8) % below
    };
    for _ in 0..400 {
        let mut swapped = bytes.clone();
        for _ in 0..4 {
            let length = 1 + next(40);
            let (from, to) = (next(bytes.len() - length), next(bytes.len() - length));
            let piece = swapped[from..from + length].to_vec();
            swapped[to..to + length].copy_from_slice(&piece);
        }
        let _answer = check(&swapped, Against::Claim);
    }
}
