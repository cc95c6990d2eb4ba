//! Options of DHCPv6: each in parentheses, those inside it behind its own fields.

use super::{lists, names, values};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::lookup;
use crate::put;

/// Octets of an option's code and length.
const HEADER_LENGTH: usize = 4;

/// Option codes.
pub(super) mod code {
    #![allow(missing_docs)]
    pub const CLIENT_ID: u16 = 1;
    pub const SERVER_ID: u16 = 2;
    pub const IA_NA: u16 = 3;
    pub const IA_TA: u16 = 4;
    pub const IA_ADDRESS: u16 = 5;
    pub const OPTION_REQUEST: u16 = 6;
    pub const PREFERENCE: u16 = 7;
    pub const ELAPSED_TIME: u16 = 8;
    pub const RELAY_MESSAGE: u16 = 9;
    pub const AUTHENTICATION: u16 = 11;
    pub const STATUS_CODE: u16 = 13;
    pub const USER_CLASS: u16 = 15;
    pub const VENDOR_CLASS: u16 = 16;
    pub const VENDOR_OPTIONS: u16 = 17;
    pub const INTERFACE_ID: u16 = 18;
    pub const RECONFIGURE_MESSAGE: u16 = 19;
    pub const SIP_SERVER_DOMAINS: u16 = 21;
    pub const SIP_SERVERS: u16 = 22;
    pub const DNS_SERVERS: u16 = 23;
    pub const DOMAIN_LIST: u16 = 24;
    pub const IA_PD: u16 = 25;
    pub const IA_PREFIX: u16 = 26;
    pub const NIS_SERVERS: u16 = 27;
    pub const NISP_SERVERS: u16 = 28;
    pub const SNTP_SERVERS: u16 = 31;
    pub const LIFETIME: u16 = 32;
    pub const BCMCS_SERVERS: u16 = 34;
    pub const REMOTE_ID: u16 = 37;
    pub const SUBSCRIBER_ID: u16 = 38;
    pub const PANA_AGENTS: u16 = 40;
    pub const POSIX_TIMEZONE: u16 = 41;
    pub const TZDB_TIMEZONE: u16 = 42;
    pub const ECHO_REQUEST: u16 = 43;
    pub const LQ_QUERY: u16 = 44;
    pub const CLIENT_DATA: u16 = 45;
    pub const CLIENT_TIME: u16 = 46;
    pub const LQ_RELAY_DATA: u16 = 47;
    pub const LQ_CLIENT_LINKS: u16 = 48;
    pub const NTP_SERVER: u16 = 56;
    pub const BOOTFILE_URL: u16 = 59;
    pub const AFTR_NAME: u16 = 64;
    pub const MUD_URL: u16 = 112;
    pub const SZTP_REDIRECT: u16 = 136;
}

/// An option, and the packet around it: names may point elsewhere.
#[derive(Clone, Copy)]
pub(super) struct DhcpOption<'a, 'p> {
    pub code: u16,
    pub packet: &'a Cursor<'p>,
    /// Where the value begins in the packet.
    pub at: usize,
    /// The value alone.
    pub value: Cursor<'p>,
}

/// What became of a value.
pub(super) enum Value {
    /// It is out as far as it is known.
    Shown,
    /// It has not the length that its option must have.
    BadLength,
    /// It does not end inside the option, and so the list of options ends with it.
    Unreadable,
}

/// Prints the options of a packet from `at` to `end`.
pub(super) fn print(cx: &mut Context, packet: &Cursor, at: usize, end: usize) -> Outcome {
    cx.nested(|cx| print_list(cx, packet, at, end))
}

