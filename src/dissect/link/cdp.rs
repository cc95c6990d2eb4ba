//! Cisco Discovery Protocol: what a Cisco device says of itself, as type, length and value.

use crate::dissect::context::{Context, put_visible};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::flags;
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::dissect::put::{Hex0, Pad0};
use crate::put;

const HEADER_LENGTH: u32 = 4;
/// Octets of a field's type and length, which the length includes.
const FIELD_HEADER_LENGTH: u32 = 4;

const CAPABILITIES: &[Name] = &[
    (0x01, "Router"),
    (0x02, "Transparent Bridge"),
    (0x04, "Source Route Bridge"),
    (0x08, "L2 Switch"),
    (0x10, "L3 capable"),
    (0x20, "IGMP snooping"),
    (0x40, "L1 capable"),
];

/// How an address names its protocol: by an OSI network layer protocol identifier.
const PROTOCOL_NLPID: u8 = 1;
/// By an LLC and SNAP header.
const PROTOCOL_LLC: u8 = 2;
const NLPID_IPV4: &[u8] = &[0xcc];
const LLC_IPV6: &[u8] = &[0xaa, 0xaa, 0x03, 0x00, 0x00, 0x00, 0x86, 0xdd];

/// Prints a field's value.
type Print = fn(&mut Context, Cursor) -> Outcome;

/// A type of field: its name, how its value is printed, and how long that may be.
struct Field {
    name: &'static str,
    /// Nothing for fields that are only named.
    print: Option<Print>,
    /// Whether it is printed without `-v`, too.
    always: bool,
    length: std::ops::RangeInclusive<u32>,
}

const ANY: std::ops::RangeInclusive<u32> = 0..=u32::MAX;

fn field(kind: u16) -> Option<Field> {
    let verbose = |name, print: Option<Print>, length| Field { name, print, always: false, length };
    let string: Option<Print> = Some(put_string);
    Some(match kind {
        0x01 => Field { always: true, ..verbose("Device-ID", string, ANY) },
        0x02 => verbose("Address", Some(put_addresses), 4..=u32::MAX),
        0x03 => verbose("Port-ID", string, ANY),
        0x04 => verbose("Capability", Some(put_capabilities), 4..=4),
        0x05 => verbose("Version String", Some(put_version), ANY),
        0x06 => verbose("Platform", string, ANY),
        0x07 => verbose("Prefixes", Some(put_prefixes), ANY),
        0x08 => verbose("Protocol-Hello option", None, ANY),
        0x09 => verbose("VTP Management Domain", string, ANY),
        0x0a => verbose("Native VLAN ID", Some(put_number), 2..=2),
        0x0b => verbose("Duplex", Some(put_duplex), 1..=1),
        0x0e => verbose("ATA-186 VoIP VLAN assignment", Some(put_voice_vlan), 3..=3),
        0x0f => verbose("ATA-186 VoIP VLAN request", Some(put_voice_vlan), 2..=3),
        0x10 => verbose("power consumption", Some(put_power), 1..=3),
        0x11 => verbose("MTU", Some(put_mtu), 4..=4),
        0x12 => verbose("AVVID trust bitmap", Some(put_octet), 1..=1),
        0x13 => verbose("AVVID untrusted ports CoS", Some(put_octet), 1..=1),
        0x14 => verbose("System Name", string, ANY),
        0x15 => verbose("System Object ID (not decoded)", None, ANY),
        0x16 => verbose("Management Addresses", Some(put_addresses), 4..=u32::MAX),
        0x17 => verbose("Physical Location", Some(put_location), 1..=u32::MAX),
        0x1a => verbose("Power available", Some(put_available_power), 8..=u32::MAX),
        // tcpdump's table has gaps, and a gap counts as a field without a name.
        0x00..=0x1a => Field { always: true, ..verbose(UNKNOWN, None, ANY) },
        _ => return None,
    })
}

const UNKNOWN: &str = "unknown field type";

/// Prints an advertisement: the device's name, and with `-v` everything.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "cdp";
    cx.protocol_caps();
    let length = message.length();
    if length < HEADER_LENGTH {
        put!(cx, " (packet length ", length, " < ", HEADER_LENGTH, ")");
        return cx.invalid_rest(&message);
    }
    put!(cx, "v", message.u8_at(0)?, ", ttl: ", message.u8_at(1)?, "s");
    let checksum = message.be16_at(2)?;
    if cx.style.verbose > 0 {
        put!(cx, ", checksum: 0x", Hex0(checksum, 4), " (unverified), length ", length);
    }
    let mut rest = message.skip(HEADER_LENGTH as usize);
    while rest.length() > 0 {
        if !print_field(cx, &mut rest)? {
            return cx.invalid_rest(&rest);
        }
    }
    if cx.style.verbose == 0 {
        put!(cx, ", length ", length);
    }
    Ok(())
}

