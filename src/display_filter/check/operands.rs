//! Operands with their classes.

use super::super::fault::{Fault, Span};
use super::super::functions::{Function, NAMES, Name};
use super::super::operand::{Buffer, Operand};
use super::super::token::Symbol;
use super::super::tree::{self, OperandKind};
use super::super::values::Class;
use super::super::{slices, suggest};
use super::{Checker, Side, Typed, constant, did_you_mean, mismatch, no_field};
use crate::fields::{self, Field, Get};

/// A field that is made of what passes.
const MADE_LATER: &str = "rtcpdump.text";

impl Checker {
    /// What an operand is: something with a class, or a literal.
    pub(super) fn side<'e>(&mut self, operand: &'e tree::Operand) -> Result<Side<'e>, Fault> {
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

    fn slice(&mut self, inner: &tree::Operand, place: &Span, text: &str) -> Result<Typed, Fault> {
        let typed = self.typed(inner)?;
        if !typed.class.is_octets() {
            let class = typed.class.name();
            return Err(Fault::at(&inner.span, format!("only text and octets have parts, and this is {class}")));
        }
        let slices = slices::parse(text).map_err(|text| Fault::at(place, text))?;
        let operand = Operand::Slice(Box::new(typed.operand), slices.into(), Buffer::default());
        Ok(Typed { operand, class: Class::Octets })
    }

    fn layers(&mut self, inner: &tree::Operand, place: &Span, text: &str) -> Result<Typed, Fault> {
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

    fn call(&mut self, name: &str, arguments: &[tree::Operand], place: &Span) -> Result<Typed, Fault> {
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
        first: &tree::Operand,
        others: &[tree::Operand],
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

    fn binary(&mut self, symbol: Symbol, left: &tree::Operand, right: &tree::Operand) -> Result<Typed, Fault> {
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
fn beside(literal: &tree::Operand, symbol: Symbol, class: Class) -> Result<Typed, Fault> {
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
