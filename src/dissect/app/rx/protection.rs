//! AFS's protection service: users and groups (ptserver/ptint.xg).

use super::arguments::Argument::{self, Characters, List, Signed, String, Text};
use super::arguments::USER_NAME_MAX;
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const OPERATIONS: &[Name] = &[
    (500, "new-user"),
    (501, "where-is-it"),
    (502, "dump-entry"),
    (503, "add-to-group"),
    (504, "name-to-id"),
    (505, "id-to-name"),
    (506, "delete"),
    (507, "remove-from-group"),
    (508, "get-cps"),
    (509, "new-entry"),
    (510, "list-max"),
    (511, "set-max"),
    (512, "list-entry"),
    (513, "change-entry"),
    (514, "list-elements"),
    (515, "same-mbr-of"),
    (516, "set-fld-sentry"),
    (517, "list-owned"),
    (518, "get-cps2"),
    (519, "get-host-cps"),
    (520, "update-entry"),
    (521, "list-entries"),
    (530, "list-super-groups"),
];

pub(super) static SERVICE: Service = Service {
    name: "pt",
    operations: OPERATIONS,
    replicated: true,
    reply_length_min: 28,
    call,
    reply,
    errors: Errors::Number,
};

/// What a call has behind its operation.
fn call(operation: u32) -> &'static [Argument] {
    match operation {
        500 => &[String(USER_NAME_MAX), Text(" id"), Signed, Text(" oldid"), Signed],
        501 | 506 | 508 | 512 | 514 | 517..=519 | 530 => &[Text(" id"), Signed],
        502 => &[Text(" pos"), Signed],
        503 | 507 | 515 => &[Text(" uid"), Signed, Text(" gid"), Signed],
        504 => &[List("", &[Characters(USER_NAME_MAX as usize)])],
        505 => &[Text(" ids:"), List("", &[Signed])],
        509 => &[String(USER_NAME_MAX), Text(" flag"), Signed, Text(" oid"), Signed],
        511 => &[Text(" id"), Signed, Text(" gflag"), Signed],
        513 => &[Text(" id"), Signed, String(USER_NAME_MAX), Text(" oldid"), Signed, Text(" newid"), Signed],
        520 => &[Text(" id"), Signed, String(USER_NAME_MAX)],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(operation: u32) -> &'static [Argument] {
    match operation {
        504 => &[Text(" ids:"), List("", &[Signed])],
        505 => &[List("", &[Characters(USER_NAME_MAX as usize)])],
        508 | 514 | 517..=519 => &[List("", &[Signed])],
        510 => &[Text(" maxuid"), Signed, Text(" maxgid"), Signed],
        _ => &[],
    }
}
