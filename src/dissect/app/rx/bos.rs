//! AFS's overseer of server processes (bozo/bosint.xg).

use super::arguments::Argument::{self, Signed, String, Text};
use super::arguments::OVERSEER_NAME_MAX;
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const NAME: Argument = String(OVERSEER_NAME_MAX);
const OPERATIONS: &[Name] = &[
    (80, "create-bnode"),
    (81, "delete-bnode"),
    (82, "set-status"),
    (83, "get-status"),
    (84, "enumerate-instance"),
    (85, "get-instance-info"),
    (86, "get-instance-parm"),
    (87, "add-superuser"),
    (88, "delete-superuser"),
    (89, "list-superusers"),
    (90, "list-keys"),
    (91, "add-key"),
    (92, "delete-key"),
    (93, "set-cell-name"),
    (94, "get-cell-name"),
    (95, "get-cell-host"),
    (96, "add-cell-host"),
    (97, "delete-cell-host"),
    (98, "set-t-status"),
    (99, "shutdown-all"),
    (100, "restart-all"),
    (101, "startup-all"),
    (102, "set-noauth-flag"),
    (103, "re-bozo"),
    (104, "restart"),
    (105, "start-bozo-install"),
    (106, "uninstall"),
    (107, "get-dates"),
    (108, "exec"),
    (109, "prune"),
    (110, "set-restart-time"),
    (111, "get-restart-time"),
    (112, "start-bozo-log"),
    (113, "wait-all"),
    (114, "get-instance-strings"),
    (115, "get-restricted"),
    (116, "set-restricted"),
];

pub(super) static SERVICE: Service = Service {
    name: "bos",
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
        80 => &[Text(" type"), NAME, Text(" instance"), NAME],
        81 | 83 | 85 | 87 | 88 | 93 | 96 | 97 | 104 | 106 | 108 | 112 | 114 => &[NAME],
        82 | 98 => &[NAME, Text(" status"), Signed],
        84 | 89..=92 | 95 => &[Signed],
        86 => &[NAME, Text(" num"), Signed],
        105 => &[NAME, Text(" size"), Signed, Text(" flags"), Signed, Text(" date"), Signed],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(_: u32) -> &'static [Argument] {
    &[]
}
