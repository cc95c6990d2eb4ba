//! Makes a tree of an expression; the grammar is in [`super`]. What one test compares is read by [`operands`].

mod operands;

use super::fault::{Fault, Span};
use super::lexer::Lexer;
use super::token::{Kind, Symbol, Token};
use super::tree::{Expression, Operand, Quantifier, Question, Test};

/// How deep parentheses may be nested, and how many operands one test may put together. The tree is walked
/// by recursion, so its depth has to have a bound.
const DEPTH_MAX: usize = 100;

/// Parses an expression.
pub fn parse(text: &str) -> Result<Expression, Fault> {
    let mut lexer = Lexer::new(text);
    let token = lexer.next()?;
    let mut parser = Parser { lexer, token, depth: 0, operands: 0 };
    if parser.token.kind == Kind::End {
        return Err(parser.fault("an expression is missing, such as tcp.port == 443"));
    }
    let expression = parser.disjunction()?;
    match parser.token.kind {
        Kind::End => Ok(expression),
        Kind::Symbol(Symbol::Close) => Err(parser.fault("this parenthesis was not opened")),
        _ => Err(parser.unexpected("before it \"and\", \"or\" or a comparison is missing")),
    }
}

struct Parser<'e> {
    lexer: Lexer<'e>,
    /// The token at hand.
    token: Token,
    /// Parentheses that are open.
    depth: usize,
    /// Operands of the test at hand.
    operands: usize,
}

