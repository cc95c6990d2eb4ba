//! Numbers of OpenFlow 1.3 and their names.

use super::super::parts::Bitmap;
use crate::dissect::names_table::Name;

/// How a port is configured (section 7.2.1).
pub(super) const PORT_CONFIG: Bitmap = Bitmap {
    names: &[(0x01, "PORT_DOWN"), (0x04, "NO_RECV"), (0x20, "NO_FWD"), (0x40, "NO_PACKET_IN")],
    assigned: 0x65,
};
/// What a port is like.
pub(super) const PORT_STATES: Bitmap = Bitmap { names: &[(1, "LINK_DOWN"), (2, "BLOCKED"), (4, "LIVE")], assigned: 7 };
/// What a port can do.
pub(super) const PORT_FEATURES: Bitmap = Bitmap {
    names: &[
        (0x0001, "10MB_HD"),
        (0x0002, "10MB_FD"),
        (0x0004, "100MB_HD"),
        (0x0008, "100MB_FD"),
        (0x0010, "1GB_HD"),
        (0x0020, "1GB_FD"),
        (0x0040, "10GB_FD"),
        (0x0080, "40GB_FD"),
        (0x0100, "100GB_FD"),
        (0x0200, "1TB_FD"),
        (0x0400, "OTHER"),
        (0x0800, "COPPER"),
        (0x1000, "FIBER"),
        (0x2000, "AUTONEG"),
        (0x4000, "PAUSE"),
        (0x8000, "PAUSE_ASYM"),
    ],
    assigned: 0xffff,
};
/// What a switch can do (section 7.3.1).
pub(super) const CAPABILITIES: Bitmap = Bitmap {
    names: &[
        (0x001, "FLOW_STATS"),
        (0x002, "TABLE_STATS"),
        (0x004, "PORT_STATS"),
        (0x008, "GROUP_STATS"),
        (0x020, "IP_REASM"),
        (0x040, "QUEUE_STATS"),
        (0x100, "PORT_BLOCKED"),
    ],
    assigned: 0x16f,
};
/// Versions of the protocol (section 7.5.1).
pub(super) const VERSIONS: Bitmap = Bitmap {
    names: &[(0x01, "1.0"), (0x02, "1.1"), (0x04, "1.2"), (0x08, "1.3"), (0x10, "1.4"), (0x20, "1.5")],
    assigned: 0x3f,
};
/// Why packets are sent to the controller (section 7.3.10).
pub(super) const PACKET_IN_MASK: Bitmap =
    Bitmap { names: &[(1, "NO_MATCH"), (2, "ACTION"), (4, "INVALID_TTL")], assigned: 7 };
