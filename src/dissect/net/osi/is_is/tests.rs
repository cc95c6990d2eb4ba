//! Packets as they are on the wire behind an LLC header.

use crate::dissect::link::testing::ethernet;

/// The text of a link state packet with these values, behind its header.
fn values(verbose: u8, values: &str) -> String {
    let octets = 27 + values.chars().filter(|digit| digit.is_ascii_hexdigit()).count() / 2;
    let header =
        format!("{:04x} fefe03 831b 0100 1401 0000 {octets:04x} 04b0 192168001001 0000 00000001 0000 03", octets + 3);
    let text = ethernet(verbose, &[&header, values].concat());
    text.split_once("L2 IS ]").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn a_prefix_stands_at_the_right_of_its_column_and_may_hold_too_much() {
    assert_eq!(values(1, "8709 00000014 58 0a0b0c"), "\n\t    Extended IPv4 Reachability TLV #135, length: 9 [|isis]");
    assert_eq!(
        values(1, "8708 00000014 18 0a0b0c"),
        "\n\t    Extended IPv4 Reachability TLV #135, length: 8\
         \n\t      IPv4 prefix:      10.11.12.0/24, Distribution: up, Metric: 20"
    );
    assert!(
        values(1, "8709 00000014 58 0a0b0c 06").ends_with(", sub-TLVs present (6) [|isis]"),
        "a sum of values that the packet does not hold"
    );
}

#[test]
fn fields_that_are_not_counted_let_a_neighbor_be_too_long() {
    let metric = "1d06 000001020003";
    assert!(
        values(1, &["1613 192168001001 00 00000a 08", metric].concat())
            .ends_with("present (8)\n\t        SPB Metric subTLV #29, length: 6, LM: 1, P: 2, P-ID: 3")
    );
    assert!(
        values(1, &["1616 192168001001 00 00000a 0e", metric, "0304 00000001"].concat())
            .contains("length: 4, 0x00000001 [remaining tlv length 22 < 25] (invalid)\n\t    unknown TLV #0")
    );
}

#[test]
fn without_an_adjacency_s_circuit_the_system_is_looked_for_all_the_same() {
    assert_eq!(
        values(1, "f001 00"),
        "\n\t    Point-to-point Adjacency State TLV #240, length: 1\n\t      Adjacency State: Up (0)"
    );
}
