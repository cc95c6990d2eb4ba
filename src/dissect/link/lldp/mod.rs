//! Link Layer Discovery Protocol (IEEE 802.1AB): what a station says of itself, as type, length and value.

pub(in crate::dissect::link) mod address;
mod dcbx;
mod dot1;
mod dot3;
mod location;
mod med;

use crate::dissect::address::Mac;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::oui;
use crate::dissect::payload::{put_hex_lines, put_padded_string};
use crate::dissect::put::Hex0;
use crate::put;

const END: u16 = 0;
const CHASSIS: u16 = 1;
const PORT: u16 = 2;
const TIME_TO_LIVE: u16 = 3;
const PORT_DESCRIPTION: u16 = 4;
const SYSTEM_NAME: u16 = 5;
const SYSTEM_DESCRIPTION: u16 = 6;
const CAPABILITIES: u16 = 7;
const MANAGEMENT_ADDRESS: u16 = 8;
const ORGANIZATION: u16 = 127;
const TYPES: &[Name] = &[
    (END as u32, "End"),
    (CHASSIS as u32, "Chassis ID"),
    (PORT as u32, "Port ID"),
    (TIME_TO_LIVE as u32, "Time to Live"),
    (PORT_DESCRIPTION as u32, "Port Description"),
    (SYSTEM_NAME as u32, "System Name"),
    (SYSTEM_DESCRIPTION as u32, "System Description"),
    (CAPABILITIES as u32, "System Capabilities"),
    (MANAGEMENT_ADDRESS as u32, "Management Address"),
    (ORGANIZATION as u32, "Organization specific"),
];

const CHASSIS_MAC: u8 = 4;
const CHASSIS_NETWORK_ADDRESS: u8 = 5;
const CHASSIS_SUBTYPES: &[Name] = &[
    (1, "Chassis component"),
    (2, "Interface alias"),
    (3, "Port component"),
    (CHASSIS_MAC as u32, "MAC address"),
    (CHASSIS_NETWORK_ADDRESS as u32, "Network address"),
    (6, "Interface name"),
    (7, "Local"),
];
const PORT_MAC: u8 = 3;
const PORT_NETWORK_ADDRESS: u8 = 4;
const PORT_SUBTYPES: &[Name] = &[
    (1, "Interface alias"),
    (2, "Port component"),
    (PORT_MAC as u32, "MAC address"),
    (PORT_NETWORK_ADDRESS as u32, "Network Address"),
    (5, "Interface Name"),
    (6, "Agent circuit ID"),
    (7, "Local"),
];
const SYSTEM_CAPABILITIES: &[Name] = &[
    (0x01, "Other"),
    (0x02, "Repeater"),
    (0x04, "Bridge"),
    (0x08, "WLAN AP"),
    (0x10, "Router"),
    (0x20, "Telephone"),
    (0x40, "Docsis"),
    (0x80, "Station Only"),
];

const IANA_MUD_URL: u8 = 1;
const IANA_SUBTYPES: &[Name] = &[(IANA_MUD_URL as u32, "MUD-URL")];

/// What became of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    /// It was printed.
    Printed,
    /// There is no text for it.
    Unknown,
    /// It is shorter than its fields.
    Short,
}

/// Prints an advertisement: the system's name, and with `-v` everything.
pub fn print(cx: &mut Context, mut message: Cursor) -> Outcome {
    cx.protocol = "lldp";
    put!(cx, "LLDP, length ", message.length());
    while message.length() >= 2 {
        let Ok(header) = message.be16() else {
            cx.truncated();
            return Ok(());
        };
        let (kind, length) = (header >> 9, header & 0x01ff);
        if cx.style.verbose > 0 {
            let name = lookup(TYPES, kind).unwrap_or("Unknown");
            put!(cx, "\n\t", name, " TLV (", kind, "), length ", length);
        }
        if kind == END || length == 0 {
            break;
        }
        if !message.has(length.into()) || message.length() < length.into() {
            cx.truncated();
            return Ok(());
        }
        let value = message.limit(length.into());
        let outcome = put_value(cx, kind, value)?;
        if outcome == Value::Short {
            cx.truncated();
            return Ok(());
        }
        if cx.style.verbose > 1 || (cx.style.verbose > 0 && outcome == Value::Unknown) {
            put_hex_lines(cx, "\n\t  ", &value, length.into());
        }
        message = message.skip(length.into());
    }
    Ok(())
}

