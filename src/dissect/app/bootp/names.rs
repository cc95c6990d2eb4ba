//! Names of DHCP's options, message types and the rest, as tcpdump writes them.

use crate::dissect::names_table::Name;

/// What an option's value consists of.
#[derive(Clone, Copy)]
pub(super) enum Format {
    Addresses,
    AddressPairs,
    Words,
    SignedWords,
    Shorts,
    Octets,
    Text,
    Boolean,
    Special,
}

impl Format {
    /// A guess at the format of an option that is not known.
    pub(super) fn by_length(length: u8) -> Self {
        match length % 4 {
            0 => Format::Words,
            2 => Format::Shorts,
            _ => Format::Octets,
        }
    }
}

/// Options by number.
pub(super) const OPTIONS: &[(u8, Format, &str)] = &[
    (0, Format::Octets, "PAD"),
    (1, Format::Addresses, "Subnet-Mask"),
    (2, Format::SignedWords, "Time-Zone"),
    (3, Format::Addresses, "Default-Gateway"),
    (4, Format::Addresses, "Time-Server"),
    (5, Format::Addresses, "IEN-Name-Server"),
    (6, Format::Addresses, "Domain-Name-Server"),
    (7, Format::Addresses, "LOG"),
    (8, Format::Addresses, "CS"),
    (9, Format::Addresses, "LPR-Server"),
    (10, Format::Addresses, "IM"),
    (11, Format::Addresses, "RL"),
    (12, Format::Text, "Hostname"),
    (13, Format::Shorts, "BS"),
    (14, Format::Text, "DP"),
    (15, Format::Text, "Domain-Name"),
    (16, Format::Addresses, "SS"),
    (17, Format::Text, "RP"),
    (18, Format::Text, "EP"),
    (19, Format::Boolean, "IPF"),
    (20, Format::Boolean, "SRT"),
    (21, Format::AddressPairs, "PF"),
    (22, Format::Shorts, "RSZ"),
    (23, Format::Octets, "TTL"),
    (24, Format::Words, "MTU-Timeout"),
    (25, Format::Shorts, "MTU-Table"),
    (26, Format::Shorts, "MTU"),
    (27, Format::Boolean, "LSN"),
    (28, Format::Addresses, "BR"),
    (29, Format::Boolean, "MD"),
    (30, Format::Boolean, "MS"),
    (31, Format::Boolean, "Router-Discovery"),
    (32, Format::Addresses, "RSA"),
    (33, Format::AddressPairs, "Static-Route"),
    (34, Format::Boolean, "UT"),
    (35, Format::Words, "AT"),
    (36, Format::Boolean, "IE"),
    (37, Format::Octets, "TT"),
    (38, Format::Words, "KI"),
    (39, Format::Boolean, "KG"),
    (40, Format::Text, "YD"),
    (41, Format::Addresses, "YS"),
    (42, Format::Addresses, "NTP"),
    (43, Format::Octets, "Vendor-Option"),
    (44, Format::Addresses, "Netbios-Name-Server"),
    (45, Format::Addresses, "WDD"),
    (46, Format::Special, "Netbios-Node"),
    (47, Format::Text, "Netbios-Scope"),
    (48, Format::Addresses, "XFS"),
    (49, Format::Addresses, "XDM"),
    (50, Format::Addresses, "Requested-IP"),
    (51, Format::Words, "Lease-Time"),
    (52, Format::Special, "OO"),
    (53, Format::Octets, "DHCP-Message"),
    (54, Format::Addresses, "Server-ID"),
    (55, Format::Octets, "Parameter-Request"),
    (56, Format::Text, "MSG"),
    (57, Format::Shorts, "MSZ"),
    (58, Format::Words, "RN"),
    (59, Format::Words, "RB"),
    (60, Format::Text, "Vendor-Class"),
    (61, Format::Special, "Client-ID"),
    (64, Format::Shorts, "N+D"),
    (65, Format::Addresses, "N+S"),
    (66, Format::Text, "TFTP"),
    (67, Format::Text, "BF"),
    (68, Format::Addresses, "MH"),
    (69, Format::Addresses, "SMTP"),
    (70, Format::Addresses, "POP3"),
    (71, Format::Addresses, "NNTP"),
    (72, Format::Addresses, "WWW"),
    (73, Format::Addresses, "FG"),
    (74, Format::Addresses, "IRC"),
    (75, Format::Addresses, "STS"),
    (76, Format::Addresses, "STDA"),
    (77, Format::Special, "User-Class"),
    (78, Format::Octets, "SLP-DA"),
    (79, Format::Octets, "SLP-SCOPE"),
    (80, Format::Text, "SLP-NA"),
    (81, Format::Special, "FQDN"),
    (82, Format::Special, "Agent-Information"),
    (83, Format::Octets, "ARMT"),
    (88, Format::Text, "TZSTR"),
    (89, Format::Octets, "FQDNS"),
    (90, Format::Octets, "AUTH"),
    (91, Format::Words, "Last-Transaction-Time"),
    (92, Format::Addresses, "Associated-IP"),
    (93, Format::Shorts, "ARCH"),
    (94, Format::Octets, "NDI"),
    (95, Format::Text, "LDAP"),
    (97, Format::Octets, "GUID"),
    (98, Format::Text, "UAP"),
    (100, Format::Text, "POSIX-TZ"),
    (101, Format::Text, "TZ-Name"),
    (108, Format::Special, "IPv6-Only-Preferred"),
    (112, Format::Addresses, "NI"),
    (113, Format::Text, "NITAG"),
    (114, Format::Text, "URL"),
    (116, Format::Boolean, "Auto-Configure"),
    (117, Format::Shorts, "NSSEARCH"),
    (118, Format::Addresses, "SUBNET"),
    (121, Format::Special, "Classless-Static-Route"),
    (143, Format::Special, "SZTP-Redirect"),
    (150, Format::Addresses, "TFTP-Server-Address"),
    (161, Format::Text, "MUD-URL"),
    (249, Format::Special, "Classless-Static-Route-Microsoft"),
    (255, Format::Octets, "END"),
];

/// Message types (option 53).
pub(super) const MESSAGE_TYPES: &[Name] = &[
    (1, "Discover"),
    (2, "Offer"),
    (3, "Request"),
    (4, "Decline"),
    (5, "ACK"),
    (6, "NACK"),
    (7, "Release"),
    (8, "Inform"),
    (10, "LeaseQuery"),
    (11, "LeaseUnassigned"),
    (12, "LeaseUnknown"),
    (13, "LeaseActive"),
];

/// Fields that hold options too (option 52).
pub(super) const OVERLOADS: &[Name] = &[(1, "file"), (2, "sname"), (3, "file+sname")];

/// Node types of NetBIOS over TCP/IP (option 46).
pub(super) const NETBIOS_NODES: &[Name] = &[(1, "b-node"), (2, "p-node"), (4, "m-node"), (8, "h-node")];

/// Hardware types in a client identifier (option 61).
pub(super) const HARDWARE_TYPES: &[Name] =
    &[(1, "ether"), (6, "ieee802"), (7, "arcnet"), (15, "frelay"), (23, "strip"), (24, "ieee1394")];

/// Flags of the client's domain name (option 81).
pub(super) const FQDN_FLAGS: &[Name] = &[(1, "S"), (2, "O"), (4, "E"), (8, "N")];

/// What a relay agent adds (option 82).
pub(super) const AGENT_SUBOPTIONS: &[Name] = &[(1, "Circuit-ID"), (2, "Remote-ID"), (6, "Subscriber-ID")];
