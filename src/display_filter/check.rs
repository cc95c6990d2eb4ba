//! Finds the fields of an expression and gives each literal the kind of what it is compared with.

mod operands;

use memchr::memmem::Finder;
use regex::bytes::RegexBuilder;

use super::fault::{Fault, Span};
use super::literal;
use super::operand::{Constant, Operand};
use super::program::{Member, Node, Order, Test};
use super::suggest;
use super::token::{Relation, Symbol};
use super::tree::{self, Expression, OperandKind, Quantifier, Question};
use super::values::Class;
use crate::fields::Field;

/// What a regular expression may take in memory, in octets.
const REGEX_SIZE_MAX: usize = 1 << 20;
/// How deep a regular expression may be nested.
const REGEX_DEPTH_MAX: u32 = 50;

/// An operand of a known class.
struct Typed {
    operand: Operand,
    class: Class,
}

/// One side of a comparison.
enum Side<'e> {
    Typed(Typed),
    /// What it is depends on the other side.
    Literal(&'e tree::Operand),
}

/// The program of an expression, and the fields that it names.
pub fn check(expression: &Expression) -> Result<(Node, Vec<&'static Field>), Fault> {
    let mut checker = Checker { fields: Vec::new() };
    let root = checker.expression(expression)?;
    Ok((root, checker.fields))
}

struct Checker {
    fields: Vec<&'static Field>,
}

impl Checker {
    fn expression(&mut self, expression: &Expression) -> Result<Node, Fault> {
        Ok(match expression {
            Expression::Any(all) => Node::Any(self.expressions(all)?),
            Expression::All(all) => Node::All(self.expressions(all)?),
            Expression::Not(inner) => Node::Not(Box::new(self.expression(inner)?)),
            Expression::Test(test) => self.test(test)?,
        })
    }

    fn expressions(&mut self, all: &[Expression]) -> Result<Box<[Node]>, Fault> {
        all.iter().map(|expression| self.expression(expression)).collect()
    }

    fn test(&mut self, test: &tree::Test) -> Result<Node, Fault> {
        let quantifier = test.quantifier.unwrap_or(Quantifier::Any);
        match &test.question {
            Question::Exists => self.exists(test),
            Question::Relation(Relation::Contains, _, right) => {
                let left = self.octets(&test.left, "contains")?;
                Ok(Node::Test(quantifier, left.operand, self.contains(left.class, right)?))
            }
            Question::Relation(Relation::Matches, _, right) => {
                let left = self.octets(&test.left, "matches")?;
                Ok(Node::Test(quantifier, left.operand, Test::Matches(regex(right)?)))
            }
            Question::Relation(relation, span, right) => self.comparison(test, *relation, span, right),
            Question::In(members) => {
                let left = self.typed(&test.left)?;
                let members = members.iter().map(|(first, last)| self.member(left.class, first, last.as_ref()));
                let members = members.collect::<Result<_, Fault>>()?;
                Ok(Node::Test(quantifier, left.operand, Test::In(members)))
            }
        }
    }

    fn exists(&mut self, test: &tree::Test) -> Result<Node, Fault> {
        let left = &test.left;
        if test.quantifier.is_some() {
            return Err(Fault::at(&left.span, "\"any\" and \"all\" go with a comparison: all tcp.port > 1024"));
        }
        match &left.kind {
            OperandKind::Call(..) => {
                Err(Fault::at(&left.span, "what a function gives has to be compared with something"))
            }
            OperandKind::Binary(Symbol::BitAnd, ..) => Ok(Node::NonZero(self.typed(left)?.operand)),
            _ => Ok(Node::Exists(self.typed(left)?.operand)),
        }
    }

    fn comparison(
        &mut self,
        test: &tree::Test,
        relation: Relation,
        place: &Span,
        right: &tree::Operand,
    ) -> Result<Node, Fault> {
        let is_about_all = matches!(relation, Relation::AllEqual | Relation::NotEqual);
        let usual = if is_about_all { Quantifier::All } else { Quantifier::Any };
        let quantifier = test.quantifier.unwrap_or(usual);
        let Some(order) = Order::of(relation) else { return Err(Fault::at(place, "this is no comparison")) };
        match (self.side(&test.left)?, self.side(right)?) {
            (Side::Typed(left), Side::Literal(literal)) => {
                let constant = constant(literal, left.class)?;
                Ok(Node::Test(quantifier, left.operand, Test::Constant(order, constant)))
            }
            (Side::Literal(literal), Side::Typed(right)) => {
                let constant = constant(literal, right.class)?;
                Ok(Node::Test(quantifier, right.operand, Test::Constant(order.swapped(), constant)))
            }
            (Side::Typed(a), Side::Typed(b)) if a.class.fits(b.class) => {
                Ok(Node::Test(quantifier, a.operand, Test::Operand(order, b.operand)))
            }
            (Side::Typed(a), Side::Typed(b)) => Err(mismatch(&right.span, a.class, b.class)),
            (Side::Literal(left), Side::Literal(_)) => Err(no_field(left)),
        }
    }

