//! AFS's volume service (volser/volint.xg).

use super::arguments::Argument::{self, Characters, Date, List, Server, Signed, Skip, String, Text, Unsigned};
use super::arguments::FILE_NAME_MAX;
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const NAME: Argument = String(FILE_NAME_MAX);
/// What is known of a volume.
const STATUS: &[Argument] = &[
    Text(" volid"),
    Unsigned,
    Text(" nextuniq"),
    Unsigned,
    Text(" type"),
    Unsigned,
    Text(" parentid"),
    Unsigned,
    Text(" clone"),
    Unsigned,
    Text(" backup"),
    Unsigned,
    Text(" restore"),
    Unsigned,
    Text(" maxquota"),
    Unsigned,
    Text(" minquota"),
    Unsigned,
    Text(" owner"),
    Unsigned,
    Text(" create"),
    Date,
    Text(" access"),
    Date,
    Text(" update"),
    Date,
    Text(" expire"),
    Date,
    Text(" backup"),
    Date,
    Text(" copy"),
    Date,
];
const OPERATIONS: &[Name] = &[
    (100, "create-volume"),
    (101, "delete-volume"),
    (102, "restore"),
    (103, "forward"),
    (104, "end-trans"),
    (105, "clone"),
    (106, "set-flags"),
    (107, "get-flags"),
    (108, "trans-create"),
    (109, "dump"),
    (110, "get-nth-volume"),
    (111, "set-forwarding"),
    (112, "get-name"),
    (113, "get-status"),
    (114, "sig-restore"),
    (115, "list-partitions"),
    (116, "list-volumes"),
    (117, "set-id-types"),
    (118, "monitor"),
    (119, "partition-info"),
    (120, "reclone"),
    (121, "list-one-volume"),
    (122, "nuke"),
    (123, "set-date"),
    (124, "x-list-volumes"),
    (125, "x-list-one-volume"),
    (126, "set-info"),
    (127, "x-list-partitions"),
    (128, "forward-multiple"),
    (65536, "convert-ro"),
    (65537, "get-size"),
    (65538, "dump-v2"),
];

pub(super) static SERVICE: Service = Service {
    name: "vol",
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
        100 => &[Text(" partition"), Unsigned, Text(" name"), NAME, Text(" type"), Unsigned, Text(" parent"), Unsigned],
        101 | 104 | 107 => &[Text(" trans"), Unsigned],
        102 => &[Text(" totrans"), Unsigned, Text(" flags"), Unsigned],
        103 => &[Text(" fromtrans"), Unsigned, Text(" fromdate"), Date, Server, Text(" desttrans"), Signed],
        105 => {
            &[Text(" trans"), Unsigned, Text(" purgevol"), Unsigned, Text(" newtype"), Unsigned, Text(" newname"), NAME]
        }
        106 => &[Text(" trans"), Unsigned, Text(" flags"), Unsigned],
        108 => &[Text(" vol"), Unsigned, Text(" partition"), Unsigned, Text(" flags"), Unsigned],
        // The second is get-size with a digit too many, as in tcpdump.
        109 | 655537 => &[Text(" fromtrans"), Unsigned, Text(" fromdate"), Date],
        110 => &[Text(" index"), Unsigned],
        111 => &[Text(" tid"), Unsigned, Text(" newsite"), Unsigned],
        112 | 113 => &[Text(" tid")],
        114 => &[Text(" name"), NAME, Text(" type"), Unsigned, Text(" pid"), Unsigned, Text(" cloneid"), Unsigned],
        116 => &[Text(" partition"), Unsigned, Text(" flags"), Unsigned],
        117 => &[
            Text(" tid"),
            Unsigned,
            Text(" name"),
            NAME,
            Text(" type"),
            Unsigned,
            Text(" pid"),
            Unsigned,
            Text(" clone"),
            Unsigned,
            Text(" backup"),
            Unsigned,
        ],
        119 => &[Text(" name"), NAME],
        120 | 126 => &[Text(" tid"), Unsigned],
        121 | 122 | 124 | 125 | 65536 => &[Text(" partid"), Unsigned, Text(" volid"), Unsigned],
        123 => &[Text(" tid"), Unsigned, Text(" date"), Date],
        128 => &[Text(" fromtrans"), Unsigned, Text(" fromdate"), Date, List(",", &[Server])],
        65538 => &[Text(" fromtrans"), Unsigned, Text(" fromdate"), Date, Text(" flags"), Unsigned],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(operation: u32) -> &'static [Argument] {
    match operation {
        100 => &[Text(" volid"), Unsigned, Text(" trans"), Unsigned],
        104 | 107 => &[Unsigned],
        105 => &[Text(" newvol"), Unsigned],
        108 => &[Text(" trans"), Unsigned],
        110 => &[Text(" volume"), Unsigned, Text(" partition"), Unsigned],
        112 => &[NAME],
        113 => STATUS,
        116 | 121 => &[List(",", &[Text(" name"), Characters(32), Text(" volid"), Unsigned, Text(" type"), Skip(84)])],
        _ => &[],
    }
}
