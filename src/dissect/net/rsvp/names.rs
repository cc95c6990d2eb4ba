//! Numbers of RSVP and their names.

use crate::dissect::names_table::Name;

/// Messages (RFC 2205, RFC 2961, RFC 3209).
pub(super) const MESSAGES: &[Name] = &[
    (1, "Path"),
    (2, "Resv"),
    (3, "PathErr"),
    (4, "ResvErr"),
    (5, "PathTear"),
    (6, "ResvTear"),
    (7, "ResvConf"),
    (12, "Bundle"),
    (13, "Acknowledgement"),
    (14, "Hello (Old)"),
    (15, "Refresh"),
    (20, "Hello"),
];
/// Objects by their class (IANA "RSVP Class Names, Class Numbers, and Class Types").
pub(super) const OBJECTS: &[Name] = &[
    (1, "Session"),
    (3, "RSVP Hop"),
    (4, "Integrity"),
    (5, "Time Values"),
    (6, "Error Spec"),
    (7, "Scope"),
    (8, "Style"),
    (9, "Flowspec"),
    (10, "FilterSpec"),
    (11, "Sender Template"),
    (12, "Sender TSpec"),
    (13, "Adspec"),
    (14, "Policy Data"),
    (15, "Confirm"),
    (16, "Label"),
    (19, "Label Request"),
    (20, "ERO"),
    (21, "RRO"),
    (22, "Hello"),
    (23, "Message ID"),
    (24, "Message ID Ack"),
    (25, "Message ID List"),
    (34, "Recovery Label"),
    (35, "Upstream Label"),
    (36, "Label Set"),
    (130, "Acceptable Label Set"),
    (63, "Detour"),
    (66, "Class Type"),
    (125, "Class Type (old)"),
    (129, "Suggested Label"),
    (204, "Properties"),
    (205, "Fast Re-Route"),
    (207, "Session Attribute"),
    (229, "Generalized UNI"),
    (230, "Call-ID"),
    (236, "Call Capability"),
    (131, "Restart Capability"),
    (134, "Capability"),
    (195, "Notify Request"),
    (37, "Protection"),
    (196, "Administrative Status"),
    (50, "Sub-LSP to LSP"),
];
/// Kinds of objects, by class and class type.
pub(super) const KINDS: &[Name] = &[
    (0x0301, "IPv4"),
    (0x0302, "IPv6"),
    (0x0303, "IPv4 plus opt. TLVs"),
    (0x0304, "IPv6 plus opt. TLVs"),
    (0xc301, "IPv4"),
    (0xc302, "IPv6"),
    (0x0f01, "IPv4"),
    (0x0f02, "IPv6"),
    (0x0501, "1"),
    (0x0901, "obsolete"),
    (0x0902, "IntServ"),
    (0x0c02, "IntServ"),
    (0x0d02, "IntServ"),
    (0x0a01, "IPv4"),
    (0x0a02, "IPv6"),
    (0x0a03, "IPv6 Flow-label"),
    (0x0a07, "Tunnel IPv4"),
    (0x0a0c, "IPv4 P2MP LSP Tunnel"),
    (0x0a0d, "IPv6 P2MP LSP Tunnel"),
    (0x0101, "IPv4"),
    (0x0102, "IPv6"),
    (0x0107, "Tunnel IPv4"),
    (0x010b, "UNI IPv4"),
    (0x010d, "IPv4 P2MP LSP Tunnel"),
    (0x010e, "IPv6 P2MP LSP Tunnel"),
    (0x0b01, "IPv4"),
    (0x0b02, "IPv6"),
    (0x0b07, "Tunnel IPv4"),
    (0x0b0c, "IPv4 P2MP LSP Tunnel"),
    (0x0b0d, "IPv6 P2MP LSP Tunnel"),
    (0x1701, "1"),
    (0x1801, "Message id ack"),
    (0x1802, "Message id nack"),
    (0x1901, "1"),
    (0x0801, "1"),
    (0x1601, "Hello Request"),
    (0x1602, "Hello Ack"),
    (0x1301, "without label range"),
    (0x1302, "with ATM label range"),
    (0x1303, "with FR label range"),
    (0x1304, "Generalized Label"),
    (0x1001, "Label"),
    (0x1002, "Generalized Label"),
    (0x1003, "Waveband Switching"),
    (0x8101, "Label"),
    (0x8102, "Generalized Label"),
    (0x8103, "Waveband Switching"),
    (0x2301, "Label"),
    (0x2302, "Generalized Label"),
    (0x2303, "Waveband Switching"),
    (0x2201, "Label"),
    (0x2202, "Generalized Label"),
    (0x2203, "Waveband Switching"),
    (0x1401, "IPv4"),
    (0x1501, "IPv4"),
    (0x0601, "IPv4"),
    (0x0602, "IPv6"),
    (0x0603, "IPv4 plus opt. TLVs"),
    (0x0604, "IPv6 plus opt. TLVs"),
    (0x8301, "IPv4"),
    (0x8601, "1"),
    (0xcf07, "Tunnel IPv4"),
    (0xcd07, "Tunnel IPv4"),
    (0xcd01, "1"),
    (0x3f07, "Tunnel IPv4"),
    (0xcc01, "1"),
    (0xc401, "1"),
    (0x4201, "1"),
    (0x7d01, "1"),
    (0x2401, "1"),
    (0xe501, "1"),
    (0x3201, "IPv4 sub-LSP"),
    (0x3202, "IPv6 sub-LSP"),
];
/// Hops of a route (RFC 3209 section 4.3.3).
pub(super) const HOPS: &[Name] = &[
    (0, "Reserved"),
    (1, "IPv4 prefix"),
    (2, "IPv6 prefix"),
    (3, "Label"),
    (32, "Autonomous system number"),
    (64, "MPLS label switched path termination"),
];
/// How a hop is protected (RFC 4090 section 4.4).
pub(super) const HOP_FLAGS: &[Name] = &[
    (0x01, "Local protection available"),
    (0x02, "Local protection in use"),
    (0x04, "Bandwidth protection"),
    (0x08, "Node protection"),
];
/// Errors, those of them with values that have names.
pub(super) const ERRORS: &[Name] =
    &[(24, "Routing Problem"), (25, "Notify Error"), (28, "Diffserv TE Error"), (125, "Diffserv TE Error (Old)")];
