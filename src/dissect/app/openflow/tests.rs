use super::print;
use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

fn text(verbose: u8, digits: &str) -> (String, u8) {
    let octets = octets(digits);
    let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
    if print(&mut cx, Cursor::new(&octets, octets.len() as u32)).is_err() {
        cx.truncated();
    }
    let text = String::from_utf8_lossy(&cx.out).into_owned();
    (text.trim_start_matches(": OpenFlow\n\tversion ").to_owned(), cx.style.verbose)
}

#[test]
fn an_action_may_not_reach_over_its_message() {
    let flow = "01 0e 0050 00000001 003820ef 0000 000000000000 000000000000 0000 00 00 0806 00 02 0000 \
                0a000001 0a000002 0000 0000 0000000000000001 0000 0005 0000 8000 ffffffff ffff 0001 0000";
    let expected = "1.0, type FLOW_MOD, length 80, xid 0x00000001\n\t match dl_type 0x0806\
                    \n\t cookie 0x0000000000000001, command ADD, idle_timeout 5, priority 32768, buffer_id NONE\
                    , flags 0x0001 (SEND_FLOW_REM)\n\t action type OUTPUT, len ";
    assert_eq!(text(1, &format!("{flow} 0008 0001 0000")).0, format!("{expected}8, port 1"));
    assert_eq!(text(1, &format!("{flow} 0010 0001 0000")).0, format!("{expected}16 [alen 16 > 8] (invalid)"));
}

#[test]
fn a_header_may_be_cut_by_the_segments_end() {
    assert_eq!(
        text(1, "04 00 0010 00000001 0001 0008 00000052 0400").0,
        "1.3, type HELLO, length 16, xid 0x00000001\
         \n\t type VERSIONBITMAP, length 8, bitmap 0x00000052 (1.1, 1.4) (bogus)\
         \n\tversion 1.3, type HELLO (end of TCP payload)"
    );
}

#[test]
fn a_cut_packet_inside_leaves_the_verbosity_as_it_was() {
    let message = "01 0a 0022 00000001 ffffffff 0010 fffd 00 00 ffffffffffff 000000000001 0806 0001 01 0300";
    assert_eq!(
        text(3, message),
        (
            "1.0, type PACKET_IN, length 34, xid 0x00000001\
             \n\t buffer_id NONE, total_len 16, in_port CONTROLLER, reason NO_MATCH\
             \n\t data (16 octets), frame decoding below\n [|arp]"
                .to_owned(),
            3
        )
    );
}
