//! AppleTalk's Datagram Delivery Protocol (Inside AppleTalk chapter 4), behind its two link layers:
//! Ethernet's and LocalTalk's (`link_access`), which UDP carries too.

pub mod address_resolution;
mod name_binding;
mod transactions;

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Put;
use crate::put;

/// Destination, source and type of a LocalTalk frame.
const LINK_HEADER_LENGTH: u32 = 3;
const LINK_TYPE: usize = 2;
/// What a LocalTalk frame carries: datagrams with nodes' sockets only, or with networks too.
const SHORT_DATAGRAM: u8 = 1;
const DATAGRAM: u8 = 2;

const SHORT_HEADER_LENGTH: u32 = 5;
const HEADER_LENGTH: u32 = 13;

const NAME_BINDING: u8 = 2;
const TRANSACTIONS: u8 = 3;
const TYPES: &[Name] = &[(1, "rtmp"), (5, "rtmpReq"), (4, "echo"), (22, "IP"), (23, "ARP"), (0x4b, "KLAP")];

const SOCKETS: &[Name] = &[(1, "rtmp"), (2, "nis"), (4, "echo"), (6, "zip")];

/// The node number of all nodes.
const BROADCAST: u8 = 255;

/// A node of a network.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Address {
    network: u16,
    node: u8,
}

impl Put for Address {
    fn put(&self, out: &mut Vec<u8>) {
        self.network.put(out);
        if self.node != BROADCAST {
            out.push(b'.');
            self.node.put(out);
        }
    }
}

/// A socket of a node.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Endpoint {
    address: Address,
    socket: u8,
}

/// Prints a datagram that came over Ethernet.
pub fn print(cx: &mut Context, datagram: Cursor) -> Outcome {
    cx.protocol = "atalk";
    if !cx.style.link_header {
        put!(cx, "AT ");
    }
    if datagram.length() < HEADER_LENGTH {
        return cx.invalid_because("length", datagram.length(), "<", HEADER_LENGTH);
    }
    print_datagram(cx, &datagram, ": ")
}

/// Prints a frame of a LocalTalk capture; returns the length of its header.
pub fn frame(cx: &mut Context, frame: Cursor) -> Outcome<usize> {
    let length = link_access(cx, frame)?;
    Ok(length as usize)
}

/// Whether a UDP port is one that AppleTalk in UDP uses: for clients, for servers, for servers before 1988.
pub fn is_port(port: u16) -> bool {
    [16512, 200, 768].iter().any(|&first| port.wrapping_sub(first) < 128)
}

/// Whether a UDP datagram on such a port is AppleTalk.
pub fn detect(data: &Cursor) -> Outcome<bool> {
    Ok(data.u8_at(LINK_TYPE)? == DATAGRAM)
}

/// Prints a LocalTalk frame that UDP carries.
pub fn print_in_udp(cx: &mut Context, frame: Cursor) -> Outcome {
    if cx.style.verbose > 0 {
        put!(cx, "kip ");
    }
    link_access(cx, frame).map(drop)
}

/// Prints a frame of LocalTalk's Link Access Protocol; returns what tcpdump takes for its header's length.
fn link_access(cx: &mut Context, frame: Cursor) -> Outcome<u32> {
    cx.protocol = "llap";
    if frame.length() < LINK_HEADER_LENGTH {
        cx.invalid_because("LLAP length", frame.length(), "<", LINK_HEADER_LENGTH)?;
        return Ok(frame.length());
    }
    let data = frame.skip(LINK_HEADER_LENGTH as usize);
    let (protocol, what, header_length) = match frame.u8_at(LINK_TYPE)? {
        SHORT_DATAGRAM => ("sddp", "SDDP length", SHORT_HEADER_LENGTH),
        DATAGRAM => ("ddp", "DDP length", HEADER_LENGTH),
        kind => {
            put!(cx, frame.u8_at(1)?, " > ", frame.u8_at(0)?, " at-lap#", kind, " ", data.length());
            return Ok(LINK_HEADER_LENGTH);
        }
    };
    cx.protocol = protocol;
    if data.length() < header_length {
        cx.invalid_because(what, data.length(), "<", header_length)?;
        return Ok(data.length());
    }
    if header_length == HEADER_LENGTH {
        print_datagram(cx, &data, ":")?;
    } else {
        print_short_datagram(cx, &frame, &data)?;
    }
    Ok(LINK_HEADER_LENGTH + header_length)
}

