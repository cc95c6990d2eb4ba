//! Files that we write, as other programs read them: Wireshark's tshark and capinfos, and tcpdump. Where
//! they are not installed, a test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;
#[allow(dead_code)]
#[path = "support/written.rs"]
mod written;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::signal::Signal;
use support::{has_command, in_private_network, rtcpdump, run, tcpdump};
use written::{FORMATS, Folder, flood, packets_in, plain, settle, start};

/// Captures of Ethernet, of all interfaces at once, and with nanoseconds.
const CAPTURES: [&str; 3] = ["http", "any", "nano"];

fn capture(name: &str) -> String {
    format!("{}/captures/{name}.pcap", env!("CARGO_MANIFEST_DIR"))
}

fn has_wireshark() -> bool {
    has_command("tshark") && has_command("capinfos")
}

/// What a Wireshark program prints; its warning about root is left out.
fn wireshark(program: &str, arguments: &[&str]) -> String {
    run(program, arguments).lines().filter(|line| !line.starts_with("Running as user")).collect::<Vec<_>>().join("\n")
}

/// Time, lengths and a digest of the octets of each packet, as tshark sees them.
fn packets_of(file: &str) -> String {
    let fields = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type", "frame.md5_hash"];
    let fields: Vec<&str> = fields.iter().flat_map(|field| ["-e", field]).collect();
    let fixed = ["-n", "-o", "frame.generate_md5_hash:TRUE", "-T", "fields", "-r", file];
    wireshark("tshark", &[&fixed[..], &fields].concat())
}

/// The blocks of a pcapng file with their options, as tshark dissects them.
fn blocks_of(file: &str) -> String {
    wireshark("tshark", &["-r", file, "-X", "read_format:MIME Files Format", "-V"])
}

/// Rewrites a capture, and returns the new file's name.
fn rewrite(folder: &Folder, from: &str, ending: &str, options: &[&str]) -> String {
    let to = folder.path(&format!("x.{ending}"));
    let output = rtcpdump().args(["-Z", "root", "-r", from, "-w", &to]).args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    to
}

#[test]
fn wireshark_reads_every_format_packet_by_packet() {
    if !has_wireshark() {
        return;
    }
    for name in CAPTURES {
        let folder = Folder::new(&format!("tshark-{name}"));
        let expected = packets_of(&capture(name));
        let count = format!("Number of packets:   {}", expected.lines().count());
        for format in FORMATS {
            for options in [&[][..], &["-U"]] {
                let file = rewrite(&folder, &capture(name), format, options);
                assert_eq!(packets_of(&file), expected, "{name}.{format} {options:?}");
                let told = wireshark("capinfos", &["-c", &file]);
                assert!(told.contains(&count), "{name}.{format} {options:?}: {told}");
            }
        }
    }
}

/// What tcpdump prints of a file, which it cannot decompress itself.
fn printed(mut tcpdump: Command, file: &str) -> String {
    tcpdump.args(["-nn", "-tttt", "-XX", "--nano", "-r", "-"]);
    tcpdump.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = tcpdump.spawn().unwrap();
    let (octets, whole) = plain(&std::fs::read(file).unwrap());
    assert!(whole, "{file}");
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&octets));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{file}");
    writer.join().unwrap().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn tcpdump_reads_every_format_packet_by_packet() {
    for name in CAPTURES {
        let folder = Folder::new(&format!("tcpdump-{name}"));
        let Some(theirs) = tcpdump() else { return };
        let expected = printed(theirs, &capture(name));
        assert!(!expected.is_empty());
        for format in FORMATS {
            let file = rewrite(&folder, &capture(name), format, &[]);
            assert_eq!(printed(tcpdump().unwrap(), &file), expected, "{name}.{format}");
        }
    }
}

