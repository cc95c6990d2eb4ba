//! Operands, as packets are asked for their values.

use std::cell::RefCell;

use super::functions::Function;
use super::slices::Slice;
use super::token::Symbol;
use super::values::{self, network, number, octets};
use crate::fields::{Field, Get, Value, View};

/// Takes values, one after the other.
pub type Take<'t> = &'t mut dyn FnMut(Value<'_>);

/// Room for octets that are put together, used again for each packet.
#[derive(Debug, Default)]
pub struct Buffer(RefCell<Vec<u8>>);

impl Buffer {
    /// Fills the room and hands out what is in it. One operand's room is not asked for twice at the same time,
    /// since no operand contains itself.
    pub fn with(&self, fill: impl FnOnce(&mut Vec<u8>) -> bool, take: Take) {
        if let Ok(mut room) = self.0.try_borrow_mut() {
            room.clear();
            if fill(&mut room) {
                take(Value::Bytes(&room));
            }
        }
    }
}

/// A value that is the same for all packets.
#[derive(Debug)]
pub enum Constant {
    /// A value.
    Plain(Value<'static>),
    /// Addresses that begin alike: their first bits, and how many count.
    Network(Value<'static>, u8),
    /// Octets or text.
    Octets(Box<[u8]>),
}

impl From<Value<'static>> for Constant {
    fn from(value: Value<'static>) -> Self {
        Constant::Plain(value)
    }
}

impl Constant {
    /// Octets or text.
    pub fn octets(octets: Vec<u8>) -> Constant {
        Constant::Octets(octets.into())
    }

    /// A network.
    pub fn network(address: Value<'static>, bits: u8) -> Constant {
        Constant::Network(network(address, bits), bits)
    }

    /// The value, if it is one that borrows nothing.
    pub fn detached(&self) -> Option<Value<'static>> {
        match self {
            Constant::Plain(value) => Some(*value),
            _ => None,
        }
    }

    /// The value; of a network, its first address.
    #[inline]
    pub fn value(&self) -> Value<'_> {
        match self {
            Constant::Plain(value) | Constant::Network(value, _) => *value,
            Constant::Octets(octets) => Value::Bytes(octets),
        }
    }

    /// What a value is to be compared as: with a network, its network.
    #[inline]
    pub fn beside<'v>(&self, value: Value<'v>) -> Value<'v> {
        match self {
            Constant::Network(_, bits) => network(value, *bits),
            _ => value,
        }
    }
}

/// Something with values.
#[derive(Debug)]
pub enum Operand {
    /// The values of fields.
    Fields(Box<[&'static Field]>),
    /// The values of a field in some of the headers of its protocol, counted from 1.
    InLayers(Box<[&'static Field]>, Box<[Slice]>),
    /// Always the same.
    Constant(Constant),
    /// Parts of octets, put together.
    Slice(Box<Operand>, Box<[Slice]>, Buffer),
    /// What two operands make up.
    Binary(Symbol, Box<Operand>, Box<Operand>, Buffer),
    /// A number with the other sign.
    Negative(Box<Operand>),
    /// What a function makes of its arguments.
    Call(Function),
}

impl Operand {
    /// Hands each of its values to `take`.
    #[inline]
    pub fn each(&self, view: &View, take: Take) {
        match self {
            Operand::Fields(fields) => fields.iter().for_each(|field| field.each(view, &mut |value| take(value))),
            Operand::Constant(constant) => take(constant.value()),
            other => other.each_composed(view, take),
        }
    }

    fn each_composed(&self, view: &View, take: Take) {
        match self {
            Operand::InLayers(fields, layers) => fields.iter().for_each(|field| in_layers(field, layers, view, take)),
            Operand::Slice(inner, slices, buffer) => inner.each(view, &mut |value| {
                slice(octets(&value).unwrap_or_default(), slices, buffer, take);
            }),
            Operand::Binary(symbol, left, right, buffer) => left.each(view, &mut |left| {
                right.each(view, &mut |right| binary(*symbol, &left, &right, buffer, take));
            }),
            Operand::Negative(inner) => inner.each(view, &mut |value| {
                let zero = if matches!(value, Value::Duration(_)) { Value::Duration(0) } else { Value::Signed(0) };
                arithmetic(Symbol::Minus, &zero, &value).into_iter().for_each(&mut *take);
            }),
            Operand::Call(function) => function.each(view, take),
            Operand::Fields(_) | Operand::Constant(_) => {}
        }
    }

    /// Whether it has a value.
    #[inline]
    pub fn exists(&self, view: &View) -> bool {
        let mut is_there = false;
        self.each(view, &mut |_| is_there = true);
        is_there
    }
}

fn in_layers(field: &Field, layers: &[Slice], view: &View, take: Take) {
    let Get::Layer(protocol, get) = field.get else { return };
    let headers = view.layers.all().iter().filter(|layer| layer.protocol == protocol);
    let is_wanted = |number: i64| layers.iter().any(|range| range.has(number));
    let wanted = (1..).zip(headers).filter(|(number, _)| is_wanted(*number));
    wanted.filter_map(|(_, layer)| get(layer)).for_each(take);
}

#[inline]
fn slice(octets: &[u8], slices: &[Slice], buffer: &Buffer, take: Take) {
    let part = |slice: &Slice| octets.get(slice.range(octets.len())?);
    match slices {
        [one] => part(one).into_iter().for_each(|part| take(Value::Bytes(part))),
        several => buffer.with(
            |room| several.iter().all(|slice| part(slice).map(|part| room.extend_from_slice(part)).is_some()),
            take,
        ),
    }
}

#[inline]
fn binary(symbol: Symbol, left: &Value, right: &Value, buffer: &Buffer, take: Take) {
    if let (Some(left), Some(right), Symbol::BitAnd) = (octets(left), octets(right), symbol) {
        let both = left.iter().zip(right).map(|(left, right)| left & right);
        let fits = left.len() == right.len();
        buffer.with(|room| fits.then(|| room.extend(both)).is_some(), take);
        return;
    }
    arithmetic(symbol, left, right).into_iter().for_each(take);
}

/// A number made of two; none where it does not fit or is divided by zero.
#[inline]
fn arithmetic(symbol: Symbol, left: &Value, right: &Value) -> Option<Value<'static>> {
    let (a, b) = (number(left)?, number(right)?);
    let result = match symbol {
        Symbol::Plus => a.checked_add(b),
        Symbol::Minus => a.checked_sub(b),
        Symbol::Times => a.checked_mul(b),
        Symbol::Over => a.checked_div(b),
        Symbol::Modulo => a.checked_rem(b),
        Symbol::BitAnd => Some(a & b),
        _ => None,
    };
    let result = i64::try_from(result?).ok()?;
    Some(if matches!(left, Value::Duration(_)) { Value::Duration(result) } else { Value::Signed(result) })
}

/// Whether a value is more than zeros.
#[inline]
pub fn is_nonzero(value: &Value) -> bool {
    match values::octets(value) {
        Some(octets) => octets.iter().any(|&octet| octet != 0),
        None => number(value) != Some(0),
    }
}
