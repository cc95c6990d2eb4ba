//! VLAN Trunking Protocol (Cisco): which VLANs there are.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::name_or;
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex, Hex0, HexBytes};
use crate::put;

const HEADER_LENGTH: u32 = 36;
const DOMAIN_LENGTH_MAX: u8 = 32;

const SUMMARY: u8 = 1;
const SUBSET: u8 = 2;
const REQUEST: u8 = 3;
const JOIN: u8 = 4;
const MESSAGES: &[Name] = &[
    (SUMMARY as u32, "Summary advertisement"),
    (SUBSET as u32, "Subset advertisement"),
    (REQUEST as u32, "Advertisement request"),
    (JOIN as u32, "Join message"),
];
/// What the third octet counts.
const COUNTERS: &[Name] =
    &[(SUMMARY as u32, "Followers"), (SUBSET as u32, "Seq number"), (REQUEST as u32, "Rsvd"), (JOIN as u32, "Rsvd")];

/// Octets of a VLAN's entry in front of its name.
const VLAN_LENGTH: usize = 12;
const VLAN_STATES: &[Name] = &[(0, "Operational"), (1, "Suspended")];
const VLAN_TYPES: &[Name] = &[(1, "Ethernet"), (2, "FDDI"), (3, "TrCRF"), (4, "FDDI-net"), (5, "TrBRF")];

const STP_TYPE: u8 = 3;
const PRUNING: u8 = 6;
const BRIDGE_TYPE: u8 = 7;
const STE_HOP_COUNT: u8 = 9;
const BACKUP_CRF_MODE: u8 = 10;
const FIELDS: &[Name] = &[
    (1, "Source-Routing Ring Number TLV"),
    (2, "Source-Routing Bridge Number TLV"),
    (STP_TYPE as u32, "STP type TLV"),
    (4, "Parent VLAN TLV"),
    (5, "Translationally bridged VLANs TLV"),
    (PRUNING as u32, "Pruning TLV"),
    (BRIDGE_TYPE as u32, "Bridge Type TLV"),
    (8, "Max ARP Hop Count TLV"),
    (STE_HOP_COUNT as u32, "Max STE Hop Count TLV"),
    (BACKUP_CRF_MODE as u32, "Backup CRF Mode TLV"),
];
const STP_TYPES: &[Name] = &[(1, "SRT"), (2, "SRB"), (3, "Auto")];

/// Prints a message: what it is, and with `-v` everything.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "vtp";
    cx.protocol_caps();
    if !print_message(cx, &message)? {
        return cx.invalid_rest(&message);
    }
    Ok(())
}

/// Prints the message; `false` where it contradicts itself.
fn print_message(cx: &mut Context, message: &Cursor) -> Outcome<bool> {
    let length = message.length();
    if length < HEADER_LENGTH {
        put!(cx, " [length ", length, " < ", HEADER_LENGTH, "]");
        return Ok(false);
    }
    message.need(HEADER_LENGTH as usize)?;
    let version = message.u8_at(0)?;
    if !(1..=3).contains(&version) {
        put!(cx, " [version ", version, if version < 1 { " < 1]" } else { " > 3]" });
        return Ok(false);
    }
    let kind = message.u8_at(1)?;
    let name = name_or(MESSAGES, kind, "Unknown message type");
    put!(cx, "v", version, ", Message ", name, " (0x", Hex0(kind, 2), "), length ", length);
    if cx.style.verbose == 0 {
        return message.need(length as usize).map(|()| true);
    }
    put!(cx, "\n\tDomain name: ");
    let domain_length = message.u8_at(3)?;
    if !(1..=DOMAIN_LENGTH_MAX).contains(&domain_length) {
        put!(cx, " [MgmtD Len ", domain_length, "]");
        return Ok(false);
    }
    cx.escaped_padded_field(&message.skip(4), domain_length.into())?;
    put!(cx, ", ", name_or(COUNTERS, kind, "Unknown"), ": ", message.u8_at(2)?);
    let rest = message.skip(HEADER_LENGTH as usize);
    match kind {
        SUMMARY => put_summary(cx, &rest)?,
        SUBSET => return put_subset(cx, rest),
        REQUEST => put!(cx, "\n\tStart value: ", rest.be32_at(0)?),
        _ => {}
    }
    Ok(true)
}

