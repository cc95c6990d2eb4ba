//! Numbers of LMP and their names.

use crate::dissect::names_table::Name;

/// Messages (section 12, UNI 1.0 section 9.4).
pub(super) const MESSAGES: &[Name] = &[
    (1, "Config"),
    (2, "Config ACK"),
    (3, "Config NACK"),
    (4, "Hello"),
    (5, "Begin Verify"),
    (6, "Begin Verify ACK"),
    (7, "Begin Verify NACK"),
    (8, "End Verify"),
    (9, "End Verify ACK"),
    (10, "Test"),
    (11, "Test Status Success"),
    (12, "Test Status Failure"),
    (13, "Test Status ACK"),
    (14, "Link Summary"),
    (15, "Link Summary ACK"),
    (16, "Link Summary NACK"),
    (17, "Channel Status"),
    (18, "Channel Status ACK"),
    (19, "Channel Status Request"),
    (20, "Channel Status Response"),
    (50, "Service Config"),
    (51, "Service Config ACK"),
    (52, "Service Config NACK"),
];
/// Objects by their class (section 13).
pub(super) const OBJECTS: &[Name] = &[
    (1, "Control Channel ID"),
    (2, "Node ID"),
    (3, "Link ID"),
    (4, "Interface ID"),
    (5, "Message ID"),
    (6, "Configuration"),
    (7, "Hello"),
    (8, "Verify Begin"),
    (9, "Verify Begin ACK"),
    (10, "Verify ID"),
    (11, "TE Link"),
    (12, "Data Link"),
    (13, "Channel Status"),
    (14, "Channel Status Request"),
    (20, "Error Code"),
    (51, "Service Config"),
];
/// Kinds of objects, by class and class type.
pub(super) const KINDS: &[Name] = &[
    (0x0101, "Local"),
    (0x0102, "Remote"),
    (0x0201, "Local"),
    (0x0202, "Remote"),
    (0x0301, "IPv4 Local"),
    (0x0302, "IPv4 Remote"),
    (0x0303, "IPv6 Local"),
    (0x0304, "IPv6 Remote"),
    (0x0305, "Unnumbered Local"),
    (0x0306, "Unnumbered Remote"),
    (0x0401, "IPv4 Local"),
    (0x0402, "IPv4 Remote"),
    (0x0403, "IPv6 Local"),
    (0x0404, "IPv6 Remote"),
    (0x0405, "Unnumbered Local"),
    (0x0406, "Unnumbered Remote"),
    (0x0501, "1"),
    (0x0502, "2"),
    (0x0601, "1"),
    (0x0701, "1"),
    (0x0801, "1"),
    (0x0901, "1"),
    (0x0a01, "1"),
    (0x0b01, "IPv4"),
    (0x0b02, "IPv6"),
    (0x0b03, "Unnumbered"),
    (0x0c01, "IPv4"),
    (0x0c02, "IPv6"),
    (0x0c03, "Unnumbered"),
    (0x0d01, "IPv4"),
    (0x0d02, "IPv6"),
    (0x0d03, "Unnumbered"),
    (0x0e01, "IPv4"),
    (0x0e02, "IPv6"),
    (0x0e03, "Unnumbered"),
    (0x1401, "1"),
    (0x1402, "2"),
    (0x3301, "1"),
    (0x3302, "2"),
    (0x3303, "3"),
    (0x3304, "4"),
];
/// What is supported on a traffic engineering link.
pub(super) const TE_LINK_FLAGS: &[Name] =
    &[(0x01, "Fault Management Supported"), (0x02, "Link Verification Supported")];
/// What a data link is like.
pub(super) const DATA_LINK_FLAGS: &[Name] =
    &[(0x01, "Data Link Port"), (0x02, "Allocated for user traffic"), (0x04, "Failed link")];
/// How well a channel works.
pub(super) const CHANNEL_STATES: &[Name] = &[(1, "Signal Okay"), (2, "Signal Degraded"), (3, "Signal Fail")];
/// What is to be verified.
pub(super) const VERIFY_FLAGS: &[Name] = &[(0x01, "Verify all links"), (0x02, "Data link type")];
/// Why it is not.
pub(super) const VERIFY_ERRORS: &[Name] = &[
    (0x01, "Link Verification Procedure Not supported"),
    (0x02, "Unwilling to verify"),
    (0x04, "Unsupported verification transport mechanism"),
    (0x08, "Link-Id configuration error"),
    (0x10, "Unknown object c-type"),
];
/// What is wrong with a summary of links.
pub(super) const SUMMARY_ERRORS: &[Name] = &[
    (0x01, "Unacceptable non-negotiable LINK-SUMMARY parameters"),
    (0x02, "Renegotiate LINK-SUMMARY parameters"),
    (0x04, "Invalid TE-LINK Object"),
    (0x08, "Invalid DATA-LINK Object"),
    (0x10, "Unknown TE-LINK Object c-type"),
    (0x20, "Unknown DATA-LINK Object c-type"),
];
/// Signaling protocols.
pub(super) const SIGNALING_FLAGS: &[Name] = &[(0x01, "RSVP Supported"), (0x02, "LDP Supported")];
/// Overheads of a client's port that pass through.
pub(super) const TRANSPARENCY_FLAGS: &[Name] = &[
    (0x01, "Path/VC Overhead Transparency Supported"),
    (0x02, "Line/MS Overhead Transparency Supported"),
    (0x04, "Section/RS Overhead Transparency Supported"),
];
/// Concatenations of a client's port.
pub(super) const CONCATENATION_FLAGS: &[Name] = &[(0x01, "Contiguous Concatenation Types Supported")];
/// Overheads that pass through the network.
pub(super) const NETWORK_TRANSPARENCY_FLAGS: &[Name] =
    &[(0x01, "Standard SOH/RSOH Transparency Supported"), (0x02, "Standard LOH/MSOH Transparency Supported")];
/// Monitoring of tandem connections.
pub(super) const MONITORING_FLAGS: &[Name] = &[(0x01, "Transparent Tandem Connection Monitoring Supported")];
/// How different paths can be.
pub(super) const DIVERSITY_FLAGS: &[Name] =
    &[(0x01, "Node Diversity Supported"), (0x02, "Link Diversity Supported"), (0x04, "SRLG Diversity Supported")];
/// Parts of a data link.
pub(super) const SUBOBJECTS: &[Name] = &[(1, "Interface Switching Type"), (2, "Wavelength")];
/// Links of a client's port (UNI 1.0 section 9.4.2).
pub(super) const PORT_LINKS: &[Name] = &[(5, "SDH ITU-T G.707"), (6, "SONET ANSI T1.105")];
/// Signals of its SDH links.
pub(super) const SDH_SIGNALS: &[Name] = &[
    (5, "VC-3"),
    (6, "VC-4"),
    (7, "STM-0"),
    (8, "STM-1"),
    (9, "STM-4"),
    (10, "STM-16"),
    (11, "STM-64"),
    (12, "STM-256"),
];
/// Signals of its SONET links.
pub(super) const SONET_SIGNALS: &[Name] = &[
    (5, "STS-1 SPE"),
    (6, "STS-3c SPE"),
    (7, "STS-1"),
    (8, "STM-3"),
    (9, "STM-12"),
    (10, "STM-48"),
    (11, "STM-192"),
    (12, "STM-768"),
];
