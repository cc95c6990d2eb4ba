//! MAC control frames (IEEE 802.3 clause 31) and the multipoint control protocol of passive optical
//! networks (clause 64).

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::named::{flags, name_or_number};
use crate::dissect::names_table::Name;
use crate::dissect::payload::put_hex_lines;
use crate::put;

const PAUSE: u16 = 1;
const GATE: u16 = 2;
const REPORT: u16 = 3;
const REGISTER_REQUEST: u16 = 4;
const REGISTER: u16 = 5;
const REGISTER_ACK: u16 = 6;
const OPCODES: &[Name] = &[
    (PAUSE as u32, "Pause"),
    (GATE as u32, "Gate"),
    (REPORT as u32, "Report"),
    (REGISTER_REQUEST as u32, "Register Request"),
    (REGISTER as u32, "Register"),
    (REGISTER_ACK as u32, "Register ACK"),
];

/// Octets of opcode and time stamp.
const HEADER_LENGTH: usize = 6;

/// The low bits of a gate's first octet count its grants.
const GRANTS_MASK: u8 = 0x07;
const GRANT_FLAGS: &[Name] = &[
    (0x08, "Discovery"),
    (0x10, "Force Grant #1"),
    (0x20, "Force Grant #2"),
    (0x40, "Force Grant #3"),
    (0x80, "Force Grant #4"),
];
const QUEUES: &[Name] =
    &[(0x01, "Q0"), (0x02, "Q1"), (0x04, "Q2"), (0x08, "Q3"), (0x10, "Q4"), (0x20, "Q5"), (0x40, "Q6"), (0x80, "Q7")];
// The flags of registration are numbers, which tcpdump takes for bits.
const REQUEST_FLAGS: &[Name] = &[(1, "Register"), (3, "De-Register")];
const REGISTER_FLAGS: &[Name] = &[(1, "Re-Register"), (2, "De-Register"), (3, "ACK"), (4, "NACK")];
const ACK_FLAGS: &[Name] = &[(0, "NACK"), (1, "ACK")];

/// Prints a frame: its opcode, and with `-v` everything.
pub fn print(cx: &mut Context, frame: Cursor) -> Outcome {
    cx.protocol = "mpcp";
    let (opcode, time) = (frame.be16_at(0)?, frame.be32_at(2)?);
    put!(cx, "MPCP, Opcode ", name_or_number(OPCODES, opcode, "Unknown (", ")"));
    if opcode != PAUSE {
        put!(cx, ", Timestamp ", time, " ticks");
    }
    put!(cx, ", length ", frame.length());
    if cx.style.verbose == 0 {
        return Ok(());
    }
    let rest = frame.skip(HEADER_LENGTH);
    match opcode {
        PAUSE => {}
        GATE => put_grants(cx, rest)?,
        REPORT => put_reports(cx, rest)?,
        REGISTER_REQUEST => {
            let (bits, pending) = (flags(REQUEST_FLAGS, rest.u8_at(0)?, "Reserved"), rest.u8_at(1)?);
            put!(cx, "\n\tFlags [ ", bits, " ], Pending-Grants ", pending);
        }
        REGISTER => {
            let (port, bits) = (rest.be16_at(0)?, flags(REGISTER_FLAGS, rest.u8_at(2)?, "Reserved"));
            let (time, pending) = (rest.be16_at(3)?, rest.u8_at(5)?);
            put!(cx, "\n\tAssigned-Port ", port, ", Flags [ ", bits, " ]");
            put!(cx, "\n\tSync-Time ", time, " ticks, Echoed-Pending-Grants ", pending);
        }
        REGISTER_ACK => {
            let bits = flags(ACK_FLAGS, rest.u8_at(0)?, "Reserved");
            let (port, time) = (rest.be16_at(1)?, rest.be16_at(3)?);
            put!(cx, "\n\tEchoed-Assigned-Port ", port, ", Flags [ ", bits, " ]");
            put!(cx, "\n\tEchoed-Sync-Time ", time, " ticks");
        }
        _ => put_hex_lines(cx, "\n\t", &frame, frame.length()),
    }
    Ok(())
}

fn put_grants(cx: &mut Context, mut rest: Cursor) -> Outcome {
    let first = rest.u8()?;
    let count = first & GRANTS_MASK;
    put!(cx, "\n\tGrant Numbers ", count, ", Flags [ ", flags(GRANT_FLAGS, first & !GRANTS_MASK, "?"), " ]");
    for number in 1..=count {
        let (start, duration) = (rest.be32_at(0)?, rest.be16_at(4)?);
        put!(cx, "\n\tGrant #", number, ", Start-Time ", start, " ticks, duration ", duration, " ticks");
        rest = rest.skip(6);
    }
    put!(cx, "\n\tSync-Time ", rest.be16_at(0)?, " ticks");
    Ok(())
}

fn put_reports(cx: &mut Context, mut rest: Cursor) -> Outcome {
    let count = rest.u8()?;
    put!(cx, "\n\tTotal Queue-Sets ", count);
    // As in tcpdump, every set bears the number of sets, and the last is not shown.
    for _ in 1..count {
        let queues = rest.u8()?;
        put!(cx, "\n\t  Queue-Set #", count, ", Report-Bitmap [ ", flags(QUEUES, queues, "Unknown"), " ]");
        for queue in (0..8).filter(|queue| queues >> queue & 1 != 0) {
            put!(cx, "\n\t    Q", queue + 1, " Report, Duration ", rest.be16()?, " ticks");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::dissect::link::testing::ethernet;

    #[test]
    fn a_report_leaves_out_its_last_queue_set() {
        assert_eq!(
            ethernet(1, "8808 0003 00000009 02 81 0001 0002 01 0003"),
            "MPCP, Opcode Report, Timestamp 9 ticks, length 15\n\tTotal Queue-Sets 2\
             \n\t  Queue-Set #2, Report-Bitmap [ Q0, Q7 ]\n\t    Q1 Report, Duration 1 ticks\
             \n\t    Q8 Report, Duration 2 ticks"
        );
    }

    #[test]
    fn priority_flow_control_is_an_unknown_opcode() {
        assert_eq!(
            ethernet(1, "8808 0101 00ff 0001"),
            "MPCP, Opcode Unknown (257), Timestamp 16711681 ticks, length 6\n\t0x0000:  0101 00ff 0001"
        );
    }
}
