use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::net::ipv4;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

const FORTH: &str = "01010101 02020202";
const BACK: &str = "02020202 01010101";

/// The text of a message between two hosts, one call after the other.
fn text(cx: &mut Context, hosts: &str, port: u16, message: &str) -> String {
    let message = octets(message);
    let header = format!(
        "4500{:04x}0000000040110000 {hosts} {port:04x}{port:04x}{:04x}0000",
        28 + message.len(),
        8 + message.len()
    );
    let packet = [octets(&header), message].concat();
    cx.out.clear();
    if ipv4::print(cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    text.split_once(&format!("{port}: ")).map(|(_, text)| text.to_owned()).unwrap_or(text)
}

fn context(verbose: u8) -> Context {
    Context::new(Style { verbose, link_header: true, leave_checksums: true, ..Style::default() }, Names::numeric())
}

/// The payloads' lines of one message.
fn lines(message: &str) -> String {
    let text = text(&mut context(1), FORTH, 500, message);
    text.split_once('\n').map(|(_, lines)| lines.to_owned()).unwrap_or(text)
}

#[test]
fn the_side_is_that_of_the_first_message() {
    let mut cx = context(0);
    let first = "0102030405060708 0000000000000000 01 10 02 00 00000000 0000001c";
    let answer = first.replace("0000000000000000", "1111111111111111");
    let other = answer.replace("01020304", "0a020304");
    assert_eq!(text(&mut cx, FORTH, 500, first), "isakmp: phase 1 I ident");
    assert_eq!(text(&mut cx, BACK, 500, &answer), "isakmp: phase 1 R ident");
    assert_eq!(text(&mut cx, FORTH, 500, &answer), "isakmp: phase 1 I ident");
    assert_eq!(text(&mut cx, FORTH, 500, &other), "isakmp: phase 1 ? ident");
}

#[test]
fn version_1_names_attributes_and_cuts_off_what_does_not_fit() {
    let header = "1102030405060708 1111111111111111";
    assert_eq!(
        lines(&format!(
            "{header} 0b 10 05 00 00000007 00000038 0000001c 00000001 03 04 6000 aabbccdd 800b0001 000c0004 00007080"
        )),
        "    (n: doi=ipsec proto=ipsec-esp type=RESPONDER-LIFETIME spi=aabbccdd \
         attrs=((type=lifetype value=sec)(type=lifeduration len=4 value=00007080)))"
    );
    assert_eq!(
        lines(&format!("{header} 05 10 05 00 00000007 0000002c 0b00000c 04110000 0a000000 00000010")),
        "    (id: idtype=IPv4net protoid=17 port=0 len=4 [bad: < 8]) [|n]"
    );
}

#[test]
fn version_2_nests_proposals_and_transforms() {
    assert_eq!(
        lines(
            "0102030405060708 0000000000000000 21 20 22 08 00000000 00000048 29800024 00000020 01 01 04 02 00000000 \
             0300000c 01 00 000c 800e0100 00000008 02 00 0009 00000008 00 00 4004"
        ),
        "    (sa[C]: len=32\n        (p: #1 protoid=isakmp transform=2 len=32 spi=00000000\n            \
         (t: #1 type=encr id=aes (type=keylen value=0100))\n            (t: #2 type=prf id=#9 )))\n    \
         (n: prot_id=#0 type=16388(nat_detection_source_ip))"
    );
    assert_eq!(
        lines("0102030405060708 0000000000000000 2e 20 23 20 00000001 00000026 2300000a 010203040506"),
        "    (v2e: len=6)"
    );
}

#[test]
fn associations_within_associations_end_somewhere() {
    let inner = "0100ffff 00000001 00000001".repeat(2000);
    let text = lines(&format!("0102030405060708 0000000000000000 01 10 02 00 00000000 00000000 {inner}"));
    assert!(text.len() < 100_000);
}

#[test]
fn port_4500_carries_esp_and_signs_of_life_too() {
    let mut cx = context(0);
    assert_eq!(text(&mut cx, FORTH, 4500, "ff"), "isakmp-nat-keep-alive");
    assert_eq!(text(&mut cx, FORTH, 4500, "ffff"), " [|isakmp_rfc3948]");
    assert_eq!(text(&mut cx, FORTH, 4500, "00000000 01"), "NONESP-encap:  [|isakmp]");
    assert_eq!(text(&mut cx, FORTH, 4500, "00000001 00000002"), "UDP-encap: ESP(spi=0x00000001,seq=0x2), length 8");
}

#[test]
fn a_key_opens_the_messages_of_its_side() {
    let cookies = "0001020304050607 c02e7a3031a03188";
    let message = |payloads: &str, length: &str, first: &str| {
        format!("{cookies} 2e 20 23 08 00000001 000000{length} {first}{payloads} 000000000000000000000000")
    };
    let lines = |side: &str, message: &str| {
        let keys = format!(
            "ikev2 {side} 0x0001020304050607 0xc02e7a3031a03188 sha1:0 aes128:0x404142434445464748494a4b4c4d4e4f"
        );
        let mut cx = context(1);
        cx.keys = crate::secrets::keys::Keys::unread(Some(keys.as_bytes()));
        let text = text(&mut cx, FORTH, 500, message);
        text.split_once('\n').map(|(_, lines)| lines.to_owned()).unwrap_or(text)
    };
    let two = message(
        "00000000000000000000000000000000a0a49b4c32eed7544214bfbd39129611638b3b6566da6ec4717ab00f37bd892c",
        "5c",
        "23000040",
    );
    assert_eq!(
        lines("I", &two),
        "    (v2e: len=60\n            (v2IDi: len=8 fqdn:west)\n            \
         (nonce: len=8 data=(61626364656667680000...000000000007)))"
    );
    assert_eq!(lines("R", &two), "    (v2e: len=60)");
    let in_itself = message("0000000000000000000000000000000046f269565b1fdb3185b7fd8abbd2fbc7", "4c", "2e000030");
    assert_eq!(lines("I", &in_itself), "    (v2e: len=44\n            (v2e: len=8 [|isakmp]");
}
