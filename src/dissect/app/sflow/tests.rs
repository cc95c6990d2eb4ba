use super::*;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

const HEADER: &str = "00000005 00000001 01020304 00000001 00000002 00000003 00000001";

fn text(verbose: u8, datagram: &str) -> String {
    let datagram = octets(datagram);
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    if print(&mut cx, Cursor::new(&datagram, datagram.len() as u32)).is_err() {
        cx.truncated();
    }
    String::from_utf8_lossy(&cx.out).into_owned()
}

/// The text of the sample behind the header.
fn sample(sample: &str) -> String {
    let text = text(1, &format!("{HEADER} {sample}"));
    text.split_once("\n\t").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn without_v_there_is_the_agent_only() {
    assert_eq!(text(0, HEADER), "sFlowv5, IPv4 agent 1.2.3.4, agent-id 1, length 28");
    let ipv6 = "00000005 00000002 20010db8000000000000000000000001 00000007 00000002 00000003 00000000";
    assert_eq!(text(1, ipv6), "sFlowv5, IPv6 agent 2001:db8::1, agent-id 7, seqnum 2, uptime 3, samples 0, length 40");
    assert_eq!(
        text(1, "00000004 00000001 00000000 00000000 00000000 00000000 00000000"),
        "sFlow version 4 packet not supported"
    );
    assert_eq!(text(1, "00000005 00000002 00000000"), "sFlowv5 [length 12 < 28] (invalid)");
}

#[test]
fn a_record_longer_than_the_datagram_is_invalid() {
    assert_eq!(
        sample("00000002 00000014 00000001 00000002 00000001 00000005 0000001c"),
        "counter sample (2), length 20, seqnum 1, type 0, idx 2, records 1\n\t    enterprise 0, Vlan counter (5) length 28 (invalid)"
    );
    assert_eq!(sample("00000001 00000010 00000000"), "flow sample (1), length 16, (invalid)");
    assert_eq!(sample("00000000 00000010"), "Unknown (0), length 16,");
}

#[test]
fn the_enterprise_of_a_counter_lacks_its_low_octet() {
    let record = |format| sample(&format!("00000002 00000014 00000001 00000002 00000001 {format} 00000000"));
    assert!(record("00100003").ends_with("enterprise 1, Unknown (3) length 0"));
    assert!(record("00001003").ends_with("enterprise 0, Token ring counter (3) length 0"));
}