/// Prints a field and steps over it; `false` when its length cannot be.
fn print_field(cx: &mut Context, rest: &mut Cursor) -> Outcome<bool> {
    if rest.length() < FIELD_HEADER_LENGTH {
        put!(cx, " (remaining packet length ", rest.length(), " < ", FIELD_HEADER_LENGTH, ")");
        return Ok(false);
    }
    let (kind, length) = (rest.be16_at(0)?, u32::from(rest.be16_at(2)?));
    let field = field(kind);
    let name = field.as_ref().map_or(UNKNOWN, |field| field.name);
    let verbose = cx.style.verbose > 0;
    if length < FIELD_HEADER_LENGTH {
        if verbose {
            put!(cx, "\n\t", name, " (0x", Hex0(kind, 4), "), TLV length: ", length, bytes(length), " (too short)");
        } else {
            put!(cx, ", ", name, " TLV length ", length, " too short");
        }
        return Ok(false);
    }
    if length > rest.length() {
        put!(cx, " (TLV length ", length, " > ", rest.length(), ")");
        return Ok(false);
    }
    let value_length = length - FIELD_HEADER_LENGTH;
    let value = rest.skip(FIELD_HEADER_LENGTH as usize).with_length(value_length);
    let always = field.as_ref().is_some_and(|field| field.always);
    if verbose {
        put!(cx, "\n\t", name, " (0x", Hex0(kind, 4), "), value length: ", value_length, bytes(value_length), ": ");
    } else if always {
        put!(cx, ", ", name, " ");
    }
    print_value(cx, field, value, verbose, verbose || always)?;
    *rest = rest.skip(length as usize);
    Ok(true)
}

fn print_value(cx: &mut Context, field: Option<Field>, value: Cursor, verbose: bool, shown: bool) -> Outcome {
    let mut covered = false;
    match field {
        Some(field) if !field.length.contains(&value.length()) => put!(cx, " (malformed TLV)"),
        Some(field) if shown => {
            match field.print {
                Some(print) => print(cx, value)?,
                None => value.need(value.length() as usize)?,
            }
            covered = true;
        }
        _ => {}
    }
    if verbose && !covered {
        value.need(value.length() as usize)?;
        put_hex_lines(cx, "\n\t  ", &value, value.length());
    }
    Ok(())
}

fn bytes(count: u32) -> &'static str {
    if count == 1 { " byte" } else { " bytes" }
}

fn put_string(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "'");
    cx.escaped_field(&value, value.length() as usize)?;
    put!(cx, "'");
    Ok(())
}

fn put_capabilities(cx: &mut Context, value: Cursor) -> Outcome {
    let capabilities = value.be32_at(0)?;
    put!(cx, "(0x", Hex0(capabilities, 8), "): ", flags(CAPABILITIES, capabilities, "none"));
    Ok(())
}

/// Text of several lines, each indented.
fn put_version(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "\n\t  ");
    let length = value.length() as usize;
    for &octet in value.captured().iter().take(length) {
        match octet {
            b'\n' => put!(cx, "\n\t  "),
            _ => put_visible(octet, &mut cx.out),
        }
    }
    value.need(length)
}

fn put_number(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, value.be16_at(0)?);
    Ok(())
}

fn put_octet(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "0x", Hex0(value.u8_at(0)?, 2));
    Ok(())
}

fn put_duplex(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, if value.u8_at(0)? != 0 { "full" } else { "half" });
    Ok(())
}

fn put_mtu(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, value.be32_at(0)?, " bytes");
    Ok(())
}

/// The VLAN of a telephone adapter; requests may be in a form that is not documented.
fn put_voice_vlan(cx: &mut Context, value: Cursor) -> Outcome {
    if value.length() == 2 {
        put!(cx, "unknown 0x", Hex0(value.be16_at(0)?, 4));
    } else {
        put!(cx, "app ", value.u8_at(0)?, ", vlan ", value.be16_at(1)?);
    }
    Ok(())
}

/// Milliwatts, in watts with two decimals.
fn put_power(cx: &mut Context, value: Cursor) -> Outcome {
    let milliwatts = match value.length() {
        1 => u32::from(value.u8_at(0)?),
        2 => u32::from(value.be16_at(0)?),
        _ => value.be24_at(0)?,
    };
    let hundredths = hundredths(milliwatts);
    put!(cx, hundredths / 100, ".", Pad0(hundredths % 100, 2), "W");
    Ok(())
}

/// Thousandths rounded to hundredths as `printf` does it: by the nearest binary fraction, which for a
/// half mostly lies a little above or below it.
fn hundredths(thousandths: u32) -> u32 {
    let (quotient, remainder) = (thousandths / 10, thousandths % 10);
    let exact = f64::from(thousandths);
    let error = (exact / 1000.0).mul_add(1000.0, -exact);
    let half_is_up = if error == 0.0 { quotient % 2 == 1 } else { error > 0.0 };
    quotient + u32::from(remainder > 5 || (remainder == 5 && half_is_up))
}

