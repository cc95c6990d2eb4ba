//! AFS's volume location database (vlserver/vldbint.xg).

use super::arguments::Argument::{self, Characters, Signed, String, Text, Unsigned, VolumeType};
use super::arguments::{Sites, VOLUME_NAME_MAX};
use super::{Errors, Service};
use crate::dissect::names_table::Name;

const NAME: Argument = Characters(VOLUME_NAME_MAX as usize);
const COUNT: Argument = Text(" count");
const NEXT: Argument = Text(" nextindex");
const OLD_SITES: Argument = Argument::Sites(Sites { room: 8, by_uuid: false, after_word: true });
const SITES: Argument = Argument::Sites(Sites { room: 13, by_uuid: false, after_word: false });
const UUID_SITES: Argument = Argument::Sites(Sites { room: 13, by_uuid: true, after_word: false });
const OPERATIONS: &[Name] = &[
    (501, "create-entry"),
    (502, "delete-entry"),
    (503, "get-entry-by-id"),
    (504, "get-entry-by-name"),
    (505, "get-new-volume-id"),
    (506, "replace-entry"),
    (507, "update-entry"),
    (508, "setlock"),
    (509, "releaselock"),
    (510, "list-entry"),
    (511, "list-attrib"),
    (512, "linked-list"),
    (513, "get-stats"),
    (514, "probe"),
    (515, "get-addrs"),
    (516, "change-addr"),
    (517, "create-entry-n"),
    (518, "get-entry-by-id-n"),
    (519, "get-entry-by-name-n"),
    (520, "replace-entry-n"),
    (521, "list-entry-n"),
    (522, "list-attrib-n"),
    (523, "linked-list-n"),
    (524, "update-entry-by-name"),
    (525, "create-entry-u"),
    (526, "get-entry-by-id-u"),
    (527, "get-entry-by-name-u"),
    (528, "replace-entry-u"),
    (529, "list-entry-u"),
    (530, "list-attrib-u"),
    (531, "linked-list-u"),
    (532, "regaddr"),
    (533, "get-addrs-u"),
    (534, "list-attrib-n2"),
];

pub(super) static SERVICE: Service = Service {
    name: "vldb",
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
        501 | 517 => &[NAME],
        502 | 503 | 507..=509 | 518 => &[Text(" volid"), Signed, VolumeType],
        504 | 519 | 524 | 527 => &[String(VOLUME_NAME_MAX)],
        505 => &[Text(" bump"), Signed],
        506 | 520 => &[Text(" volid"), Signed, VolumeType, NAME],
        510 | 521 => &[Text(" index"), Signed],
        _ => &[],
    }
}

/// What a reply brings.
fn reply(operation: u32) -> &'static [Argument] {
    match operation {
        503 | 504 => &[NAME, OLD_SITES, Text(" rwvol"), Unsigned, Text(" rovol"), Unsigned, Text(" backup"), Unsigned],
        505 => &[Text(" newvol"), Unsigned],
        510 => &[
            COUNT,
            Signed,
            NEXT,
            Signed,
            NAME,
            OLD_SITES,
            Text(" rwvol"),
            Unsigned,
            Text(" rovol"),
            Unsigned,
            Text(" backup"),
            Unsigned,
        ],
        518 | 519 => &[NAME, SITES, Text(" rwvol"), Unsigned, Text(" rovol"), Unsigned, Text(" backup"), Unsigned],
        521 | 529 => &[
            COUNT,
            Signed,
            NEXT,
            Signed,
            NAME,
            SITES,
            Text(" rwvol"),
            Unsigned,
            Text(" rovol"),
            Unsigned,
            Text(" backup"),
            Unsigned,
        ],
        526 | 527 => &[NAME, UUID_SITES, Text(" rwvol"), Unsigned, Text(" rovol"), Unsigned, Text(" backup"), Unsigned],
        _ => &[],
    }
}
