//! Blocks Extensible Exchange Protocol (RFC 3080 section 2.2.1): the kind of a frame.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::put;

/// How a frame of each kind starts. tcpdump wants a NUL behind two of the keywords, and so they
/// are never found in real traffic.
const KINDS: &[(&[u8; 4], &str)] = &[
    (b"MSG\0", "MSG"),
    (b"RPY ", "RPY"),
    (b"ERR ", "ERR"),
    (b"ANS ", "ANS"),
    (b"NUL ", "NUL"),
    (b"SEQ ", "SEQ"),
    (b"END\0", "END"),
];

/// Prints the kind of the frame that starts here.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "beep";
    let start = data.limit(data.length()).array_at::<4>(0).ok();
    let kind = KINDS.iter().find(|(keyword, _)| start == Some(**keyword));
    put!(cx, " BEEP ", kind.map_or("(payload or undecoded)", |(_, name)| name));
    Ok(())
}
