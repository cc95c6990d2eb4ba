//! Numbers that tell networks apart: of autonomous systems (RFC 5396), of routes in VPNs (RFC 4364 section 4.2).

use crate::dissect::address::Ipv4;
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::put::Put;

/// The number of an autonomous system, in two halves if so wanted.
#[derive(Clone, Copy)]
pub struct AsNumber {
    number: u32,
    dotted: bool,
}

impl AsNumber {
    /// The number in the style that the user asked for.
    pub fn new(cx: &Context, number: u32) -> Self {
        AsNumber { number, dotted: cx.style.as_dot && number > 0xffff }
    }
}

impl Put for AsNumber {
    fn put(&self, out: &mut Vec<u8>) {
        if self.dotted {
            (self.number >> 16).put(out);
            out.push(b'.');
            (self.number & 0xffff).put(out);
        } else {
            self.number.put(out);
        }
    }
}

/// What makes addresses of VPNs unique.
pub struct RouteDistinguisher {
    octets: [u8; 8],
    /// The AS number of type 2.
    system: AsNumber,
}

/// Octets of a route distinguisher.
pub const LENGTH: usize = 8;

impl RouteDistinguisher {
    /// The route distinguisher at `offset` of a cursor.
    pub fn read(cx: &Context, data: &Cursor, offset: usize) -> Outcome<Self> {
        let octets: [u8; LENGTH] = data.array_at(offset)?;
        let [_, _, a, b, c, d, ..] = octets;
        Ok(RouteDistinguisher { octets, system: AsNumber::new(cx, u32::from_be_bytes([a, b, c, d])) })
    }
}

impl Put for RouteDistinguisher {
    fn put(&self, out: &mut Vec<u8>) {
        let [type_high, type_low, a, b, c, d, e, f] = self.octets;
        let mut strings = |parts: &[&dyn Put]| parts.iter().for_each(|part| part.put(out));
        match u16::from_be_bytes([type_high, type_low]) {
            0 => {
                let (system, number) = (u16::from_be_bytes([a, b]), u32::from_be_bytes([c, d, e, f]));
                strings(&[&system, &':', &number, &" (= ", &Ipv4([c, d, e, f]), &')']);
            }
            1 => strings(&[&Ipv4([a, b, c, d]), &':', &u16::from_be_bytes([e, f])]),
            2 => {
                let number = u16::from_be_bytes([e, f]);
                strings(&[&self.system, &':', &number, &" (", &Ipv4([a, b, c, d]), &':', &number, &')']);
            }
            _ => strings(&[&"unknown RD format"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    #[test]
    fn the_type_decides_on_the_form() {
        let text = |as_dot, octets: &[u8; 8]| {
            let cx = Context::new(Style { as_dot, ..Style::default() }, Names::numeric());
            let mut out = Vec::new();
            let read = RouteDistinguisher::read(&cx, &Cursor::new(octets, 8), 0);
            read.unwrap().put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!(text(false, b"\0\0\0\x64\0\0\x01\x02"), "100:258 (= 0.0.1.2)");
        assert_eq!(text(false, b"\0\x01\x0a\0\0\x01\0\x09"), "10.0.0.1:9");
        assert_eq!(text(false, b"\0\x02\0\x01\0\x0a\0\x09"), "65546:9 (0.1.0.10:9)");
        assert_eq!(text(true, b"\0\x02\0\x01\0\x0a\0\x09"), "1.10:9 (0.1.0.10:9)");
        assert_eq!(text(false, b"\0\x03\0\x01\0\x0a\0\x09"), "unknown RD format");
    }
}
