//! Octets with colons between them, as addresses of any length are written.

use super::put::{Put, hex_octet};

/// `00:11:22`; `<empty>` where there are none.
pub struct Colons<'a>(pub &'a [u8]);

impl Put for Colons<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        if self.0.is_empty() {
            return "<empty>".put(out);
        }
        for (at, &octet) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(b':');
            }
            out.extend_from_slice(&hex_octet(octet));
        }
    }
}
