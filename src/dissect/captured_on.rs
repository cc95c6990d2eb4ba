//! Where a packet was captured, for captures on several interfaces: name and direction stand in front of it,
//! in the columns that `any` has.

use super::context::Context;
use super::link::sll;
use crate::source::{Direction, Frame, LinkType};

/// Puts the columns, if there are several interfaces and the link layer does not tell by itself.
#[inline]
pub fn put(cx: &mut Context, frame: &Frame) {
    if !cx.captured_on.is_empty() && frame.link_type != LinkType::LINUX_SLL2 {
        put_columns(cx, frame);
    }
}

fn put_columns(cx: &mut Context, frame: &Frame) {
    let name = cx.captured_on.get(frame.interface as usize).map_or("?", AsRef::as_ref);
    sll::put_columns(&mut cx.out, name, direction_text(frame.direction));
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

    fn columns(interfaces: &[&str], link_type: LinkType, interface: u32, direction: Direction) -> String {
        let mut cx = Context::new(Style::default(), Names::numeric());
        cx.captured_on = interfaces.iter().map(|&name| name.into()).collect();
        let frame = Frame::new(Timestamp::default(), &[], 0, link_type);
        put(&mut cx, &Frame { interface, direction, ..frame });
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn columns_are_those_of_any() {
        let both = ["lo", "enp3s0f1"];
        assert_eq!(columns(&both, LinkType::ETHERNET, 0, Direction::In), "lo    In  ");
        assert_eq!(columns(&both, LinkType::ETHERNET, 1, Direction::Out), "enp3s0f1 Out ");
        assert_eq!(columns(&both, LinkType::RAW, 1, Direction::Unknown), "enp3s0f1 ?   ");
    }

    #[test]
    fn one_interface_and_a_link_layer_with_columns_of_its_own_have_none() {
        assert_eq!(columns(&[], LinkType::ETHERNET, 0, Direction::In), "");
        assert_eq!(columns(&["lo", "any"], LinkType::LINUX_SLL2, 1, Direction::Unknown), "");
    }
}
