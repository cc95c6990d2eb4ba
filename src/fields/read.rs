//! Reads values from headers; what was not captured is not there.

use super::Value;
use crate::layers::Layer;

/// A header with all that it holds.
pub fn all<'f>(layer: &Layer<'f>) -> Option<Value<'f>> {
    Some(Value::Bytes(layer.data.captured()))
}

/// What is behind a header.
pub fn payload<'f>(layer: &Layer<'f>) -> Option<Value<'f>> {
    let octets = layer.payload().captured();
    (!octets.is_empty()).then_some(Value::Bytes(octets))
}

/// The octet at an offset.
#[inline]
pub fn u8<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.u8_at(offset).ok().map(Value::from)
}

/// The 2-octet number at an offset.
#[inline]
pub fn be16<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.be16_at(offset).ok().map(Value::from)
}

/// The 4-octet number at an offset.
#[inline]
pub fn be32<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.be32_at(offset).ok().map(Value::from)
}

/// Some bits of the 2-octet number at an offset: shifted to the right, then masked.
#[inline]
pub fn bits16<'f>(layer: &Layer, offset: usize, shift: u32, mask: u16) -> Option<Value<'f>> {
    layer.data.be16_at(offset).ok().map(|number| (number >> shift & mask).into())
}

/// Some bits of the 4-octet number at an offset.
#[inline]
pub fn bits32<'f>(layer: &Layer, offset: usize, shift: u32, mask: u32) -> Option<Value<'f>> {
    layer.data.be32_at(offset).ok().map(|number| (number >> shift & mask).into())
}

/// Whether a bit of the 2-octet number at an offset is set.
#[inline]
pub fn bit16<'f>(layer: &Layer, offset: usize, mask: u16) -> Option<Value<'f>> {
    layer.data.be16_at(offset).ok().map(|number| (number & mask != 0).into())
}

/// The MAC address at an offset.
#[inline]
pub fn mac<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.array_at(offset).ok().map(Value::Mac)
}

/// The IPv4 address at an offset.
#[inline]
pub fn ipv4<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.array_at(offset).ok().map(Value::Ipv4)
}

/// The IPv6 address at an offset.
#[inline]
pub fn ipv6<'f>(layer: &Layer, offset: usize) -> Option<Value<'f>> {
    layer.data.array_at(offset).ok().map(Value::Ipv6)
}
