use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::net::ipv4;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

/// Prints packets one after the other, each from 1.1.1.1 or back: ports, type, flags and what is behind the header.
fn texts(verbose: u8, packets: &[(u16, u16, u8, u8, &str)]) -> Vec<String> {
    let style = Style { verbose, ip_oneline: true, leave_checksums: true, ..Style::default() };
    let mut cx = Context::new(style, Names::numeric());
    let text = |&(source, destination, kind, flags, body): &(u16, u16, u8, u8, &str)| {
        let header = format!("00000001 00000002 00000007 00000001 00000003 {kind:02x}{flags:02x}0000 00000001");
        let rx = [octets(&header), octets(body)].concat();
        let hosts = if source < 7000 { "01010101 02020202" } else { "02020202 01010101" };
        let ip = format!("4500{:04x} 00000000 40110000 {hosts}", 28 + rx.len());
        let udp = format!("{source:04x}{destination:04x}{:04x}0000", 8 + rx.len());
        let packet = [octets(&ip), octets(&udp), rx].concat();
        cx.out.clear();
        if ipv4::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
            cx.truncated();
        }
        let text = String::from_utf8_lossy(&cx.out).into_owned();
        text.split_once(":  rx ").map(|(_, text)| text.to_owned()).unwrap_or(text)
    };
    packets.iter().map(text).collect()
}

#[test]
fn a_reply_is_read_by_what_its_call_asked() {
    let texts = texts(
        0,
        &[
            (1024, 7000, 1, 1, "00000099"),
            (7000, 1024, 1, 0, "00000000"),
            (7000, 1024, 4, 0, "ffffff9c"),
            (7000, 1024, 4, 0, "ffffff9b"),
            (7003, 1024, 1, 0, "00000000"),
        ],
    );
    assert_eq!(texts[0], "data fs call get-time (32)");
    assert!(texts[1].starts_with("data fs reply get-time 19"), "{}", texts[1]);
    assert_eq!(texts[2], "abort fs reply get-time error restarting fileserver (32)");
    assert_eq!(texts[3], "abort fs reply get-time error #-101 (32)");
    assert_eq!(texts[4], "data (32)");
}

#[test]
fn an_argument_that_is_too_long_keeps_the_length() {
    let texts = texts(
        0,
        &[
            (1024, 7000, 1, 1, "00000094 00000101"),
            (1024, 7000, 1, 1, "00000094 00000005 6162"),
            (1024, 7000, 1, 1, "00000082 00000001"),
            (1024, 7000, 1, 1, "00000094"),
        ],
    );
    assert_eq!(texts[0], "data fs call get-vlinfo [|fs] (36)");
    assert_eq!(texts[1], "data fs call get-vlinfo \"ab [|fs] (38)");
    assert_eq!(texts[2], "data fs call fetch-data [|fs] (36)");
    assert_eq!(texts[3], "data fs call get-vlinfo [|rx]");
}

#[test]
fn an_access_list_ends_where_it_is_none() {
    let text = |list: &str| {
        let length = octets(list).len();
        let call = format!("00000086 000000010000000200000003 {length:08x} {list}");
        texts(0, &[(1024, 7000, 1, 1, &call)]).remove(0).replace("data fs call store-acl fid 1/2/3", "")
    };
    // "1 1", then "a 127" and "^A 9999"; the next has a letter for a number.
    assert_eq!(text("3120310a 61203132370a 012039393939 0a"), " +{a rlidwka} -{^A rliw} (65)");
    assert_eq!(text("3120310a 61203132370a 0120 61"), " +{a rlidwka} (61)");
    assert_eq!(text("20 31 61"), " (51)");
}

#[test]
fn packets_in_one_state_are_ranges() {
    let texts =
        texts(2, &[(7000, 1024, 2, 0x20, "00000000 0000000a 00000000 00000002 06 07 01010002010001 000000 00000007")]);
    assert_eq!(
        texts[0],
        "ack cid 00000002 call# 7 seq 1 ser 3 <slow-start> first 10 serial 2 reason ping acked 10-11,14,16 nacked 12,15 ifmtu 7 (60)"
    );
}
