//! Functions of the language.

use std::cmp::Ordering;

use super::operand::{Buffer, Operand, Take};
use super::values::{Class, detached, number, octets, order};
use crate::dissect::address::{Ipv4, Ipv6, Mac};
use crate::dissect::put::Put;
use crate::fields::{Value, View};

/// What a function does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Upper,
    Lower,
    Len,
    Count,
    Text,
    Max,
    Min,
    Abs,
}

/// The functions by name.
pub const NAMES: &[(&str, Name)] = &[
    ("upper", Name::Upper),
    ("lower", Name::Lower),
    ("len", Name::Len),
    ("count", Name::Count),
    ("string", Name::Text),
    ("max", Name::Max),
    ("min", Name::Min),
    ("abs", Name::Abs),
];

impl Name {
    /// Whether it takes several arguments.
    pub fn takes_several(self) -> bool {
        matches!(self, Name::Max | Name::Min)
    }

    /// The class of its value for arguments of this class, or what it takes.
    pub fn class(self, argument: Class) -> Result<Class, &'static str> {
        match self {
            Name::Count => Ok(Class::Number),
            Name::Len if argument.is_octets() => Ok(Class::Number),
            Name::Len => Err("text, octets or an address"),
            Name::Upper | Name::Lower if argument == Class::Text || argument == Class::Octets => Ok(argument),
            Name::Upper | Name::Lower => Err("text or octets"),
            Name::Text if matches!(argument, Class::Bool | Class::Number | Class::Ipv4 | Class::Ipv6 | Class::Mac) => {
                Ok(Class::Text)
            }
            Name::Text => Err("a number or an address"),
            Name::Max | Name::Min if matches!(argument, Class::Octets | Class::Text) => {
                Err("numbers, times or addresses")
            }
            Name::Max | Name::Min => Ok(argument),
            Name::Abs if matches!(argument, Class::Number | Class::Duration) => Ok(argument),
            Name::Abs => Err("a number or a time in seconds"),
        }
    }
}

/// A function with its arguments.
#[derive(Debug)]
pub struct Function {
    pub name: Name,
    pub arguments: Box<[Operand]>,
    pub buffer: Buffer,
}

impl Function {
    /// Hands each of its values to `take`.
    pub fn each(&self, view: &View, take: Take) {
        match self.name {
            Name::Count => {
                let mut count = 0_u64;
                self.each_argument(view, &mut |_| count += 1);
                take(Value::Unsigned(count));
            }
            Name::Max => self.extreme(view, Ordering::Greater).into_iter().for_each(take),
            Name::Min => self.extreme(view, Ordering::Less).into_iter().for_each(take),
            _ => self.each_argument(view, &mut |value| self.of_one(value, take)),
        }
    }

    fn each_argument(&self, view: &View, take: Take) {
        self.arguments.iter().for_each(|argument| argument.each(view, take));
    }

    /// The value of all that goes in this direction.
    fn extreme(&self, view: &View, direction: Ordering) -> Option<Value<'static>> {
        let mut best: Option<Value<'static>> = None;
        self.each_argument(view, &mut |value| {
            if best.is_none_or(|best| order(&value, &best) == Some(direction)) {
                best = detached(value);
            }
        });
        best
    }

    fn of_one(&self, value: Value, take: Take) {
        match self.name {
            Name::Upper => self.map_octets(&value, u8::to_ascii_uppercase, take),
            Name::Lower => self.map_octets(&value, u8::to_ascii_lowercase, take),
            Name::Len => octets(&value).into_iter().for_each(|octets| take(Value::Unsigned(octets.len() as u64))),
            Name::Abs => absolute(&value).into_iter().for_each(take),
            Name::Text => self.buffer.with(|room| put_text(&value, room), take),
            Name::Count | Name::Max | Name::Min => {}
        }
    }

    fn map_octets(&self, value: &Value, map: fn(&u8) -> u8, take: Take) {
        let mapped = octets(value).unwrap_or_default().iter().map(map);
        self.buffer.with(
            |room| {
                room.extend(mapped);
                true
            },
            take,
        );
    }
}

fn absolute(value: &Value) -> Option<Value<'static>> {
    let magnitude = number(value)?.checked_abs()?;
    match value {
        Value::Duration(_) => i64::try_from(magnitude).ok().map(Value::Duration),
        _ => u64::try_from(magnitude).ok().map(Value::Unsigned),
    }
}

fn put_text(value: &Value, room: &mut Vec<u8>) -> bool {
    match *value {
        Value::Bool(is_true) => if is_true { "True" } else { "False" }.put(room),
        Value::Unsigned(number) => number.put(room),
        Value::Signed(number) => number.put(room),
        Value::Ipv4(address) => Ipv4(address).put(room),
        Value::Ipv6(address) => Ipv6(address).put(room),
        Value::Mac(address) => Mac(address).put(room),
        _ => return false,
    }
    true
}