fn print_list(cx: &mut Context, packet: &Cursor, at: usize, end: usize) -> Outcome {
    let mut at = at;
    while at < end {
        let value_at = at + HEADER_LENGTH;
        if value_at > end {
            cx.truncated();
            return Ok(());
        }
        let (code, length) = (packet.be16_at(at)?, packet.be16_at(at + 2)?);
        if value_at + usize::from(length) > end {
            cx.truncated();
            return Ok(());
        }
        put!(cx, " (");
        put_name(cx, code);
        let value = Cursor::new(packet.bytes_at(value_at, length.into())?, length.into());
        match print_value(cx, DhcpOption { code, packet, at: value_at, value })? {
            Value::Shown => put!(cx, ")"),
            Value::BadLength => put!(cx, " ?)"),
            Value::Unreadable => {
                cx.truncated();
                return Ok(());
            }
        }
        at = value_at + usize::from(length);
    }
    Ok(())
}

/// An option's name or number.
pub(super) fn put_name(cx: &mut Context, code: u16) {
    match lookup(names::OPTIONS, code) {
        Some(name) => put!(cx, name),
        None => put!(cx, "opt_", code),
    }
}

fn print_value(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    match option.code {
        code::IA_NA | code::IA_PD => put_association(cx, option),
        code::IA_TA => put_temporary_association(cx, option),
        code::IA_ADDRESS => put_address(cx, option),
        code::IA_PREFIX => put_prefix(cx, option),
        code::LQ_QUERY => put_lease_query(cx, option),
        code::CLIENT_DATA => print_inner(cx, option, 0),
        code::RELAY_MESSAGE => {
            // The option's own parenthesis closes this one; tcpdump leaves the outer one open.
            put!(cx, " (");
            cx.nested(|cx| super::print(cx, option.value))?;
            Ok(Value::Shown)
        }
        code::SIP_SERVER_DOMAINS
        | code::DOMAIN_LIST
        | code::NTP_SERVER
        | code::AFTR_NAME
        | code::SZTP_REDIRECT
        | code::USER_CLASS
        | code::VENDOR_CLASS
        | code::VENDOR_OPTIONS => lists::print(cx, option),
        _ => values::print(cx, option.code, option.value),
    }
}

/// The options inside an option, behind `fields` octets of its own.
fn print_inner(cx: &mut Context, option: DhcpOption, fields: usize) -> Outcome<Value> {
    print(cx, option.packet, option.at + fields, option.at + option.value.captured().len())?;
    Ok(Value::Shown)
}

/// An identity association (RFC 8415 sections 21.4 and 21.21).
fn put_association(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let value = option.value;
    if !value.has(12) {
        return Ok(Value::BadLength);
    }
    put!(cx, " IAID:", value.be32_at(0)?, " T1:", value.be32_at(4)?, " T2:", value.be32_at(8)?);
    print_inner(cx, option, 12)
}

fn put_temporary_association(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let Ok(id) = option.value.be32_at(0) else { return Ok(Value::BadLength) };
    put!(cx, " IAID:", id);
    print_inner(cx, option, 4)
}

/// An address and its lifetimes (RFC 8415 section 21.6).
fn put_address(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let value = option.value;
    if !value.has(24) {
        return Ok(Value::BadLength);
    }
    put!(cx, " ");
    cx.ipv6_at(&value, 0)?;
    put!(cx, " pltime:", value.be32_at(16)?, " vltime:", value.be32_at(20)?);
    print_inner(cx, option, 24)
}

/// A delegated prefix and its lifetimes (RFC 8415 section 21.22).
fn put_prefix(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let value = option.value;
    if !value.has(25) {
        return Ok(Value::BadLength);
    }
    put!(cx, " ");
    cx.ipv6_at(&value, 9)?;
    put!(cx, "/", value.u8_at(8)?, " pltime:", value.be32_at(0)?, " vltime:", value.be32_at(4)?);
    print_inner(cx, option, 25)
}

/// What is asked about a lease (RFC 5007 section 4.1.2.1).
fn put_lease_query(cx: &mut Context, option: DhcpOption) -> Outcome<Value> {
    let value = option.value;
    if !value.has(17) {
        return Ok(Value::BadLength);
    }
    match value.u8_at(0)? {
        1 => put!(cx, " by-address"),
        2 => put!(cx, " by-clientID"),
        kind => put!(cx, " type_", kind),
    }
    put!(cx, " ");
    cx.ipv6_at(&value, 1)?;
    print_inner(cx, option, 17)
}
