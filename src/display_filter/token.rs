//! Tokens, and how they are written.

use super::fault::Span;

/// What stands between the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Open,
    Close,
    OpenBrace,
    CloseBrace,
    Comma,
    Hash,
    /// Between the ends of a range.
    DotDot,
    And,
    Or,
    Not,
    In,
    Any,
    All,
    Relation(Relation),
    BitAnd,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
}

/// How two operands can be related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Equal,
    AllEqual,
    NotEqual,
    AnyNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Matches,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The name of a field or a function, or a literal without quotes.
    Word(String),
    /// Octets between double quotes.
    Text(Vec<u8>),
    /// One octet between single quotes.
    Octet(u8),
    /// What is between square brackets.
    Brackets(String),
    Symbol(Symbol),
    /// Nothing more.
    End,
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
}

/// Symbols of punctuation; of two that start alike the longer one is in front.
pub const PUNCTUATION: &[(&str, Symbol)] = &[
    ("===", Symbol::Relation(Relation::AllEqual)),
    ("!==", Symbol::Relation(Relation::AnyNotEqual)),
    ("==", Symbol::Relation(Relation::Equal)),
    ("!=", Symbol::Relation(Relation::NotEqual)),
    ("~=", Symbol::Relation(Relation::AnyNotEqual)),
    ("<=", Symbol::Relation(Relation::LessOrEqual)),
    (">=", Symbol::Relation(Relation::GreaterOrEqual)),
    ("<", Symbol::Relation(Relation::Less)),
    (">", Symbol::Relation(Relation::Greater)),
    ("~", Symbol::Relation(Relation::Matches)),
    ("&&", Symbol::And),
    ("||", Symbol::Or),
    ("!", Symbol::Not),
    ("&", Symbol::BitAnd),
    ("..", Symbol::DotDot),
    ("(", Symbol::Open),
    (")", Symbol::Close),
    ("{", Symbol::OpenBrace),
    ("}", Symbol::CloseBrace),
    (",", Symbol::Comma),
    ("#", Symbol::Hash),
    ("+", Symbol::Plus),
    ("-", Symbol::Minus),
    ("*", Symbol::Times),
    ("/", Symbol::Over),
    ("%", Symbol::Modulo),
];

/// Symbols that are words.
pub const KEYWORDS: &[(&str, Symbol)] = &[
    ("and", Symbol::And),
    ("or", Symbol::Or),
    ("not", Symbol::Not),
    ("in", Symbol::In),
    ("any", Symbol::Any),
    ("all", Symbol::All),
    ("eq", Symbol::Relation(Relation::Equal)),
    ("any_eq", Symbol::Relation(Relation::Equal)),
    ("all_eq", Symbol::Relation(Relation::AllEqual)),
    ("ne", Symbol::Relation(Relation::NotEqual)),
    ("all_ne", Symbol::Relation(Relation::NotEqual)),
    ("any_ne", Symbol::Relation(Relation::AnyNotEqual)),
    ("lt", Symbol::Relation(Relation::Less)),
    ("le", Symbol::Relation(Relation::LessOrEqual)),
    ("gt", Symbol::Relation(Relation::Greater)),
    ("ge", Symbol::Relation(Relation::GreaterOrEqual)),
    ("contains", Symbol::Relation(Relation::Contains)),
    ("matches", Symbol::Relation(Relation::Matches)),
    ("bitwise_and", Symbol::BitAnd),
];
