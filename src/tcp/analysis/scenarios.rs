//! What each finding takes, by Wireshark's rules and by evidence.

use super::*;
use crate::tcp::segment::testing::segment;

/// What is found in each segment, by both rules; their frames are numbered from 1.
fn both(segments: &[Segment]) -> (Vec<String>, Vec<String>) {
    (found(Rules::Wireshark, segments), found(Rules::Evidence, segments))
}

fn found(rules: Rules, segments: &[Segment]) -> Vec<String> {
    let mut analysis = Analysis::new(rules, 100);
    let frames = (1..).zip(segments);
    let verdicts = frames.map(|(frame, segment)| analysis.verdict_of(&Segment { frame, ..*segment }).unwrap());
    verdicts.map(|verdict| verdict.findings.set.iter().map(Finding::name).collect::<Vec<_>>().join(" ")).collect()
}

/// What is found in the last segment behind a handshake that took 10 ms: by Wireshark's rules, by evidence.
fn last(segments: &[Segment]) -> (String, String) {
    let (mut wireshark, mut evidence) = both(&[&open(), segments].concat());
    (wireshark.pop().unwrap(), evidence.pop().unwrap())
}

fn same(finding: &str) -> (String, String) {
    differ(finding, finding)
}

fn differ(wireshark: &str, evidence: &str) -> (String, String) {
    (wireshark.to_owned(), evidence.to_owned())
}

fn open() -> Vec<Segment> {
    vec![
        // No time is time 0 by Wireshark's rules.
        segment("S", 1000, 0, 0).at(1),
        segment("SA", 5000, 1001, 0).back().at(9_900),
        segment("A", 1001, 5001, 0).window(500).at(10_000),
    ]
}

/// Data of the client: the number of a hundred octets, from 0, and when they are sent.
fn data(number: u32, milliseconds: i64) -> Segment {
    segment("A", 1001 + number * 100, 5001, 100).window(500).at(milliseconds * 1000)
}

/// The server has so many hundreds of octets.
fn ack(number: u32, milliseconds: i64) -> Segment {
    segment("A", 5001, 1001 + number * 100, 0).window(60_000).back().at(milliseconds * 1000)
}

#[test]
fn octets_that_were_seen_are_sent_again_however_soon() {
    let segments = [data(0, 20), data(1, 20), data(2, 20), data(0, 21)];
    assert_eq!(last(&segments), differ("out_of_order", "retransmission"));
    assert_eq!(last(&[data(0, 20), data(1, 20), data(2, 20), data(0, 300)]), same("retransmission"));
}

#[test]
fn what_was_seen_stays_so_however_much_is_sent() {
    const LENGTH: u32 = 50_000;
    // All numbers once, and half of them again.
    let count = u32::MAX / LENGTH / 2 * 3;
    let start = |number: u32| 1001_u32.wrapping_add(number.wrapping_mul(LENGTH));
    for fields in [true, false] {
        let mut analysis = Analysis::new(Rules::Evidence, 100);
        analysis.limit_to(Wanted { fields, round_trips: true });
        let mut found = |segment| analysis.verdict_of(&segment).unwrap_or_default().findings.set;
        open().into_iter().for_each(|segment| assert!(found(segment).is_empty()));
        for number in 0..count {
            let time = 20_000 + i64::from(number) * 1000;
            let data = segment("A", start(number), 5001, LENGTH).at(time);
            let ack = segment("A", 5001, start(number).wrapping_add(1), 0).window(60_000).back().at(time + 900);
            assert!([data, ack].map(&mut found).iter().all(|set| set.is_empty()), "{number}");
            if number % 100 == 1 {
                assert!(found(data.at(time + 1000)).iter().eq([Finding::Retransmission]), "{number}");
            }
        }
    }
}

#[test]
fn the_senders_clock_tells_a_loss_from_a_detour() {
    let late =
        |clock, milliseconds| last(&[data(0, 20).clock(1), data(2, 20).clock(2), data(1, milliseconds).clock(clock)]);
    assert_eq!(late(1, 21), same("out_of_order"));
    assert_eq!(late(1, 50), differ("retransmission", "out_of_order"));
    assert_eq!(late(9, 25), differ("out_of_order", "retransmission"));
    assert_eq!(late(2, 25), same("out_of_order"));
    assert_eq!(late(2, 50), same("retransmission"));
}

#[test]
fn identifications_that_count_tell_it_too() {
    let late = |identification, milliseconds| {
        let before = (0..6).map(|number| data(number, 20).identified(65533_u16.wrapping_add(number as u16)));
        let behind = data(7, 20).identified(4);
        let late = data(6, milliseconds).identified(identification);
        last(&before.chain([behind, late]).collect::<Vec<_>>())
    };
    assert_eq!(late(3, 50), differ("retransmission", "out_of_order"));
    assert_eq!(late(5, 25), differ("out_of_order", "retransmission"));
}

