//! Numbers of OpenFlow 1.0 and their names.

use super::super::parts::Bitmap;
use crate::dissect::names_table::Name;

/// How a port is configured (section 5.2.1).
pub(super) const PORT_CONFIG: Bitmap = Bitmap {
    names: &[
        (0x01, "PORT_DOWN"),
        (0x02, "NO_STP"),
        (0x04, "NO_RECV"),
        (0x08, "NO_RECV_STP"),
        (0x10, "NO_FLOOD"),
        (0x20, "NO_FWD"),
        (0x40, "NO_PACKET_IN"),
    ],
    assigned: 0x7f,
};
/// What a port can do.
pub(super) const PORT_FEATURES: Bitmap = Bitmap {
    names: &[
        (0x001, "10MB_HD"),
        (0x002, "10MB_FD"),
        (0x004, "100MB_HD"),
        (0x008, "100MB_FD"),
        (0x010, "1GB_HD"),
        (0x020, "1GB_FD"),
        (0x040, "10GB_FD"),
        (0x080, "COPPER"),
        (0x100, "FIBER"),
        (0x200, "AUTONEG"),
        (0x400, "PAUSE"),
        (0x800, "PAUSE_ASYM"),
    ],
    assigned: 0xfff,
};
/// What a switch can do (section 5.3.1).
pub(super) const CAPABILITIES: Bitmap = Bitmap {
    names: &[
        (0x01, "FLOW_STATS"),
        (0x02, "TABLE_STATS"),
        (0x04, "PORT_STATS"),
        (0x08, "STP"),
        (0x10, "RESERVED"),
        (0x20, "IP_REASM"),
        (0x40, "QUEUE_STATS"),
        (0x80, "ARP_MATCH_IP"),
    ],
    assigned: 0xef,
};
/// Actions that a switch knows.
pub(super) const ACTION_BITS: Bitmap = Bitmap {
    names: &[
        (0x001, "OUTPUT"),
        (0x002, "SET_VLAN_VID"),
        (0x004, "SET_VLAN_PCP"),
        (0x008, "STRIP_VLAN"),
        (0x010, "SET_DL_SRC"),
        (0x020, "SET_DL_DST"),
        (0x040, "SET_NW_SRC"),
        (0x080, "SET_NW_DST"),
        (0x100, "SET_NW_TOS"),
        (0x200, "SET_TP_SRC"),
        (0x400, "SET_TP_DST"),
        (0x800, "ENQUEUE"),
    ],
    assigned: 0xfff,
};
/// Fields that are not matched; the masks of addresses have bits among them (section 5.2.3).
pub(super) const WILDCARDS: Bitmap = Bitmap {
    names: &[
        (0x000001, "IN_PORT"),
        (0x000002, "DL_VLAN"),
        (0x000004, "DL_SRC"),
        (0x000008, "DL_DST"),
        (0x000010, "DL_TYPE"),
        (0x000020, "NW_PROTO"),
        (0x000040, "TP_SRC"),
        (0x000080, "TP_DST"),
        (0x100000, "DL_VLAN_PCP"),
        (0x200000, "NW_TOS"),
    ],
    assigned: 0x3f_ffff,
};
/// Flags of a flow (section 5.3.3).
pub(super) const FLOW_FLAGS: Bitmap =
    Bitmap { names: &[(1, "SEND_FLOW_REM"), (2, "CHECK_OVERLAP"), (4, "EMERG")], assigned: 7 };
/// Flags of statistics.
pub(super) const REPLY_FLAGS: Bitmap = Bitmap { names: &[(1, "MORE")], assigned: 1 };
/// What the spanning tree made of a port: two bits of its state.
pub(super) const SPANNING_TREE_STATES: &[Name] =
    &[(0, "STP_LISTEN"), (256, "STP_LEARN"), (512, "STP_FORWARD"), (768, "STP_BLOCK")];
