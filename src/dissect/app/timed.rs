//! Time Synchronization Protocol of 4.3BSD ("The Berkeley UNIX Time Synchronization Protocol", 1986).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::{Name, lookup};
use crate::dissect::put::{Hex, Pad0};
use crate::put;

const ADJTIME: u8 = 1;
const SETTIME: u8 = 5;
const SETDATE: u8 = 22;
const SETDATEREQ: u8 = 23;
const LOOP: u8 = 24;
const TYPES: &[Name] = &[
    (0, "TSP_ANY"),
    (ADJTIME as u32, "TSP_ADJTIME"),
    (2, "TSP_ACK"),
    (3, "TSP_MASTERREQ"),
    (4, "TSP_MASTERACK"),
    (SETTIME as u32, "TSP_SETTIME"),
    (6, "TSP_MASTERUP"),
    (7, "TSP_SLAVEUP"),
    (8, "TSP_ELECTION"),
    (9, "TSP_ACCEPT"),
    (10, "TSP_REFUSE"),
    (11, "TSP_CONFLICT"),
    (12, "TSP_RESOLVE"),
    (13, "TSP_QUIT"),
    (14, "TSP_DATE"),
    (15, "TSP_DATEREQ"),
    (16, "TSP_DATEACK"),
    (17, "TSP_TRACEON"),
    (18, "TSP_TRACEOFF"),
    (19, "TSP_MSITE"),
    (20, "TSP_MSITEREQ"),
    (21, "TSP_TEST"),
    (SETDATE as u32, "TSP_SETDATE"),
    (SETDATEREQ as u32, "TSP_SETDATEREQ"),
    (LOOP as u32, "TSP_LOOP"),
];

/// Where a machine's name stands, and the most octets that it has.
const NAME_AT: usize = 12;
const NAME_LENGTH: usize = 256;

/// Prints a message.
pub fn print(cx: &mut Context, message: Cursor) -> Outcome {
    cx.protocol = "timed";
    let kind = message.u8_at(0)?;
    match lookup(TYPES, kind) {
        Some(name) => put!(cx, name),
        None => put!(cx, "(tsp_type 0x", Hex(kind), ")"),
    }
    put!(cx, " vers ", message.u8_at(1)?);
    put!(cx, " seq ", message.be16_at(2)?);
    match kind {
        LOOP => put!(cx, " hopcnt ", message.u8_at(4)?),
        ADJTIME | SETTIME | SETDATE | SETDATEREQ => {
            let (seconds, microseconds) = (message.be32_at(4)? as i32, message.be32_at(8)? as i32);
            if microseconds < 0 {
                return Ok(());
            }
            put_time(cx, seconds, microseconds);
        }
        _ => {}
    }
    put!(cx, " name ");
    cx.escaped_padded_field(&message.skip(NAME_AT), NAME_LENGTH)
}

/// A time that may be negative: its microseconds count upwards all the same.
fn put_time(cx: &mut Context, mut seconds: i32, mut microseconds: i32) {
    put!(cx, " time ");
    if seconds < 0 && microseconds != 0 {
        seconds += 1;
        if seconds == 0 {
            put!(cx, "-");
        }
        microseconds = 1_000_000 - microseconds;
    }
    // More microseconds than a second has leave a sign, which takes one of the six places.
    match microseconds {
        0.. => put!(cx, seconds, ".", Pad0(microseconds, 6)),
        _ => put!(cx, seconds, ".-", Pad0(microseconds.unsigned_abs(), 5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::net::testing::octets;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    fn text(message: &str) -> String {
        let message = octets(message);
        let mut cx = Context::new(Style::default(), Names::numeric());
        if print(&mut cx, Cursor::new(&message, message.len() as u32)).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn negative_times_look_as_tcpdump_prints_them() {
        let time = |time: &str| text(&format!("01 01 0001 {time} 6100"));
        assert_eq!(time("00000002 00000003"), "TSP_ADJTIME vers 1 seq 1 time 2.000003 name a");
        assert_eq!(time("ffffffff 000f423f"), "TSP_ADJTIME vers 1 seq 1 time -0.000001 name a");
        assert_eq!(time("fffffffe 000f4245"), "TSP_ADJTIME vers 1 seq 1 time -1.-00005 name a");
        assert_eq!(time("00000000 80000000"), "TSP_ADJTIME vers 1 seq 1");
    }

    #[test]
    fn types_without_a_time_skip_its_place() {
        assert_eq!(text("18 01 0001 ff000000 00000000 6162"), "TSP_LOOP vers 1 seq 1 hopcnt 255 name ab [|timed]");
        assert_eq!(text("19 01 0001"), "(tsp_type 0x19) vers 1 seq 1 name  [|timed]");
    }
}