#[test]
fn segments_that_go_on_do_not_make_a_loss_look_young() {
    let segments = [data(0, 20), data(2, 20), data(3, 60), data(4, 100), data(1, 101)];
    assert_eq!(last(&segments), differ("out_of_order", "retransmission"));
}

#[test]
fn fast_takes_duplicate_acknowledgements() {
    let segments = |second| [data(0, 20), data(1, 20), data(2, 20), ack(0, 30), ack(0, 30), second, data(0, 31)];
    assert_eq!(last(&segments(ack(0, 30))), same("fast_retransmission"));
    // The client has acknowledged what was not seen of the server, which has asked for nothing.
    let beyond = segment("A", 1201, 5101, 100).window(500).at(20_000);
    let segments = [data(0, 20), data(1, 20), beyond, ack(0, 30), data(0, 31)];
    assert_eq!(last(&segments), differ("fast_retransmission", "retransmission"));
}

#[test]
fn fast_also_fills_what_lies_between_ranges() {
    let ask = |end| ack(1, 30).sack(1301, end);
    let lost = [data(0, 20), data(1, 20), data(2, 20), data(3, 20), data(4, 20), ack(1, 29)];
    let segments = [&lost[..], &[ask(1401), ask(1501), data(1, 31), data(2, 31)]].concat();
    assert_eq!(last(&segments), differ("retransmission", "fast_retransmission"));
}

#[test]
fn what_is_acknowledged_and_sent_again_is_spurious() {
    assert_eq!(last(&[data(0, 20), ack(1, 30), data(0, 31)]), same("spurious_retransmission"));
    // An acknowledgement that was overtaken takes nothing back.
    let segments = [data(0, 20), data(1, 20), ack(2, 30), ack(1, 31), data(1, 300)];
    assert_eq!(last(&segments), differ("retransmission", "spurious_retransmission"));
}

#[test]
fn what_was_acknowledged_before_it_came_is_late() {
    let segments = [data(0, 20), data(2, 20), ack(3, 21), data(1, 22)];
    assert_eq!(last(&segments), differ("spurious_retransmission", "out_of_order"));
}

#[test]
fn a_keep_alive_comes_when_nothing_is_under_way() {
    let octet = |milliseconds: i64| segment("A", 1001, 5001, 1).window(500).at(milliseconds * 1000);
    assert_eq!(last(&[octet(20), octet(300)]), differ("keep_alive", "retransmission"));
    let answered = segment("A", 5001, 1002, 0).back().at(30_000);
    assert_eq!(last(&[octet(20), answered, octet(9000)]), same("keep_alive"));
    let again = segment("A", 5001, 1002, 0).back().at(9_001_000);
    assert_eq!(last(&[octet(20), answered, octet(9000), again]), same("keep_alive_ack"));
    let more = segment("A", 1100, 5001, 50).window(500).at(300_000);
    assert_eq!(last(&[data(0, 20), more]), differ("", "retransmission"));
}

#[test]
fn everything_that_was_seen_can_be_acknowledged_and_nothing_else() {
    let overlapping = segment("A", 1151, 5001, 100).window(500).at(300_000);
    let segments = [data(0, 20), data(1, 20), overlapping, segment("A", 5001, 1251, 0).back().at(310_000)];
    assert_eq!(last(&segments), differ("ack_lost_segment", ""));
    let half_filled = [data(0, 20), data(3, 20), data(1, 21), ack(4, 30)];
    assert_eq!(last(&half_filled), differ("", "ack_lost_segment"));
    let told_once = [&half_filled[..], &[data(4, 31), ack(5, 32)]].concat();
    assert_eq!(last(&told_once), same(""));
    assert_eq!(last(&[data(0, 20), ack(4, 30)]), same("ack_lost_segment"));
}

#[test]
fn a_clock_that_is_set_back_measures_nothing() {
    let mut segments = open();
    segments[0] = segments[0].at(50_000);
    segments.extend([data(0, 60), data(2, 60), data(1, 900)]);
    let (wireshark, evidence) = both(&segments);
    assert_eq!((&wireshark[5], &evidence[5]), (&"out_of_order".to_owned(), &"retransmission".to_owned()));
    let back = [data(0, 20), data(2, 20), data(1, 15)];
    assert_eq!(last(&back), differ("retransmission", "out_of_order"));
}

#[test]
fn both_ask_at_the_same_time() {
    let (wireshark, evidence) = both(&[
        segment("S", 1000, 0, 0),
        segment("S", 5000, 0, 0).back().at(1_000),
        segment("SA", 1000, 5001, 0).at(2_000),
        segment("SA", 5000, 1001, 0).back().at(3_000),
        segment("A", 1001, 5001, 0).at(4_000),
        segment("A", 5001, 1001, 0).back().at(5_000),
    ]);
    assert_eq!(
        wireshark[2..],
        ["retransmission", "retransmission", "duplicate_ack", "duplicate_ack"].map(str::to_owned)
    );
    assert_eq!(evidence[2..], ["", "", "", ""].map(str::to_owned));
}

