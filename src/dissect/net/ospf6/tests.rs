use crate::dissect::context::Context;
use crate::dissect::cursor::Cursor;
use crate::dissect::net::testing::octets;
use crate::dissect::style::Style;
use crate::os::names::Names;

fn text(packet: &str) -> String {
    let packet = octets(packet);
    let mut cx = Context::new(Style { verbose: 2, ..Style::default() }, Names::numeric());
    if super::print(&mut cx, Cursor::new(&packet, packet.len() as u32)).is_err() {
        cx.truncated();
    }
    String::from_utf8_lossy(&cx.out).into_owned()
}

#[test]
fn a_prefix_has_as_many_words_as_it_needs() {
    let update = |length: &str, prefix: &str| {
        text(&format!(
            "0304{length} 01010101 00000000 0000 0000 00000001 0001 2003 00000001 01010101 80000001 0000 0024 \
             0000000a {prefix}"
        ))
    };
    let head = "OSPFv3, LS-Update, length 56\n\tRouter-ID 1.1.1.1, Backbone Area\
                \n\t  Advertising Router 1.1.1.1, seq 0x80000001, age 1s, length 16\
                \n\t    Inter-Area Prefix LSA (3), Area Local Scope, LSA-ID 0.0.0.1, metric 10";
    assert_eq!(
        update("0038", "40020005 20010db8 00000001"),
        format!("{head}\n\t\t2001:db8:0:1::/64, Options [Local address], metric 5")
    );
    assert_eq!(update("0038", "81000000 20010db8 00000001"), format!("{head} bogus prefixlen /129 [|ospf3]"));
    assert_eq!(update("0039", "81000000 20010db8 00000001"), "OSPFv3, LS-Update, length 56 [len 57]");
}

#[test]
fn authentication_follows_whatever_the_options_say() {
    assert_eq!(
        text("03050010 01010101 00000000 0000 0500 0001 0012 0000 0002 00000003 00000004 abcd"),
        "OSPFv3, LS-Ack, length 34\n\tRouter-ID 1.1.1.1, Backbone Area, Instance 5\
         \n\tAuthentication Type HMAC, Length 18, SAID 2, CSN 0x00000003:00000004\
         \n\tAuthentication Data 0x0000:  abcd"
    );
}
