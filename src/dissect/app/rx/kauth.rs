//! AFS's Kerberos authentication service (kauth/kauth.rg).

use super::arguments::Argument::{self, Opaque, Signed, String, Text};
use super::arguments::PRINCIPAL_NAME_MAX;
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const PRINCIPAL: Argument = Text(" principal");
const NAME: Argument = String(PRINCIPAL_NAME_MAX);
const OPERATIONS: &[Name] = &[
    (1, "auth-old"),
    (21, "authenticate"),
    (22, "authenticate-v2"),
    (2, "change-pw"),
    (3, "get-ticket-old"),
    (23, "get-ticket"),
    (4, "set-pw"),
    (5, "set-fields"),
    (6, "create-user"),
    (7, "delete-user"),
    (8, "get-entry"),
    (9, "list-entry"),
    (10, "get-stats"),
    (11, "debug"),
    (12, "get-pw"),
    (13, "get-random-key"),
    (14, "unlock"),
    (15, "lock-status"),
];

pub(super) static SERVICE: Service = Service {
    name: "kauth",
    operations: OPERATIONS,
    replicated: true,
    reply_length_min: 29,
    call,
    reply,
    errors: Errors::Number,
};

/// What a call has behind its operation.
fn call(operation: u32) -> &'static [Argument] {
    match operation {
        1 | 2 | 5..=8 | 14 | 15 | 21 | 22 => &[PRINCIPAL, NAME, NAME],
        3 | 23 => &[Text(" kvno"), Signed, Text(" domain"), NAME, Opaque, PRINCIPAL, NAME, NAME],
        4 => &[PRINCIPAL, NAME, NAME, Text(" kvno"), Signed],
        12 => &[Text(" name"), NAME],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(_: u32) -> &'static [Argument] {
    &[]
}
