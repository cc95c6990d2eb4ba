//! Every option, once: name, value, help. The parser, `-h`, the man page and the shell completions all
//! come from here, so this file and its folder depend on nothing but clap: build.rs compiles them too.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Parser, ValueEnum};
use number::{AnyBase, Number, Unsigned};

#[path = "cli/number.rs"]
mod number;

/// The longest snapshot length, in octets: libpcap's largest, and tcpdump's default.
pub const SNAPSHOT_LENGTH_MAX: i64 = 262_144;
/// Rows of the table of connections, where the user does not say how many.
pub const TOP_DEFAULT: i64 = 1000;
const INT_MAX: i64 = i32::MAX as i64;

/// What `--generate` can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Generate {
    /// The manual page.
    Man,
    /// Completions for bash.
    Bash,
    /// Completions for zsh.
    Zsh,
    /// Completions for fish.
    Fish,
}

/// Whose verdict on a TCP segment `--analysis-rules` wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnalysisRules {
    /// What SACK, time stamps and the packets themselves prove.
    Evidence,
    /// What Wireshark 4.0 says.
    Wireshark,
}

/// What `--sort` sorts connections by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortKey {
    /// Bytes on the wire, both ways.
    Bytes,
    /// Packets, both ways.
    Packets,
    /// Time from the first packet to the last.
    Duration,
    /// Time of the first packet.
    Start,
    /// Bytes of data that were sent again.
    Retransmitted,
    /// Round-trip time.
    Rtt,
    /// Packets that were overtaken.
    OutOfOrder,
    /// How often a window closed.
    ZeroWindows,
}

/// Print the packets of a network interface or a capture file, one line each, as tcpdump does.
///
/// EXPRESSION selects packets, in the language of pcap-filter(7): 'tcp port 443 and host 10.0.0.1'.
/// Without one, all packets are taken.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "rtcpdump",
    disable_version_flag = true,
    args_override_self = true,
    max_term_width = 100,
    after_help = "Capturing needs a privilege: run with sudo, or once: sudo setcap cap_net_raw,cap_net_admin=eip rtcpdump"
)]
pub struct Cli {
    // What to read.
    /// Capture on this interface: its name, its number in the list of -D, or 'any' for all; several -i are
    /// captured on together
    #[arg(short, long, value_name = "INTERFACE", help_heading = "Source")]
    pub interface: Vec<String>,

    /// List the interfaces that can be captured on, and stop
    #[arg(short = 'D', long, help_heading = "Source")]
    pub list_interfaces: bool,

    /// List the interfaces of another machine, which this libpcap cannot do
    #[arg(long, value_name = "SOURCE", help_heading = "Source", allow_hyphen_values = true)]
    pub list_remote_interfaces: Option<String>,

    /// Read packets from FILE, a capture that was written with -w or by Wireshark, perhaps compressed with
    /// gzip or zstd; '-' is standard input
    #[arg(short, value_name = "FILE", help_heading = "Source")]
    pub read: Option<PathBuf>,

    /// Read packets from the files whose names FILE lists, one a line; '-' is standard input
    #[arg(short = 'V', value_name = "FILE", help_heading = "Source")]
    pub read_list: Option<PathBuf>,

    /// At the end of the file of -r, wait for more, as 'tail -f' does: somebody is still writing it
    #[arg(long, help_heading = "Source")]
    pub follow_file: bool,

