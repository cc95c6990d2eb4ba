//! Where each field stands in an object.

use crate::fields::{self, Field, Get, Kind};

/// The key of the value of a name that others begin with: `tcp.flags` is beside `tcp.flags.syn`.
const OWN_VALUE: &str = "value";

/// Objects in objects, at most; see the test.
pub const DEPTH_MAX: usize = 6;

/// A field's place in the object.
#[derive(Debug)]
pub struct Place {
    /// The field.
    pub field: &'static Field,
    /// The objects that it stands in, outermost first, as numbers that are the same for the same object.
    pub objects: Vec<u16>,
    /// Their keys, quoted, with what opens them: `"flags":{`.
    pub opens: Vec<String>,
    /// Its own key, quoted, with a colon; empty for a protocol, which is an object itself.
    pub key: String,
}

/// Whether a field is written. Octets would make lines long, and another name for a value says nothing new.
pub fn is_written(field: &Field) -> bool {
    field.kind != Kind::Bytes && !matches!(field.get, Get::AnyOf(_))
}

/// The path of a field's value, keys joined by dots.
pub fn path(field: &Field) -> String {
    let is_parent = |name: &str| {
        let inner = |other: &Field| other.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        fields::all().any(|other| is_written(other) && inner(other))
    };
    if field.kind != Kind::Protocol && is_parent(field.name) {
        format!("{}.{OWN_VALUE}", field.name)
    } else {
        field.name.to_owned()
    }
}

/// What a field's value is in JSON.
pub fn type_name(field: &Field) -> &'static str {
    match (field.kind, field.get) {
        (Kind::Text, Get::Each(_)) => "array of strings",
        (_, Get::Each(_)) => "array of integers",
        (Kind::Protocol, _) => "object",
        (Kind::Bool, _) => "boolean",
        (Kind::Unsigned | Kind::Signed, _) => "integer",
        (Kind::Time | Kind::Duration, _) => "number, seconds",
        (Kind::Ipv4 | Kind::Ipv6 | Kind::Mac | Kind::Text | Kind::Bytes, _) => "string",
    }
}

/// The places of all fields that are written, in their order.
pub fn places() -> Vec<Place> {
    let mut objects: Vec<String> = Vec::new();
    let mut number = |name: &str| match objects.iter().position(|object| object == name) {
        Some(at) => at as u16,
        None => {
            objects.push(name.to_owned());
            objects.len() as u16 - 1
        }
    };
    let place = |field: &'static Field| {
        let path = path(field);
        let mut keys: Vec<&str> = path.split('.').collect();
        let key = if field.kind == Kind::Protocol { None } else { keys.pop() };
        Place {
            field,
            objects: (1..=keys.len())
                .map(|depth| number(&keys.iter().take(depth).copied().collect::<Vec<_>>().join(".")))
                .collect(),
            opens: keys.iter().map(|key| format!("\"{key}\":{{")).collect(),
            key: key.map(|key| format!("\"{key}\":")).unwrap_or_default(),
        }
    };
    fields::all().filter(|field| is_written(field)).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_not_deeper_than_there_is_room() {
        assert!(places().iter().all(|place| place.objects.len() <= DEPTH_MAX));
    }

    #[test]
    fn a_name_that_others_begin_with_has_its_value_inside() {
        let path_of = |name| path(fields::find(name).unwrap());
        assert_eq!(path_of("tcp.flags"), "tcp.flags.value");
        assert_eq!(path_of("tcp.flags.syn"), "tcp.flags.syn");
        assert_eq!(path_of("tcp"), "tcp");
        assert_eq!(path_of("frame.number"), "frame.number");
    }
}
