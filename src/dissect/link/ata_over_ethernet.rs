//! ATA over Ethernet (AoEr11): disks on a LAN.

use crate::dissect::address::Mac;
use crate::dissect::context::{Context, put_visible};
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or_number};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::Hex0;
use crate::put;

const VERSION: u8 = 1;
/// Up to the command's arguments.
const HEADER_LENGTH: u32 = 10;
const MAC_LENGTH: u32 = 6;

const ERROR: u8 = 0x04;
const FLAGS: &[Name] = &[(0x08, "Response"), (ERROR as u32, "Error"), (0x02, "MBZ-1"), (0x01, "MBZ-0")];
const ERRORS: &[Name] = &[
    (1, "Unrecognized command code"),
    (2, "Bad argument parameter"),
    (3, "Device unavailable"),
    (4, "Config string present"),
    (5, "Unsupported version"),
    (6, "Target is reserved"),
];

const ATA: u8 = 0;
const CONFIGURATION: u8 = 1;
const MAC_LIST: u8 = 2;
const RESERVATION: u8 = 3;
const COMMANDS: &[Name] = &[
    (ATA as u32, "Issue ATA Command"),
    (CONFIGURATION as u32, "Query Config Information"),
    (MAC_LIST as u32, "MAC Mask List"),
    (RESERVATION as u32, "Reserve/Release"),
];

const ATA_LENGTH: u32 = 12;
const ATA_FLAGS: &[Name] = &[
    (0x80, "MBZ-7"),
    (0x40, "Ext48"),
    (0x20, "MBZ-5"),
    (0x10, "Device"),
    (0x08, "MBZ-3"),
    (0x04, "MBZ-2"),
    (0x02, "Async"),
    (0x01, "Write"),
];

const CONFIGURATION_LENGTH: u32 = 8;
const CONFIGURATION_STRING_MAX: u32 = 1024;
const CONFIGURATION_COMMANDS: &[Name] = &[
    (0, "read config string"),
    (1, "test config string"),
    (2, "test config string prefix"),
    (3, "set config string"),
    (4, "force set config string"),
];

const MAC_LIST_LENGTH: u32 = 4;
const DIRECTIVE_LENGTH: u32 = 2 + MAC_LENGTH;
const MAC_COMMANDS: &[Name] = &[(0, "Read Mac Mask List"), (1, "Edit Mac Mask List")];
const MAC_ERRORS: &[Name] = &[(1, "Unspecified Error"), (2, "Bad DCmd directive"), (3, "Mask list full")];
const DIRECTIVES: &[Name] =
    &[(0, "No Directive"), (1, "Add mac address to mask list"), (2, "Delete mac address from mask list")];

const RESERVATION_LENGTH: u32 = 2;
const RESERVATION_COMMANDS: &[Name] =
    &[(0, "Read reserve list"), (1, "Set reserve list"), (2, "Force set reserve list")];

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "aoe";
    put!(cx, "AoE length ", message.length());
    if message.length() < 1 {
        return cx.invalid_rest(&message);
    }
    let version = message.u8_at(0)? >> 4;
    put!(cx, ", Ver ", version);
    if version == VERSION { version_1(cx, message) } else { Ok(()) }
}

fn version_1(cx: &mut Context, mut message: Cursor) -> Outcome {
    if message.length() < HEADER_LENGTH {
        return cx.invalid_rest(&message);
    }
    let bits = message.u8()? & 0x0f;
    put!(cx, ", Flags: [", flags(FLAGS, bits, "none"), "]");
    if cx.style.verbose == 0 {
        return Ok(());
    }
    if bits & ERROR != 0 {
        put!(cx, "\n\tError: ", name_or_number(ERRORS, message.u8_at(0)?, "Invalid (", ")"));
    }
    message = message.skip(1);
    put!(cx, "\n\tMajor: 0x", Hex0(message.be16()?, 4));
    put!(cx, ", Minor: 0x", Hex0(message.u8()?, 2));
    let command = message.u8()?;
    put_named(cx, ", Command: ", COMMANDS, command);
    put!(cx, ", Tag: 0x", Hex0(message.be32()?, 8));
    match command {
        ATA => ata(cx, message),
        CONFIGURATION => configuration(cx, message),
        MAC_LIST => mac_list(cx, message),
        RESERVATION => reservation(cx, message),
        _ => Ok(()),
    }
}

