//! The penalty of a masked symbol (ISO/IEC 18004, 7.8.3.1), as the `qrcode` crate counts it.
//!
//! The crate's readings of the standard are kept, since they decide which mask is printed:
//! a run of `n ≥ 5` costs `n - 2`; outside the symbol counts as light beside a finder-like
//! pattern; the balance is not rounded to steps of 5 %; and the 360 points that the three
//! finder patterns always cost are not counted.

/// The penalty of a symbol given as rows and as columns.
pub(super) fn score(rows: &[u64], columns: &[u64]) -> u32 {
    lines(rows) + lines(columns) - 360 + blocks(rows) + balance(rows)
}

/// Long runs and finder-like patterns along the lines of one direction.
fn lines(lines: &[u64]) -> u32 {
    let inside = inside(lines.len());
    let (mut runs, mut finders) = (0, 0);
    for &line in lines {
        // A one where a module is like the next; a run of n is n - 1 ones, and n - 4 ones here.
        let same = !(line ^ line >> 1) & inside;
        let pairs = same & same >> 1;
        let fives = pairs & pairs >> 2;
        let starts = fives & !(fives << 1);
        runs += fives.count_ones() + 2 * starts.count_ones();
        finders += finder_like(line).count_ones();
    }
    runs + 40 * finders
}

/// A one where `#.###.#` starts with four light modules before or after it.
fn finder_like(line: u64) -> u64 {
    let light = !line;
    let pattern = line & light >> 1 & line >> 2 & line >> 3 & line >> 4 & light >> 5 & line >> 6;
    // Modules off either edge are zeroes in `line`, so they count as light.
    let before = !(line << 1 | line << 2 | line << 3 | line << 4);
    let after = !(line >> 7 | line >> 8 | line >> 9 | line >> 10);
    pattern & (before | after)
}

/// 3 points for every 2 × 2 block of one colour.
fn blocks(rows: &[u64]) -> u32 {
    let inside = inside(rows.len());
    let same = |row: u64| !(row ^ row >> 1);
    rows.iter()
        .zip(rows.iter().skip(1))
        .map(|(&upper, &lower)| {
            3 * (same(upper) & same(lower) & !(upper ^ lower) & inside).count_ones()
        })
        .sum()
}

/// Half-percents by which the dark modules are off one half.
fn balance(rows: &[u64]) -> u32 {
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let modules = u32::try_from(rows.len() * rows.len()).unwrap_or(u32::MAX);
    (dark * 200 / modules).abs_diff(100)
}

/// Ones for every module of a line that has a next one.
fn inside(size: usize) -> u64 {
    (1 << (size - 1)) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_five_and_more_cost_their_length_less_two() {
        // Alternating lines cost nothing; the first has a run of five and one of seven.
        let mut all = [0b0101_0101_0101; 12];
        assert_eq!(lines(&all), 0);
        all[0] = 0b1111_1000_0000;
        assert_eq!(lines(&all), 3 + 5);
    }

    #[test]
    fn a_finder_like_pattern_counts_when_light_on_one_side() {
        let pattern = 0b101_1101;
        assert_eq!(finder_like(pattern), 1, "both sides off the edge");
        assert_eq!(finder_like(pattern << 8 | 0b1), 1 << 8, "light after");
        assert_eq!(finder_like(pattern << 8 | 0b1 << 7 | 0b1 << 16), 0, "dark on both sides");
    }
}
