//! Where a packet was captured, for captures on several interfaces: name and direction stand in front of it,
//! in the columns that `any` has.

use super::context::Context;
use super::link::sll;
use crate::source::stations::{self, Direction};
use crate::source::{Frame, LinkType};

/// Puts the columns, if there are several interfaces and the link layer does not tell by itself.
#[inline]
pub fn put(cx: &mut Context, frame: &Frame) {
    if cx.names_interfaces && frame.link_type != LinkType::LINUX_SLL2 {
        put_columns(cx, frame);
    }
}

fn put_columns(cx: &mut Context, frame: &Frame) {
    let name = frame.interface.name.as_deref().unwrap_or("?");
    sll::put_columns(&mut cx.out, name, direction_text(stations::direction(frame)));
}

fn direction_text(direction: Direction) -> &'static str {
    match direction {
        Direction::Unknown => "?",
        Direction::In => "In",
        Direction::Broadcast => "B",
        Direction::Multicast => "M",
        Direction::OtherHost => "P",
        Direction::Out => "Out",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;
    use crate::source::Timestamp;
    use crate::source::interface::Interface;
    use std::sync::Arc;

    fn columns(names_interfaces: bool, link_type: LinkType, name: &str) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        cx.names_interfaces = names_interfaces;
        let (name, station) = (Some(name.to_owned()), Some([2; 6]));
        let interface = &Arc::new(Interface { name, station, ..Interface::unknown(link_type, 0, false) });
        put(
            &mut cx,
            &Frame { timestamp: Timestamp::default(), bytes: &[2; 12], wire_length: 12, link_type, interface },
        );
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn columns_are_those_of_any() {
        assert_eq!(columns(true, LinkType::ETHERNET, "lo"), "lo    Out ");
        assert_eq!(columns(true, LinkType::ETHERNET, "enp3s0f1"), "enp3s0f1 Out ");
        assert_eq!(columns(true, LinkType::RAW, "tun0"), "tun0  ?   ");
    }

    #[test]
    fn one_interface_and_a_link_layer_with_columns_of_its_own_have_none() {
        assert_eq!(columns(false, LinkType::ETHERNET, "lo"), "");
        assert_eq!(columns(true, LinkType::LINUX_SLL2, "any"), "");
    }
}
