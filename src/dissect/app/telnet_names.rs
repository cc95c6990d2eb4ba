//! Names of Telnet commands, options and option parameters (IANA "Telnet Options"), each by its number.

/// The number of the first command in [`COMMANDS`].
pub const COMMAND_FIRST: u8 = 236;

/// Commands, counted from [`COMMAND_FIRST`].
pub const COMMANDS: &[&str] = &[
    "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB", "WILL",
    "WONT", "DO", "DONT", "IAC",
];

/// Options.
pub const OPTIONS: &[&str] = &[
    "BINARY",
    "ECHO",
    "RCP",
    "SUPPRESS GO AHEAD",
    "NAME",
    "STATUS",
    "TIMING MARK",
    "RCTE",
    "NAOL",
    "NAOP",
    "NAOCRD",
    "NAOHTS",
    "NAOHTD",
    "NAOFFD",
    "NAOVTS",
    "NAOVTD",
    "NAOLFD",
    "EXTEND ASCII",
    "LOGOUT",
    "BYTE MACRO",
    "DATA ENTRY TERMINAL",
    "SUPDUP",
    "SUPDUP OUTPUT",
    "SEND LOCATION",
    "TERMINAL TYPE",
    "END OF RECORD",
    "TACACS UID",
    "OUTPUT MARKING",
    "TTYLOC",
    "3270 REGIME",
    "X.3 PAD",
    "NAWS",
    "TSPEED",
    "LFLOW",
    "LINEMODE",
    "XDISPLOC",
    "OLD-ENVIRON",
    "AUTHENTICATION",
    "ENCRYPT",
    "NEW-ENVIRON",
];
const AUTHENTICATION: u8 = 37;
const ENCRYPT: u8 = 38;

/// The names of a subnegotiation's first parameters.
pub struct Parameters {
    /// What is done.
    pub first: &'static [&'static str],
    /// With what, where the option gives it a name.
    pub second: Option<&'static [&'static str]>,
}

/// The names that an option's parameters have; an empty name means there is none.
pub fn parameters(option: u8) -> Parameters {
    match option {
        AUTHENTICATION => Parameters {
            first: &["IS", "SEND", "REPLY", "NAME"],
            second: Some(&[
                "NULL",
                "KERBEROS_V4",
                "KERBEROS_V5",
                "SPX",
                "MINK",
                "SRP",
                "RSA",
                "SSL",
                "",
                "",
                "LOKI",
                "SSA",
                "KEA_SJ",
                "KEA_SJ_INTEG",
                "DSS",
                "NTLM",
            ]),
        },
        ENCRYPT => Parameters {
            first: &[
                "IS",
                "SUPPORT",
                "REPLY",
                "START",
                "END",
                "REQUEST-START",
                "REQUEST-END",
                "END_KEYID",
                "DEC_KEYID",
            ],
            second: Some(&[
                "NULL",
                "DES_CFB64",
                "DES_OFB64",
                "DES3_CFB64",
                "DES3_OFB64",
                "",
                "CAST5_40_CFB64",
                "CAST5_40_OFB64",
                "CAST128_CFB64",
                "CAST128_OFB64",
            ]),
        },
        _ => Parameters { first: &["IS", "SEND", "INFO"], second: None },
    }
}
