//! Operators of content streams and their operands (ISO 32000-1, annex A).

use hayro_syntax::content::Instruction;
use hayro_syntax::object::{Name, Object, Stream};

/// What an operator wants before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// So many numbers.
    Numbers(usize),
    /// A name.
    Name,
    /// A name and a number.
    NameNumber,
    /// One object of any kind.
    One,
    /// A name and an object of any kind.
    NameOne,
    /// Objects that the operator itself looks at.
    Any,
}

fn shape(operator: &[u8]) -> Option<Shape> {
    Some(match operator {
        b"b" | b"B" | b"b*" | b"B*" | b"BT" | b"BX" | b"EMC" | b"ET" | b"EX" | b"f" | b"F"
        | b"f*" | b"h" | b"n" | b"q" | b"Q" | b"s" | b"S" | b"T*" | b"W" | b"W*" => {
            Shape::Numbers(0)
        }
        b"g" | b"G" | b"i" | b"j" | b"J" | b"M" | b"Tc" | b"TL" | b"Tr" | b"Ts" | b"Tw" | b"Tz"
        | b"w" => Shape::Numbers(1),
        b"d0" | b"l" | b"m" | b"Td" | b"TD" => Shape::Numbers(2),
        b"rg" | b"RG" => Shape::Numbers(3),
        b"k" | b"K" | b"re" | b"v" | b"y" => Shape::Numbers(4),
        b"c" | b"cm" | b"d1" | b"Tm" => Shape::Numbers(6),
        b"BMC" | b"cs" | b"CS" | b"Do" | b"gs" | b"MP" | b"ri" | b"sh" => Shape::Name,
        b"Tf" => Shape::NameNumber,
        b"'" | b"BI" | b"Tj" | b"TJ" => Shape::One,
        b"BDC" | b"DP" => Shape::NameOne,
        b"\"" | b"d" | b"sc" | b"SC" | b"scn" | b"SCN" => Shape::Any,
        _ => return None,
    })
}

/// An operator with its operands.
pub(super) struct Operation<'b, 'a> {
    pub(super) operator: &'b [u8],
    pub(super) operands: Vec<&'b Object<'a>>,
    pub(super) numbers: Vec<f64>,
}

impl<'b, 'a> Operation<'b, 'a> {
    /// Takes an instruction apart; `None` if there is no such operator or its operands do not fit.
    pub(super) fn new(instruction: &Instruction<'b, 'a>) -> Option<Self> {
        let operator: &'b [u8] = instruction.operator;
        let shape = shape(operator)?;
        let operands: Vec<&'b Object<'a>> = instruction.operands().collect();
        let numbers: Vec<f64> = operands
            .iter()
            .filter_map(|operand| match operand {
                Object::Number(number) => Some(number.as_f64()),
                _ => None,
            })
            .collect();
        let fits = match (shape, operands.as_slice()) {
            (Shape::Numbers(count), all) => all.len() == count && numbers.len() == count,
            (Shape::Name, [Object::Name(_)])
            | (Shape::NameNumber, [Object::Name(_), Object::Number(_)])
            | (Shape::One, [_])
            | (Shape::NameOne, [Object::Name(_), _])
            | (Shape::Any, _) => true,
            _ => false,
        };
        fits.then_some(Self { operator, operands, numbers })
    }

    /// Its numbers, where there are so many.
    pub(super) fn exactly<const N: usize>(&self) -> Option<[f64; N]> {
        self.numbers.as_slice().try_into().ok()
    }

    /// Its first operand, where it is a name.
    pub(super) fn name(&self) -> Option<&'b Name<'a>> {
        match self.operands.first() {
            Some(Object::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// Its last operand, where it is a name.
    pub(super) fn last_name(&self) -> Option<&'b Name<'a>> {
        match self.operands.last() {
            Some(Object::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// The inline image that it is.
    pub(super) fn image(&self) -> Option<&'b Stream<'a>> {
        match self.operands.first() {
            Some(Object::Stream(stream)) => Some(stream),
            _ => None,
        }
    }
}
