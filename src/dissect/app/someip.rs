//! SOME/IP, the middleware of cars (AUTOSAR "SOME/IP Protocol Specification" R19-11, section 4.1).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::put;

const HEADER_LENGTH: u32 = 16;

/// In the method's number: it is an event's.
const EVENT: u16 = 0x8000;

const MESSAGE_TYPES: &[Name] = &[
    (0x00, "REQUEST"),
    (0x01, "REQUEST_NO_RETURN"),
    (0x02, "NOTIFICATION"),
    (0x80, "RESPONSE"),
    (0x81, "ERROR"),
    (0x20, "TP_REQUEST"),
    (0x21, "TP_REQUEST_NO_RETURN"),
    (0x22, "TP_NOTIFICATION"),
    (0xa0, "TP_RESPONSE"),
    (0xa1, "TP_ERROR"),
];

const RETURN_CODES: &[Name] = &[
    (0x00, "E_OK"),
    (0x01, "E_NOT_OK"),
    (0x02, "E_UNKNOWN_SERVICE"),
    (0x03, "E_UNKNOWN_METHOD"),
    (0x04, "E_NOT_READY"),
    (0x05, "E_NOT_REACHABLE"),
    (0x06, "E_TIMEOUT"),
    (0x07, "E_WRONG_PROTOCOL_VERSION"),
    (0x08, "E_WRONG_INTERFACE_VERSION"),
    (0x09, "E_MALFORMED_MESSAGE"),
    (0x0a, "E_WRONG_MESSAGE_TYPE"),
    (0x0b, "E_E2E_REPEATED"),
    (0x0c, "E_E2E_WRONG_SEQUENCE"),
    (0x0d, "E_E2E"),
    (0x0e, "E_E2E_NOT_AVAILABLE"),
    (0x0f, "E_E2E_NO_NEW_DATA"),
];

/// Prints a message's header.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "someip";
    cx.protocol_caps();
    if message.length() < HEADER_LENGTH {
        return cx.invalid_because("length", message.length(), "<", HEADER_LENGTH);
    }
    message.need(4)?;
    let (service, method) = (message.be16_at(0)?, message.be16_at(2)?);
    let kind = if method & EVENT != 0 { "event" } else { "method" };
    put!(cx, ", service ", service, ", ", kind, " ", method & !EVENT);
    put!(cx, ", len ", message.be32_at(4)?);
    put!(cx, ", client ", message.be16_at(8)?, ", session ", message.be16_at(10)?);
    put!(cx, ", pver ", message.u8_at(12)?);
    put!(cx, ", iver ", message.u8_at(13)?);
    put!(cx, ", msgtype ", lookup(MESSAGE_TYPES, message.u8_at(14)?).unwrap_or("Unknown"));
    put!(cx, ", retcode ", lookup(RETURN_CODES, message.u8_at(15)?).unwrap_or("Unknown"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn events_share_the_numbers_of_methods() {
        let text = |message: &str| {
            let mut cx = Context::new(Style::default(), Names::numeric());
            assert!(print(&mut cx, Cursor::new(&octets(message), octets(message).len() as u32)).is_ok());
            String::from_utf8_lossy(&cx.out).into_owned()
        };
        assert_eq!(
            text("0101 8002 00000010 0003 0004 01 02 a1 10"),
            "SOMEIP, service 257, event 2, len 16, client 3, session 4, pver 1, iver 2, msgtype TP_ERROR, retcode Unknown"
        );
        assert!(
            text("0101 0002 00000010 0003 0004 01 02 03 00")
                .ends_with("method 2, len 16, client 3, session 4, pver 1, iver 2, msgtype Unknown, retcode E_OK")
        );
        assert_eq!(text("0101"), "SOMEIP [length 2 < 16] (invalid)");
    }
}
