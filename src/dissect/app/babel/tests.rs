use crate::dissect::net::testing::{octets, payload_text};

/// What a packet prints behind its port.
fn text(digits: &str) -> String {
    let packet = octets(digits);
    let header = [3, 0xe8, 0x1a, 0x28, 0, 8 + packet.len() as u8, 0, 0];
    payload_text(1, 17, &[&header[..], &packet].concat())
}

#[test]
fn a_prefix_may_not_begin_with_more_than_an_address() {
    assert_eq!(
        text(
            "2a02 0028 080e 01 80 18 00 0190 0001 0060 0a0000 08 \
             0d 01 00 20 03 ffff 0002 ffff 07 03 0200 03 04 05 0a 00 00 0060 0190"
        ),
        "babel 2 (40)\n\tUpdate/prefix 10.0.0.0/24 metric 96 seqno 1 interval 4.00s (invalid)\n\tSS-Update (invalid)"
    );
}

#[test]
fn an_address_that_is_cut_does_not_end_the_packet() {
    assert_eq!(text("2a02 000a 0508 0400 0060 0190 0000 01"), "babel 2 (10)\n\tIHU  [|babel]\n\t---- (invalid)");
}

#[test]
fn a_time_stamp_needs_all_its_octets() {
    assert_eq!(
        text("2a02 000c 040a 8000 0001 0000 03 02 0001"),
        "babel 2 (12)\n\tHello (Unicast) seqno 1 unscheduled sub-timestamp (invalid)"
    );
}