#[test]
fn a_pcapng_file_tells_interface_filter_and_counts() {
    in_private_network("a_pcapng_file_tells_interface_filter_and_counts", || {
        if !has_wireshark() {
            return;
        }
        let folder = Folder::new("told");
        // The kernel drops what finds a small buffer full.
        let capture = start(&folder, "x.pcapng", &["-B", "64"]);
        capture.signal(Signal::SIGSTOP);
        flood(0..20_000, 1000);
        capture.signal(Signal::SIGCONT);
        std::thread::sleep(std::time::Duration::from_millis(300));
        let (status, _, errors) = capture.interrupt();
        assert!(status.success());
        let counts: Vec<&str> = errors.iter().map(|line| line.split(' ').next().unwrap()).collect();
        assert_ne!(counts[2], "0", "the kernel dropped nothing: {errors:?}");
        let blocks = blocks_of(&folder.path("x.pcapng"));
        for expected in [
            "Name: lo".to_owned(),
            "Filter string: udp port 7777".to_owned(),
            "Snap Length: 262144".to_owned(),
            "User Application: rtcpdump".to_owned(),
            format!("Number of Packets Delivered to the User = {}", counts[0]),
            format!("Number of Accepted Packets = {}", counts[1]),
            format!("Number of Received Packets = {}", counts[1]),
            format!("Number of Packets Dropped by OS = {}", counts[2]),
        ] {
            assert!(blocks.contains(&expected), "{expected:?} is not there");
        }
        let told = wireshark("capinfos", &[&folder.path("x.pcapng")]);
        assert!(told.contains("Name = lo") && told.contains("Filter string = udp port 7777"), "{told}");
        assert!(told.contains("Number of stat entries = 1"), "{told}");
    });
}

#[test]
fn each_file_of_a_rotation_tells_the_counts_at_its_end() {
    in_private_network("each_file_of_a_rotation_tells_the_counts_at_its_end", || {
        if !has_wireshark() {
            return;
        }
        let folder = Folder::new("counts");
        let capture = start(&folder, "x.pcapng", &["-C", "100k"]);
        flood(0..2000, 100);
        settle(capture);
        let mut delivered = 0;
        for number in 0..folder.names().len() {
            let name = folder.path(&if number == 0 { "x.pcapng".to_owned() } else { format!("x.pcapng{number}") });
            delivered += packets_in(Path::new(&name)).0.len();
            let text = format!("Number of Packets Delivered to the User = {delivered}");
            assert!(blocks_of(&name).contains(&text), "{name}: no {text:?}");
        }
        assert_eq!(delivered, 2000);
    });
}

/// A pcapng block in this machine's byte order.
fn block(kind: u32, body: &[&[u8]]) -> Vec<u8> {
    let mut body = body.concat();
    body.resize(body.len().next_multiple_of(4), 0);
    let length = (body.len() as u32 + 12).to_ne_bytes();
    [&kind.to_ne_bytes()[..], &length, &body, &length].concat()
}

/// An interface with a name of four octets, and a filter of three.
fn interface(link_type: u16, name: &[u8; 4]) -> Vec<u8> {
    let option = |code: u16, length: u16| [code.to_ne_bytes(), length.to_ne_bytes()].concat();
    let head = [&link_type.to_ne_bytes()[..], &[0, 0], &1000u32.to_ne_bytes()].concat();
    block(1, &[&head, &option(2, 4), name, &option(11, 4), b"\0udp"])
}

fn packet(interface: u32, octets: &[u8]) -> Vec<u8> {
    let words = [interface, 400_000, interface * 7, octets.len() as u32, 1000].map(u32::to_ne_bytes).concat();
    block(6, &[&words, octets])
}

#[test]
fn interfaces_keep_their_names_and_link_types_from_file_to_file() {
    if !has_wireshark() {
        return;
    }
    let folder = Folder::new("names");
    let section = block(0x0a0d_0d0a, &[&0x1a2b_3c4du32.to_ne_bytes(), &1u16.to_ne_bytes(), &[0; 2], &[0xff; 8]]);
    let datagram =
        [&[0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2][..], &[0, 9, 0, 9, 0, 8, 0, 0]];
    let (raw, ethernet) = (datagram.concat(), [&[2; 12][..], &[8, 0], &datagram.concat()].concat());
    // The second interface appears only behind the first one's packet.
    let file = [section, interface(1, b"eth7"), packet(0, &ethernet), interface(101, b"tun3"), packet(1, &raw)];
    let file = [file.concat(), packet(0, &ethernet)].concat();
    std::fs::write(folder.path("mixed.pcapng"), file).unwrap();
    for format in ["pcapng", "pcapng.zst"] {
        let written = rewrite(&folder, &folder.path("mixed.pcapng"), format, &["port 9"]);
        assert_eq!(packets_of(&written), packets_of(&folder.path("mixed.pcapng")));
        let names = wireshark("tshark", &["-r", &written, "-T", "fields", "-e", "frame.interface_name"]);
        assert_eq!(names.lines().collect::<Vec<_>>(), ["eth7", "tun3", "eth7"]);
        let told = wireshark("capinfos", &[&written]);
        assert_eq!(told.matches("Filter string = (udp) and (port 9)").count(), 2, "{told}");
    }
}
