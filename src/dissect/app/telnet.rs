//! Commands of Telnet (RFC 854), as far as a segment starts with them.

use super::telnet_names::{COMMAND_FIRST, COMMANDS, OPTIONS, Parameters, parameters};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::dump;
use crate::dissect::put::Hex;
use crate::dissect::style::Dump;
use crate::put;

/// Interpret as command; twice, an octet of data.
const IAC: u8 = 255;
const DONT: u8 = 254;
const WILL: u8 = 251;
/// A subnegotiation starts, and ends.
const SB: u8 = 250;
const SE: u8 = 240;

/// What follows `IAC`.
struct Command<'p> {
    /// Octets from `IAC` on.
    length: usize,
    verb: u8,
    option: Option<u8>,
    /// What stands between an option and `IAC SE`.
    parameters: Option<&'p [u8]>,
}

/// Prints the commands at the front of a segment. Text that follows is not shown.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "telnet";
    let dumped = cx.style.verbose > 2 && matches!(cx.style.dump, Dump::HexAscii { .. });
    let mut rest = data;
    let mut offset = 0;
    while rest.length() > 0 && rest.u8_at(0)? == IAC {
        let Some(command) = read_command(&rest)? else { break };
        match (dumped, offset) {
            (false, 0) => put!(cx, " [telnet "),
            (false, _) => put!(cx, ", "),
            (true, _) => put_dump(cx, &rest, command.length, offset)?,
        }
        put_command(cx, &command);
        offset += command.length;
        // A subnegotiation that the segment cuts short claims an end beyond the segment. The length
        // wraps around as tcpdump's does, so that the text ends with the mark of a cut packet.
        let length = rest.length().wrapping_sub(command.length as u32);
        rest = rest.skip(command.length).with_length(length);
    }
    if offset > 0 {
        put!(cx, if dumped { "\n" } else { "]" });
    }
    Ok(())
}

/// The command in front; nothing where the segment or the numbers make none.
fn read_command<'p>(data: &Cursor<'p>) -> Outcome<Option<Command<'p>>> {
    let mut rest = data.skip(1);
    if rest.length() == 0 {
        return Ok(None);
    }
    let verb = rest.u8()?;
    let mut command = Command { length: 2, verb, option: None, parameters: None };
    if !(SB..=DONT).contains(&verb) {
        return Ok((verb >= COMMAND_FIRST).then_some(command));
    }
    if rest.length() == 0 {
        return Ok(None);
    }
    command.option = Some(rest.u8()?);
    command.length += 1;
    if verb >= WILL {
        return Ok(Some(command));
    }
    let mut end = 0;
    while end + 1 < rest.length() as usize && (rest.u8_at(end)? != IAC || rest.u8_at(end + 1)? != SE) {
        end += 1;
    }
    if rest.u8_at(end)? != IAC {
        return Ok(None);
    }
    command.parameters = Some(rest.bytes(end)?);
    command.length += end + 2;
    Ok(Some(command))
}

/// The command's octets at `-vvv -X`, padded so that its text stands in a column.
fn put_dump(cx: &mut Context, rest: &Cursor, length: usize, offset: usize) -> Outcome {
    if offset == 0 {
        put!(cx, "\nTelnet:");
    }
    let captured = rest.captured();
    dump::hex_at(&mut cx.out, "\n", captured.get(..length).unwrap_or(captured), offset);
    rest.need(length)?;
    if length > 8 {
        put!(cx, "\n\t\t\t\t");
    } else {
        for _ in length..8 {
            put!(cx, "   ");
        }
        put!(cx, "\t");
    }
    Ok(())
}

fn put_command(cx: &mut Context, command: &Command) {
    if command.verb == IAC {
        put!(cx, "IAC IAC");
        return;
    }
    let name = COMMANDS.get(usize::from(command.verb.wrapping_sub(COMMAND_FIRST)));
    put!(cx, name.copied().unwrap_or_default());
    let Some(option) = command.option else { return };
    put_name(cx, OPTIONS, option);
    let Some(mut octets) = command.parameters else { return };
    let Parameters { first, second } = parameters(option);
    for names in [Some(first), second].into_iter().flatten() {
        if let Some((&octet, rest)) = octets.split_first() {
            put_name(cx, names, octet);
            octets = rest;
        }
    }
    for &octet in octets {
        put_name(cx, &[], octet);
    }
    put!(cx, " SE");
}

/// A blank and the name of a value; without a name, the value in hexadecimal. C's `%#x` writes a zero
/// without prefix.
fn put_name(cx: &mut Context, names: &[&str], value: u8) {
    match names.get(usize::from(value)) {
        Some(name) if !name.is_empty() => put!(cx, " ", name),
        _ if value == 0 => put!(cx, " 0"),
        _ => put!(cx, " 0x", Hex(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(style: Style, data: &[u8]) -> String {
        let mut cx = Context::new(style, Names::numeric());
        if print(&mut cx, Cursor::new(data, data.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn commands_options_and_parameters() {
        let negotiation = [IAC, 253, 3, IAC, WILL, 99, IAC, SB, 24, 0, b'v', IAC, SE, b'$'];
        let expected = " [telnet DO SUPPRESS GO AHEAD, WILL 0x63, SB TERMINAL TYPE IS 0x76 SE]";
        assert_eq!(text(Style::default(), &negotiation), expected);
        let authentication = [IAC, SB, 37, 1, 8, 0, IAC, SE, IAC, 249];
        assert_eq!(text(Style::default(), &authentication), " [telnet SB AUTHENTICATION SEND 0x8 0 SE, GA]");
    }

    #[test]
    fn a_subnegotiation_without_end_ends_the_text() {
        assert_eq!(text(Style::default(), &[IAC, SB, 24, 1, IAC]), " [telnet SB TERMINAL TYPE SEND SE [|telnet]");
        assert_eq!(text(Style::default(), &[IAC, SB, 24, 1]), "");
        assert_eq!(text(Style::default(), &[IAC, SB, 24]), " [|telnet]");
        assert_eq!(text(Style::default(), &[IAC, 253]), "");
    }
}
