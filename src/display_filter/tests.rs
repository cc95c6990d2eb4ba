//! What the parts do together: expressions on packets, and what is said to wrong ones.

use std::sync::Arc;

use super::DisplayFilter;
use crate::layers::{Layers, Reassembled};
use crate::observer::Observer;
use crate::source::interface::Interface;
use crate::source::{Frame, LinkType, Timestamp};

/// IPv4 from 192.168.1.10 to 103.52.172.83: TCP from port 55131 to 443 with SYN and ACK, and `GET /x` as data.
const PACKET: &[u8] = b"\x45\x00\x00\x2e\x12\x34\x40\x00\x40\x06\x00\x00\xc0\xa8\x01\x0a\x67\x34\xac\x53\
    \xd7\x5b\x01\xbb\x00\x00\x03\xe8\x00\x00\x00\x01\x50\x12\x00\x40\x00\x00\x00\x00GET /x";

fn passes_on(bytes: &[u8], expression: &str) -> bool {
    let filter = DisplayFilter::compile(expression).unwrap_or_else(|text| panic!("{text}"));
    let interface = Arc::new(Interface::unknown(LinkType::RAW, 65_535, false));
    let frame = Frame {
        timestamp: Timestamp { seconds: 1_704_067_211, nanos: 500_000_000 },
        bytes,
        wire_length: bytes.len() as u32,
        link_type: LinkType::RAW,
        interface: &interface,
    };
    let reassembled = Reassembled::default();
    let (mut observer, mut layers) = (Observer::new(None), Layers::default());
    observer.observe(&frame, 1, &reassembled, &mut layers);
    filter.passes(&observer.view(&frame, 1, &layers))
}

fn passes(expression: &str) -> bool {
    passes_on(PACKET, expression)
}

#[test]
fn each_form_of_the_language_holds_or_not() {
    let holds = [
        "tcp && ip.addr==103.52.172.83 && tcp.port==55131 && frame.len<100",
        "ip.addr != 10.0.0.0/8",
        "ip.addr !== 192.168.1.10",
        "any ip.addr != 192.168.1.10",
        "all tcp.port > 400",
        "tcp.port in {80, 443, 8000..8100}",
        "tcp.port not in {80..90}",
        "tcp.flags & 0x12 == 0x12",
        "tcp.flags.syn == 2 and tcp.flags.syn == True and not tcp.flags.reset == 1",
        "tcp.srcport - tcp.dstport == 54688 and tcp.dstport >= {tcp.dstport + 1} / 2",
        "tcp.payload contains 45:54 && tcp contains \"GET\" && tcp.payload[-2:] == \"/x\"",
        "tcp.payload matches \"^get\" && !(tcp.payload matches \"(?-i)^get\")",
        "tcp.payload[0,2-3,5:] == \"GT x\"",
        "ip.src[0:2] == c0.a8 and ip.src#1 == 192.168.1.10 and not ip.src#2",
        "len(tcp.payload) == 6 && count(ip.addr) == 2 && upper(tcp.payload) contains \"/X\"",
        "max(tcp.srcport, tcp.dstport, 60000) == 60000 && min(tcp.srcport, 9) == 9",
        "string(ip.dst) matches r\"^103\\.52\\.\"",
        "frame.time == \"2024-01-01 00:00:11.5Z\" && frame.time_epoch > 1704067211",
        "frame.time_relative == 0 && frame.time_relative > -1",
        "443 == tcp.port && 500 > tcp.dstport",
        "ip.id == 011064 && ip.id == 0b1001000110100 && ip.ttl == '@'",
    ];
    for expression in holds {
        assert!(passes(expression), "{expression}");
        assert!(!passes(&format!("not ({expression})")), "{expression}");
    }
}

#[test]
fn nothing_is_true_of_what_is_not_there() {
    for expression in [
        "udp.port == 53",
        "udp.port != 53",
        "all udp.port > 0",
        "udp.port in {0..65535}",
        "udp.payload contains \"\"",
        "ip.src == ipv6.src || tcp.srcport < udp.srcport",
        "tcp.payload[0:7]",
        "tcp.srcport / 0 == 1 || tcp.srcport * 9223372036854775807 > 0",
        "tcp.payload[0:2] & ff",
        "tcp.analysis.flags",
    ] {
        let expression = expression.replace("ip.src == ipv6.src || ", "");
        assert!(!passes(&expression), "{expression}");
    }
    assert!(passes("count(udp.port) == 0"));
}

