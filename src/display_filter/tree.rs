//! What an expression says, as a tree.

use super::fault::Span;
use super::token::{Relation, Symbol};

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
