//! Spanning tree: IEEE 802.1D, its rapid form (802.1w), multiple (802.1s) and shortest path trees (802.1aq).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::{put_padded_string, put_seconds_256};
use crate::dissect::put::{Hex0, HexBytes};
use crate::put;

const RAPID: u8 = 2;
const MULTIPLE: u8 = 3;
const SHORTEST_PATH: u8 = 4;
const VERSIONS: &[Name] =
    &[(0, "802.1d"), (RAPID as u32, "802.1w"), (MULTIPLE as u32, "802.1s"), (SHORTEST_PATH as u32, "802.1aq")];

const CONFIGURATION: u8 = 0x00;
const RAPID_CONFIGURATION: u8 = 0x02;
const TYPES: &[Name] =
    &[(CONFIGURATION as u32, "Config"), (RAPID_CONFIGURATION as u32, "Rapid STP"), (0x80, "Topology Change")];

const FLAGS: &[Name] = &[
    (0x01, "Topology change"),
    (0x02, "Proposal"),
    (0x10, "Learn"),
    (0x20, "Forward"),
    (0x40, "Agreement"),
    (0x80, "Topology change ACK"),
];
const PORT_ROLES: [&str; 4] = ["Unknown", "Alternate", "Root", "Designated"];

/// Octets of a configuration message, of a rapid one and of the shortest with multiple trees.
const CONFIGURATION_LENGTH: u32 = 35;
const RAPID_LENGTH: u32 = 36;
const MULTIPLE_LENGTH_MIN: u32 = 102;
const SHORTEST_PATH_LENGTH_MIN: u32 = 87;

/// Where version 1 and version 3 of the message state the lengths of what they add.
const VERSION_1_LENGTH_OFFSET: usize = 35;
const VERSION_3_LENGTH_OFFSET: usize = 36;
/// Octets of the configuration's identity, in front of the trees, and of one tree.
const IDENTITY_LENGTH: u16 = 64;
const TREES_OFFSET: usize = 102;
const TREE_LENGTH: u16 = 16;

/// Prints a bridge protocol data unit.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "stp";
    let length = message.length();
    if length < 4 {
        return cx.invalid();
    }
    if message.be16_at(0)? != 0 {
        put!(cx, "unknown STP version, length ", length);
        return Ok(());
    }
    let version = message.u8_at(2)?;
    let Some(name) = lookup(VERSIONS, version) else {
        put!(cx, "STP Unknown STP protocol (0x", Hex0(version, 2), ")");
        return Ok(());
    };
    put!(cx, "STP ", name);
    let kind = message.u8_at(3)?;
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, ", ", name),
        None => put!(cx, ", Unknown BPDU Type (0x", Hex0(kind, 2), ")"),
    }
    match (kind, version) {
        (CONFIGURATION, _) if length < CONFIGURATION_LENGTH => cx.invalid(),
        (RAPID_CONFIGURATION, RAPID) if length < RAPID_LENGTH => cx.invalid(),
        (CONFIGURATION, _) | (RAPID_CONFIGURATION, RAPID) => configuration(cx, &message),
        (RAPID_CONFIGURATION, MULTIPLE | SHORTEST_PATH) => multiple(cx, &message, version),
        _ => Ok(()),
    }
}

