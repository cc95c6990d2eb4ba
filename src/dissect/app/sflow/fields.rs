//! Records as rows of numbers.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// A field: what is printed in front of it, and how many octets it has.
pub(super) type Field = (&'static str, usize);

/// The octets of these lines.
pub(super) fn length(lines: &[&[Field]]) -> u32 {
    lines.iter().flat_map(|line| line.iter()).map(|(_, width)| *width as u32).sum()
}

/// Takes fields and prints them, a line of text for each of the `lines`; none of a line that is cut off.
pub(super) fn put_lines(cx: &mut Context, data: &mut Cursor, lines: &[&[Field]]) -> Outcome {
    for line in lines {
        data.need(length(&[line]) as usize)?;
        put!(cx, "\n\t      ");
        for &(name, width) in *line {
            put!(cx, name);
            if width == 8 { put!(cx, data.be64()?) } else { put!(cx, data.be32()?) }
        }
    }
    Ok(())
}