fn put_summary(cx: &mut Context, rest: &Cursor) -> Outcome {
    let revision = rest.be32_at(0)?;
    rest.need(8)?;
    put!(cx, "\n\t  Config Rev ", Hex(revision), ", Updater ");
    cx.ipv4_at(rest, 4)?;
    let time = [rest.be32_at(8)?, rest.be32_at(12)?, rest.be32_at(16)?];
    put!(cx, ", Timestamp");
    for word in time {
        put!(cx, " 0x", Hex0(word, 8));
    }
    put!(cx, ", MD5 digest: ", HexBytes(rest.bytes_at(20, 16)?));
    Ok(())
}

/// The entries of VLANs.
fn put_subset(cx: &mut Context, mut rest: Cursor) -> Outcome<bool> {
    put!(cx, ", Config Rev ", Hex(rest.be32()?));
    while rest.length() > 0 {
        let length = rest.u8_at(0)?;
        if length == 0 {
            break;
        }
        let length = usize::from(length);
        let vlan = Cursor::new(rest.bytes_at(0, length)?, length as u32);
        if !put_vlan(cx, vlan)? {
            return Ok(false);
        }
        rest = rest.skip(length);
    }
    Ok(true)
}

fn put_vlan(cx: &mut Context, vlan: Cursor) -> Outcome<bool> {
    if (vlan.length() as usize) < VLAN_LENGTH {
        return Ok(false);
    }
    put!(cx, "\n\tVLAN info status ", name_or(VLAN_STATES, vlan.u8_at(1)?, "Unknown"));
    put!(cx, ", type ", name_or(VLAN_TYPES, vlan.u8_at(2)?, "Unknown"), ", VLAN-id ", vlan.be16_at(4)?);
    put!(cx, ", MTU ", vlan.be16_at(6)?, ", SAID 0x", Hex0(vlan.be32_at(8)?, 8), ", Name ");
    let name_length = usize::from(vlan.u8_at(3)?);
    let name = vlan.skip(VLAN_LENGTH);
    let padded_length = name_length.next_multiple_of(4);
    if (name.length() as usize) < padded_length {
        return Ok(false);
    }
    cx.escaped_padded_field(&name, name_length)?;
    let mut rest = name.skip(padded_length);
    while rest.length() > 0 {
        if !put_field(cx, &mut rest)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What else is known of a VLAN. Type and length take an octet each, whatever Cisco's papers say, and
/// the length counts words.
fn put_field(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    if rest.length() < 2 {
        return Ok(false);
    }
    let (kind, words) = (rest.u8_at(0)?, rest.u8_at(1)?);
    put!(cx, "\n\t\t", name_or(FIELDS, kind, "Unknown"), " (0x", Hex0(kind, 4), ") TLV");
    let length = u32::from(words) * 2 + 2;
    if rest.length() < length {
        put!(cx, " (TLV goes past the end of the packet)");
        return Ok(false);
    }
    if words != 1 {
        put!(cx, " [TLV length ", words, " != 1]");
        return Ok(false);
    }
    let value = rest.be16_at(2)?;
    match kind {
        STE_HOP_COUNT => put!(cx, ", ", value),
        PRUNING => put!(cx, ", ", if value == 1 { "Enabled" } else { "Disabled" }, " (", value, ")"),
        STP_TYPE => put!(cx, ", ", name_or(STP_TYPES, value, "Unknown"), " (", value, ")"),
        BRIDGE_TYPE => put!(cx, ", ", if value == 1 { "SRB" } else { "SRT" }, " (", value, ")"),
        BACKUP_CRF_MODE => put!(cx, ", ", if value == 1 { "Backup" } else { "Not backup" }, " (", value, ")"),
        _ => put_hex_lines(cx, "\n\t\t  ", rest, length),
    }
    *rest = rest.skip(length as usize);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_vlan_shows_its_fields_and_one_of_two_words_is_invalid() {
        let header = "aaaa03 00000c 2003 01 02 07 02 6162 000000000000000000000000000000000000000000000000000000000000";
        let vlan = "18 00 01 03 0001 05dc 000186a1 666f6f00 0301 0002 0a02 0001 ";
        assert_eq!(
            ethernet(1, &["0048", header, "00000009", vlan].concat()),
            "VTPv1, Message Subset advertisement (0x02), length 64\
             \n\tDomain name: ab, Seq number: 7, Config Rev 9\
             \n\tVLAN info status Operational, type Ethernet, VLAN-id 1, MTU 1500, SAID 0x000186a1, Name foo\
             \n\t\tSTP type TLV (0x0003) TLV, SRB (2)\
             \n\t\tBackup CRF Mode TLV (0x000a) TLV (TLV goes past the end of the packet) (invalid)"
        );
    }
}