#[test]
fn a_request_or_an_answer_that_is_repeated_is_a_retransmission() {
    let (request, answer) = (segment("S", 1000, 0, 0), segment("SA", 5000, 1001, 0).back());
    let (wireshark, evidence) = both(&[request, request.at(1_000_000), answer.at(1_010_000), answer.at(2_010_000)]);
    assert_eq!(wireshark, ["", "retransmission", "", "retransmission"]);
    assert_eq!(evidence, wireshark);
    let mut analysis = Analysis::new(Rules::Evidence, 1);
    analysis.verdict_of(&request);
    assert_eq!(analysis.verdict_of(&request.at(1_000_000)).unwrap().findings.requests, Some(2));
}

#[test]
fn a_probe_that_is_taken_counts_as_sent() {
    let closed = ack(1, 30).window(0);
    let probe = segment("A", 1101, 5001, 1).window(500);
    let taken = segment("A", 5001, 1102, 0).window(0).back();
    let cycle = [data(0, 20), closed, probe.at(300_000), taken.at(301_000)];
    assert_eq!(last(&cycle[..2]), same("zero_window"));
    assert_eq!(last(&cycle[..3]), same("zero_window_probe"));
    assert_eq!(last(&cycle), differ("ack_lost_segment zero_window", "zero_window"));
    let next = segment("A", 1102, 5001, 1).window(500).at(900_000);
    assert_eq!(last(&[&cycle[..], &[next]].concat()), differ("lost_segment", "zero_window_probe"));
    let refused = segment("A", 5001, 1101, 0).window(0).back().at(301_000);
    let refusal = [&cycle[..3], &[refused]].concat();
    assert_eq!(last(&refusal), same("zero_window zero_window_probe_ack"));
    assert_eq!(last(&[&refusal[..], &[ack(1, 400), data(1, 401)]].concat()), same(""));
}

#[test]
fn a_frame_that_is_captured_twice_says_nothing_new() {
    let twice = |segment: Segment| [segment, segment.at(segment.time / 1000 + 5)];
    let segments = [twice(data(0, 20).identified(7)), twice(ack(1, 30).identified(9))].concat();
    assert_eq!(last(&segments[..2]), differ("retransmission", "duplicate_frame"));
    assert_eq!(last(&segments), differ("duplicate_ack", "duplicate_frame"));
    let opened = open().into_iter().flat_map(twice).collect::<Vec<_>>();
    assert_eq!(found(Rules::Evidence, &opened)[..4], ["", "duplicate_frame", "", "duplicate_frame"].map(str::to_owned));
    // A SYN too, also when it has been answered meanwhile; with another number it is sent again.
    let request = |number| segment("S", 1000, 0, 0).identified(number);
    let answer = segment("SA", 5000, 1001, 0).back().at(10);
    let second = |number| found(Rules::Evidence, &[request(7), answer, request(number).at(20)]).remove(2);
    assert_eq!([second(7), second(8)], ["duplicate_frame", "retransmission"].map(str::to_owned));
    // Each packet has its own number: these are two.
    assert_eq!(last(&[data(0, 20).identified(7), data(0, 21).identified(8)]), same("retransmission"));
}

#[test]
fn a_duplicate_acknowledgement_misses_something() {
    let sent = [data(0, 20), data(1, 20), data(2, 20), ack(1, 30)];
    let then = |segment| last(&[&sent[..], &[segment]].concat());
    assert_eq!(then(ack(1, 31)), same("duplicate_ack"));
    assert_eq!(then(ack(1, 31).sack(1201, 1301).window(59_000)), differ("window_update", "duplicate_ack"));
    assert_eq!(then(ack(1, 31).window(59_000)), same("window_update"));
    // The range tells of something that has arrived twice.
    assert_eq!(then(ack(1, 31).sack(1001, 1101)), differ("duplicate_ack", ""));
    assert_eq!(last(&[data(0, 20), ack(1, 30), ack(1, 31)]), differ("duplicate_ack", ""));
}

#[test]
fn a_gap_a_full_window_and_ports_that_are_used_again() {
    assert_eq!(last(&[data(0, 20), data(2, 20)]), same("lost_segment"));
    let small = segment("A", 5001, 1001, 0).window(200).back().at(15_000);
    let segments = [small, data(0, 20), data(1, 20), data(2, 20)];
    assert_eq!([&segments[..2], &segments[..3], &segments[..4]].map(last), ["", "window_full", ""].map(same));
    assert_eq!(last(&[segment("S", 90_000, 0, 0).at(20_000)]), same("reused_ports"));
}
