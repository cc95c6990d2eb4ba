//! What can be asked of a packet by name: one table of fields, with Wireshark's names.
//!
//! [`all`] gives every [`Field`] in an order in which a name stands behind those that it begins with, so that
//! a nested form can be written from front to back. The JSON output, its schema and the display filter all
//! come from here. To add a field, enter it in the file of its protocol.

pub mod analysis;
pub mod ip;
pub mod link;
mod read;
pub mod rest;
pub mod tcp;
pub mod udp;
pub mod value;
pub mod view;

use crate::layers::{Layer, Protocol};
pub use value::{Kind, Value};
pub use view::View;

/// A field of one header.
pub type OfLayer = for<'f> fn(&Layer<'f>) -> Option<Value<'f>>;
/// A field of a packet as a whole.
pub type OfView = for<'v> fn(&'v View<'_>) -> Option<Value<'v>>;
/// A field that a packet may have several times over.
pub type EachOfView = for<'v> fn(&'v View<'_>, &mut dyn FnMut(Value<'v>));

/// How a field's value is found.
#[derive(Clone, Copy, Debug)]
pub enum Get {
    /// In each header of a protocol.
    Layer(Protocol, OfLayer),
    /// In what is known of the packet.
    View(OfView),
    /// Likewise, several values.
    Each(EachOfView),
    /// The values of other fields, all of them.
    AnyOf(&'static [&'static str]),
}

/// Something a packet can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Wireshark's name for it.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it means, with the unit.
    pub description: &'static str,
    /// How it is found.
    pub get: Get,
}

impl Field {
    /// Hands each of a packet's values to `take`, outermost header first.
    pub fn each<'v>(&self, view: &'v View<'_>, take: &mut dyn FnMut(Value<'v>)) {
        match self.get {
            Get::Layer(protocol, get) if view.layers.has(protocol) => {
                let layers = view.layers.all().iter().filter(|layer| layer.protocol == protocol);
                layers.filter_map(get).for_each(take);
            }
            Get::Layer(..) => {}
            Get::View(get) => get(view).into_iter().for_each(take),
            Get::Each(each) => each(view, take),
            Get::AnyOf(names) => names.iter().filter_map(|name| find(name)).for_each(|field| field.each(view, take)),
        }
    }

    /// The one value for output: that of the innermost header which is the packet's own, not quoted.
    #[inline]
    pub fn one<'v>(&self, view: &'v View<'_>) -> Option<Value<'v>> {
        match self.get {
            Get::Layer(protocol, get) => view.layers.innermost(protocol).and_then(get),
            Get::View(get) => get(view),
            Get::Each(_) | Get::AnyOf(_) => None,
        }
    }

    /// Whether it is only another way to name other fields.
    pub fn is_alias(&self) -> bool {
        matches!(self.get, Get::AnyOf(_))
    }
}

/// The tables, in their order.
const TABLES: &[&[Field]] = &[
    view::FIELDS,
    link::FIELDS,
    ip::FIELDS,
    rest::FIELDS,
    udp::FIELDS,
    tcp::FIELDS,
    analysis::FIELDS,
    rest::APPLICATIONS,
    view::OWN_FIELDS,
];

/// Every field.
pub fn all() -> impl Iterator<Item = &'static Field> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The field of this name.
pub fn find(name: &str) -> Option<&'static Field> {
    all().find(|field| field.name == name)
}

/// A field of each header of a protocol.
const fn of(protocol: Protocol, name: &'static str, kind: Kind, description: &'static str, get: OfLayer) -> Field {
    Field { name, kind, description, get: Get::Layer(protocol, get) }
}

/// A field of the packet as a whole.
const fn whole(name: &'static str, kind: Kind, description: &'static str, get: OfView) -> Field {
    Field { name, kind, description, get: Get::View(get) }
}

/// A field that a packet may have several times over.
const fn each(name: &'static str, kind: Kind, description: &'static str, get: EachOfView) -> Field {
    Field { name, kind, description, get: Get::Each(get) }
}

/// Another way to name fields.
const fn alias(name: &'static str, kind: Kind, description: &'static str, of: &'static [&'static str]) -> Field {
    Field { name, kind, description, get: Get::AnyOf(of) }
}

/// A protocol as a field: its value is its octets, and it is there where the protocol is.
const fn presence(protocol: Protocol) -> Field {
    of(protocol, protocol.name(), Kind::Protocol, protocol.description(), read::all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_aliases_name_fields() {
        let mut names = HashSet::new();
        for field in all() {
            assert!(names.insert(field.name), "{} is there twice", field.name);
            assert!(!field.description.is_empty(), "{} is not described", field.name);
        }
        for field in all() {
            if let Get::AnyOf(others) = field.get {
                assert!(others.iter().all(|name| names.contains(name)), "{}", field.name);
            }
        }
    }

    #[test]
    fn a_nested_form_opens_each_object_once() {
        let mut closed: HashSet<&str> = HashSet::new();
        let mut before = "";
        for field in all().filter(|field| !field.is_alias()) {
            let parents = |name: &'static str| name.match_indices('.').map(move |(dot, _)| &name[..dot]);
            for parent in parents(field.name) {
                assert!(!closed.contains(parent), "{}: {parent} was left before", field.name);
            }
            let is_left = |parent: &&str| field.name != *parent && !field.name.starts_with(&format!("{parent}."));
            closed.extend(parents(before).filter(is_left));
            if is_left(&before) {
                closed.insert(before);
            }
            before = field.name;
        }
    }
}