    /// A left side that has octets.
    fn octets(&mut self, operand: &tree::Operand, relation: &str) -> Result<Typed, Fault> {
        let typed = self.typed(operand)?;
        if matches!(typed.class, Class::Octets | Class::Text | Class::Mac) {
            return Ok(typed);
        }
        let class = typed.class.name();
        let text =
            format!("\"{relation}\" goes with text and octets, and this is {class}; string(...) makes text of it");
        Err(Fault::at(&operand.span, text))
    }

    fn contains(&mut self, left: Class, right: &tree::Operand) -> Result<Test, Fault> {
        match self.side(right)? {
            Side::Literal(literal) => {
                let class = if left == Class::Mac { Class::Octets } else { left };
                let constant = constant(literal, class)?;
                let Constant::Octets(octets) = constant else {
                    return Err(Fault::at(&right.span, "octets are needed here"));
                };
                Ok(Test::Contains(Box::new(Finder::new(&octets).into_owned())))
            }
            Side::Typed(typed) if left.fits(typed.class) => Ok(Test::ContainsOperand(typed.operand)),
            Side::Typed(typed) => Err(mismatch(&right.span, left, typed.class)),
        }
    }

    fn member(&mut self, class: Class, first: &tree::Operand, last: Option<&tree::Operand>) -> Result<Member, Fault> {
        if let Some(last) = last {
            return Ok(Member::Range(constant(first, class)?, constant(last, class)?));
        }
        match self.side(first)? {
            Side::Literal(literal) => constant(literal, class).map(Member::One),
            Side::Typed(typed) if class.fits(typed.class) => Ok(Member::Operand(typed.operand)),
            Side::Typed(typed) => Err(mismatch(&first.span, class, typed.class)),
        }
    }

    /// An operand whose class it says itself.
    fn typed(&mut self, operand: &tree::Operand) -> Result<Typed, Fault> {
        match self.side(operand)? {
            Side::Typed(typed) => Ok(typed),
            Side::Literal(literal) => Err(no_field(literal)),
        }
    }
}

/// The value of a literal beside values of a class.
fn constant(literal: &tree::Operand, class: Class) -> Result<Constant, Fault> {
    if !literal::is_literal(literal) {
        return Err(Fault::at(&literal.span, "a value is needed here, not a field"));
    }
    literal::constant(literal, class).map_err(|text| match &literal.kind {
        OperandKind::Word(word) => match suggest::field(word).filter(|_| looks_like_field(word)) {
            Some(meant) => {
                Fault::at(&literal.span, format!("{text}, nor is there such a field; did you mean {meant}?"))
            }
            None => Fault::at(&literal.span, text),
        },
        _ => Fault::at(&literal.span, text),
    })
}

fn regex(pattern: &tree::Operand) -> Result<regex::bytes::Regex, Fault> {
    let OperandKind::Text(octets) = &pattern.kind else {
        return Err(Fault::at(&pattern.span, "\"matches\" takes a regular expression in double quotes"));
    };
    // Octets above ASCII stand for themselves.
    let text: String = octets.iter().fold(String::new(), |mut text, &octet| {
        if octet.is_ascii() {
            text.push(octet.into());
        } else {
            text.push_str(&format!("\\x{octet:02x}"));
        }
        text
    });
    let mut builder = RegexBuilder::new(&text);
    builder.unicode(false).case_insensitive(true).size_limit(REGEX_SIZE_MAX).dfa_size_limit(REGEX_SIZE_MAX);
    builder.nest_limit(REGEX_DEPTH_MAX).build().map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        Fault::at(&pattern.span, format!("this regular expression cannot be used: {reason}"))
    })
}

fn mismatch(place: &Span, left: Class, right: Class) -> Fault {
    Fault::at(place, format!("{} and {} cannot be put beside each other", left.name(), right.name()))
}

/// A literal stands where a field should.
fn no_field(literal: &tree::Operand) -> Fault {
    let text = match &literal.kind {
        OperandKind::Word(word) if looks_like_field(word) => {
            format!("there is no field {word}{}", did_you_mean(suggest::field(word)))
        }
        _ => "a field is needed here, such as tcp.port".to_owned(),
    };
    Fault::at(&literal.span, text)
}

fn looks_like_field(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && !word.contains([':', '/'])
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}
