//! Transparent Inter-Process Communication (draft-spec-tipc-07 section 3).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex0, Put};
use crate::put;

const CONNECTION_MANAGER: u32 = 8;
const NAME_DISTRIBUTOR: u32 = 11;
const LINK_CONFIGURATION: u32 = 13;
/// The parts of a node that send messages to their like, and the importances of users' data.
const USERS: &[Name] = &[
    (0, "Low Importance Data payload"),
    (1, "Medium Importance Data payload"),
    (2, "High Importance Data payload"),
    (3, "Critical Importance Data payload"),
    (5, "Broadcast Link Protocol internal"),
    (6, "Message Bundler Protocol internal"),
    (7, "Link State Protocol internal"),
    (CONNECTION_MANAGER, "Connection Manager internal"),
    (10, "Link Changeover Protocol internal"),
    (NAME_DISTRIBUTOR, "Name Table Update Protocol internal"),
    (12, "Message Fragmentation Protocol internal"),
    (LINK_CONFIGURATION, "Neighbor Detection Protocol internal"),
];
const MESSAGE_TYPES: &[Name] = &[(0, "CONN_MSG"), (1, "MCAST_MSG"), (2, "NAMED_MSG"), (3, "DIRECT_MSG")];
const LINK_MESSAGE_TYPES: &[Name] = &[(0, "Link request"), (1, "Link response")];

/// Words of a header that does not hold the nodes at both ends, since the message stays on one link.
const SHORT_HEADER_WORDS: u32 = 6;

/// The first two words, which all messages share.
struct Header {
    first: u32,
    second: u32,
}

impl Header {
    fn version(&self) -> u32 {
        self.first >> 29
    }
    fn user(&self) -> u32 {
        self.first >> 25 & 0xf
    }
    /// The header's length in words.
    fn length(&self) -> u32 {
        self.first >> 21 & 0xf
    }
    fn message_size(&self) -> u32 {
        self.first & 0x1_ffff
    }
    fn message_type(&self) -> u32 {
        self.second >> 29
    }
    /// The low half of the second word.
    fn broadcast_acknowledgement(&self) -> u32 {
        self.second & 0xffff
    }
}

/// A node's address: zone, cluster and number.
struct Node(u32);

impl Put for Node {
    fn put(&self, out: &mut Vec<u8>) {
        (self.0 >> 24).put(out);
        '.'.put(out);
        (self.0 >> 12 & 0xfff).put(out);
        '.'.put(out);
        (self.0 & 0xfff).put(out);
    }
}

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "tipc";
    let user = message.be32_at(0)? >> 25 & 0xf;
    match user {
        0..=3 | CONNECTION_MANAGER | NAME_DISTRIBUTOR => print_payload(cx, &message),
        LINK_CONFIGURATION => print_link_configuration(cx, &message),
        5..=7 | 10 | 12 => print_internal(cx, &message),
        _ => Ok(()),
    }
}

fn read_header(message: &Cursor) -> Outcome<Header> {
    Ok(Header { first: message.be32_at(0)?, second: message.be32_at(4)? })
}

/// A message with data, or between the managers of connections and names.
fn print_payload(cx: &mut Context, message: &Cursor) -> Outcome {
    let header = read_header(message)?;
    let previous_node = Node(message.be32_at(12)?);
    let (source_port, destination_port) = (message.be32_at(16)?, message.be32_at(20)?);
    let version = header.version();
    if header.length() <= SHORT_HEADER_WORDS {
        put!(cx, "TIPC v", version, ".0 ", previous_node, ":", source_port, " > ", destination_port);
        put_header(cx, &header, MESSAGE_TYPES);
        return Ok(());
    }
    let (source, destination) = (Node(message.be32_at(24)?), Node(message.be32_at(28)?));
    put!(cx, "TIPC v", version, ".0 ", source, ":", source_port, " > ", destination, ":", destination_port);
    put_header(cx, &header, MESSAGE_TYPES);
    if cx.style.verbose > 0 {
        let link = message.be32_at(8)?;
        put!(cx, "\n\tPrevious Node ", previous_node, ", Broadcast Ack ", header.broadcast_acknowledgement());
        put!(cx, ", Link Ack ", link >> 16, ", Link Sequence ", link & 0xffff);
    }
    Ok(())
}

