//! Ubik, the replication of AFS's databases (ubik/ubik_int.xg).

use super::arguments::Argument::{self, Date, Signed, SyncSite, Text, Unsigned, Version, Word};
use super::arguments::put_arguments;
use super::{DATA, put_error_code, put_operation, settle};
use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome};
use crate::dissect::names_table::Name;
use crate::put;

const BEACON: u32 = 10000;
const OPERATIONS: &[Name] = &[
    (BEACON, "vote-beacon"),
    (10001, "vote-debug-old"),
    (10002, "vote-sdebug-old"),
    (10003, "vote-getsyncsite"),
    (10004, "vote-debug"),
    (10005, "vote-sdebug"),
    (10006, "vote-xdebug"),
    (10007, "vote-xsdebug"),
    (20000, "disk-begin"),
    (20001, "disk-commit"),
    (20002, "disk-lock"),
    (20003, "disk-write"),
    (20004, "disk-getversion"),
    (20005, "disk-getfile"),
    (20006, "disk-sendfile"),
    (20007, "disk-abort"),
    (20008, "disk-releaselocks"),
    (20009, "disk-truncate"),
    (20010, "disk-probe"),
    (20011, "disk-writev"),
    (20012, "disk-interfaceaddr"),
    (20013, "disk-setversion"),
];

/// Whether an operation is one of these, whatever the service.
pub(super) fn is_operation(operation: u32) -> bool {
    matches!(operation, 10000..=10007 | 20000..=20013)
}

/// Prints a call behind its operation.
pub(super) fn print_call(cx: &mut Context, mut body: Cursor, operation: u32) -> Outcome {
    put!(cx, " ubik call ");
    put_operation(cx, OPERATIONS, operation);
    let outcome = put_arguments(cx, &mut body, arguments(operation));
    settle(cx, outcome, "ubik")
}

/// The arguments by operation; the numbers of some lag behind, as in tcpdump.
fn arguments(operation: u32) -> &'static [Argument] {
    match operation {
        BEACON => &[SyncSite, Text(" votestart"), Date, Text(" dbversion"), Version, Text(" tid"), Version],
        10003 => &[Text(" site"), Unsigned],
        20000 | 20001 | 20007 | 20008 | 20010 => &[Text(" tid"), Version],
        20002 => &[Text(" tid"), Version, Text(" file"), Signed, Text(" pos"), Signed, Text(" length"), Signed, Word],
        20003 => &[Text(" tid"), Version, Text(" file"), Signed, Text(" pos"), Signed],
        20005 => &[Text(" file"), Signed],
        20006 => &[Text(" file"), Signed, Text(" length"), Signed, Text(" dbversion"), Version],
        20009 => &[Text(" tid"), Version, Text(" file"), Signed, Text(" length"), Signed],
        20012 => &[Text(" tid"), Version, Text(" oldversion"), Version, Text(" newversion"), Version],
        _ => &[],
    }
}

/// Prints a reply. A vote is granted by an abort, whose code is the time until when.
pub(super) fn print_reply(cx: &mut Context, mut body: Cursor, kind: u8, operation: u32) -> Outcome {
    put!(cx, " ubik reply ");
    put_operation(cx, OPERATIONS, operation);
    let results: &[Argument] = match (operation, kind == DATA) {
        (BEACON, true) => &[Text(" vote no")],
        (BEACON, false) => &[Text(" vote yes until"), Date],
        (20004, true) => &[Text(" dbversion"), Version],
        (_, true) => &[],
        (_, false) => return put_error_code(cx, body),
    };
    let outcome = put_arguments(cx, &mut body, results);
    settle(cx, outcome, "ubik")
}
