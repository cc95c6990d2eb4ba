//! Names of RADIUS's codes and of its attributes' values (IANA "RADIUS Types").

use crate::dissect::names_table::Name;

/// Consecutive values and their names, from `first` on.
pub(super) struct Values {
    pub first: u32,
    pub names: &'static [&'static str],
}

impl Values {
    /// The name of a value.
    pub fn name(&self, value: u32) -> Option<&'static str> {
        let index = value.checked_sub(self.first)?;
        self.names.get(index as usize).copied()
    }
}

/// Packet codes.
pub(super) const CODES: &[Name] = &[
    (1, "Access-Request"),
    (2, "Access-Accept"),
    (3, "Access-Reject"),
    (4, "Accounting-Request"),
    (5, "Accounting-Response"),
    (11, "Access-Challenge"),
    (12, "Status-Server"),
    (13, "Status-Client"),
    (40, "Disconnect-Request"),
    (41, "Disconnect-ACK"),
    (42, "Disconnect-NAK"),
    (43, "CoA-Request"),
    (44, "CoA-ACK"),
    (45, "CoA-NAK"),
    (255, "Reserved"),
];

/// Service-Type.
pub(super) const SERVICE_TYPES: Values = Values {
    first: 1,
    names: &[
        "Login",
        "Framed",
        "Callback Login",
        "Callback Framed",
        "Outbound",
        "Administrative",
        "NAS Prompt",
        "Authenticate Only",
        "Callback NAS Prompt",
        "Call Check",
        "Callback Administrative",
        "Voice",
        "Fax",
        "Modem Relay",
        "IAPP-Register",
        "IAPP-AP-Check",
        "Authorize Only",
        "Framed-Management",
        "Additional-Authorization",
    ],
};

/// Framed-Protocol.
pub(super) const FRAMED_PROTOCOLS: Values = Values {
    first: 1,
    names: &["PPP", "SLIP", "ARAP", "Gandalf proprietary", "Xylogics IPX/SLIP", "X.75 Synchronous", "GPRS PDP Context"],
};

/// Framed-Routing.
pub(super) const FRAMED_ROUTING: Values = Values { first: 0, names: &["None", "Send", "Listen", "Send&Listen"] };

/// Framed-Compression.
pub(super) const FRAMED_COMPRESSION: Values = Values { first: 0, names: &["None", "VJ TCP/IP", "IPX", "Stac-LZS"] };

/// Login-Service.
pub(super) const LOGIN_SERVICES: Values = Values {
    first: 0,
    names: &[
        "Telnet",
        "Rlogin",
        "TCP Clear",
        "PortMaster(proprietary)",
        "LAT",
        "X.25-PAD",
        "X.25-T3POS",
        "Unassigned",
        "TCP Clear Quiet",
    ],
};

/// Termination-Action.
pub(super) const TERMINATION_ACTIONS: Values = Values { first: 0, names: &["Default", "RADIUS-Request"] };

/// Ingress-Filters.
pub(super) const INGRESS_FILTERS: Values = Values { first: 1, names: &["Enabled", "Disabled"] };

/// NAS-Port-Type.
pub(super) const PORT_TYPES: Values = Values {
    first: 0,
    names: &[
        "Async",
        "Sync",
        "ISDN Sync",
        "ISDN Async V.120",
        "ISDN Async V.110",
        "Virtual",
        "PIAFS",
        "HDLC Clear Channel",
        "X.25",
        "X.75",
        "G.3 Fax",
        "SDSL",
        "ADSL-CAP",
        "ADSL-DMT",
        "ISDN-DSL",
        "Ethernet",
        "xDSL",
        "Cable",
        "Wireless - Other",
        "Wireless - IEEE 802.11",
        "Token-Ring",
        "FDDI",
        "Wireless - CDMA200",
        "Wireless - UMTS",
        "Wireless - 1X-EV",
        "IAPP",
        "FTTP",
        "Wireless - IEEE 802.16",
        "Wireless - IEEE 802.20",
        "Wireless - IEEE 802.22",
        "PPPoA",
        "PPPoEoA",
        "PPPoEoE",
        "PPPoEoVLAN",
        "PPPoEoQinQ",
        "xPON",
        "Wireless - XGP",
        "WiMAX Pre-Release 8 IWK Function",
        "WIMAX-WIFI-IWK",
        "WIMAX-SFF",
        "WIMAX-HA-LMA",
        "WIMAX-DHCP",
        "WIMAX-LBS",
        "WIMAX-WVS",
    ],
};

/// Acct-Status-Type.
pub(super) const ACCOUNTING_STATUS: Values = Values {
    first: 1,
    names: &[
        "Start",
        "Stop",
        "Interim-Update",
        "Unassigned",
        "Unassigned",
        "Unassigned",
        "Accounting-On",
        "Accounting-Off",
        "Tunnel-Start",
        "Tunnel-Stop",
        "Tunnel-Reject",
        "Tunnel-Link-Start",
        "Tunnel-Link-Stop",
        "Tunnel-Link-Reject",
        "Failed",
    ],
};

/// Acct-Authentic.
pub(super) const ACCOUNTING_AUTHENTICITY: Values =
    Values { first: 1, names: &["RADIUS", "Local", "Remote", "Diameter"] };

