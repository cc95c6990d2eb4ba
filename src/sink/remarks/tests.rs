//! What is said of the segments of small conversations.

use super::*;
use crate::tcp::analysis::{Analysis, Rules};
use crate::tcp::segment::testing::segment;

/// A segment: milliseconds, who sends it, flags, sequence and acknowledgement number, octets, window.
type Line = (i64, End, &'static str, u32, u32, u32, u16);

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Client,
    Server,
}
use End::{Client, Server};

const OPEN: [Line; 3] =
    [(0, Client, "S", 100, 0, 0, 1000), (1, Server, "SA", 300, 101, 0, 1000), (2, Client, "A", 101, 301, 0, 1000)];

/// What is said of each segment of a conversation; frames count from 1.
fn remarks(lines: &[Line]) -> Vec<String> {
    let mut analysis = Analysis::new(Rules::Wireshark, 10);
    let mut number = 0;
    let mut remark = |&(milliseconds, end, flags, sequence, acknowledgement, length, window): &Line| {
        number += 1;
        let mut segment = segment(flags, sequence, acknowledgement, length);
        (segment.frame, segment.time, segment.window) = (number, 1_000_000_000 + milliseconds * 1_000_000, window);
        if end == Server {
            std::mem::swap(&mut segment.source, &mut segment.destination);
        }
        let verdict = analysis.verdict_of(&segment).unwrap();
        let connection = analysis.connections().get(verdict.connection).unwrap();
        let mut out = Vec::new();
        Remarks { segment: &segment, verdict: &verdict, connection }.put(&mut out);
        String::from_utf8(out).unwrap().trim_start().to_owned()
    };
    lines.iter().map(&mut remark).collect()
}

/// The same behind a handshake.
fn after_handshake(lines: &[Line]) -> Vec<String> {
    remarks(&[&OPEN, lines].concat()).split_off(OPEN.len())
}

