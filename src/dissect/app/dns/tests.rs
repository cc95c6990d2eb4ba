//! Messages and what tcpdump prints of them.

use super::*;
use crate::dissect::cursor::Truncated;
use crate::dissect::style::Style;
use crate::os::names::Names;

type Print = fn(&mut Context, Cursor) -> Outcome;

/// A message with an identification of 7.
fn message(flags: u16, counts: [u16; 4], sections: &[&[u8]]) -> Vec<u8> {
    let header = [7, flags].into_iter().chain(counts);
    header.flat_map(u16::to_be_bytes).chain(sections.concat()).collect()
}

fn printed(print: Print, verbose: u8, captured: &[u8], length: usize) -> (Outcome, String) {
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    let outcome = print(&mut cx, Cursor::new(captured, length as u32));
    (outcome, String::from_utf8_lossy(&cx.out).into_owned())
}

fn text(verbose: u8, message: &[u8]) -> String {
    let (outcome, text) = printed(print, verbose, message, message.len());
    assert_eq!(outcome, Ok(()));
    text
}

fn query(name: &[u8]) -> String {
    text(0, &message(0x0100, [1, 0, 0, 0], &[name, b"\0\x01\0\x01"]))
}

const QUESTION: &[u8] = b"\x01a\0\0\x01\0\x01";

#[test]
fn a_pointer_that_does_not_lead_backwards_ends_the_name() {
    assert_eq!(query(b"\x01a\xc0\x0c"), "7+ A? a.<BAD PTR> [|domain]");
    assert_eq!(query(b"\xc0\x20"), "7+ A? <BAD PTR> [|domain]");
}

#[test]
fn control_characters_in_a_name_are_made_visible() {
    assert_eq!(query(b"\x05a\x1b[2J\0"), "7+ A? a^[[2J. (23)");
}

#[test]
fn a_name_is_shown_up_to_255_characters() {
    let label = [&[63][..], &[b'x'; 63]].concat();
    let long = query(&[&label.repeat(4)[..], b"\x01y\0"].concat());
    assert_eq!(long, format!("7+ A? {}.{1}.{1}.{1}.<DOMAIN NAME TOO LONG> (275)", "x".repeat(63), "x".repeat(63)));
}

#[test]
fn bit_strings_are_cut_to_their_bits() {
    assert_eq!(query(b"\x41\x0c\xab\xcd\0"), r"7+ A? \[xabc/12]. (21)");
    // Behind a bit string that the capture cuts there is no more text of the packet, so that is an error.
    let answer = message(0x8180, [0, 1, 0, 0], &[b"\x41\x20\xab\xcd\xef\x01\0"]);
    let (outcome, text) = printed(print, 1, &answer[..16], 33);
    assert_eq!((outcome, text), (Err(Truncated), r"7 [0q] 1/0/0 \[xabcd".into()));
}

#[test]
fn a_record_without_its_fixed_fields_is_left_out_but_cut_data_is_marked() {
    let answer = message(0x8180, [0, 1, 0, 0], &[b"\0\0\x01\0\x01\0\0\0\x3c\0\x04\x01\x02\x03\x04"]);
    let cut = |captured| printed(print, 1, &answer[..captured], answer.len());
    assert_eq!(cut(27), (Ok(()), "7 [0q] 1/0/0 . A 1.2.3.4 (27)".into()));
    assert_eq!(cut(25), (Ok(()), "7 [0q] 1/0/0 . A [|domain]".into()));
    assert_eq!(cut(21), (Ok(()), "7 [0q] 1/0/0 . (27)".into()));
}

