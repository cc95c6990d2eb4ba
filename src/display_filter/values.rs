//! Values beside each other.

use std::cmp::Ordering;

use crate::fields::{Kind, Value};

const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// What can be compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// True and false.
    Bool,
    /// Whole numbers.
    Number,
    Duration,
    Time,
    Ipv4,
    Ipv6,
    Mac,
    /// Octets, and protocols.
    Octets,
    Text,
}

impl Class {
    /// The class of a field's values.
    pub fn of(kind: Kind) -> Class {
        match kind {
            Kind::Bool => Class::Bool,
            Kind::Unsigned | Kind::Signed => Class::Number,
            Kind::Duration => Class::Duration,
            Kind::Time => Class::Time,
            Kind::Ipv4 => Class::Ipv4,
            Kind::Ipv6 => Class::Ipv6,
            Kind::Mac => Class::Mac,
            Kind::Protocol | Kind::Bytes => Class::Octets,
            Kind::Text => Class::Text,
        }
    }

    /// Whether values are numbers, or truths, which are 0 and 1.
    pub fn is_number(self) -> bool {
        matches!(self, Class::Bool | Class::Number)
    }

    /// Whether values are octets in a row.
    pub fn is_octets(self) -> bool {
        !self.is_number() && !matches!(self, Class::Duration | Class::Time)
    }

    /// Whether two sides can be compared. Octets and text can be compared with whatever has octets.
    pub fn fits(self, other: Class) -> bool {
        let is_free = |class| matches!(class, Class::Octets | Class::Text);
        let are_numbers = self.is_number() && other.is_number();
        self == other || are_numbers || (is_free(self) && other.is_octets()) || (is_free(other) && self.is_octets())
    }

    /// What values are, for a message.
    pub fn name(self) -> &'static str {
        match self {
            Class::Bool => "a truth (1 or 0)",
            Class::Number => "a number",
            Class::Duration => "a time in seconds",
            Class::Time => "a date and time",
            Class::Ipv4 => "an IPv4 address",
            Class::Ipv6 => "an IPv6 address",
            Class::Mac => "a MAC address",
            Class::Octets => "octets",
            Class::Text => "text",
        }
    }
}

/// The octets of a value that has some.
#[inline]
pub fn octets<'v>(value: &'v Value<'_>) -> Option<&'v [u8]> {
    match value {
        Value::Ipv4(address) => Some(address),
        Value::Ipv6(address) => Some(address),
        Value::Mac(address) => Some(address),
        Value::Text(octets) | Value::Bytes(octets) => Some(octets),
        _ => None,
    }
}

/// The number of a value that has one; times in nanoseconds.
#[inline]
pub fn number(value: &Value) -> Option<i128> {
    match *value {
        Value::Bool(is_true) => Some(is_true.into()),
        Value::Unsigned(number) => Some(number.into()),
        Value::Signed(number) | Value::Duration(number) => Some(number.into()),
        Value::Time(time) => Some(i128::from(time.seconds) * NANOS_PER_SECOND + i128::from(time.nanos)),
        _ => None,
    }
}

/// The order of two values, if they can be compared.
#[inline]
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Unsigned(left), Value::Unsigned(right)) => Some(left.cmp(right)),
        (Value::Ipv4(left), Value::Ipv4(right)) => Some(u32::from_be_bytes(*left).cmp(&u32::from_be_bytes(*right))),
        _ => match (number(left), number(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => Some(octets(left)?.cmp(octets(right)?)),
        },
    }
}

/// An address without the bits behind a prefix.
#[inline]
pub fn network<'v>(address: Value<'v>, bits: u8) -> Value<'v> {
    match address {
        Value::Ipv4(octets) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits.min(32))).unwrap_or(0);
            Value::Ipv4((u32::from_be_bytes(octets) & mask).to_be_bytes())
        }
        Value::Ipv6(octets) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits.min(128))).unwrap_or(0);
            Value::Ipv6((u128::from_be_bytes(octets) & mask).to_be_bytes())
        }
        other => other,
    }
}

/// The same value, if it borrows nothing.
pub fn detached(value: Value) -> Option<Value<'static>> {
    Some(match value {
        Value::Bool(is_true) => Value::Bool(is_true),
        Value::Unsigned(number) => Value::Unsigned(number),
        Value::Signed(number) => Value::Signed(number),
        Value::Time(time) => Value::Time(time),
        Value::Duration(nanos) => Value::Duration(nanos),
        Value::Ipv4(address) => Value::Ipv4(address),
        Value::Ipv6(address) => Value::Ipv6(address),
        Value::Mac(address) => Value::Mac(address),
        Value::Text(_) | Value::Bytes(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_every_length() {
        assert_eq!(network(Value::Ipv4([255; 4]), 0), Value::Ipv4([0; 4]));
        assert_eq!(network(Value::Ipv4([255; 4]), 9), Value::Ipv4([255, 128, 0, 0]));
        assert_eq!(network(Value::Ipv4([255; 4]), 32), Value::Ipv4([255; 4]));
        assert_eq!(network(Value::Ipv6([255; 16]), 0), Value::Ipv6([0; 16]));
        assert_eq!(network(Value::Ipv6([255; 16]), 128), Value::Ipv6([255; 16]));
    }

    #[test]
    fn numbers_of_any_sign_are_compared_as_numbers() {
        assert_eq!(order(&Value::Signed(-1), &Value::Unsigned(u64::MAX)), Some(Ordering::Less));
        assert_eq!(order(&Value::Bool(true), &Value::Unsigned(1)), Some(Ordering::Equal));
        assert_eq!(order(&Value::Mac([1; 6]), &Value::Bytes(&[1, 1, 2])), Some(Ordering::Less));
        assert_eq!(order(&Value::Bool(true), &Value::Bytes(b"1")), None);
    }
}
