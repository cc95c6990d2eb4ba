//! What is wrong with an expression, and where.

use std::ops::Range;

/// Where something stands in the expression, in octets.
pub type Span = Range<usize>;

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub text: String,
}

impl Fault {
    /// A fault of this place.
    pub fn at(span: &Span, text: impl Into<String>) -> Fault {
        Fault { span: span.clone(), text: text.into() }
    }

    /// The text, the expression, and a line that points at the place.
    pub fn shown_in(&self, expression: &str) -> String {
        let count = |part: Option<&str>| part.unwrap_or_default().chars().count();
        let before = count(expression.get(..self.span.start));
        let width = count(expression.get(self.span.clone())).max(1);
        // Each character takes one place on the screen: what could move the cursor is replaced.
        let shown: String = expression.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("-Y: {}\n    {shown}\n    {}{}", self.text, " ".repeat(before), "^".repeat(width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_counted_in_characters() {
        let shown = Fault::at(&(6..9), "what?").shown_in("é\t== abc");
        assert_eq!(shown, "-Y: what?\n    é == abc\n         ^^^");
        assert_eq!(Fault::at(&(2..2), "no end").shown_in("a "), "-Y: no end\n    a \n      ^");
    }
}
