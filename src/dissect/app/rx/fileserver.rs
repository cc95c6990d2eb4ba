//! AFS's file service (fsint/afsint.xg).

use super::arguments::Argument::{self, AccessList, Date, File, List, StoreStatus, String, Text, Unsigned, Unsigned64};
use super::arguments::FILE_NAME_MAX;
use super::{Errors, Service};
use crate::dissect::names_table::Name;

/// Why a call was aborted.
const ERRORS: &[Name] = &[
    (101, "salvage volume"),
    (102, "no such vnode"),
    (103, "no such volume"),
    (104, "volume exist"),
    (105, "no service"),
    (106, "volume offline"),
    (107, "voline online"),
    (108, "diskfull"),
    (109, "diskquota exceeded"),
    (110, "volume busy"),
    (111, "volume moved"),
    (112, "AFS IO error"),
    (0xffff_ff9c, "restarting fileserver"),
];
const OPERATIONS: &[Name] = &[
    (130, "fetch-data"),
    (131, "fetch-acl"),
    (132, "fetch-status"),
    (133, "store-data"),
    (134, "store-acl"),
    (135, "store-status"),
    (136, "remove-file"),
    (137, "create-file"),
    (138, "rename"),
    (139, "symlink"),
    (140, "link"),
    (141, "makedir"),
    (142, "rmdir"),
    (143, "oldsetlock"),
    (144, "oldextlock"),
    (145, "oldrellock"),
    (146, "get-stats"),
    (147, "give-cbs"),
    (148, "get-vlinfo"),
    (149, "get-vlstats"),
    (150, "set-vlstats"),
    (151, "get-rootvl"),
    (152, "check-token"),
    (153, "get-time"),
    (154, "nget-vlinfo"),
    (155, "bulk-stat"),
    (156, "setlock"),
    (157, "extlock"),
    (158, "rellock"),
    (159, "xstat-ver"),
    (160, "get-xstat"),
    (161, "dfs-lookup"),
    (162, "dfs-flushcps"),
    (163, "dfs-symlink"),
    (220, "residency"),
    (65536, "inline-bulk-status"),
    (65537, "fetch-data-64"),
    (65538, "store-data-64"),
    (65539, "give-up-all-cbs"),
    (65540, "get-caps"),
    (65541, "cb-rx-conn-addr"),
];

pub(super) static SERVICE: Service = Service {
    name: "fs",
    operations: OPERATIONS,
    replicated: false,
    reply_length_min: 29,
    call,
    reply,
    errors: Errors::Names(ERRORS),
};

/// What a call has behind its operation.
fn call(operation: u32) -> &'static [Argument] {
    match operation {
        130 => &[File, Text(" offset"), Unsigned, Text(" length"), Unsigned],
        131 | 132 | 143..=145 | 156..=158 => &[File],
        133 => &[File, StoreStatus, Text(" offset"), Unsigned, Text(" length"), Unsigned, Text(" flen"), Unsigned],
        134 => &[File, AccessList],
        135 => &[File, StoreStatus],
        136 | 142 => &[File, String(FILE_NAME_MAX)],
        137 | 141 => &[File, String(FILE_NAME_MAX), StoreStatus],
        138 => &[Text(" old"), File, String(FILE_NAME_MAX), Text(" new"), File, String(FILE_NAME_MAX)],
        139 => &[File, String(FILE_NAME_MAX), Text(" link to"), String(FILE_NAME_MAX)],
        140 => &[File, String(FILE_NAME_MAX), Text(" link to"), File],
        148 => &[String(FILE_NAME_MAX)],
        149 | 150 => &[Text(" volid"), Unsigned],
        154 => &[Text(" volname"), String(FILE_NAME_MAX)],
        155 | 65536 => &[List(",", &[File])],
        65537 => &[File, Text(" offset"), Unsigned64, Text(" length"), Unsigned64],
        65538 => {
            &[File, StoreStatus, Text(" offset"), Unsigned64, Text(" length"), Unsigned64, Text(" flen"), Unsigned64]
        }
        65541 => &[Text(" addr"), Unsigned],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(operation: u32) -> &'static [Argument] {
    match operation {
        131 => &[AccessList],
        137 | 141 => &[Text(" new"), File],
        151 => &[Text(" root volume"), String(FILE_NAME_MAX)],
        153 => &[Date],
        _ => &[],
    }
}