/// Acct-Terminate-Cause.
pub(super) const TERMINATE_CAUSES: Values = Values {
    first: 1,
    names: &[
        "User Request",
        "Lost Carrier",
        "Lost Service",
        "Idle Timeout",
        "Session Timeout",
        "Admin Reset",
        "Admin Reboot",
        "Port Error",
        "NAS Error",
        "NAS Request",
        "NAS Reboot",
        "Port Unneeded",
        "Port Preempted",
        "Port Suspended",
        "Service Unavailable",
        "Callback",
        "User Error",
        "Host Request",
        "Supplicant Restart",
        "Reauthentication Failure",
        "Port Reinitialized",
        "Port Administratively Disabled",
        "Lost Power",
    ],
};

/// Tunnel-Type.
pub(super) const TUNNEL_TYPES: Values = Values {
    first: 1,
    names: &[
        "PPTP",
        "L2F",
        "L2TP",
        "ATMP",
        "VTP",
        "AH",
        "IP-IP",
        "MIN-IP-IP",
        "ESP",
        "GRE",
        "DVS",
        "IP-in-IP Tunneling",
        "VLAN",
    ],
};

/// Tunnel-Medium-Type.
pub(super) const TUNNEL_MEDIA: Values = Values {
    first: 1,
    names: &[
        "IPv4",
        "IPv6",
        "NSAP",
        "HDLC",
        "BBN 1822",
        "802",
        "E.163",
        "E.164",
        "F.69",
        "X.121",
        "IPX",
        "Appletalk",
        "Decnet IV",
        "Banyan Vines",
        "E.164 with NSAP subaddress",
    ],
};

/// ARAP-Zone-Access.
pub(super) const ARAP_ZONES: Values = Values {
    first: 1,
    names: &["Only access to dfl zone", "Use zone filter inc.", "Not used", "Use zone filter exc."],
};

/// Prompt.
pub(super) const PROMPTS: Values = Values { first: 0, names: &["No Echo", "Echo"] };

/// Error-Cause.
pub(super) const ERROR_CAUSES: &[Name] = &[
    (201, "Residual Session Context Removed"),
    (202, "Invalid EAP Packet (Ignored)"),
    (401, "Unsupported Attribute"),
    (402, "Missing Attribute"),
    (403, "NAS Identification Mismatch"),
    (404, "Invalid Request"),
    (405, "Unsupported Service"),
    (406, "Unsupported Extension"),
    (407, "Invalid Attribute Value"),
    (501, "Administratively Prohibited"),
    (502, "Request Not Routable (Proxy)"),
    (503, "Session Context Not Found"),
    (504, "Session Context Not Removable"),
    (505, "Other Proxy Processing Error"),
    (506, "Resources Unavailable"),
    (507, "Request Initiated"),
    (508, "Multiple Session Selection Unsupported"),
    (509, "Location Info Required"),
];

/// MIP6-Feature-Vector, by the number of the bit.
pub(super) const MOBILITY_FEATURES: &[(u32, &str)] = &[
    (0, "MIP6_INTEGRATED"),
    (1, "LOCAL_HOME_AGENT_ASSIGNMENT"),
    (40, "PMIP6_SUPPORTED"),
    (41, "IP4_HOA_SUPPORTED"),
    (42, "LOCAL_MAG_ROUTING_SUPPORTED"),
    (43, "ASSIGN_LOCAL_IP"),
    (44, "MIP4_SUPPORTED"),
    (45, "OPTIMIZED_IDLE_MODE_MOBILITY"),
    (46, "GTPv2_SUPPORTED"),
    (47, "IP4_TRANSPORT_SUPPORTED"),
    (48, "IP4_HOA_ONLY_SUPPORTED"),
    (49, "INTER_MAG_ROUTING_SUPPORTED"),
];

/// Whether a VLAN's frames are tagged (RFC 4675 section 2.1).
pub(super) const VLAN_TAGGING: &[Name] = &[(0x31, "Tagged"), (0x32, "Untagged")];

/// Namespaces of operators (RFC 5580 section 4.1).
pub(super) const OPERATOR_NAMESPACES: &[Name] = &[(0x30, "TADIG"), (0x31, "REALM"), (0x32, "E212"), (0x33, "ICC")];

/// Location profiles (RFC 5580 section 4.2).
pub(super) const LOCATION_CODES: &[Name] = &[(0, "Civic"), (1, "Geospatial")];

/// Whose location it is (RFC 5580 section 4.2).
pub(super) const LOCATION_ENTITIES: &[Name] = &[(0, "User"), (1, "RADIUS")];

/// Rules for a location's use (RFC 5580 section 4.4).
pub(super) const LOCATION_RULES: &[Name] = &[
    (0x0001, "MBZ-15"),
    (0x0002, "MBZ-14"),
    (0x0004, "MBZ-13"),
    (0x0008, "MBZ-12"),
    (0x0010, "MBZ-11"),
    (0x0020, "MBZ-10"),
    (0x0040, "MBZ-9"),
    (0x0080, "MBZ-8"),
    (0x0100, "MBZ-7"),
    (0x0200, "MBZ-6"),
    (0x0400, "MBZ-5"),
    (0x0800, "MBZ-4"),
    (0x1000, "MBZ-3"),
    (0x2000, "MBZ-2"),
    (0x4000, "MBZ-1"),
    (0x8000, "Retransmission Allowed"),
];