impl Parser<'_> {
    fn fault(&self, text: impl Into<String>) -> Fault {
        Fault::at(&self.token.span, text)
    }

    fn unexpected(&self, hint: &str) -> Fault {
        let reason = if self.token.kind == Kind::End { "the expression ends too early" } else { "this is unexpected" };
        self.fault(format!("{reason}: {hint}"))
    }

    /// Hands over the token at hand and takes the next.
    fn advance(&mut self) -> Result<Token, Fault> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn accept(&mut self, symbol: Symbol) -> Result<bool, Fault> {
        let is_there = self.token.kind == Kind::Symbol(symbol);
        if is_there {
            self.advance()?;
        }
        Ok(is_there)
    }

    fn expect(&mut self, symbol: Symbol, hint: &str) -> Result<Span, Fault> {
        let span = self.token.span.clone();
        if self.accept(symbol)? { Ok(span) } else { Err(self.unexpected(hint)) }
    }

    fn disjunction(&mut self) -> Result<Expression, Fault> {
        self.series(Symbol::Or, Self::conjunction, Expression::Any)
    }

    fn conjunction(&mut self) -> Result<Expression, Fault> {
        self.series(Symbol::And, Self::negation, Expression::All)
    }

    /// One or more of something with a symbol between them. All stand in one node, however many they are.
    fn series(
        &mut self,
        between: Symbol,
        one: fn(&mut Self) -> Result<Expression, Fault>,
        node: fn(Vec<Expression>) -> Expression,
    ) -> Result<Expression, Fault> {
        let first = one(self)?;
        if self.token.kind != Kind::Symbol(between) {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.accept(between)? {
            all.push(one(self)?);
        }
        Ok(node(all))
    }

    fn negation(&mut self) -> Result<Expression, Fault> {
        let mut is_negated = false;
        while self.accept(Symbol::Not)? {
            is_negated = !is_negated;
        }
        let expression = self.primary()?;
        Ok(if is_negated { Expression::Not(Box::new(expression)) } else { expression })
    }

    fn primary(&mut self) -> Result<Expression, Fault> {
        if self.token.kind != Kind::Symbol(Symbol::Open) {
            return self.test();
        }
        if self.depth == DEPTH_MAX {
            return Err(self.fault(format!("parentheses are nested more than {DEPTH_MAX} deep")));
        }
        self.depth += 1;
        let opened = self.advance()?.span;
        let expression = self.disjunction()?;
        if self.token.kind == Kind::End {
            return Err(Fault::at(&opened, "this parenthesis is not closed"));
        }
        self.expect(Symbol::Close, "numbers are put together in braces: {tcp.srcport + 1} * 2")?;
        self.depth -= 1;
        Ok(expression)
    }

    fn test(&mut self) -> Result<Expression, Fault> {
        self.operands = 0;
        let quantifier = if self.accept(Symbol::Any)? {
            Some(Quantifier::Any)
        } else if self.accept(Symbol::All)? {
            Some(Quantifier::All)
        } else {
            None
        };
        let left = self.operand()?;
        let span = self.token.span.clone();
        let question = match self.token.kind {
            Kind::Symbol(Symbol::Relation(relation)) => {
                self.advance()?;
                Question::Relation(relation, span, self.operand()?)
            }
            Kind::Symbol(Symbol::In) => self.members()?,
            Kind::Symbol(Symbol::Not) => return self.not_in(quantifier, left),
            _ => Question::Exists,
        };
        if let Kind::Symbol(Symbol::Relation(_)) = self.token.kind {
            return Err(self.fault("comparisons are not chained; write a < b && b < c"));
        }
        Ok(Expression::Test(Test { quantifier, left, question }))
    }

    fn not_in(&mut self, quantifier: Option<Quantifier>, left: Operand) -> Result<Expression, Fault> {
        self.advance()?;
        if self.token.kind != Kind::Symbol(Symbol::In) {
            return Err(self.unexpected("behind an operand, \"not\" goes with \"in\""));
        }
        let question = self.members()?;
        Ok(Expression::Not(Box::new(Expression::Test(Test { quantifier, left, question }))))
    }

    /// `in` and what is behind it.
    fn members(&mut self) -> Result<Question, Fault> {
        self.advance()?;
        self.expect(Symbol::OpenBrace, "values stand in braces: {80, 443, 8000..8100}")?;
        let mut members = Vec::new();
        loop {
            self.operands = 0;
            let first = self.operand()?;
            let last = if self.accept(Symbol::DotDot)? { Some(self.operand()?) } else { None };
            members.push((first, last));
            if !self.accept(Symbol::Comma)? {
                break;
            }
        }
        self.expect(Symbol::CloseBrace, "values are parted by commas, and a brace closes them: {80, 443}")?;
        Ok(Question::In(members))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::OperandKind;
    use super::*;

    fn shape(expression: &Expression) -> String {
        let join = |all: &[Expression], symbol| format!("({})", all.iter().map(shape).collect::<Vec<_>>().join(symbol));
        match expression {
            Expression::Any(all) => join(all, "|"),
            Expression::All(all) => join(all, "&"),
            Expression::Not(inner) => format!("!{}", shape(inner)),
            Expression::Test(test) => match &test.left.kind {
                OperandKind::Word(word) => word.clone(),
                other => format!("{other:?}"),
            },
        }
    }

    #[test]
    fn not_binds_closer_than_and_and_that_closer_than_or() {
        let of = |text| shape(&parse(text).unwrap());
        assert_eq!(of("a and b or not c or d and not e or f"), "((a&b)|!c|(d&!e)|f)");
        assert_eq!(of("!(a || b) && !!c"), "(!(a|b)&c)");
        assert_eq!(of("!a == 1 && b"), "(!a&b)");
    }

    #[test]
    fn depth_has_a_bound_and_length_has_none() {
        let deep = |count: usize| format!("{}ip{}", "(".repeat(count), ")".repeat(count));
        assert!(parse(&deep(DEPTH_MAX)).is_ok());
        assert!(parse(&deep(100_000)).is_err());
        assert!(parse(&format!("{}ip", "!".repeat(100_000))).is_ok());
        assert!(parse(&format!("ip{}", " or ip".repeat(100_000))).is_ok());
        for piece in [" + 1", "[0:1]", "#1"] {
            assert!(parse(&format!("ip{}", piece.repeat(100_000))).is_err(), "{piece}");
        }
        for piece in ["-", "{", "len("] {
            assert!(parse(&piece.repeat(100_000)).is_err(), "{piece}");
        }
    }
}
