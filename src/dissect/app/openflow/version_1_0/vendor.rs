//! What vendors added to OpenFlow 1.0 (section 5.5.4).

use super::super::parts::{contradict, put_data, vendor_name};
use super::big_switch;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

/// Takes and prints who the vendor is.
fn take_vendor(cx: &mut Context, data: &mut Cursor) -> Outcome<u32> {
    let vendor = data.be32()?;
    put!(cx, ", vendor 0x", Hex0(vendor, 8), " (", vendor_name(vendor), ")");
    Ok(vendor)
}

/// Prints a vendor's message.
pub(super) fn put_message(cx: &mut Context, mut body: Cursor) -> Outcome {
    match take_vendor(cx, &mut body)? {
        big_switch::VENDOR => big_switch::put_message(cx, body),
        _ => put_data(cx, body),
    }
}

/// Prints a vendor's action.
pub(super) fn put_action(cx: &mut Context, mut body: Cursor) -> Outcome {
    match take_vendor(cx, &mut body)? {
        big_switch::VENDOR => big_switch::put_action(cx, body),
        _ => put_data(cx, body),
    }
}

/// Prints a vendor's statistics.
pub(super) fn put_statistics(cx: &mut Context, mut body: Cursor) -> Outcome {
    if body.length() < 4 {
        return contradict(cx, "len", body.length(), "<", 4, &body);
    }
    take_vendor(cx, &mut body)?;
    put_data(cx, body)
}