#[test]
fn a_handshake_and_a_close_in_three_segments() {
    let said = remarks(
        &[
            &OPEN[..],
            &[
                (10, Client, "A", 101, 301, 50, 1000),
                (11, Server, "A", 301, 151, 0, 1000),
                (12, Client, "FA", 151, 301, 0, 1000),
                (13, Server, "FA", 301, 152, 0, 1000),
                (14, Client, "A", 152, 302, 0, 1000),
            ],
        ]
        .concat(),
    );
    let expected = [
        "",
        "",
        "[handshake done, rtt 2.0 ms; server SYN_RCVD -> ESTABLISHED]",
        "",
        "",
        "[client ESTABLISHED -> FIN_WAIT_1]",
        "[client FIN_WAIT_1 -> FIN_WAIT_2; server ESTABLISHED -> LAST_ACK]",
        "[client FIN_WAIT_2 -> TIME_WAIT; server LAST_ACK -> CLOSED; closed by client, 3 segments: FIN and ACK merged]",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_close_in_four_segments_and_one_at_once() {
    let four = after_handshake(&[
        (12, Server, "FA", 301, 101, 0, 1000),
        (13, Client, "A", 101, 302, 0, 1000),
        (14, Client, "FA", 101, 302, 0, 1000),
        (15, Server, "A", 302, 102, 0, 1000),
    ]);
    assert!(four[1].contains("client ESTABLISHED -> CLOSE_WAIT; server FIN_WAIT_1 -> FIN_WAIT_2"), "{}", four[1]);
    assert!(four[3].ends_with("; closed by server, 4 segments]"), "{}", four[3]);
    let at_once = after_handshake(&[
        (12, Client, "FA", 101, 301, 0, 1000),
        (12, Server, "FA", 301, 101, 0, 1000),
        (13, Client, "A", 102, 302, 0, 1000),
        (13, Server, "A", 302, 102, 0, 1000),
    ]);
    assert!(at_once[3].ends_with("; closed by both at once, 4 segments]"), "{}", at_once[3]);
}

#[test]
fn a_request_that_is_repeated_and_refused() {
    let said = remarks(&[
        (0, Client, "S", 100, 0, 0, 1000),
        (1000, Client, "S", 100, 0, 0, 1000),
        (3000, Client, "S", 100, 0, 0, 1000),
        (3001, Server, "RA", 0, 101, 0, 0),
    ]);
    assert_eq!(said, ["", "[SYN retry 1, 1.0 s after #1]", "[SYN retry 2, 2.0 s after #2]", "[connection refused]"]);
}

#[test]
fn resets_name_who_sent_them_and_only_those_that_count_end_a_connection() {
    assert_eq!(after_handshake(&[(9, Server, "RA", 301, 101, 0, 0)]), ["[reset by server]"]);
    let twice = after_handshake(&[(9, Client, "R", 101, 0, 0, 0), (10, Client, "R", 101, 0, 0, 0)]);
    assert_eq!(twice, ["[reset by client]", "[reset of a connection that is over]"]);
    let request = (0, Client, "S", 100, 0, 0, 1000);
    let stranger = remarks(&[request, (1, Server, "RA", 0, 77, 0, 0)]);
    assert_eq!(stranger[1], "[reset that does not fit the connection]");
}

#[test]
fn a_retransmission_names_the_segment_that_had_the_data_before() {
    let said = after_handshake(&[
        (10, Client, "A", 101, 301, 100, 1000),
        (10, Client, "A", 201, 301, 100, 1000),
        (214, Client, "A", 101, 301, 100, 1000),
        (418, Client, "A", 101, 301, 100, 1000),
        (420, Server, "A", 301, 301, 0, 1000),
        (430, Client, "A", 101, 301, 100, 1000),
    ]);
    let expected = [
        "",
        "",
        "[retransmission of #4 after 204 ms]",
        "[retransmission of #6 after 204 ms]",
        "",
        "[spurious retransmission]",
    ];
    assert_eq!(said, expected);
}

#[test]
fn duplicate_acknowledgements_and_what_they_bring_about() {
    let said = after_handshake(&[
        (10, Client, "A", 101, 301, 100, 1000),
        (11, Server, "A", 301, 101, 0, 1000),
        (11, Server, "A", 301, 101, 0, 1000),
        (12, Client, "A", 101, 301, 100, 1000),
        (13, Client, "A", 401, 301, 100, 1000),
        (14, Client, "A", 301, 301, 50, 1000),
        (15, Server, "A", 301, 801, 0, 1000),
    ]);
    let expected = [
        "",
        "[dup ack 1 of #2]",
        "[dup ack 2 of #2]",
        "[fast retransmission of #4 after 2.0 ms]",
        "[lost segment: 200 bytes before this one not seen]",
        "[out of order]",
        "[ack of a segment not seen]",
    ];
    assert_eq!(said, expected);
}

#[test]
fn windows_that_close_and_open() {
    let said = after_handshake(&[
        (10, Client, "A", 101, 301, 1000, 1000),
        (11, Server, "A", 301, 1101, 0, 0),
        (300, Client, "A", 1101, 301, 1, 1000),
        (301, Server, "A", 301, 1101, 0, 0),
        (1811, Server, "A", 301, 1101, 0, 500),
        (1812, Server, "A", 301, 1101, 0, 900),
    ]);
    let expected = [
        "[window full]",
        "[zero window]",
        "[zero window probe]",
        "[zero window for 290 ms; zero window probe ack]",
        "[zero window for 1.8 s, open now]",
        "[window update]",
    ];
    assert_eq!(said, expected);
}

#[test]
fn keep_alives_and_ports_that_are_used_again() {
    let said = after_handshake(&[
        (10, Client, "A", 101, 301, 10, 1000),
        (11, Server, "A", 301, 111, 0, 1000),
        (60_000, Client, "A", 110, 301, 0, 1000),
        (60_001, Server, "A", 301, 111, 0, 1000),
        (70_000, Client, "S", 5000, 0, 0, 1000),
    ]);
    assert_eq!(said, ["", "", "[keep-alive]", "[keep-alive ack]", "[port reuse]"]);
}

#[test]
fn a_connection_that_began_before_has_no_change_of_state_at_first() {
    let said = remarks(&[(0, Client, "A", 101, 301, 10, 1000), (1, Server, "A", 301, 111, 0, 1000)]);
    assert_eq!(said, ["", ""]);
}
