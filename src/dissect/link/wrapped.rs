//! What capture headers share that name the link type of the frame behind them: [`super::ppi`] and
//! [`super::pktap`].

use super::Printer;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;
use crate::source::LinkType;

/// Prints the frame behind a header of `header_length` octets; returns the length of the headers. tcpdump
/// counts the frame's own header twice there, and leaves that much out of `-x`.
pub fn print(cx: &mut Context, printer: Printer, frame: Cursor, header_length: usize) -> Outcome<usize> {
    let mut inner_length = 0;
    cx.nested(|cx| {
        inner_length = printer(cx, frame)?;
        Ok(())
    })?;
    Ok(header_length.saturating_add(inner_length.saturating_mul(2)))
}

/// The link type as libpcap names it.
pub fn put_name(cx: &mut Context, link_type: LinkType) {
    put!(cx, link_type.name().as_deref().unwrap_or("UNKNOWN"));
}
