//! Values for media endpoints (LLDP-MED, ANSI/TIA-1057).

use super::{Value, location, put_subtype};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup, put_bits};
use crate::dissect::payload::put_padded_string;
use crate::dissect::put::Hex0;
use crate::put;

const CAPABILITIES: u8 = 1;
const NETWORK_POLICY: u8 = 2;
const LOCATION: u8 = 3;
const EXTENDED_POWER: u8 = 4;
const SUBTYPES: &[Name] = &[
    (CAPABILITIES as u32, "LLDP-MED Capabilities"),
    (NETWORK_POLICY as u32, "Network policy"),
    (LOCATION as u32, "Location identification"),
    (EXTENDED_POWER as u32, "Extended power-via-MDI"),
    (5, "Inventory - hardware revision"),
    (6, "Inventory - firmware revision"),
    (7, "Inventory - software revision"),
    (8, "Inventory - serial number"),
    (9, "Inventory - manufacturer name"),
    (10, "Inventory - model name"),
    (11, "Inventory - asset ID"),
];
const INVENTORY: &[Name] = &[
    (5, "Hardware revision"),
    (6, "Firmware revision"),
    (7, "Software revision"),
    (8, "Serial number"),
    (9, "Manufacturer name"),
    (10, "Model name"),
    (11, "Asset ID"),
];

const MEDIA_CAPABILITIES: &[Name] = &[
    (0x01, "LLDP-MED capabilities"),
    (0x02, "network policy"),
    (0x04, "location identification"),
    (0x08, "extended power via MDI-PSE"),
    (0x10, "extended power via MDI-PD"),
    (0x20, "Inventory"),
];
const DEVICES: &[Name] =
    &[(1, "endpoint class 1"), (2, "endpoint class 2"), (3, "endpoint class 3"), (4, "network connectivity")];
const APPLICATIONS: &[Name] = &[
    (1, "voice"),
    (2, "voice signaling"),
    (3, "guest voice"),
    (4, "guest voice signaling"),
    (5, "softphone voice"),
    (6, "video conferencing"),
    (7, "streaming video"),
    (8, "video signaling"),
];
const POLICY_FLAGS: &[Name] = &[(0x80, "Unknown"), (0x40, "Tagged"), (0x20, "reserved")];

const POWER_SOURCES: &[Name] =
    &[(1, "PSE - primary power source"), (2, "local - backup power source"), (3, "PSE+local - reserved")];
const POWER_PRIORITIES: &[Name] = &[(1, "critical"), (2, "high"), (3, "low")];
/// Powers from here on are reserved.
const POWER_END: u16 = 1024;

/// Prints a value, from the organization's identifier on.
pub(super) fn print(cx: &mut Context, value: &Cursor) -> Outcome<Value> {
    let Some(subtype) = put_subtype(cx, SUBTYPES, value, 4)? else { return Ok(Value::Printed) };
    let least = match subtype {
        CAPABILITIES | EXTENDED_POWER => 7,
        NETWORK_POLICY => 8,
        LOCATION => 5,
        _ => 0,
    };
    if value.length() < least {
        return Ok(Value::Printed);
    }
    let data = value.skip(4);
    match (subtype, lookup(INVENTORY, subtype)) {
        (CAPABILITIES, _) => put_capabilities(cx, &data)?,
        (NETWORK_POLICY, _) => put_policy(cx, &data)?,
        (LOCATION, _) => location::print(cx, &data)?,
        (EXTENDED_POWER, _) => put_power(cx, &data)?,
        (_, Some(name)) => {
            put!(cx, "\n\t  ", name, " ");
            put_padded_string(cx, &data, data.length() as usize)?;
        }
        _ => return Ok(Value::Unknown),
    }
    Ok(Value::Printed)
}

fn put_capabilities(cx: &mut Context, data: &Cursor) -> Outcome {
    let (capabilities, device) = (data.be16_at(0)?, data.u8_at(2)?);
    put!(cx, "\n\t    Media capabilities [");
    put_bits(&mut cx.out, MEDIA_CAPABILITIES, capabilities.into(), ", ", "none");
    put!(cx, "] (0x", Hex0(capabilities, 4), ")");
    let name = lookup(DEVICES, device).unwrap_or("unknown");
    put!(cx, "\n\t    Device type [", name, "] (0x", Hex0(device, 2), ")");
    Ok(())
}

fn put_policy(cx: &mut Context, data: &Cursor) -> Outcome {
    let (application, flags) = (data.u8_at(0)?, data.u8_at(1)?);
    let name = lookup(APPLICATIONS, application).unwrap_or("none");
    put!(cx, "\n\t    Application type [", name, "] (0x", Hex0(application, 2), "), Flags [");
    put_bits(&mut cx.out, POLICY_FLAGS, flags.into(), ", ", "none");
    let (vlan, priority) = (data.be16_at(1)? >> 1 & 0x0fff, data.be16_at(2)?);
    put!(cx, "]\n\t    Vlan id ", vlan, ", L2 priority ", priority >> 6 & 7, ", DSCP value ", priority & 0x3f);
    Ok(())
}

fn put_power(cx: &mut Context, data: &Cursor) -> Outcome {
    let (bits, power) = (data.u8_at(0)?, data.be16_at(1)?);
    // The type is in the high bits; tcpdump looks at the low ones.
    let device = if bits & 3 != 0 { "PD device" } else { "PSE device" };
    let source = lookup(POWER_SOURCES, bits >> 4 & 3).unwrap_or("none");
    put!(cx, "\n\t    Power type [", device, "], Power source [", source, "]");
    let priority = bits & 0x0f;
    let name = lookup(POWER_PRIORITIES, priority).unwrap_or("none");
    put!(cx, "\n\t    Power priority [", name, "] (0x", Hex0(priority, 2), ")");
    if power < POWER_END {
        put!(cx, ", Power ", power / 10, ".", power % 10, " Watts");
    } else {
        put!(cx, ", Power ", power, " (Reserved)");
    }
    Ok(())
}