    /// Take SNAPLEN bytes of each packet (0 means 262144, the most); fewer make a capture lighter
    #[arg(short, long = "snapshot-length", value_name = "SNAPLEN", help_heading = "Source",
          allow_hyphen_values = true, value_parser = AnyBase(Number("snaplen", 0, SNAPSHOT_LENGTH_MAX)))]
    pub snapshot_length: Option<i64>,

    /// Leave the interface as it is: do not ask it for other machines' packets (promiscuous mode)
    #[arg(short = 'p', long, help_heading = "Source")]
    pub no_promiscuous_mode: bool,

    /// Take all that a wireless interface hears on its channel (monitor mode); it may lose its network
    #[arg(short = 'I', long, help_heading = "Source")]
    pub monitor_mode: bool,

    /// Take only packets that come in, or only those that go out: in, out or inout
    #[arg(short = 'Q', long, value_name = "DIRECTION", help_heading = "Source", allow_hyphen_values = true)]
    pub direction: Option<String>,

    /// Size of the kernel's capture buffer, in KiB (4096 unless given); a larger one survives longer bursts
    #[arg(short = 'B', long, value_name = "KIB", help_heading = "Source",
          allow_hyphen_values = true, value_parser = Number("packet buffer size", 1, INT_MAX))]
    pub buffer_size: Option<i64>,

    /// Capture with this link type (see -L); with -d, compile for it
    #[arg(short = 'y', long, value_name = "TYPE", help_heading = "Source")]
    pub linktype: Option<String>,

    /// List the link types that the interface can be captured with, and stop
    #[arg(short = 'L', long, help_heading = "Source")]
    pub list_data_link_types: bool,

    /// As root: once the device and the output are open, go on as USER ('root' to stay root); without -Z,
    /// as 'tcpdump' if there is such a user, else as the caller of sudo
    #[arg(short = 'Z', long = "relinquish-privileges", value_name = "USER", help_heading = "Source")]
    pub relinquish_privileges: Option<String>,

    /// Hand over every packet at once instead of a buffer at a time; the default on a terminal
    #[arg(long, help_heading = "Source")]
    pub immediate_mode: bool,

    /// Where time stamps come from, such as host or adapter (see -J)
    #[arg(short = 'j', long, value_name = "TYPE", help_heading = "Source", allow_hyphen_values = true)]
    pub time_stamp_type: Option<String>,

    /// List the types of time stamps that the interface can be captured with, and stop
    #[arg(short = 'J', long, help_heading = "Source")]
    pub list_time_stamp_types: bool,

    /// Resolution of captured time stamps: micro or nano
    #[arg(long, value_name = "PRECISION", help_heading = "Source", overrides_with_all = ["micro", "nano"])]
    pub time_stamp_precision: Option<String>,

    /// The same as --time-stamp-precision=micro
    #[arg(long, help_heading = "Source", overrides_with_all = ["time_stamp_precision", "nano"])]
    pub micro: bool,

    /// The same as --time-stamp-precision=nano
    #[arg(long, help_heading = "Source", overrides_with_all = ["time_stamp_precision", "micro"])]
    pub nano: bool,

    // Which packets.
    /// Take only packets that pass this display filter, in Wireshark's language: 'tcp.port == 443 &&
    /// tcp.analysis.flags'; it sees what EXPRESSION let through
    #[arg(short = 'Y', long, value_name = "FILTER", help_heading = "Selection", allow_hyphen_values = true)]
    pub display_filter: Option<String>,

    /// Stop after COUNT packets
    #[arg(short, value_name = "COUNT", help_heading = "Selection",
          allow_hyphen_values = true, value_parser = Number("packet count", 1, INT_MAX))]
    pub count_limit: Option<i64>,

    /// Pass over the first COUNT packets
    #[arg(long, value_name = "COUNT", help_heading = "Selection",
          allow_hyphen_values = true, value_parser = Unsigned(Number("packet skip count", 0, INT_MAX)))]
    pub skip: Option<i64>,

    /// Stop after this time: 30s, 5m or 2h, also when no packet comes
    #[arg(long, value_name = "TIME", help_heading = "Selection", allow_hyphen_values = true)]
    pub duration: Option<String>,

    /// Read the filter expression from FILE; one on the command line is then ignored
    #[arg(short = 'F', value_name = "FILE", help_heading = "Selection")]
    pub filter_file: Option<PathBuf>,

    /// Print the compiled filter and stop; -dd prints it as C, -ddd as decimal numbers
    #[arg(short, action = ArgAction::Count, help_heading = "Selection")]
    pub dump_filter: u8,

    /// Leave the compiled filter as it is: only of use when a bug in its optimizer is suspected
    #[arg(short = 'O', long, help_heading = "Selection")]
    pub no_optimize: bool,

    /// Show how the filter expression is parsed, where libpcap was built for that
    #[arg(long, help_heading = "Selection")]
    pub debug_filter_parser: bool,

    // Where to.
    /// Write the packets to FILE instead of printing them; '-' is standard output. A name that ends in .pcapng
    /// makes a pcapng file, with the interfaces' names; .gz or .zst behind it, or behind .pcap, compresses
    #[arg(short, value_name = "FILE", help_heading = "Output")]
    pub write: Option<PathBuf>,

    /// Write the file of -w in this format, whatever its name: pcap or pcapng, perhaps with .gz or .zst behind it
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<String>,

    /// Begin a new file of -w, with a number behind its name, when it is larger than SIZE: in millions of
    /// bytes, or with k, m or g behind it in KiB, MiB or GiB
    #[arg(short = 'C', value_name = "SIZE", help_heading = "Output", allow_hyphen_values = true)]
    pub file_size: Option<String>,

    /// Begin a new file of -w every so many SECONDS, also when no packet comes; its name may hold the time,
    /// as in strftime(3): -w 'capture-%F-%T.pcap'
    #[arg(short = 'G', value_name = "SECONDS", help_heading = "Output",
          allow_hyphen_values = true, value_parser = Number("number of seconds", 0, INT_MAX))]
    pub rotate_seconds: Option<i64>,

    /// With -C, keep this many files and overwrite the oldest; with -G, stop after this many; with both,
    /// fill up the numbers in the files' names with zeros as for this many
    #[arg(short = 'W', value_name = "COUNT", help_heading = "Output",
          allow_hyphen_values = true, value_parser = Number("number of output files", 1, INT_MAX))]
    pub file_count: Option<i64>,

    /// Run COMMAND FILE on each file that -C or -G leave behind, such as gzip, without waiting for it
    #[arg(short = 'z', value_name = "COMMAND", help_heading = "Output")]
    pub postrotate_command: Option<OsString>,

    /// Stop when the files of -w have SIZE bytes together, in the units of -C
    #[arg(long, value_name = "SIZE", help_heading = "Output", allow_hyphen_values = true)]
    pub until_size: Option<String>,

    /// Print the packets even though -w writes them to a file
    #[arg(long, help_heading = "Output")]
    pub print: bool,

    /// Print only the number of packets (with -r)
    #[arg(long, help_heading = "Output")]
    pub count: bool,

    /// Print each packet as a JSON object, one a line, with Wireshark's names for what is in it, such as
    /// tcp.analysis.retransmission; docs/json.md lists them
    #[arg(long, help_heading = "Output")]
    pub json: bool,

    /// Print a line as soon as its packet is there
    #[arg(short = 'l', help_heading = "Output")]
    pub line_buffered: bool,

    /// Write each packet out at once, to the file of -w and to standard output
    #[arg(short = 'U', long, help_heading = "Output")]
    pub packet_buffered: bool,

    /// Print only every NTH packet
    #[arg(long, value_name = "NTH", help_heading = "Output",
          allow_hyphen_values = true, value_parser = Number("print sampling", 1, INT_MAX))]
    pub print_sampling: Option<i64>,

    // How a packet looks.
    /// Print numbers instead of names of hosts and ports; once or twice makes no difference
    #[arg(short, action = ArgAction::Count, help_heading = "Format")]
    pub numeric: u8,

    /// Print host names without their domain: 'nic' instead of 'nic.ddn.mil'
    #[arg(short = 'N', help_heading = "Format")]
    pub no_domain: bool,

    /// Print foreign IPv4 addresses as numbers: those outside the network of the interface
    #[arg(short = 'f', help_heading = "Format")]
    pub foreign_numeric: bool,

    /// Changes nothing: what it did in old versions is the default
    #[arg(short = 'a', help_heading = "Format")]
    pub addresses_to_names: bool,

    /// Print less about each packet
    #[arg(short, action = ArgAction::Count, help_heading = "Format")]
    pub quiet: u8,

    /// Print more about each packet, and check checksums; -vv and -vvv print still more
    #[arg(short, action = ArgAction::Count, help_heading = "Format")]
    pub verbose: u8,

    /// Print the link-layer header: MAC addresses, VLAN tags
    #[arg(short = 'e', help_heading = "Format")]
    pub link_header: bool,

    /// Print TCP sequence numbers as they are instead of counting from the connection's start
    #[arg(short = 'S', long, help_heading = "Format")]
    pub absolute_tcp_sequence_numbers: bool,

    /// Print AS numbers of BGP above 65535 in two halves: 1.10 instead of 65546
    #[arg(short = 'b', help_heading = "Format")]
    pub as_dot: bool,

    /// Do not check checksums: with offloading, those of outgoing packets are not filled in yet
    #[arg(short = 'K', long, help_heading = "Format")]
    pub dont_verify_checksums: bool,

    /// Print no line break after the IP header with -v
    #[arg(short = 'g', long, help_heading = "Format")]
    pub ip_oneline: bool,

    /// Time stamps: -t none, -tt seconds since 1970, -ttt since the packet before, -tttt with date,
    /// -ttttt since the first packet
    #[arg(short, action = ArgAction::Count, help_heading = "Format")]
    pub time: u8,

    /// Print the packet's number in front of its line
    #[arg(short = '#', long, help_heading = "Format")]
    pub number: bool,

    /// Print each packet's captured and original length
    #[arg(long, help_heading = "Format")]
    pub lengths: bool,

    /// Print each packet's bytes in hexadecimal; -xx with the link-layer header
    #[arg(short = 'x', action = ArgAction::Count, help_heading = "Format")]
    pub hex: u8,

    /// Print each packet's bytes in hexadecimal and ASCII; -XX with the link-layer header
    #[arg(short = 'X', action = ArgAction::Count, help_heading = "Format")]
    pub hex_ascii: u8,

    /// Print each packet's bytes in ASCII, good for web pages; -AA with the link-layer header
    #[arg(short = 'A', action = ArgAction::Count, help_heading = "Format")]
    pub ascii: u8,

    /// Take the payload for this protocol, whatever its port says
    #[arg(short = 'T', value_name = "TYPE", help_heading = "Format")]
    pub packet_type: Option<String>,

    /// Look for mesh headers in IEEE 802.11 data frames with QoS
    #[arg(short = 'H', help_heading = "Format")]
    pub mesh_headers: bool,

    /// Print NFS file handles as they are on the wire
    #[arg(short = 'u', help_heading = "Format")]
    pub raw_file_handles: bool,

    /// Load this SMI MIB module for SNMP, which is not supported: it is told, and the run goes on
    #[arg(short = 'm', value_name = "MODULE", help_heading = "Format", allow_hyphen_values = true)]
    pub mib_modules: Vec<String>,

    /// Decrypt ESP with the keys 'SPI@ADDRESS ALGORITHM:SECRET,...', 'ALGORITHM:SECRET' for all ESP, or those
    /// in 'file NAME', which other users cannot see in the list of processes; with IKEv2's also IKEv2
    #[arg(short = 'E', value_name = "KEYS", help_heading = "Format", allow_hyphen_values = true)]
    pub esp_keys: Option<OsString>,

    /// Check TCP's MD5 signatures (RFC 2385), such as those between BGP routers, and those of IS-IS, with the
    /// secret that their senders share
    #[arg(short = 'M', value_name = "SECRET", help_heading = "Format", allow_hyphen_values = true)]
    pub md5_secret: Option<OsString>,

    // What is said of TCP connections.
    /// Say in brackets behind a TCP segment's line what is wrong or new: [retransmission of #12 after 204 ms]
    #[arg(long, help_heading = "TCP analysis")]
    pub analyze: bool,

    /// At the end, and on SIGUSR1, print a table of the TCP connections, with what is wrong; packets only with --print
    #[arg(long, help_heading = "TCP analysis")]
    pub connections: bool,

    /// Sort the table of --connections by this, the largest first (start: the earliest); by default by bytes
    #[arg(long, value_name = "KEY", value_enum, help_heading = "TCP analysis")]
    pub sort: Option<SortKey>,

    /// Print the first COUNT rows of the table of --connections, 1000 by default; 0 means all
    #[arg(long, value_name = "COUNT", help_heading = "TCP analysis",
          allow_hyphen_values = true, value_parser = Number("number of rows", 0, INT_MAX))]
    pub top: Option<i64>,

    /// Judge TCP segments by what the packets prove, or by what Wireshark says
    #[arg(long, value_name = "RULES", value_enum, default_value = "evidence", help_heading = "TCP analysis")]
    pub analysis_rules: AnalysisRules,

    /// Remember this many TCP connections, about 430 octets each; the ones silent for longest are forgotten
    #[arg(long, value_name = "COUNT", default_value = "1000000", help_heading = "TCP analysis",
          allow_hyphen_values = true, value_parser = Number("number of connections", 1, INT_MAX))]
    pub max_connections: i64,

    // About rtcpdump.
    /// Print the versions of rtcpdump and libpcap, and stop
    #[arg(long, help_heading = "Help")]
    pub version: bool,

    /// Print a number that tells how floating-point numbers are computed, and stop
    #[arg(long, help_heading = "Help")]
    pub fp_type: bool,

    /// Print the size of a time in bits, and stop
    #[arg(long, help_heading = "Help")]
    pub time_t_size: bool,

    /// Print the manual page or a shell's completions, and stop
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Help")]
    pub generate: Option<Generate>,

    /// Which packets to take: a filter of pcap-filter(7), such as 'tcp port 80'
    #[arg(value_name = "EXPRESSION")]
    pub expression: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use clap::error::{ContextKind, ContextValue};

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_has_help_and_a_named_value() {
        for option in Cli::command().get_arguments() {
            let name = option.get_id();
            let help = option.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.len() > 15, "{name} has no help that a newcomer understands: {help:?}");
            assert!(!help.ends_with('.'), "{name}: help is a phrase, not a sentence");
            assert!(option.is_positional() || option.get_help_heading().is_some(), "{name} has no heading");
            if option.get_action().takes_values() {
                let value = option.get_value_names().unwrap_or_default().concat();
                assert!(value.chars().all(|c| c.is_ascii_uppercase()), "{name}: value {value:?}");
            }
        }
    }

    #[test]
    fn options_may_stand_behind_the_expression() {
        let cli = Cli::parse_from(["rtcpdump", "tcp", "port", "80", "-nnvvv", "-c", "3", "-c5"]);
        assert_eq!(cli.expression.join(" "), "tcp port 80");
        assert_eq!((cli.numeric, cli.verbose, cli.count_limit), (2, 3, Some(5)));
    }

    #[test]
    fn each_interface_counts_where_other_options_override_themselves() {
        let cli = Cli::parse_from(["rtcpdump", "-i", "lo", "--interface=eth0", "-w", "a", "-ieth1", "-w", "b", "tcp"]);
        assert_eq!(cli.interface, ["lo", "eth0", "eth1"]);
        assert_eq!(cli.write, Some("b".into()));
    }

    #[test]
    fn a_number_out_of_range_names_the_range() {
        let error = Cli::try_parse_from(["rtcpdump", "-c", "0"]).unwrap_err();
        let Some(ContextValue::String(message)) = error.get(ContextKind::Custom) else { panic!("{error:?}") };
        assert_eq!(message, "invalid packet count 0 (must be >= 1 and <= 2147483647)");
    }
}