/// A message between the link layers of two nodes.
fn print_internal(cx: &mut Context, message: &Cursor) -> Outcome {
    let header = read_header(message)?;
    let (source, destination) = (Node(message.be32_at(24)?), Node(message.be32_at(28)?));
    put!(cx, "TIPC v", header.version(), ".0 ", source, " > ", destination);
    put_header(cx, &header, MESSAGE_TYPES);
    put!(cx, " (0x", Hex0(header.second, 8), ")");
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let (gap, previous_node) = (message.be32_at(8)?, Node(message.be32_at(12)?));
    let (fragments, session) = (message.be32_at(16)?, message.be32_at(20)? >> 16);
    let (transport_sequence, counts) = (message.be32_at(32)?, message.be32_at(36)?);
    put!(cx, "\n\tPrevious Node ", previous_node, ", Session No. ", session);
    put!(cx, ", Broadcast Ack ", header.broadcast_acknowledgement());
    put!(cx, ", Sequence Gap ", header.second >> 16 & 0x1fff, ",  Broadcast Gap After ", gap >> 16);
    put!(cx, ", Broadcast Gap To ", gap & 0xffff, ", Last Sent Packet No. ", fragments >> 16);
    put!(cx, ", Next sent Packet No. ", fragments & 0xffff, ", Transport Sequence ", transport_sequence);
    put!(cx, ", msg_count ", counts >> 16, ", Link Tolerance ", counts & 0xffff);
    Ok(())
}

/// A message that looks for neighbours.
fn print_link_configuration(cx: &mut Context, message: &Cursor) -> Outcome {
    let header = read_header(message)?;
    let (domain, previous_node) = (Node(message.be32_at(8)?), Node(message.be32_at(12)?));
    put!(cx, "TIPC v", header.version(), ".0 ", previous_node, " > ", domain);
    put_header(cx, &header, LINK_MESSAGE_TYPES);
    if cx.style.verbose > 0 {
        let (network, media) = (message.be32_at(16)?, message.be32_at(20)? & 0xff);
        put!(cx, "\n\tNodeSignature ", header.second & 0xffff, ", network_id ", network, ", media_id ", media);
    }
    Ok(())
}

/// The lengths, the user and the type of the message.
fn put_header(cx: &mut Context, header: &Header, message_types: &[Name]) {
    put!(cx, ", headerlength ", header.length() * 4, " bytes, MessageSize ", header.message_size(), " bytes, ");
    put!(cx, lookup(USERS, header.user()).unwrap_or("unknown"));
    put!(cx, ", messageType ", lookup(message_types, header.message_type()).unwrap_or("Unknown"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn a_short_header_names_the_node_in_front_of_the_link() {
        let mut bytes = [0; 24];
        bytes[..4].copy_from_slice(&(2u32 << 29 | 6 << 21 | 100).to_be_bytes());
        bytes[12..16].copy_from_slice(&0x0100_1005_u32.to_be_bytes());
        bytes[19] = 7;
        bytes[23] = 9;
        let mut cx = Context::new(Style { verbose: 1, ..Style::default() }, Names::numeric());
        assert_eq!(print(&mut cx, Cursor::new(&bytes, 24)), Ok(()));
        let expected = "TIPC v2.0 1.1.5:7 > 9, headerlength 24 bytes, MessageSize 100 bytes, \
                        Low Importance Data payload, messageType CONN_MSG";
        assert_eq!(String::from_utf8_lossy(&cx.out), expected);
    }
}
