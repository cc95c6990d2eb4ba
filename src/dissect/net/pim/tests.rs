use crate::dissect::net::testing::{octets, payload_text};

/// The text of a message behind its checksum.
fn body(verbose: u8, digits: &str) -> String {
    let text = payload_text(verbose, 103, &octets(digits));
    text.split_once("(unverified)").map(|(_, text)| text.to_owned()).unwrap_or(text)
}

#[test]
fn an_address_list_may_not_reach_over_the_message() {
    let option = "\n\t  Address List Option (24), length 12, Value: ";
    assert_eq!(
        body(2, "2000 0000 0018 000c 0100 0a000001 0100 0a000002"),
        format!("{option}\n\t    10.0.0.1\n\t    10.0.0.2\n\t    0x0000:  0100 0a00 0001 0100 0a00 0002")
    );
    assert_eq!(body(2, "2000 0000 0018 000c 0100 0a000001"), format!("{option} [|pimv2]"));
}

#[test]
fn sources_show_their_flags_and_masks() {
    assert_eq!(
        body(
            1,
            "2300 0000 0100 0a000001 00 01 00d2 0100 00 20 e0010101 0001 0001 0100 0720 0a000009 0100 0818 0a000800"
        ),
        ", upstream-neighbor: 10.0.0.1\n\t  1 group(s), holdtime: 3m30s\
         \n\t    group #1: 224.1.1.1, joined sources: 1, pruned sources: 1\
         \n\t      joined source #1: 10.0.0.9(SWR)\n\t      pruned source #1: 10.0.8.0/24(+0x08)"
    );
}

#[test]
fn the_encoding_of_rfc_2117_has_no_families() {
    let text = payload_text(1, 103, &octets("2304 0000 0a000001 00 01 ffff 00 20 e0010101 0001 0000 0720 0a000009"));
    assert_eq!(
        text.split_once("\n\t").map(|(_, text)| text),
        Some(
            "Join / Prune, RFC2117-encoding, cksum 0x0000 (unverified), upstream-neighbor: 10.0.0.1\
             \n\t  1 group(s), holdtime: infinite\
             \n\t    group #1: 224.1.1.1, joined sources: 1, pruned sources: 0\
             \n\t      joined source #1: 10.0.0.9(SWR)"
        )
    );
}

#[test]
fn a_fragment_of_a_bootstrap_ends_with_its_rendezvous_points() {
    assert_eq!(
        body(1, "2400 0000 0001 1e 40 0100 0a000001 0100 0004 e0000000 01 01 0000 0100 0a000003 0096 00 00"),
        " tag=1 hashmlen=30 BSRprio=64 BSR=10.0.0.1 \
         (group0: 224.0.0.0/4 RPcnt=1 FRPcnt=1 RP0=10.0.0.3,holdtime=2m30s,prio=0)"
    );
}
