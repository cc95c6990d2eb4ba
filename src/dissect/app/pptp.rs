//! Point-to-Point Tunneling Protocol, its control connection (RFC 2637 section 2).

use super::pptp_messages;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Hex0;
use crate::put;

const HEADER_LENGTH: usize = 12;
const MAGIC_COOKIE: u32 = 0x1a2b_3c4d;
const CONTROL_MESSAGE: u16 = 1;
const MANAGEMENT_MESSAGE: u16 = 2;

/// Prints a control message.
pub fn print(cx: &mut Context, data: Cursor) -> Outcome {
    cx.protocol = "pptp";
    put!(cx, ": pptp");
    if cx.style.verbose > 0 {
        put!(cx, " Length=", data.be16_at(0)?);
        put!(
            cx,
            match data.be16_at(2)? {
                CONTROL_MESSAGE => " CTRL-MSG",
                MANAGEMENT_MESSAGE => " MGMT-MSG",
                _ => " UNKNOWN-MSG-TYPE",
            }
        );
    }
    let cookie = data.be32_at(4)?;
    if cookie != MAGIC_COOKIE {
        put!(cx, " UNEXPECTED Magic-Cookie!!(", Hex0(cookie, 8), ")");
    }
    if cx.style.verbose > 0 || cookie != MAGIC_COOKIE {
        put!(cx, " Magic-Cookie=", Hex0(cookie, 8));
    }
    let kind = data.be16_at(8)?;
    let message = pptp_messages::find(kind);
    match message {
        Some((name, _)) => put!(cx, " CTRL_MSGTYPE=", name),
        None => put!(cx, " UNKNOWN_CTRL_MSGTYPE(", kind, ")"),
    }
    pptp_messages::put_reserved(cx, data.be16_at(10)?);
    match message {
        Some((_, fields)) => pptp_messages::print(cx, fields, data.skip(HEADER_LENGTH)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(verbose: u8, bytes: &[u8]) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, Cursor::new(bytes, bytes.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn codes_are_named_at_v_and_reserved_fields_have_to_be_zero() {
        let bytes = [0, 16, 0, 1, 0x1a, 0x2b, 0x3c, 0x4d, 0, 4, 0, 9, 1, 7, 0, 0];
        let expected = ": pptp CTRL_MSGTYPE=StopCCRP [ERROR: reserved=9 must be zero] RESULT_CODE(1) ERR_CODE(7)";
        assert_eq!(text(0, &bytes), expected);
        let expected = ": pptp Length=16 CTRL-MSG Magic-Cookie=1a2b3c4d CTRL_MSGTYPE=StopCCRP \
                        [ERROR: reserved=9 must be zero] RESULT_CODE(1:OK) ERR_CODE(7:?)";
        assert_eq!(text(1, &bytes), expected);
    }

    #[test]
    fn a_name_ends_at_its_nul_and_a_message_where_the_capture_does() {
        let mut bytes = vec![0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 4, 0, 5];
        bytes.extend_from_slice(b"a\n\0bc");
        let expected = ": pptp UNEXPECTED Magic-Cookie!!(00000000) Magic-Cookie=00000000 CTRL_MSGTYPE=SCCRQ \
                        PROTO_VER(1.2) FRAME_CAP(AS) BEARER_CAP(A) MAX_CHAN(4) FIRM_REV(5) HOSTNAME(a^J) VENDOR( [|pptp]";
        assert_eq!(text(0, &bytes), expected);
    }
}
