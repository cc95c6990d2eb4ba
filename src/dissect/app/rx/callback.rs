//! AFS's callbacks, from file servers to clients (fsint/afscbint.xg).

use super::arguments::Argument::{self, Callbacks, Date, File, List, Signed, Text, Uuid, Word};
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const OPERATIONS: &[Name] = &[
    (204, "callback"),
    (205, "initcb"),
    (206, "probe"),
    (207, "getlock"),
    (208, "getce"),
    (209, "xstatver"),
    (210, "getxstat"),
    (211, "initcb2"),
    (212, "whoareyou"),
    (213, "initcb3"),
    (214, "probeuuid"),
    (215, "getsrvprefs"),
    (216, "getcellservdb"),
    (217, "getlocalcell"),
    (218, "getcacheconf"),
    (65536, "getce64"),
    (65537, "getcellbynum"),
    (65538, "tellmeaboutyourself"),
];

pub(super) static SERVICE: Service = Service {
    name: "cb",
    operations: OPERATIONS,
    replicated: false,
    reply_length_min: 29,
    call,
    reply,
    errors: Errors::Number,
};

/// What a call has behind its operation.
fn call(operation: u32) -> &'static [Argument] {
    match operation {
        204 => &[List(",", &[File]), Callbacks(&[Text(" ver"), Signed, Text(" expires"), Date, Word])],
        214 => &[Text(" afsuuid"), Uuid],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(operation: u32) -> &'static [Argument] {
    match operation {
        213 => &[Uuid],
        _ => &[],
    }
}
