//! Crockford base32 and the check symbol over GF(32).

/// `0-9 A-Z` without `I L O U` (Douglas Crockford, "Base 32").
const SYMBOLS: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// x⁵ + x² + 1, primitive over GF(2).
const POLYNOMIAL: u8 = 0b10_0101;

/// The symbol of a value of 0 to 31; only its five low bits count.
#[expect(clippy::indexing_slicing, reason = "five bits index a table of 32")]
pub(super) fn symbol(value: u8) -> char {
    char::from(SYMBOLS[usize::from(value & 31)])
}

/// The value of a symbol as people write it: either case, and the look-alikes O, I and L.
pub(super) fn value(symbol: char) -> Option<u8> {
    let symbol = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    SYMBOLS.iter().position(|&s| char::from(s) == symbol).and_then(|at| u8::try_from(at).ok())
}

/// The check symbol's value: Σ αⁿ⁻ⁱ·sᵢ over GF(32), with α = x.
///
/// With the check symbol itself at weight 1 all twelve weights differ and none is zero, so every
/// single wrong symbol and every swap of two symbols changes the sum.
pub(super) fn check(values: impl IntoIterator<Item = u8>) -> u8 {
    values.into_iter().fold(0, |sum, value| times_alpha(sum ^ value))
}

fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ POLYNOMIAL }
}