/// What is told of ports, and of flows too.
pub(super) const PORT_STATUS_MASK: Bitmap = Bitmap { names: &[(1, "ADD"), (2, "DELETE"), (4, "MODIFY")], assigned: 7 };
/// Tables that stand for others (section 7.3.3).
pub(super) const TABLES: &[Name] = &[(0xfe, "MAX"), (0xff, "ALL")];
/// How much of a packet is sent to the controller (section 7.3.2).
pub(super) const MISS_LENGTHS: &[Name] = &[(0xffe5, "MAX"), (0xffff, "NO_BUFFER")];
/// What is done with fragments of IP.
pub(super) const FRAGMENTS: &[Name] = &[(0, "FRAG_NORMAL"), (1, "FRAG_DROP"), (2, "FRAG_REASM")];
/// Elements of a Hello (section 7.5.1).
pub(super) const HELLO_ELEMENTS: &[Name] = &[(1, "VERSIONBITMAP")];
/// Ports that are not of the hardware.
pub(super) const PORTS: &[Name] = &[
    (0xffffff00, "MAX"),
    (0xfffffff8, "IN_PORT"),
    (0xfffffff9, "TABLE"),
    (0xfffffffa, "NORMAL"),
    (0xfffffffb, "FLOOD"),
    (0xfffffffc, "ALL"),
    (0xfffffffd, "CONTROLLER"),
    (0xfffffffe, "LOCAL"),
    (0xffffffff, "ANY"),
];
/// What a controller may do (section 7.3.9).
pub(super) const ROLES: &[Name] = &[(0, "NOCHANGE"), (1, "EQUAL"), (2, "MASTER"), (3, "SLAVE")];
/// What happened to a port (section 7.4.3).
pub(super) const PORT_REASONS: &[Name] = &[(0, "ADD"), (1, "DELETE"), (2, "MODIFY")];
/// Errors (section 7.4.4).
pub(super) const ERRORS: &[Name] = &[
    (0, "HELLO_FAILED"),
    (1, "BAD_REQUEST"),
    (2, "BAD_ACTION"),
    (3, "BAD_INSTRUCTION"),
    (4, "BAD_MATCH"),
    (5, "FLOW_MOD_FAILED"),
    (6, "GROUP_MOD_FAILED"),
    (7, "PORT_MOD_FAILED"),
    (8, "TABLE_MOD_FAILED"),
    (9, "QUEUE_OP_FAILED"),
    (10, "SWITCH_CONFIG_FAILED"),
    (11, "ROLE_REQUEST_FAILED"),
    (12, "METER_MOD_FAILED"),
    (13, "TABLE_FEATURES_FAILED"),
    (65535, "EXPERIMENTER"),
];
const HELLO_FAILED: &[Name] = &[(0, "INCOMPATIBLE"), (1, "EPERM")];
const BAD_REQUEST: &[Name] = &[
    (0, "BAD_VERSION"),
    (1, "BAD_TYPE"),
    (2, "BAD_MULTIPART"),
    (3, "BAD_EXPERIMENTER"),
    (4, "BAD_EXP_TYPE"),
    (5, "EPERM"),
    (6, "BAD_LEN"),
    (7, "BUFFER_EMPTY"),
    (8, "BUFFER_UNKNOWN"),
    (9, "BAD_TABLE_ID"),
    (10, "IS_SLAVE"),
    (11, "BAD_PORT"),
    (12, "BAD_PACKET"),
    (13, "MULTIPART_BUFFER_OVERFLOW"),
];
const BAD_ACTION: &[Name] = &[
    (0, "BAD_TYPE"),
    (1, "BAD_LEN"),
    (2, "BAD_EXPERIMENTER"),
    (3, "BAD_EXP_TYPE"),
    (4, "BAD_OUT_PORT"),
    (5, "BAD_ARGUMENT"),
    (6, "EPERM"),
    (7, "TOO_MANY"),
    (8, "BAD_QUEUE"),
    (9, "BAD_OUT_GROUP"),
    (10, "MATCH_INCONSISTENT"),
    (11, "UNSUPPORTED_ORDER"),
    (12, "BAD_TAG"),
    (13, "BAD_SET_TYPE"),
    (14, "BAD_SET_LEN"),
    (15, "BAD_SET_ARGUMENT"),
];
const BAD_INSTRUCTION: &[Name] = &[
    (0, "UNKNOWN_INST"),
    (1, "UNSUP_INST"),
    (2, "BAD_TABLE_ID"),
    (3, "UNSUP_METADATA"),
    (4, "UNSUP_METADATA_MASK"),
    (5, "BAD_EXPERIMENTER"),
    (6, "BAD_EXP_TYPE"),
    (7, "BAD_LEN"),
    (8, "EPERM"),
];
const BAD_MATCH: &[Name] = &[
    (0, "BAD_TYPE"),
    (1, "BAD_LEN"),
    (2, "BAD_TAG"),
    (3, "BAD_DL_ADDR_MASK"),
    (4, "BAD_NW_ADDR_MASK"),
    (5, "BAD_WILDCARDS"),
    (6, "BAD_FIELD"),
    (7, "BAD_VALUE"),
    (8, "BAD_MASK"),
    (9, "BAD_PREREQ"),
    (10, "DUP_FIELD"),
    (11, "EPERM"),
];
const FLOW_MOD_FAILED: &[Name] = &[
    (0, "UNKNOWN"),
    (1, "TABLE_FULL"),
    (2, "BAD_TABLE_ID"),
    (3, "OVERLAP"),
    (4, "EPERM"),
    (5, "BAD_TIMEOUT"),
    (6, "BAD_COMMAND"),
    (7, "BAD_FLAGS"),
];
const GROUP_MOD_FAILED: &[Name] = &[
    (0, "GROUP_EXISTS"),
    (1, "INVALID_GROUP"),
    (2, "WEIGHT_UNSUPPORTED"),
    (3, "OUT_OF_GROUPS"),
    (4, "OUT_OF_BUCKETS"),
    (5, "CHAINING_UNSUPPORTED"),
    (6, "WATCH_UNSUPPORTED"),
    (7, "LOOP"),
    (8, "UNKNOWN_GROUP"),
    (9, "CHAINED_GROUP"),
    (10, "BAD_TYPE"),
    (11, "BAD_COMMAND"),
    (12, "BAD_BUCKET"),
    (13, "BAD_MATCH"),
    (14, "EPERM"),
];
const PORT_MOD_FAILED: &[Name] =
    &[(0, "BAD_PORT"), (1, "BAD_HW_ADDR"), (2, "BAD_CONFIG"), (3, "BAD_ADVERTISE"), (4, "EPERM")];
const TABLE_MOD_FAILED: &[Name] = &[(0, "BAD_TABLE"), (1, "BAD_CONFIG"), (2, "EPERM")];
const QUEUE_OP_FAILED: &[Name] = &[(0, "BAD_PORT"), (1, "BAD_QUEUE"), (2, "EPERM")];
const SWITCH_CONFIG_FAILED: &[Name] = &[(0, "BAD_FLAGS"), (1, "BAD_LEN"), (2, "EPERM")];
const ROLE_REQUEST_FAILED: &[Name] = &[(0, "STALE"), (1, "UNSUP"), (2, "BAD_ROLE")];
const METER_MOD_FAILED: &[Name] = &[
    (0, "UNKNOWN"),
    (1, "METER_EXISTS"),
    (2, "INVALID_METER"),
    (3, "UNKNOWN_METER"),
    (4, "BAD_COMMAND"),
    (5, "BAD_FLAGS"),
    (6, "BAD_RATE"),
    (7, "BAD_BURST"),
    (8, "BAD_BAND"),
    (9, "BAD_BAND_VALUE"),
    (10, "OUT_OF_METERS"),
    (11, "OUT_OF_BANDS"),
];
const TABLE_FEATURES_FAILED: &[Name] =
    &[(0, "BAD_TABLE"), (1, "BAD_METADATA"), (2, "BAD_TYPE"), (3, "BAD_LEN"), (4, "BAD_ARGUMENT"), (5, "EPERM")];

/// The codes of a kind of error; an experimenter's are his own.
pub(super) fn error_codes(kind: u16) -> Option<&'static [Name]> {
    const CODES: [&[Name]; 14] = [
        HELLO_FAILED,
        BAD_REQUEST,
        BAD_ACTION,
        BAD_INSTRUCTION,
        BAD_MATCH,
        FLOW_MOD_FAILED,
        GROUP_MOD_FAILED,
        PORT_MOD_FAILED,
        TABLE_MOD_FAILED,
        QUEUE_OP_FAILED,
        SWITCH_CONFIG_FAILED,
        ROLE_REQUEST_FAILED,
        METER_MOD_FAILED,
        TABLE_FEATURES_FAILED,
    ];
    CODES.get(usize::from(kind)).copied()
}