fn print_datagram(cx: &mut Context, datagram: &Cursor, separator: &str) -> Outcome {
    let address = |network, node| -> Outcome<Address> {
        Ok(Address { network: datagram.be16_at(network)?, node: datagram.u8_at(node)? })
    };
    let source = Endpoint { address: address(6, 9)?, socket: datagram.u8_at(11)? };
    put_endpoint(cx, &source);
    let destination = Endpoint { address: address(4, 8)?, socket: datagram.u8_at(10)? };
    put!(cx, " > ");
    put_endpoint(cx, &destination);
    put!(cx, separator);
    payload(cx, datagram.u8_at(12)?, datagram.skip(HEADER_LENGTH as usize), &source)
}

/// A datagram whose nodes stand in the frame's header; their network is the one it is on.
fn print_short_datagram(cx: &mut Context, frame: &Cursor, datagram: &Cursor) -> Outcome {
    let endpoint = |node, socket| -> Outcome<Endpoint> {
        let address = Address { network: 0, node: frame.u8_at(node)? };
        Ok(Endpoint { address, socket: datagram.u8_at(socket)? })
    };
    let source = endpoint(1, 3)?;
    put_endpoint(cx, &source);
    put!(cx, " > ");
    put_endpoint(cx, &endpoint(0, 2)?);
    put!(cx, ":");
    payload(cx, datagram.u8_at(4)?, datagram.skip(SHORT_HEADER_LENGTH as usize), &source)
}

fn put_endpoint(cx: &mut Context, endpoint: &Endpoint) {
    put!(cx, endpoint.address, ".");
    match lookup(SOCKETS, endpoint.socket) {
        Some(name) if !cx.names.is_numeric() => put!(cx, name),
        _ => put!(cx, endpoint.socket),
    }
}

fn payload(cx: &mut Context, kind: u8, data: Cursor, source: &Endpoint) -> Outcome {
    match (kind, lookup(TYPES, kind)) {
        (NAME_BINDING, _) => return name_binding::print(cx, data, source),
        (TRANSACTIONS, _) => return transactions::print(cx, data),
        (_, Some(name)) => put!(cx, " at-", name),
        (_, None) => put!(cx, " at-#", kind),
    }
    put!(cx, " ", data.length());
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    /// A datagram from socket 8 of node 5.7 to node 2's.
    fn datagram(data: &str) -> String {
        let text = ethernet(0, &["809b 0000 0000 0005 0005 02 07 02 08", data].concat());
        text.strip_prefix("AT 5.7.8 > 5.2.2:  ").unwrap_or_default().to_owned()
    }

    #[test]
    fn names_are_shown_with_what_is_odd_about_them() {
        assert_eq!(datagram("02 2107 00050708 00 03616263 013d 012a"), "nbp-lkup 7: \"abc:=@*\"");
        assert_eq!(
            datagram("02 3207 00050708 01 03616263 013d 012a 00060809 02 0a4121"),
            "nbp-reply 7: \"abc:=@*\" \"A! [|atalk]"
        );
    }

    #[test]
    fn a_bitmap_is_a_range_if_it_can_be_one() {
        assert_eq!(datagram("03 580f 0102 00000009 41"), "atp-req* 258<0-3> [len=1] [EOM,STS] 0x9");
        assert_eq!(datagram("03 c005 0102 00000000"), "atp-rel  258<0,2>");
        assert_eq!(datagram("63 c005"), "at-#99 2");
    }

    #[test]
    fn the_broadcast_node_is_not_written() {
        let stations = "001122334455 00 0005 07 000000000000 00 0005 ff";
        assert_eq!(ethernet(0, &["80f3 0001 809b 0604 0001", stations].concat()), "aarp who-has 5 tell 5.7");
        assert_eq!(
            ethernet(0, &["80f3 0001 0000 0604 0001", stations].concat()),
            "aarp len 28 op 1 htype 1 ptype 0 halen 6 palen 4"
        );
    }
}
