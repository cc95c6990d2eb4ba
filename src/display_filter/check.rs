//! Finds the fields of an expression and gives each literal the kind of what it is compared with.

use memchr::memmem::Finder;
use regex::bytes::RegexBuilder;

use super::fault::{Fault, Span};
use super::functions::{Function, NAMES, Name};
use super::lexer::{Relation, Symbol};
use super::literal;
use super::operand::{Buffer, Constant, Operand};
use super::parser::{self, Expression, OperandKind, Quantifier, Question};
use super::program::{Member, Node, Order, Test};
use super::values::Class;
use super::{slices, suggest};
use crate::fields::{self, Field, Get};

/// What a regular expression may take in memory, in octets.
const REGEX_SIZE_MAX: usize = 1 << 20;
/// How deep a regular expression may be nested.
const REGEX_DEPTH_MAX: u32 = 50;

/// A field that is made of what passes.
const MADE_LATER: &str = "rtcpdump.text";

/// An operand of a known class.
struct Typed {
    operand: Operand,
    class: Class,
}

/// One side of a comparison.
enum Side<'e> {
    Typed(Typed),
    /// What it is depends on the other side.
    Literal(&'e parser::Operand),
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

    fn test(&mut self, test: &parser::Test) -> Result<Node, Fault> {
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

    fn exists(&mut self, test: &parser::Test) -> Result<Node, Fault> {
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
        test: &parser::Test,
        relation: Relation,
        place: &Span,
        right: &parser::Operand,
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
    fn octets(&mut self, operand: &parser::Operand, relation: &str) -> Result<Typed, Fault> {
        let typed = self.typed(operand)?;
        if matches!(typed.class, Class::Octets | Class::Text | Class::Mac) {
            return Ok(typed);
        }
        let class = typed.class.name();
        let text =
            format!("\"{relation}\" goes with text and octets, and this is {class}; string(...) makes text of it");
        Err(Fault::at(&operand.span, text))
    }

    fn contains(&mut self, left: Class, right: &parser::Operand) -> Result<Test, Fault> {
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

    fn member(
        &mut self,
        class: Class,
        first: &parser::Operand,
        last: Option<&parser::Operand>,
    ) -> Result<Member, Fault> {
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
    fn typed(&mut self, operand: &parser::Operand) -> Result<Typed, Fault> {
        match self.side(operand)? {
            Side::Typed(typed) => Ok(typed),
            Side::Literal(literal) => Err(no_field(literal)),
        }
    }

    fn side<'e>(&mut self, operand: &'e parser::Operand) -> Result<Side<'e>, Fault> {
        let typed = match &operand.kind {
            OperandKind::Word(name) => match fields::find(name) {
                Some(field) => self.field(field, &operand.span)?,
                None => return Ok(Side::Literal(operand)),
            },
            OperandKind::Text(_) | OperandKind::Octet(_) => return Ok(Side::Literal(operand)),
            OperandKind::Call(name, arguments) => self.call(name, arguments, &operand.span)?,
            OperandKind::Slice(inner, place, text) => self.slice(inner, place, text)?,
            OperandKind::Layers(inner, place, text) => self.layers(inner, place, text)?,
            OperandKind::Negative(inner) => match self.side(inner)? {
                Side::Literal(_) => return Ok(Side::Literal(operand)),
                Side::Typed(typed) => numeric(typed, &inner.span, Operand::Negative)?,
            },
            OperandKind::Binary(symbol, left, right) => self.binary(*symbol, left, right)?,
        };
        Ok(Side::Typed(typed))
    }

    fn field(&mut self, field: &'static Field, place: &Span) -> Result<Typed, Fault> {
        if field.name == MADE_LATER {
            return Err(Fault::at(place, "the text is made of what has passed the filter"));
        }
        let mut named = Vec::new();
        resolve(field, &mut named);
        self.fields.extend(&named);
        Ok(Typed { operand: Operand::Fields(named.into()), class: Class::of(field.kind) })
    }

    fn slice(&mut self, inner: &parser::Operand, place: &Span, text: &str) -> Result<Typed, Fault> {
        let typed = self.typed(inner)?;
        if !typed.class.is_octets() {
            let class = typed.class.name();
            return Err(Fault::at(&inner.span, format!("only text and octets have parts, and this is {class}")));
        }
        let slices = slices::parse(text).map_err(|text| Fault::at(place, text))?;
        let operand = Operand::Slice(Box::new(typed.operand), slices.into(), Buffer::default());
        Ok(Typed { operand, class: Class::Octets })
    }

    fn layers(&mut self, inner: &parser::Operand, place: &Span, text: &str) -> Result<Typed, Fault> {
        let typed = self.typed(inner)?;
        let Operand::Fields(fields) = typed.operand else {
            return Err(Fault::at(&inner.span, "only a field's name has layers"));
        };
        if fields.iter().any(|field| !matches!(field.get, Get::Layer(..))) {
            return Err(Fault::at(&inner.span, "only fields of a header have layers"));
        }
        let layers = slices::parse(text).map_err(|text| Fault::at(place, text))?;
        if !layers.iter().all(|layer| layer.is_from_front()) {
            return Err(Fault::at(place, "layers are counted from 1"));
        }
        Ok(Typed { operand: Operand::InLayers(fields, layers.into()), class: typed.class })
    }

    fn call(&mut self, name: &str, arguments: &[parser::Operand], place: &Span) -> Result<Typed, Fault> {
        let Some(&(_, function)) = NAMES.iter().find(|(known, _)| *known == name) else {
            let text = format!("there is no function {name}{}", did_you_mean(suggest::function(name)));
            return Err(Fault::at(&(place.start..place.start + name.len()), text));
        };
        let Some((first, others)) = arguments.split_first() else {
            return Err(Fault::at(place, format!("{name}() takes a field")));
        };
        if let (Some(second), false) = (others.first(), function.takes_several()) {
            return Err(Fault::at(&second.span, format!("{name}() takes only one field")));
        }
        self.function(name, function, first, others)
    }

    fn function(
        &mut self,
        name: &str,
        function: Name,
        first: &parser::Operand,
        others: &[parser::Operand],
    ) -> Result<Typed, Fault> {
        let typed = self.typed(first)?;
        let argument = typed.class;
        let class = function.class(argument);
        let class = class.map_err(|takes| {
            Fault::at(&first.span, format!("{name}() takes {takes}, and this is {}", argument.name()))
        })?;
        let mut operands = vec![typed.operand];
        for other in others {
            operands.push(match self.side(other)? {
                Side::Literal(literal) => Operand::Constant(constant(literal, argument)?),
                Side::Typed(typed) if typed.class == argument => typed.operand,
                Side::Typed(typed) => return Err(mismatch(&other.span, argument, typed.class)),
            });
        }
        let call = Function { name: function, arguments: operands.into(), buffer: Buffer::default() };
        Ok(Typed { operand: Operand::Call(call), class })
    }

    fn binary(&mut self, symbol: Symbol, left: &parser::Operand, right: &parser::Operand) -> Result<Typed, Fault> {
        let (left_side, right_side) = (self.side(left)?, self.side(right)?);
        let (a, b) = match (left_side, right_side) {
            (Side::Typed(a), Side::Typed(b)) => (a, b),
            (Side::Typed(a), Side::Literal(literal)) => {
                let b = beside(literal, symbol, a.class)?;
                (a, b)
            }
            (Side::Literal(literal), Side::Typed(b)) => (beside(literal, symbol, b.class)?, b),
            (Side::Literal(literal), Side::Literal(_)) => return Err(no_field(literal)),
        };
        let masks = symbol == Symbol::BitAnd && a.class.is_octets() && a.class.fits(b.class);
        let counts = match symbol {
            Symbol::Plus | Symbol::Minus => {
                (a.class.is_number() && b.class.is_number()) || (a.class == Class::Duration && b.class == a.class)
            }
            _ => a.class.is_number() && b.class.is_number(),
        };
        if !masks && !counts {
            return Err(mismatch(&right.span, a.class, b.class));
        }
        let class = match a.class {
            _ if masks => Class::Octets,
            Class::Bool => Class::Number,
            class => class,
        };
        let operand = Operand::Binary(symbol, Box::new(a.operand), Box::new(b.operand), Buffer::default());
        Ok(Typed { operand, class })
    }
}

/// The fields that a name stands for, without names for names.
fn resolve(field: &'static Field, into: &mut Vec<&'static Field>) {
    match field.get {
        Get::AnyOf(names) => names.iter().filter_map(|name| fields::find(name)).for_each(|field| resolve(field, into)),
        _ => into.push(field),
    }
}

/// A literal beside a value in arithmetic.
fn beside(literal: &parser::Operand, symbol: Symbol, class: Class) -> Result<Typed, Fault> {
    let class = match class {
        Class::Mac if symbol == Symbol::BitAnd => Class::Octets,
        Class::Bool => Class::Number,
        class => class,
    };
    Ok(Typed { operand: Operand::Constant(constant(literal, class)?), class })
}

fn numeric(typed: Typed, place: &Span, make: fn(Box<Operand>) -> Operand) -> Result<Typed, Fault> {
    match typed.class {
        Class::Number | Class::Duration => Ok(Typed { operand: make(Box::new(typed.operand)), ..typed }),
        class => Err(Fault::at(place, format!("{} has no sign", class.name()))),
    }
}

/// The value of a literal beside values of a class.
fn constant(literal: &parser::Operand, class: Class) -> Result<Constant, Fault> {
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

fn regex(pattern: &parser::Operand) -> Result<regex::bytes::Regex, Fault> {
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
fn no_field(literal: &parser::Operand) -> Fault {
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
