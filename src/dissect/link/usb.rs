//! USB as Linux captures it: what was asked of a device, and what it answered.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

const HEADER_LENGTH: usize = 48;
/// With what isochronous transfers have more.
const LONG_HEADER_LENGTH: usize = 64;

const INTERRUPT: u8 = 1;
const TRANSFERS: [&str; 4] = ["ISOCHRONOUS", "INTERRUPT", "CONTROL", "BULK"];
const SUBMITTED: u8 = b'S';
const COMPLETED: u8 = b'C';
const FAILED: u8 = b'E';
/// The endpoint's number; the other bit is its direction.
const ENDPOINT_MASK: u8 = 0x7f;

/// Prints an event with the short header; returns the header's length.
pub fn print(cx: &mut Context, event: Cursor) -> Outcome<usize> {
    cx.protocol = "usb_linux_48_byte";
    print_header(cx, &event, HEADER_LENGTH)
}

/// Prints an event with the long header; returns the header's length.
pub fn print_long(cx: &mut Context, event: Cursor) -> Outcome<usize> {
    cx.protocol = "usb_linux_64_byte";
    print_header(cx, &event, LONG_HEADER_LENGTH)
}

fn print_header(cx: &mut Context, event: &Cursor, length: usize) -> Outcome<usize> {
    event.need(length)?;
    cx.protocol = "usb";
    cx.protocol_caps();
    if cx.style.quiet > 0 {
        return Ok(length);
    }
    let [kind, transfer, endpoint, device]: [u8; 4] = event.array_at(8)?;
    let transfer_name = TRANSFERS.get(usize::from(transfer)).copied();
    put!(cx, " ", transfer_name.unwrap_or(" ?"));
    put!(
        cx,
        match kind {
            SUBMITTED => " SUBMIT",
            COMPLETED => " COMPLETE",
            FAILED => " ERROR",
            _ => " ?",
        }
    );
    // tcpdump has it that an interrupt's request comes from the device.
    let direction = match kind {
        _ if transfer_name.is_none() => "",
        SUBMITTED if transfer == INTERRUPT => " from",
        SUBMITTED => " to",
        COMPLETED | FAILED if transfer == INTERRUPT => " to",
        COMPLETED | FAILED => " from",
        _ => "",
    };
    put!(cx, direction, " ", event.le16_at(12)?, ":", device, ":", endpoint & ENDPOINT_MASK);
    Ok(length)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::text;
    use crate::source::LinkType;

    #[test]
    fn interrupts_go_the_other_way() {
        let event = |kind: &str| ["0000000000000000", kind, "8103 0200 00", &"00".repeat(33)].concat();
        assert_eq!(text(0, LinkType::USB_LINUX, &event("5301")), "USB INTERRUPT SUBMIT from 2:3:1");
        assert_eq!(text(0, LinkType::USB_LINUX, &event("4303")), "USB BULK COMPLETE from 2:3:1");
        assert_eq!(text(0, LinkType::USB_LINUX, &event("4104")), "USB  ? ? 2:3:1");
        assert_eq!(text(0, LinkType::USB_LINUX_MMAPPED, &event("4104")), " [|usb_linux_64_byte]");
    }
}
