//! Quotes in CSV: one that is not closed, or closed where nothing ends, takes the rows below it into
//! one cell, and a reader that forgives says nothing of it.

use super::error::IntakeError;

/// Refuses a text whose quotes do not part its cells.
pub(super) fn check(text: &[u8], delimiter: u8) -> Result<(), IntakeError> {
    let mut scan = Scan { row: 1, ..Scan::default() };
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let before_lf = byte == b'\r' && bytes.peek() == Some(&b'\n');
        scan.step(byte, before_lf, delimiter)?;
    }
    if scan.place == Place::Quoted {
        return Err(IntakeError::OpenQuote { row: scan.opened });
    }
    Ok(())
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Start,
    Plain,
    Quoted,
    /// After a quote in quotes: the end of them, or the first of two.
    Quote,
}

#[derive(Default)]
struct Scan {
    place: Place,
    row: u32,
    /// The row in which the quotes were opened.
    opened: u32,
    /// Delimiters of the first row that has some, and those of the line at hand.
    columns: usize,
    line: usize,
    /// Line breaks within the quotes at hand, delimiters since the last of them, and all delimiters.
    within: usize,
    parted: usize,
    taken: usize,
}

impl Scan {
    fn step(&mut self, byte: u8, before_lf: bool, delimiter: u8) -> Result<(), IntakeError> {
        let is_break = byte == b'\n' || byte == b'\r' && !before_lf;
        match self.place {
            Place::Quoted if byte == b'"' => self.place = Place::Quote,
            Place::Quoted => return self.step_within(byte == delimiter, is_break),
            Place::Quote if byte == b'"' => self.place = Place::Quoted,
            Place::Quote if byte != delimiter && !is_break && byte != b'\r' && byte != b' ' => {
                return Err(IntakeError::TextAfterQuote { row: self.opened });
            }
            Place::Start if byte == b'"' => {
                (self.place, self.opened) = (Place::Quoted, self.row);
                (self.within, self.parted, self.taken) = (0, 0, 0);
            }
            _ if is_break => {
                self.columns = self.columns.max(self.line);
                (self.place, self.line, self.row) = (Place::Start, 0, self.row.saturating_add(1));
            }
            _ if byte == delimiter => (self.place, self.line) = (Place::Start, self.line + 1),
            Place::Start => self.place = Place::Plain,
            Place::Plain | Place::Quote => {}
        }
        Ok(())
    }

    /// A line within quotes that is parted like a row is a row: a quote above it is not closed. So is
    /// what runs from a cell of one row to the same cell of the next.
    fn step_within(&mut self, is_delimiter: bool, is_break: bool) -> Result<(), IntakeError> {
        if is_break {
            (self.within, self.parted) = (self.within + 1, 0);
        }
        self.parted += usize::from(is_delimiter && self.within > 0);
        self.taken += usize::from(is_delimiter);
        let is_row = self.parted >= self.columns.div_ceil(2).max(2)
            || self.within > 0 && self.taken >= self.columns;
        if self.columns >= 2 && is_row {
            return Err(IntakeError::OpenQuote { row: self.opened });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<(bool, u32)> {
        match check(text.as_bytes(), b';') {
            Ok(()) => None,
            Err(IntakeError::OpenQuote { row }) => Some((true, row)),
            Err(IntakeError::TextAfterQuote { row }) => Some((false, row)),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn quotes_that_part_cells_are_right() {
        for text in [
            "a;b;c\n\"x\";\"y;z\";\"a \"\"b\"\"\"\n",
            "a;b\n1;\"two\nlines; here\"\n",
            "a;5\" x;c\n",
            "\"\";b",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused_with_its_row() {
        assert_eq!(refused("a;b;c\n1;2;3\n\n2;\"x;y\n3;4;5\n"), Some((true, 4)));
        assert_eq!(refused("a;b;c\r\n1;\"x"), Some((true, 2)));
        // The quote of a row below closes it.
        let text = "a;b;c;d\n1;\"x;y;z\n2;b;c;d\n3;\"b\";c;d\n";
        assert_eq!(refused(text), Some((true, 2)));
    }

    #[test]
    fn text_behind_a_closing_quote_is_refused_with_its_row() {
        assert_eq!(refused("a;b\n1;\"x\" y\n"), Some((false, 2)));
    }
}