fn put_value(cx: &mut Context, kind: u16, value: Cursor) -> Outcome<Value> {
    if kind == SYSTEM_NAME {
        put!(cx, ": ");
        return put_string(cx, &value);
    }
    if cx.style.verbose == 0 {
        return Ok(Value::Printed);
    }
    match kind {
        CHASSIS => put_identifier(cx, CHASSIS_SUBTYPES, CHASSIS_MAC, CHASSIS_NETWORK_ADDRESS, value),
        PORT => put_identifier(cx, PORT_SUBTYPES, PORT_MAC, PORT_NETWORK_ADDRESS, value),
        TIME_TO_LIVE if value.length() < 2 => Ok(Value::Short),
        TIME_TO_LIVE => {
            put!(cx, ": TTL ", value.be16_at(0)?, "s");
            Ok(Value::Printed)
        }
        PORT_DESCRIPTION => {
            put!(cx, ": ");
            put_string(cx, &value)
        }
        SYSTEM_DESCRIPTION => {
            put!(cx, "\n\t  ");
            put_string(cx, &value)
        }
        CAPABILITIES if value.length() < 4 => Ok(Value::Short),
        CAPABILITIES => {
            put_capabilities(cx, "\n\t  System  Capabilities [", value.be16_at(0)?);
            put_capabilities(cx, "\n\t  Enabled Capabilities [", value.be16_at(2)?);
            Ok(Value::Printed)
        }
        MANAGEMENT_ADDRESS => address::put_management(cx, value),
        ORGANIZATION if value.length() < 3 => Ok(Value::Short),
        ORGANIZATION => put_organization(cx, &value),
        _ => Ok(Value::Unknown),
    }
}

fn put_string(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    put_padded_string(cx, value, value.length() as usize)?;
    Ok(Value::Printed)
}

/// What a chassis or a port is known by.
fn put_identifier(cx: &mut Context, names: &[Name], mac: u8, network: u8, value: Cursor) -> Outcome<Value> {
    if value.length() < 2 {
        return Ok(Value::Short);
    }
    let subtype = value.u8_at(0)?;
    let name = lookup(names, subtype);
    put!(cx, "\n\t  Subtype ", name.unwrap_or("Unknown"), " (", subtype, "): ");
    let identifier = value.skip(1);
    if subtype == mac {
        if value.length() < 7 {
            return Ok(Value::Short);
        }
        cx.mac(Mac(identifier.array_at(0)?));
    } else if subtype == network {
        return address::put_network(cx, &identifier);
    } else if name.is_some() {
        return put_string(cx, &identifier);
    } else {
        return Ok(Value::Unknown);
    }
    Ok(Value::Printed)
}

fn put_capabilities(cx: &mut Context, label: &str, capabilities: u16) {
    put!(cx, label);
    put_bits(&mut cx.out, SYSTEM_CAPABILITIES, capabilities.into(), ", ", "none");
    put!(cx, "] (0x", Hex0(capabilities, 4), ")");
}

/// A value whose form an organization defines.
fn put_organization(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    let organization = value.be24_at(0)?;
    let name = lookup(oui::NAMES, organization).unwrap_or("Unknown");
    put!(cx, ": OUI ", name, " (0x", Hex0(organization, 6), ")");
    match organization {
        oui::IEEE_802_1 => dot1::print(cx, value),
        oui::IEEE_802_3 => dot3::print(cx, value),
        oui::IANA => put_iana(cx, value),
        oui::TIA => med::print(cx, value),
        oui::DCBX => dcbx::print(cx, value),
        _ => Ok(Value::Unknown),
    }
}

/// The subtype of an organization's value; `None` when it is shorter than `least` octets.
fn put_subtype(cx: &mut Context, names: &[Name], value: &Cursor, least: u32) -> Outcome<Option<u8>> {
    if value.length() < least {
        return Ok(None);
    }
    let subtype = value.u8_at(3)?;
    put!(cx, "\n\t  ", lookup(names, subtype).unwrap_or("unknown"), " Subtype (", subtype, ")");
    Ok(Some(subtype))
}

/// Manufacturer usage descriptions (RFC 8520 section 11).
fn put_iana(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    match put_subtype(cx, IANA_SUBTYPES, value, 8)? {
        None => Ok(Value::Printed),
        Some(IANA_MUD_URL) => {
            put!(cx, "\n\t  MUD-URL=");
            cx.escaped(value.skip(4).captured());
            Ok(Value::Printed)
        }
        Some(_) => Ok(Value::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn the_name_is_printed_without_verbosity_and_cut_values_are_not() {
        assert_eq!(ethernet(0, "88cc 0a03 61620a 1003 040102"), "LLDP, length 10: ab^J");
        assert_eq!(ethernet(0, "88cc 0a09 6162"), "LLDP, length 4 [|lldp]");
    }

    #[test]
    fn addresses_and_power_are_decoded() {
        assert_eq!(
            ethernet(1, "88cc 100c 05 01 c0a80001 02 00000007 00 fe07 0012bb 04 42 0096 0000"),
            "LLDP, length 25\n\tManagement Address TLV (8), length 12\
             \n\t  Management Address length 5, AFI IPv4 (1): 192.168.0.1\
             \n\t  Interface Index Interface Numbering (2): 7\
             \n\tOrganization specific TLV (127), length 7: OUI ANSI/TIA (0x0012bb)\
             \n\t  Extended power-via-MDI Subtype (4)\
             \n\t    Power type [PD device], Power source [none]\
             \n\t    Power priority [high] (0x02), Power 15.0 Watts\n\tEnd TLV (0), length 0"
        );
    }
}