/// What is wrong with a route (RFC 3209 section 7.3).
pub(super) const ROUTING_ERRORS: &[Name] = &[
    (1, "Bad EXPLICIT_ROUTE object"),
    (2, "Bad strict node"),
    (3, "Bad loose node"),
    (4, "Bad initial subobject"),
    (5, "No route available toward destination"),
    (6, "Unacceptable label value"),
    (7, "RRO indicated routing loops"),
    (8, "non-RSVP-capable router in the path"),
    (9, "MPLS label allocation failure"),
    (10, "Unsupported L3PID"),
];
/// What is wrong with a class type (RFC 4124 section 6.5).
pub(super) const CLASS_TYPE_ERRORS: &[Name] = &[
    (1, "Unexpected CT object"),
    (2, "Unsupported CT"),
    (3, "Invalid CT value"),
    (4, "CT/setup priority do not form a configured TE-Class"),
    (5, "CT/holding priority do not form a configured TE-Class"),
    (6, "CT/setup priority and CT/holding priority do not form a configured TE-Class"),
    (7, "Inconsistency between signaled PSC and signaled CT"),
    (8, "Inconsistency between signaled PHBs and signaled CT"),
];
/// Integrated services (RFC 2210).
pub(super) const SERVICES: &[Name] =
    &[(1, "Default/Global Information"), (2, "Guaranteed Service"), (5, "Controlled Load")];
/// Their parameters (RFC 2215).
pub(super) const PARAMETERS: &[Name] = &[
    (4, "IS hop cnt"),
    (6, "Path b/w estimate"),
    (8, "Minimum path latency"),
    (10, "Composed MTU"),
    (127, "Token Bucket TSpec"),
    (130, "Guaranteed Service RSpec"),
    (133, "End-to-end composed value for C"),
    (134, "End-to-end composed value for D"),
    (135, "Since-last-reshaping point composed C"),
    (136, "Since-last-reshaping point composed D"),
];
/// What a session asks for (RFC 3209 section 4.7, RFC 4090 section 4.3).
pub(super) const SESSION_FLAGS: &[Name] = &[
    (0x01, "Local Protection"),
    (0x02, "Label Recording"),
    (0x04, "SE Style"),
    (0x08, "Bandwidth protection"),
    (0x10, "Node protection"),
];
/// Juniper's properties.
pub(super) const PROPERTIES: &[Name] =
    &[(0x01, "Cos"), (0x02, "Metric 1"), (0x04, "Metric 2"), (0x08, "CCC Status"), (0x10, "Path Type")];
/// Administrative states (RFC 3471 section 8).
pub(super) const ADMINISTRATIVE_FLAGS: &[Name] =
    &[(0x80000000, "Reflect"), (0x00000004, "Testing"), (0x00000002, "Admin-down"), (0x00000001, "Delete-in-progress")];
/// What labels of a set are (RFC 3471 section 3.5).
pub(super) const LABEL_SET_ACTIONS: &[Name] =
    &[(0, "Inclusive list"), (1, "Exclusive list"), (2, "Inclusive range"), (3, "Exclusive range")];
/// Parts of a generalized user-network interface (RFC 3476 section 3.1).
pub(super) const SUBOBJECTS: &[Name] = &[
    (1, "Source TNA address"),
    (2, "Destination TNA address"),
    (3, "Diversity"),
    (4, "Egress label"),
    (5, "Service level"),
];
/// What a neighbour supports (RFC 5063 section 4.2).
pub(super) const CAPABILITY_FLAGS: &[Name] =
    &[(4, "RecoveryPath Transmit Enabled"), (2, "RecoveryPath Desired"), (1, "RecoveryPath Srefresh Capable")];
/// Styles of reservations (RFC 2205 appendix A.7).
pub(super) const STYLES: &[Name] = &[(17, "Wildcard Filter"), (10, "Fixed Filter"), (18, "Shared Explicit")];
