//! The line of a usual frame: Ethernet, IP and TCP, of whose headers only addresses are shown.
//!
//! It is the line that the dissectors of these headers would make, one after the other; here it is made in one place.

use super::address::IpAddress;
use super::context::Context;
use super::line::Append;
use super::transport::tcp;
use crate::layers::usual::Usual;
use crate::source::Timestamp;

/// Appends the line. Only for a [plain](super::style::Style::is_plain) style.
pub fn put(cx: &mut Context, time: Timestamp, usual: &Usual) {
    cx.begin_packet();
    let mut room = cx.take_room();
    let mut line = room.begin();
    cx.clock.append(time, &mut line, &mut cx.out);
    match usual.ip.source {
        IpAddress::V4(_) => line.text(b"IP "),
        IpAddress::V6(_) => line.text(b"IP6 "),
    }
    let header = tcp::append_header(cx, &mut line, &usual.segment, &usual.ip, usual.ports, Some(usual.key));
    cx.give_back(room);
    if tcp::print_rest(cx, &usual.segment, header, usual.ports, &usual.ip).is_err() {
        cx.truncated();
    }
    cx.out.push(b'\n');
}
