//! Operands: fields and literals, and what is put together from them.

use super::super::fault::{Fault, Span};
use super::super::token::{Kind, Symbol};
use super::super::tree::{Operand, OperandKind};
use super::{DEPTH_MAX, Parser};

impl Parser<'_> {
    /// An operand.
    pub(super) fn operand(&mut self) -> Result<Operand, Fault> {
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
