//! What a field's value can be.

use crate::source::Timestamp;

/// What a field's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The octets of a protocol's header and what it holds; it is asked for whether it is there.
    Protocol,
    /// True or false.
    Bool,
    /// A whole number from 0.
    Unsigned,
    /// A whole number.
    Signed,
    /// A moment.
    Time,
    /// A time from one moment to another.
    Duration,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A MAC address.
    Mac,
    /// Text.
    Text,
    /// Octets.
    Bytes,
}

/// A field's value in one packet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'v> {
    /// True or false.
    Bool(bool),
    /// A whole number from 0.
    Unsigned(u64),
    /// A whole number.
    Signed(i64),
    /// A moment since the epoch.
    Time(Timestamp),
    /// A time in nanoseconds, which may be negative: captures are not always in order.
    Duration(i64),
    /// An IPv4 address.
    Ipv4([u8; 4]),
    /// An IPv6 address.
    Ipv6([u8; 16]),
    /// A MAC address.
    Mac([u8; 6]),
    /// Text, which need not be valid UTF-8.
    Text(&'v [u8]),
    /// Octets.
    Bytes(&'v [u8]),
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

macro_rules! unsigned {
    ($($type:ty)*) => { $(
        impl From<$type> for Value<'_> {
            fn from(value: $type) -> Self {
                Value::Unsigned(u64::from(value))
            }
        }
    )* };
}
unsigned!(u8 u16 u32 u64);

impl<'v> From<&'v str> for Value<'v> {
    fn from(value: &'v str) -> Self {
        Value::Text(value.as_bytes())
    }
}