fn configuration(cx: &mut Context, message: &Cursor) -> Outcome {
    let flags = message.u8_at(4)?;
    put_flags(cx, ", Flags [", flags);
    put!(cx, ", bridge-id ", bridge(message, 17)?, ".", Hex0(message.be16_at(25)?, 4), ", length ", message.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    put_timers(cx, message)?;
    put!(cx, "\n\troot-id ", bridge(message, 5)?, ", root-pathcost ", message.be32_at(13)?);
    if message.u8_at(2)? == RAPID {
        put!(cx, ", port-role ", port_role(flags));
    }
    Ok(())
}

/// A message with several trees: the common one (CIST), then each instance.
fn multiple(cx: &mut Context, message: &Cursor, version: u8) -> Outcome {
    let length = message.length();
    if length < MULTIPLE_LENGTH_MIN || message.u8_at(VERSION_1_LENGTH_OFFSET)? != 0 {
        return cx.invalid();
    }
    let added = message.be16_at(VERSION_3_LENGTH_OFFSET)?;
    let end = RAPID_LENGTH + u32::from(added) + 2;
    if length < end {
        return cx.invalid();
    }
    put_flags(cx, ", CIST Flags [", message.u8_at(4)?);
    put!(cx, ", length ", length);
    if cx.style.verbose > 0 {
        put_common_tree(cx, message, added)?;
        put_trees(cx, message.skip(TREES_OFFSET), added.saturating_sub(IDENTITY_LENGTH))?;
    }
    if version != SHORTEST_PATH {
        return Ok(());
    }
    let rest = message.skip(end as usize);
    let added = u32::from(rest.be16_at(0)?) + 2;
    if rest.length() < added || added < SHORTEST_PATH_LENGTH_MIN {
        return cx.invalid();
    }
    if cx.style.verbose > 0 { put_shortest_path(cx, &rest) } else { Ok(()) }
}

fn put_common_tree(cx: &mut Context, message: &Cursor, added: u16) -> Outcome {
    put!(cx, "\n\tport-role ", port_role(message.u8_at(4)?), ", ");
    put!(cx, "CIST root-id ", bridge(message, 5)?, ", CIST ext-pathcost ", message.be32_at(13)?);
    put!(cx, "\n\tCIST regional-root-id ", bridge(message, 17)?, ", ");
    put!(cx, "CIST port-id ", Hex0(message.be16_at(25)?, 4), ",");
    put_timers(cx, message)?;
    put!(cx, "\n\tv3len ", added, ", MCID Name ");
    put_padded_string(cx, &message.skip(39), 32)?;
    let digest = message.bytes_at(73, 16)?;
    put!(cx, ", rev ", message.be16_at(71)?, ",\n\t\tdigest ", HexBytes(digest), ", ");
    put!(cx, "CIST int-root-pathcost ", message.be32_at(89)?, ",");
    put!(cx, "\n\tCIST bridge-id ", bridge(message, 93)?, ", ");
    put!(cx, "CIST remaining-hops ", message.u8_at(101)?);
    Ok(())
}

fn put_trees(cx: &mut Context, mut trees: Cursor, mut length: u16) -> Outcome {
    while length >= TREE_LENGTH {
        let number = trees.be16_at(1)? & 0x0fff;
        let flags = trees.u8_at(0)?;
        put!(cx, "\n\tMSTI ", number);
        put_flags(cx, ", Flags [", flags);
        put!(cx, ", port-role ", port_role(flags));
        put!(cx, "\n\t\tMSTI regional-root-id ", bridge(&trees, 1)?, ", pathcost ", trees.be32_at(9)?);
        let [bridge_priority, port_priority, hops] = trees.array_at(13)?;
        put!(cx, "\n\t\tMSTI bridge-prio ", bridge_priority >> 4, ", port-prio ", port_priority >> 4, ", hops ", hops);
        trees = trees.skip(TREE_LENGTH.into());
        length -= TREE_LENGTH;
    }
    Ok(())
}

/// What shortest path trees add: the auxiliary configuration and the agreement.
fn put_shortest_path(cx: &mut Context, added: &Cursor) -> Outcome {
    put!(cx, "\n\tv4len ", added.be16_at(0)?, ", AUXMCID Name ");
    put_padded_string(cx, &added.skip(3), 32)?;
    let digest = added.bytes_at(37, 16)?;
    put!(cx, ", Rev ", added.be16_at(35)?, ",\n\t\tdigest ", HexBytes(digest));
    let agreement = added.u8_at(53)?;
    let (format, convention) = (added.u8_at(55)?, added.u8_at(56)?);
    let (edges, digest) = (added.be16_at(57)?, added.bytes_at(67, 20)?);
    put!(cx, "\n\tAgreement num ", agreement >> 6, ", Discarded Agreement num ", agreement >> 4 & 3);
    put!(cx, ", Agreement valid-flag ", agreement >> 3 & 1, ",\n\tRestricted role-flag: ", agreement >> 2 & 1);
    put!(cx, ", Format id ", format >> 4, " cap ", format, ", Convention id ", convention >> 4, " cap ", convention);
    put!(cx, ",\n\tEdge count ", edges, ", Agreement digest ", HexBytes(digest));
    Ok(())
}

fn put_flags(cx: &mut Context, before: &str, flags: u8) {
    put!(cx, before);
    put_bits(&mut cx.out, FLAGS, flags.into(), ", ", "none");
    put!(cx, "]");
}

fn port_role(flags: u8) -> &'static str {
    PORT_ROLES.get(usize::from(flags >> 2 & 3)).copied().unwrap_or_default()
}

fn put_timers(cx: &mut Context, message: &Cursor) -> Outcome {
    message.need(35)?;
    let names = ["\n\tmessage-age ", ", max-age ", ", hello-time ", ", forwarding-delay "];
    for (name, offset) in names.into_iter().zip([27, 29, 31, 33]) {
        put!(cx, name);
        put_seconds_256(cx, message.be16_at(offset)?);
    }
    Ok(())
}

/// A bridge's identifier: priority and address.
struct Bridge<'p>(&'p [u8]);

fn bridge<'p>(message: &Cursor<'p>, offset: usize) -> Outcome<Bridge<'p>> {
    Ok(Bridge(message.bytes_at(offset, 8)?))
}

impl crate::dissect::put::Put for Bridge<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        for (index, octet) in self.0.iter().enumerate() {
            match index {
                0 | 1 => {}
                2 => out.push(b'.'),
                _ => out.push(b':'),
            }
            Hex0(*octet, 2).put(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_configuration_shows_bridges_ports_and_timers() {
        let message = "0026 424203 0000 00 00 01 8000021122334455 00000004 8000021122334466 8001 0020 1400 0200 0060";
        assert_eq!(
            ethernet(1, message),
            "STP 802.1d, Config, Flags [Topology change], bridge-id 8000.02:11:22:33:44:66.8001, length 35\
             \n\tmessage-age 0.12s, max-age 20.00s, hello-time 2.00s, forwarding-delay 0.38s\
             \n\troot-id 8000.02:11:22:33:44:55, root-pathcost 4"
        );
    }
}