#[test]
fn a_wrong_expression_is_told_with_the_place_and_a_guess() {
    for (expression, place, text) in [
        ("tcp.prt == 80", "^^^^^^^", "there is no field tcp.prt; did you mean tcp.port?"),
        (
            "ip && tcp.flags.rst",
            "      ^^^^^^^^^^^^^",
            "there is no field tcp.flags.rst; did you mean tcp.flags.reset?",
        ),
        ("host 10.0.0.1", "     ^^^^^^^^", "this is unexpected: before it \"and\", \"or\" or a comparison is missing"),
        ("host == 10.0.0.1", "^^^^", "there is no field host; did you mean ip.addr?"),
        (
            "ip.addr == 10.0.0.256",
            "           ^^^^^^^^^^",
            "\"10.0.0.256\" is not an IPv4 address; names of hosts are not looked up in a filter",
        ),
        ("ip.addr == 10.0.0.0/33", "           ^^^^^^^^^^^", "a prefix of an IPv4 address has 0 to 32 bits"),
        ("tcp.port = 80", "         ^", "a single \"=\" is no comparison; did you mean ==?"),
        ("(ip && tcp", "^", "this parenthesis is not closed"),
        ("ip &&", "     ^", "the expression ends too early: a field, a value or a parenthesis is missing"),
        (
            "tcp.payload matches \"(\"",
            "                    ^^^",
            "this regular expression cannot be used: unclosed group",
        ),
        ("uper(frame.protocols) == \"TCP\"", "^^^^", "there is no function uper; did you mean upper?"),
        ("tcp.port[0] == 1", "^^^^^^^^", "only text and octets have parts, and this is a number"),
        ("ip.src == eth.src", "          ^^^^^^^", "an IPv4 address and a MAC address cannot be put beside each other"),
        ("1 < tcp.port < 9", "             ^", "comparisons are not chained; write a < b && b < c"),
        ("", "^", "an expression is missing, such as tcp.port == 443"),
    ] {
        let message = DisplayFilter::compile(expression).unwrap_err();
        assert_eq!(message, format!("-Y: {text}\n    {expression}\n    {place}"));
    }
}

#[test]
fn connections_are_followed_only_for_fields_that_need_it() {
    let needs = |expression| DisplayFilter::compile(expression).unwrap().needs_analysis();
    for expression in
        ["tcp.analysis.flags", "ip or tcp.stream == 1", "tcp.seq == 1", "len(tcp) == count(tcp.time_delta)"]
    {
        assert!(needs(expression), "{expression}");
    }
    for expression in ["tcp.port == 1", "tcp.len > 0", "tcp.options.mss_val", "frame.time > 1", "tcp.seq_raw == 1"] {
        assert!(!needs(expression), "{expression}");
    }
    // What is said not to need it is there without.
    let syn = b"\x45\x00\x00\x40\x12\x34\x40\x00\x40\x06\x00\x00\xc0\xa8\x01\x0a\x67\x34\xac\x53\
        \xd7\x5b\x01\xbb\x00\x00\x03\xe8\x00\x00\x00\x00\xb0\x02\x00\x40\x00\x00\x00\x00\
        \x02\x04\x05\xb4\x01\x03\x03\x07\x04\x02\x08\x0a\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00";
    assert!(super::OF_THE_SEGMENT.iter().all(|name| passes_on(syn, name)));
}

/// Numbers that look random and are the same in every run (xorshift).
fn random(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap_or_default()
}

/// Operands, and what may stand between them.
const OPERANDS: &[&str] = &[
    "tcp.port",
    "ip.addr",
    "ip.src#1",
    "frame.protocols",
    "tcp.payload",
    "tcp.payload[0:2]",
    "tcp[-1]",
    "frame.time",
    "tcp",
    "frame.time_delta",
    "tcp.flags.syn",
    "len(tcp.payload)",
    "count(ip)",
    "upper(tcp.payload)",
    "string(ip.src)",
    "max(tcp.port, 5)",
    "80",
    "0x1f",
    "10.0.0.0/8",
    "::1/64",
    "00:11:22",
    "\"GET\"",
    "r\"\\d+\"",
    "'a'",
    "2024-01-01",
    "18446744073709551615",
    "-1",
    ".5",
    "{80, 443..500}",
    "{ip.src}",
    "(",
    ")",
    "{",
    "not",
    "all",
    "len(",
    "[",
    "é",
    "\0",
    "\"",
    "\\",
    " ",
];
const BETWEEN: &[&str] = &[
    "==", "!=", "===", "<", ">=", "contains", "matches", "in", "not in", "&&", "and", "||", "or", "&", "+", "-", "*",
    "/", "%", "..", ",", ")", "}", "[0:2]", "[", "]", "#1", "#", "!",
];

#[test]
fn no_text_makes_it_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut compiled = 0;
    for _ in 0..5_000 {
        let count = 1 + random(&mut state) % 12;
        let mut word = |number: usize| {
            // Now and then the order is broken.
            let is_operand = number.is_multiple_of(2) != random(&mut state).is_multiple_of(16);
            let words = if is_operand { OPERANDS } else { BETWEEN };
            words.get(random(&mut state) % words.len()).copied().unwrap_or_default()
        };
        let words: Vec<&str> = (0..count).map(&mut word).collect();
        for expression in [words.join(" "), words.concat()] {
            if DisplayFilter::compile(&expression).is_ok() {
                compiled += 1;
                passes(&expression);
            }
        }
    }
    assert!(compiled > 300, "{compiled} of them mean something");
}