fn put_location(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "0x", Hex0(value.u8_at(0)?, 2));
    let text = value.skip(1);
    if text.length() > 0 {
        put!(cx, "/");
        cx.escaped_field(&text, text.length() as usize)?;
    }
    Ok(())
}

fn put_available_power(cx: &mut Context, value: Cursor) -> Outcome {
    put!(cx, "reqid ", value.be16_at(0)?, ", mgmtid ", value.be16_at(2)?, ", pwravail");
    let mut levels = value.skip(4);
    while levels.length() >= 4 {
        put!(cx, " ", levels.be32()?, " mW");
    }
    Ok(())
}

fn put_addresses(cx: &mut Context, value: Cursor) -> Outcome {
    let mut rest = value.skip(4);
    for left in (1..=value.be32_at(0)?).rev() {
        if let Some(missing) = put_address(cx, &mut rest, left)? {
            put!(cx, " (not enough space for ", missing, ")");
            return rest.need(rest.length() as usize);
        }
        if left > 1 {
            put!(cx, " ");
        }
    }
    if rest.length() > 0 {
        put!(cx, " (", rest.length(), " bytes of stray data)");
    }
    Ok(())
}

/// Prints an address, the last but `left`, and steps over it; or says what the field has no room for.
fn put_address(cx: &mut Context, rest: &mut Cursor, left: u32) -> Outcome<Option<&'static str>> {
    if rest.length() < 2 {
        return Ok(Some("PT+PL"));
    }
    let (kind, protocol_length) = (rest.u8()?, usize::from(rest.u8()?));
    if (rest.length() as usize) < protocol_length + 2 {
        return Ok(Some("P+AL"));
    }
    let length = rest.be16_at(protocol_length)?;
    let protocol = rest.bytes_at(0, protocol_length)?;
    let version = match (kind, length) {
        (PROTOCOL_NLPID, 4) if protocol == NLPID_IPV4 => 4,
        (PROTOCOL_LLC, 16) if protocol == LLC_IPV6 => 6,
        _ => 0,
    };
    if version == 0 {
        put!(cx, "pt=0x", Hex0(kind, 2), ", pl=", protocol_length, ", pb=");
        put_octets(cx, protocol);
        put!(cx, ", al=", length, ", a=");
    }
    *rest = rest.skip(protocol_length + 2);
    if rest.length() < length.into() {
        return Ok(Some("A"));
    }
    rest.need(match version {
        0 => 0,
        _ => length.into(),
    })?;
    match version {
        4 => {
            put!(cx, "IPv4 (", left, ") ");
            cx.ipv4_at(rest, 0)?;
        }
        6 => {
            put!(cx, "IPv6 (", left, ") ");
            cx.ipv6_at(rest, 0)?;
        }
        _ => {
            let captured = rest.captured();
            put_octets(cx, captured.get(..length.into()).unwrap_or(captured));
            rest.need(length.into())?;
        }
    }
    *rest = rest.skip(length.into());
    Ok(None)
}

fn put_octets(cx: &mut Context, octets: &[u8]) {
    for &octet in octets {
        put!(cx, " ", Hex0(octet, 2));
    }
}

fn put_prefixes(cx: &mut Context, value: Cursor) -> Outcome {
    let length = value.length();
    if !length.is_multiple_of(5) {
        put!(cx, " [length ", length, " is not a multiple of 5]");
        return value.need(length as usize);
    }
    put!(cx, " IPv4 Prefixes (", length / 5, "):");
    let mut rest = value;
    while rest.length() > 0 {
        let [a, b, c, d, bits] = rest.array()?;
        put!(cx, " ", a, ".", b, ".", c, ".", d, "/", bits);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::hundredths;
    use crate::dissect::link::testing::ethernet;

    /// An LLC and SNAP header for an advertisement of this many octets, and its own.
    const HEADER: &str = "aaaa03 00000c 2000 02 b4 abcd";

    #[test]
    fn half_hundredths_round_as_binary_fractions_do() {
        assert_eq!([125, 375, 1005, 1015, 8435, 15_400].map(hundredths), [12, 38, 100, 101, 844, 1540]);
    }

    #[test]
    fn a_field_without_a_name_is_mentioned_and_a_malformed_one_marked() {
        assert_eq!(
            ethernet(0, &["001a", HEADER, "000c 0004 000a 0005 01 0001 0005 61"].concat()),
            "CDPv2, ttl: 180s, unknown field type  (malformed TLV), Device-ID 'a', length 18"
        );
    }

    #[test]
    fn addresses_are_checked_against_their_field() {
        assert_eq!(
            ethernet(1, &["0025", HEADER, "0002 0011 00000001 0101cc 0004 c0a80001 0016 0008 00000009"].concat()),
            "CDPv2, ttl: 180s, checksum: 0xabcd (unverified), length 29\
             \n\tAddress (0x0002), value length: 13 bytes: IPv4 (1) 192.168.0.1\
             \n\tManagement Addresses (0x0016), value length: 4 bytes:  (not enough space for PT+PL)"
        );
    }
}