#[test]
fn records_at_very_verbose() {
    let records: [&[u8]; 8] = [
        b"\0\0\x26\0\x01\0\0\0\0\0\x0c\x40\0\0\0\0\0\0\0\x01\x01b\0",
        b"\0\x01\0\0\x01\0\0\0\0\0\x07\0\x01\0\x02ftp",
        b"\0\0\x10\0\x01\0\0\0\0\0\x05\x02hi\x01\"",
        b"\0\0\x21\0\x01\0\0\0\0\0\x09\0\x01\0\x02\0\x35\x01s\0",
        b"\0\0\x06\0\x01\0\0\0\0\0\x1a\x01m\0\x01h\0\0\0\0\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0\x05",
        b"\0\0\xfa\0\xff\0\0\0\0\0\x15\x01k\0\0\0\0\0\0\0\x01\x2c\0\x02\xaa\xbb\0\x07\0\x10\0\0",
        b"\0\0\x41\0\x01\0\0\0\0\0\x01\0",
        b"\0\x03\xe7\0\x01\0\0\0\0\0\0",
    ];
    assert_eq!(
        text(2, &message(0x8180, [0, 8, 0, 0], &records)),
        "7 [0q] 8/0/0 . A6 64 ::1 b., . URI 1 2 ftp, . TXT \"hi\" \"\"\", . SRV s.:53 1 2, \
         . SOA m. h. 1 2 3 4 5, . ANY TSIG k. fudge=300 maclen=2 origid=7 error=16 otherlen=0, \
         . HTTPS, . Type999 (181)"
    );
}

#[test]
fn edns_extends_the_response_code_and_has_options() {
    let options: [&[u8]; 8] = [
        b"\0\0\x29\x10\0\x01\0\x80\0\0\x2d",
        b"\0\x08\0\x07\0\x01\x17\0\x01\x02\x03",
        b"\0\x0a\0\x08\x01\x02\x03\x04\x05\x06\x07\x08",
        b"\0\x0d\0\x03\x01c\0",
        b"\0\x0b\0\x02\0\x7b",
        b"\0\x09\0\x01\x01",
        b"\0\x4d\0\0",
        b"",
    ];
    assert_eq!(
        text(2, &message(0x8180, [1, 0, 0, 1], &[QUESTION, &options.concat()])),
        "7 BadVers q: A? a. 0/0/1 ar: . OPT UDPsize=4096 DO [ECS 1.2.3.0/23/0,COOKIE 0102030405060708,\
         CHAIN c.,KEEPALIVE 12.3 sec,EXPIRE  (invalid),Opt77] (75)"
    );
}

#[test]
fn multicast_takes_a_bit_of_the_class() {
    let question: &[u8] = b"\x01a\0\0\x01\x80\x01";
    let answer =
        message(0x8400, [1, 1, 0, 0], &[question, b"\xc0\x0c\0\x01\x80\x01\0\x01\x5f\xcd\0\x04\x01\x02\x03\x04"]);
    let (_, text) = printed(print_multicast, 3, &answer, answer.len());
    assert_eq!(text, "7*- q: A (QU)? a. 1/0/0 a. (Cache flush) [1d1h1m1s] A 1.2.3.4 (35)");
}

#[test]
fn a_segment_holds_one_message_behind_its_length() {
    let query = message(0x0100, [1, 0, 0, 0], &[QUESTION]);
    let segment = |length: u16| {
        let octets = [&length.to_be_bytes()[..], &query].concat();
        printed(print_segment, 0, &octets, octets.len()).1
    };
    assert_eq!(segment(19), " 7+ A? a. (19)");
    assert_eq!(segment(18), " [prefix length(18) != length(19)] (invalid)");
    assert_eq!(printed(print_segment, 0, &[0], 1).1, " [DNS over TCP: length 1 < 2] (invalid)");
}

#[test]
fn what_a_query_should_not_have_is_told() {
    assert_eq!(text(2, &message(0x0800, [1, 1, 2, 3], &[QUESTION])), "7 inv_q [1q] [2n] [3au] A? a.  [|domain]");
    assert_eq!(text(2, &message(0x0ff0, [0; 4], &[])), "7 inv_q+% [b2&3=0xff0] [0a] (12)");
    assert_eq!(text(2, b"abc"), "domain [length 3 < 12] (invalid)");
}