/// Ports that are not of the hardware.
pub(super) const PORTS: &[Name] = &[
    (0xff00, "MAX"),
    (0xfff8, "IN_PORT"),
    (0xfff9, "TABLE"),
    (0xfffa, "NORMAL"),
    (0xfffb, "FLOOD"),
    (0xfffc, "ALL"),
    (0xfffd, "CONTROLLER"),
    (0xfffe, "LOCAL"),
    (0xffff, "NONE"),
];
/// Properties of a queue (section 5.2.2).
pub(super) const QUEUE_PROPERTIES: &[Name] = &[(0, "NONE"), (1, "MIN_RATE")];
/// Actions (section 5.2.4).
pub(super) const ACTIONS: &[Name] = &[
    (0, "OUTPUT"),
    (1, "SET_VLAN_VID"),
    (2, "SET_VLAN_PCP"),
    (3, "STRIP_VLAN"),
    (4, "SET_DL_SRC"),
    (5, "SET_DL_DST"),
    (6, "SET_NW_SRC"),
    (7, "SET_NW_DST"),
    (8, "SET_NW_TOS"),
    (9, "SET_TP_SRC"),
    (10, "SET_TP_DST"),
    (11, "ENQUEUE"),
    (65535, "VENDOR"),
];
/// What is done with fragments of IP (section 5.3.2).
pub(super) const FRAGMENTS: &[Name] = &[(0, "FRAG_NORMAL"), (1, "FRAG_DROP"), (2, "FRAG_REASM")];
/// What is done with a flow (section 5.3.3).
pub(super) const COMMANDS: &[Name] =
    &[(0, "ADD"), (1, "MODIFY"), (2, "MODIFY_STRICT"), (3, "DELETE"), (4, "DELETE_STRICT")];
/// Where a packet is kept.
pub(super) const BUFFERS: &[Name] = &[(0xffffffff, "NONE")];
/// Statistics (section 5.3.5).
pub(super) const STATISTICS: &[Name] =
    &[(0, "DESC"), (1, "FLOW"), (2, "AGGREGATE"), (3, "TABLE"), (4, "PORT"), (5, "QUEUE"), (65535, "VENDOR")];
/// Tables that stand for others.
pub(super) const TABLES: &[Name] = &[(0xfe, "EMERG"), (0xff, "ALL")];
/// Queues that stand for others.
pub(super) const QUEUES: &[Name] = &[(0xffffffff, "ALL")];
/// Why a packet is sent to the controller (section 5.4.1).
pub(super) const PACKET_IN_REASONS: &[Name] = &[(0, "NO_MATCH"), (1, "ACTION")];
/// Why a flow is gone (section 5.4.2).
pub(super) const REMOVAL_REASONS: &[Name] = &[(0, "IDLE_TIMEOUT"), (1, "HARD_TIMEOUT"), (2, "DELETE")];
/// What happened to a port (section 5.4.3).
pub(super) const PORT_REASONS: &[Name] = &[(0, "ADD"), (1, "DELETE"), (2, "MODIFY")];
/// Errors (section 5.4.4).
pub(super) const ERRORS: &[Name] = &[
    (0, "HELLO_FAILED"),
    (1, "BAD_REQUEST"),
    (2, "BAD_ACTION"),
    (3, "FLOW_MOD_FAILED"),
    (4, "PORT_MOD_FAILED"),
    (5, "QUEUE_OP_FAILED"),
];
const HELLO_FAILED: &[Name] = &[(0, "INCOMPATIBLE"), (1, "EPERM")];
const BAD_REQUEST: &[Name] = &[
    (0, "BAD_VERSION"),
    (1, "BAD_TYPE"),
    (2, "BAD_STAT"),
    (3, "BAD_VENDOR"),
    (4, "BAD_SUBTYPE"),
    (5, "EPERM"),
    (6, "BAD_LEN"),
    (7, "BUFFER_EMPTY"),
    (8, "BUFFER_UNKNOWN"),
];
const BAD_ACTION: &[Name] = &[
    (0, "BAD_TYPE"),
    (1, "BAD_LEN"),
    (2, "BAD_VENDOR"),
    (3, "BAD_VENDOR_TYPE"),
    (4, "BAD_OUT_PORT"),
    (5, "BAD_ARGUMENT"),
    (6, "EPERM"),
    (7, "TOO_MANY"),
    (8, "BAD_QUEUE"),
];
const FLOW_MOD_FAILED: &[Name] = &[
    (0, "ALL_TABLES_FULL"),
    (1, "OVERLAP"),
    (2, "EPERM"),
    (3, "BAD_EMERG_TIMEOUT"),
    (4, "BAD_COMMAND"),
    (5, "UNSUPPORTED"),
];
const PORT_MOD_FAILED: &[Name] = &[(0, "BAD_PORT"), (1, "BAD_HW_ADDR")];
const QUEUE_OP_FAILED: &[Name] = &[(0, "BAD_PORT"), (1, "BAD_QUEUE"), (2, "EPERM")];

/// The codes of a kind of error.
pub(super) fn error_codes(kind: u16) -> Option<&'static [Name]> {
    Some(match kind {
        0 => HELLO_FAILED,
        1 => BAD_REQUEST,
        2 => BAD_ACTION,
        3 => FLOW_MOD_FAILED,
        4 => PORT_MOD_FAILED,
        5 => QUEUE_OP_FAILED,
        _ => return None,
    })
}
