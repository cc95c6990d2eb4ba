//! Wireshark's display-filter language over our [`fields`]: `-Y 'tcp.port == 443 && tcp.analysis.flags'`.
//!
//! ```text
//! expression  = conjunction { ("or" | "||") conjunction }
//! conjunction = negation { ("and" | "&&") negation }
//! negation    = { "not" | "!" } ( "(" expression ")" | test )
//! test        = [ "any" | "all" ] operand [ relation operand | [ "not" ] "in" "{" member { "," member } "}" ]
//! relation    = == != === !== < <= > >= eq ne lt le gt ge any_eq all_eq any_ne all_ne contains matches ~
//! member      = operand [ ".." operand ]
//! operand     = sum { ("&" | "bitwise_and") sum }
//! sum         = product { ("+" | "-") product }
//! product     = sign { ("*" | "/" | "%") sign }
//! sign        = { "-" } atom { "[" slices "]" | "#" layers }
//! atom        = field | literal | function "(" operand { "," operand } ")" | "{" operand "}"
//! ```
//!
//! An expression goes through the room from left to right: [`lexer`] makes [`token`]s, [`parser`] a [`tree`],
//! [`check`] finds the fields and turns literals ([`literal`]) into values of their kind, and [`program`] is
//! what is asked of every packet, without an allocation, by its [`operand`]s. [`fault`] says what is wrong
//! and points at the place; [`suggest`] guesses what was meant.

mod check;
mod escape;
mod fault;
mod functions;
mod lexer;
mod literal;
mod moment;
mod operand;
mod parser;
mod program;
mod slices;
mod suggest;
mod token;
mod tree;
mod values;

#[cfg(test)]
mod tests;

use crate::fields::{Field, Get, View};
use program::Node;

/// What a frame's segment says by itself, without the connection that it belongs to.
const OF_THE_SEGMENT: &[&str] = &[
    "tcp.len",
    "tcp.options.mss_val",
    "tcp.options.wscale.shift",
    "tcp.options.sack_perm",
    "tcp.options.timestamp.tsval",
    "tcp.options.timestamp.tsecr",
];

/// A display filter, ready for packets.
#[derive(Debug)]
pub struct DisplayFilter {
    root: Node,
    needs_analysis: bool,
}

impl DisplayFilter {
    /// Compiles an expression. The error is a text of several lines that points at the place.
    pub fn compile(expression: &str) -> Result<DisplayFilter, String> {
        let tree = parser::parse(expression).map_err(|fault| fault.shown_in(expression))?;
        let (root, fields) = check::check(&tree).map_err(|fault| fault.shown_in(expression))?;
        Ok(DisplayFilter { root, needs_analysis: fields.into_iter().any(is_about_the_connection) })
    }

    /// Whether the connections have to be followed for it.
    pub fn needs_analysis(&self) -> bool {
        self.needs_analysis
    }

    /// Whether a packet passes.
    #[inline]
    pub fn passes(&self, view: &View) -> bool {
        self.root.holds(view)
    }
}

/// Whether a field's value is only known where connections are followed.
fn is_about_the_connection(field: &Field) -> bool {
    let is_of_frame = field.name == "frame" || field.name.starts_with("frame.");
    !matches!(field.get, Get::Layer(..)) && !is_of_frame && !OF_THE_SEGMENT.contains(&field.name)
}
