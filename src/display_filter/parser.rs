//! Makes a tree of an expression; the grammar is in [`super`].

use super::fault::{Fault, Span};
use super::lexer::{Kind, Lexer, Relation, Symbol, Token};

/// How deep parentheses may be nested, and how many operands one test may put together. The tree is walked
/// by recursion, so its depth has to have a bound.
const DEPTH_MAX: usize = 100;

/// An expression.
#[derive(Debug)]
pub enum Expression {
    /// One of them holds.
    Any(Vec<Expression>),
    /// All of them hold.
    All(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// A question to the packet.
    Test(Test),
}

/// How many of a field's values have to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    Any,
    All,
}

/// One question to the packet.
#[derive(Debug)]
pub struct Test {
    pub quantifier: Option<Quantifier>,
    pub left: Operand,
    pub question: Question,
}

/// What is asked of a test's left side.
#[derive(Debug)]
pub enum Question {
    /// Whether it is there.
    Exists,
    /// How it is related to something.
    Relation(Relation, Span, Operand),
    /// Whether it is one of these, or between two of them.
    In(Vec<(Operand, Option<Operand>)>),
}

/// Something with a value.
#[derive(Debug)]
pub struct Operand {
    pub span: Span,
    pub kind: OperandKind,
}

/// What kind of thing.
#[derive(Debug)]
pub enum OperandKind {
    /// A field, or a literal.
    Word(String),
    Text(Vec<u8>),
    Octet(u8),
    Call(String, Vec<Operand>),
    /// Parts of its octets, as they are written.
    Slice(Box<Operand>, Span, String),
    /// Only in some of its protocol's headers.
    Layers(Box<Operand>, Span, String),
    Negative(Box<Operand>),
    Binary(Symbol, Box<Operand>, Box<Operand>),
}

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

    fn operand(&mut self) -> Result<Operand, Fault> {
        self.chain(&[Symbol::BitAnd], Self::sum)
    }

    fn sum(&mut self) -> Result<Operand, Fault> {
        self.chain(&[Symbol::Plus, Symbol::Minus], Self::product)
    }

    fn product(&mut self) -> Result<Operand, Fault> {
        self.chain(&[Symbol::Times, Symbol::Over, Symbol::Modulo], Self::sign)
    }

    /// One or more of something with one of some symbols between them, from left to right.
    fn chain(&mut self, symbols: &[Symbol], one: fn(&mut Self) -> Result<Operand, Fault>) -> Result<Operand, Fault> {
        let mut left = one(self)?;
        loop {
            let symbol = match self.token.kind {
                Kind::Symbol(symbol) if symbols.contains(&symbol) => symbol,
                _ => return Ok(left),
            };
            self.advance()?;
            let right = one(self)?;
            let span = left.span.start..right.span.end;
            left = Operand { span, kind: OperandKind::Binary(symbol, Box::new(left), Box::new(right)) };
        }
    }

    /// Counts what makes a test's tree deeper.
    fn count(&mut self) -> Result<(), Fault> {
        self.operands += 1;
        if self.operands > DEPTH_MAX {
            return Err(self.fault(format!("one comparison has more than {DEPTH_MAX} operands")));
        }
        Ok(())
    }

    fn sign(&mut self) -> Result<Operand, Fault> {
        self.count()?;
        let start = self.token.span.start;
        if !self.accept(Symbol::Minus)? {
            return self.postfix();
        }
        let operand = self.sign()?;
        Ok(Operand { span: start..operand.span.end, kind: OperandKind::Negative(Box::new(operand)) })
    }

    /// An operand with slices and layers behind it.
    fn postfix(&mut self) -> Result<Operand, Fault> {
        let mut operand = self.atom()?;
        loop {
            let is_layers = self.accept(Symbol::Hash)?;
            let text = match (&self.token.kind, is_layers) {
                (Kind::Brackets(text), _) => text.clone(),
                (Kind::Word(number), true) => number.clone(),
                (_, true) => return Err(self.unexpected("behind \"#\" stands a layer's number")),
                _ => return Ok(operand),
            };
            self.count()?;
            let place = self.advance()?.span;
            let span = operand.span.start..place.end;
            let inner = Box::new(operand);
            let kind = if is_layers { OperandKind::Layers } else { OperandKind::Slice };
            operand = Operand { span, kind: kind(inner, place, text) };
        }
    }

    fn atom(&mut self) -> Result<Operand, Fault> {
        let hint = "a field, a value or a parenthesis is missing";
        let is_brace = self.token.kind == Kind::Symbol(Symbol::OpenBrace);
        if !is_brace && matches!(self.token.kind, Kind::Symbol(_) | Kind::Brackets(_) | Kind::End) {
            return Err(self.unexpected(hint));
        }
        let token = self.advance()?;
        let span = token.span;
        let kind = match token.kind {
            Kind::Word(name) if self.token.kind == Kind::Symbol(Symbol::Open) => return self.call(name, span),
            Kind::Word(word) => OperandKind::Word(word),
            Kind::Text(octets) => OperandKind::Text(octets),
            Kind::Octet(octet) => OperandKind::Octet(octet),
            _ => {
                let mut inner = self.operand()?;
                let end = self.expect(Symbol::CloseBrace, "this brace is not closed")?.end;
                inner.span = span.start..end;
                return Ok(inner);
            }
        };
        Ok(Operand { span, kind })
    }

    fn call(&mut self, name: String, mut span: Span) -> Result<Operand, Fault> {
        self.advance()?;
        let mut arguments = Vec::new();
        if self.token.kind != Kind::Symbol(Symbol::Close) {
            arguments.push(self.operand()?);
            while self.accept(Symbol::Comma)? {
                arguments.push(self.operand()?);
            }
        }
        span.end = self.expect(Symbol::Close, "the function's parenthesis is not closed")?.end;
        Ok(Operand { span, kind: OperandKind::Call(name, arguments) })
    }
}

#[cfg(test)]
mod tests {
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
