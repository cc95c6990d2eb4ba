//! For tests: what the dissectors make of a payload of IPv4, from 1.1.1.1 to 2.2.2.2.

use super::ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// The octets that hexadecimal digits stand for; blanks may separate them.
pub fn octets(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.chars().filter_map(|digit| digit.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |octet, digit| octet << 4 | digit)).collect()
}

/// The text of a packet with this payload, behind its hosts.
pub fn payload_text(verbose: u8, protocol: u8, payload: &[u8]) -> String {
    text_in(Style { verbose, ..Style::default() }, protocol, payload)
}

/// The same in another style.
pub fn text_in(style: Style, protocol: u8, payload: &[u8]) -> String {
    let length = (20 + payload.len() as u16).to_be_bytes();
    let mut packet = vec![0x45, 0, length[0], length[1], 0, 0, 0, 0, 64, protocol, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    packet.extend(payload);
    let style = Style { link_header: true, leave_checksums: true, ..style };
    let mut cx = Context::new(style, Names::numeric());
    if ipv4::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.split_once(": ").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

/// What a SYN or another segment prints between its options' brackets, and behind them.
pub fn options_text(flags: u8, options: &str) -> String {
    let mut options = octets(options);
    options.resize(options.len().next_multiple_of(4), 0);
    let offset = ((20 + options.len()) * 4) as u8;
    let header = [3, 0xe8, 7, 0xd0, 0, 0, 0, 0, 0, 0, 0, 0, offset, flags, 0, 0, 0, 0, 0, 0];
    let text = payload_text(0, 6, &[&header[..], &options].concat());
    text.split_once("options [").map(|(_, text)| text.to_owned()).unwrap_or(text)
}
