//! Secure Shell (RFC 4253 section 4.2): the version that each side announces before all is encrypted.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// What the line of the version starts with.
const PREFIX: &[u8; 4] = b"SSH-";

/// Prints the version line; anything else is left alone.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "ssh";
    for (at, &expected) in PREFIX.iter().enumerate() {
        if data.u8_at(at)? != expected {
            return Ok(());
        }
    }
    let Some(line) = version_line(&data)? else { return Ok(()) };
    put!(cx, ": ");
    cx.protocol_caps();
    put!(cx, ": ");
    cx.escaped(line);
    Ok(())
}

/// The line without its end; nothing when it has no end or is no text.
fn version_line<'p>(data: &Cursor<'p>) -> Outcome<Option<&'p [u8]>> {
    let length = data.length() as usize;
    let mut end = PREFIX.len();
    while end < length {
        match data.u8_at(end)? {
            b'\n' => return data.bytes_at(0, end).map(Some),
            b'\r' if end + 1 < length && data.u8_at(end + 1)? == b'\n' => return data.bytes_at(0, end).map(Some),
            b' '..=b'~' => end += 1,
            _ => break,
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(captured: &[u8], length: u32) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(captured, length)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn only_a_whole_version_line_is_shown() {
        assert_eq!(text(b"SSH-2.0-a b\r\nmore", 17), ": SSH: SSH-2.0-a b");
        assert_eq!(text(b"SSH-2.0-a\n", 10), ": SSH: SSH-2.0-a");
        assert_eq!(text(b"SSH-2.0-a\r", 10), "");
        assert_eq!(text(b"SSH-2.0\t\r\n", 10), "");
        assert_eq!(text(b"\0\0\x01\x2c", 4), "");
        assert_eq!(text(b"SSH-2.0", 20), " [|ssh]");
        assert_eq!(text(b"SS", 2), " [|ssh]");
    }
}