fn put_named(cx: &mut Context, text: &str, names: &[Name], number: u8) {
    match lookup(names, number) {
        Some(name) => put!(cx, text, name),
        None => put!(cx, text, "Unknown (0x", Hex0(number, 2), ")"),
    }
}

/// Registers of a disk.
fn ata(cx: &mut Context, mut rest: Cursor) -> Outcome {
    if rest.length() < ATA_LENGTH {
        return cx.invalid_rest(&rest);
    }
    put!(cx, "\n\tAFlags: [", flags(ATA_FLAGS, rest.u8()?, "none"), "]");
    for name in [
        ", Err/Feature: ",
        ", Sector Count: ",
        ", Cmd/Status: ",
        "\n\tlba0: ",
        ", lba1: ",
        ", lba2: ",
        ", lba3: ",
        ", lba4: ",
        ", lba5: ",
    ] {
        put!(cx, name, rest.u8()?);
    }
    rest.be16()?;
    if rest.length() > 0 {
        put!(cx, "\n\tData: ", rest.length(), " bytes");
    }
    Ok(())
}

fn configuration(cx: &mut Context, mut rest: Cursor) -> Outcome {
    if rest.length() < CONFIGURATION_LENGTH {
        return cx.invalid_rest(&rest);
    }
    put!(cx, "\n\tBuffer Count: ", rest.be16()?);
    put!(cx, ", Firmware Version: ", rest.be16()?);
    put!(cx, ", Sector Count: ", rest.u8()?);
    let field = rest.u8()?;
    // tcpdump's text for other commands lacks the number.
    let command = lookup(CONFIGURATION_COMMANDS, field & 0x0f).unwrap_or("Unknown (0x02x)");
    put!(cx, ", AoE: ", field >> 4, ", CCmd: ", command);
    let length = u32::from(rest.be16()?);
    if length > CONFIGURATION_STRING_MAX || length > rest.length() {
        return cx.invalid_rest(&rest);
    }
    if length > 0 {
        put!(cx, "\n\tConfig String (length ", length, "): ");
        for &octet in rest.limit(length).captured() {
            put_visible(octet, &mut cx.out);
        }
        rest.need(length as usize)?;
    }
    Ok(())
}

/// Which stations may use the disks.
fn mac_list(cx: &mut Context, mut rest: Cursor) -> Outcome {
    if rest.length() < MAC_LIST_LENGTH {
        return cx.invalid_rest(&rest);
    }
    rest = rest.skip(1);
    put_named(cx, "\n\tMCmd: ", MAC_COMMANDS, rest.u8()?);
    put_named(cx, ", MError: ", MAC_ERRORS, rest.u8()?);
    let count = rest.u8()?;
    put!(cx, ", Dir Count: ", count);
    if u32::from(count) * DIRECTIVE_LENGTH > rest.length() {
        return cx.invalid_rest(&rest);
    }
    for _ in 0..count {
        rest = rest.skip(1);
        put_named(cx, "\n\t DCmd: ", DIRECTIVES, rest.u8()?);
        let address = rest.array()?;
        put!(cx, ", Ethernet Address: ");
        cx.mac(Mac(address));
    }
    Ok(())
}

/// Which stations the disks are reserved for.
fn reservation(cx: &mut Context, mut rest: Cursor) -> Outcome {
    if rest.length() < RESERVATION_LENGTH || !(rest.length() - RESERVATION_LENGTH).is_multiple_of(MAC_LENGTH) {
        return cx.invalid_rest(&rest);
    }
    put_named(cx, "\n\tRCmd: ", RESERVATION_COMMANDS, rest.u8()?);
    let count = rest.u8()?;
    put!(cx, ", NMacs: ", count);
    if u32::from(count) * MAC_LENGTH != rest.length() {
        return cx.invalid_rest(&rest);
    }
    for number in 0..count {
        let address = rest.array()?;
        put!(cx, "\n\tEthernet Address ", number, ": ");
        cx.mac(Mac(address));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_reservation_that_does_not_add_up_is_invalid() {
        let reservation = |rest: &str| ethernet(1, &["88a2 10000001 0203 00000004", rest].concat());
        assert!(
            reservation("0001 0102030405 06")
                .ends_with("RCmd: Read reserve list, NMacs: 1\n\tEthernet Address 0: 01:02:03:04:05:06")
        );
        assert!(reservation("0002 010203040506").ends_with(", NMacs: 2 (invalid)"));
        assert!(reservation("0002 0102030405").ends_with(", Tag: 0x00000004 (invalid)"));
    }
}
