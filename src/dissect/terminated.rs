//! Strings that end with a NUL.

use super::context::Context;
use super::cursor::Cursor;

impl Context {
    /// The text at the front of a cursor up to its NUL, made visible, within `limit` octets. Returns how
    /// many octets it took with its NUL; nothing where none was found, and then all text there is is out.
    pub fn escaped_terminated(&mut self, data: &Cursor, limit: usize) -> Option<usize> {
        let captured = data.captured();
        let field = captured.get(..limit).unwrap_or(captured);
        let nul = field.iter().position(|&octet| octet == 0);
        self.escaped(field.get(..nul.unwrap_or(field.len())).unwrap_or_default());
        nul.map(|length| length + 1)
    }

    /// Text that is shorter than its field if a NUL follows.
    pub fn escaped_padded(&mut self, field: &[u8]) {
        let text = field.split(|&octet| octet == 0).next().unwrap_or_default();
        self.escaped(text);
    }
}
