//! Network addresses of OSI (ISO 8348).

use super::put::{Put, hex_octet};

const LENGTH_MAX: usize = 20;
/// The most bits of a prefix: all but the selector's.
pub const PREFIX_BITS_MAX: usize = 152;

/// The octets of a network service access point: `47.0005.80ff`.
pub struct Nsap<'a>(pub &'a [u8]);

impl Put for Nsap<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0.is_empty() || self.0.len() > LENGTH_MAX {
            return "isonsap_string: illegal length".put(out);
        }
        for (index, &octet) in self.0.iter().enumerate() {
            if index % 2 == 1 {
                out.push(b'.');
            }
            out.extend_from_slice(&hex_octet(octet));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_stands_behind_every_other_octet() {
        let text = |octets: &[u8]| {
            let mut out = Vec::new();
            Nsap(octets).put(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        };
        assert_eq!((text(&[0x47]), text(&[0x47, 0, 5, 0x80])), ("47".into(), "47.0005.80".into()));
        assert_eq!((text(&[]), text(&[0; 21])), (text(&[0; 22]), "isonsap_string: illegal length".into()));
    }
}
