//! In tcpdump's place: both programs capture the same traffic at the same time, and nothing but the name differs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use support::{Capture, has_command, in_private_network, rtcpdump, run, tcpdump};

const PEER: &str = "192.0.2.2";
/// No neighbour discovery: it comes when it likes, also while a program starts.
const FILTER: &str = "icmp or tcp port 7777 or arp";

/// How much later one program's time stamp may be than the other's: the kernel stamps a packet for each
/// socket by itself.
const STAMP_TOLERANCE: Duration = Duration::from_millis(10);

/// How long packets may be on their way to a program: tcpdump lets the kernel collect them for a second.
const DELIVERY: Duration = Duration::from_millis(1300);

/// A folder that both programs write to, also as another user; gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("rtcpdump-drop-in-{}-{name}", std::process::id()));
        fs::create_dir(&path).unwrap();
        run("chmod", &["777", path.to_str().unwrap()]);
        Folder(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether everything is there to compare with. Says so if not.
fn can_compare() -> bool {
    tcpdump().is_some() && has_command("ping") && has_command("nc") && has_command("ip")
}

/// veth0 here, and a cable to the peer behind it.
fn connect_peer() {
    run("mount", &["-t", "tmpfs", "tmpfs", "/run"]);
    run("ip", &["netns", "add", "peer"]);
    run("ip", &["link", "add", "veth0", "type", "veth", "peer", "name", "veth1", "netns", "peer"]);
    run("ip", &["address", "add", "192.0.2.1/24", "dev", "veth0"]);
    run("ip", &["link", "set", "veth0", "up"]);
    run("ip", &["-n", "peer", "address", "add", &format!("{PEER}/24"), "dev", "veth1"]);
    run("ip", &["-n", "peer", "link", "set", "veth1", "up"]);
}

/// Pings the peer, sends it lines over TCP, and is refused by a port where nobody listens.
fn talk() {
    run("ping", &["-q", "-c", "3", "-i", "0.2", "-s", "1000", PEER]);
    let mut server = Command::new("ip")
        .args(["netns", "exec", "peer", "nc", "-l", "7777"])
        .stdout(Stdio::null())
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let say = "for i in $(seq 50); do nc -z -w 1 192.0.2.2 7778; sleep 0.02; \
               ip netns exec peer ss -Hltn 'sport = :7777' | grep -q . && break; done; \
               seq 3000 | nc -N -w 2 192.0.2.2 7777; nc -w 1 192.0.2.2 7777 </dev/null; ping -q -c 1 127.0.0.1";
    run("sh", &["-c", &format!("{say}; true")]);
    server.wait().unwrap();
    thread::sleep(DELIVERY);
}

/// A packet in a savefile: its time, captured and original length, octets.
#[derive(Debug)]
struct Record {
    time: Duration,
    lengths: [u32; 2],
    octets: Vec<u8>,
}

/// A savefile's header, and its records. It has to be whole.
fn savefile(path: &str) -> (Vec<u8>, Vec<Record>) {
    let octets = fs::read(path).unwrap();
    let word = |at: usize| u32::from_ne_bytes(octets[at..at + 4].try_into().unwrap());
    let (mut records, mut at) = (Vec::new(), 24);
    while at < octets.len() {
        let [seconds, micros, captured, length] = [0, 4, 8, 12].map(|field| word(at + field));
        let end = at + 16 + captured as usize;
        let time = Duration::new(seconds.into(), micros * 1000);
        records.push(Record { time, lengths: [captured, length], octets: octets[at + 16..end].to_vec() });
        at = end;
    }
    (octets[..24].to_vec(), records)
}

fn assert_same_savefile(theirs: &str, ours: &str) {
    let ((their_header, theirs), (our_header, ours)) = (savefile(theirs), savefile(ours));
    assert_eq!(our_header, their_header);
    assert!(theirs.len() > 15, "only {} packets", theirs.len());
    assert_eq!(ours.len(), theirs.len(), "packets");
    for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!((ours.lengths, &ours.octets), (theirs.lengths, &theirs.octets), "packet {}", number + 1);
        assert!(ours.time.abs_diff(theirs.time) < STAMP_TOLERANCE, "packet {}: {ours:?} {theirs:?}", number + 1);
    }
}

fn assert_same_lines(theirs: &str, ours: &str) {
    for (number, (ours, theirs)) in ours.lines().zip(theirs.lines()).enumerate() {
        assert_eq!(ours, theirs, "line {}", number + 1);
    }
    assert_eq!(ours.lines().count(), theirs.lines().count(), "lines");
}

/// Both programs with the same options; the real one first.
fn start_both(options: &[&str]) -> [Capture; 2] {
    [Command::new("tcpdump"), rtcpdump()].map(|mut command| {
        command.args(options).arg(FILTER);
        Capture::start_command(command)
    })
}

/// The text of a savefile, with its time stamps.
fn text_of(mut program: Command, file: &str) -> String {
    let output = program.args(["-n", "-tttt", "-e", "-vv", "-r", file]).env("TZ", "UTC").output().unwrap();
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn both_capture_the_same_packets_and_print_the_same_text() {
    in_private_network("both_capture_the_same_packets_and_print_the_same_text", || {
        if !can_compare() {
            return;
        }
        connect_peer();
        let folder = Folder::new("files");
        let [theirs, ours] = ["tcpdump", "rtcpdump"].map(|name| folder.file(name));
        for options in ["-i veth0", "-i any", "-i veth0 -s 200 -U"] {
            let options: Vec<&str> = options.split(' ').collect();
            let texts = start_both(&[&options[..], &["-n", "-t", "-e", "-vv", "-X"]].concat());
            let writers = [("tcpdump", &theirs), ("rtcpdump", &ours)].map(|(program, file)| {
                let mut command = if program == "tcpdump" { Command::new(program) } else { rtcpdump() };
                command.args(&options).args(["-w", file, FILTER]);
                Capture::start_command(command)
            });
            talk();
            let [their_text, our_text] = texts.map(|capture| capture.interrupt());
            let [their_end, our_end] = writers.map(|capture| capture.interrupt());
            assert_same_lines(&their_text.1.join("\n"), &our_text.1.join("\n"));
            // captured, and dropped by the kernel; what passed the filter but was not read is a matter of moments
            for (ours, theirs) in [(&our_text, &their_text), (&our_end, &their_end)] {
                assert_eq!(ours.0, theirs.0);
                assert_eq!([&ours.2[0], &ours.2[2]], [&theirs.2[0], &theirs.2[2]], "{options:?}");
            }
            assert_same_savefile(&theirs, &ours);
            let [their_file, our_file] = [&theirs, &ours].map(|file| fs::metadata(file).unwrap());
            let rights = |file: &fs::Metadata| (file.uid(), file.gid(), file.mode());
            assert_eq!(rights(&our_file), rights(&their_file), "owner, group, mode");
            for file in [&theirs, &ours] {
                assert_same_lines(&text_of(Command::new("tcpdump"), file), &text_of(rtcpdump(), file));
            }
        }
    });
}

/// What scripts do with tcpdump: wait for its banner, end it, count and cut up what it says.
const SCRIPT: &str = r#"
    tcpdump -i veth0 -n -w "$0.pcap" 'icmp or tcp port 7777' 2>"$0.errors" &
    capture=$!
    tcpdump -i veth0 -n -l -t 'tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0' >"$0.txt" 2>"$0.more" &
    text=$!
    tcpdump -i veth0 -c 4 -q -n -t icmp 2>/dev/null | awk '{ print $2, $4, $NF }' >"$0.first" &
    until grep -q listening "$0.errors" && grep -q listening "$0.more"; do sleep 0.05; done
    touch "$0.ready"
    until [ -e "$0.done" ]; do sleep 0.05; done
    kill -INT $capture; wait $capture; echo "capture $?"
    kill $text; wait $text; echo "text $?"
    cat "$0.first"
    sed 's/, seq.*//' "$0.txt" | sort | uniq -c
    sed -n '/captured/p; /dropped/p' "$0.errors" "$0.more"
    tcpdump -r "$0.pcap" --count tcp 2>/dev/null
    tcpdump -nn -tt -r "$0.pcap" -c 3 icmp 2>/dev/null | cut -d ' ' -f 2-
    tcpdump -nnvSt -r "$0.pcap" 2>/dev/null | md5sum
    tcpdump -r "$0.pcap" -w - 'tcp[13] & 2 != 0' 2>/dev/null | tcpdump -nt -r - 2>/dev/null
    tcpdump -r "$0.pcap" -w "$0.part" -c 5 2>/dev/null && wc -c <"$0.part"
    tcpdump -i no-such-device; echo "device $?"
    tcpdump -r no-such-file 2>&1; echo "file $?"
"#;

/// Runs the script beside the other one, with the program's name in it replaced.
fn start_script(program: &str, file: &Path) -> thread::JoinHandle<String> {
    let script = SCRIPT.replace("tcpdump", program);
    let folder = Path::new(env!("CARGO_BIN_EXE_rtcpdump")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let file = file.to_path_buf();
    thread::spawn(move || {
        let output = Command::new("timeout").args(["60", "sh", "-c", &script]).arg(file).env("PATH", path).output();
        String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
    })
}

#[test]
fn a_script_does_not_notice() {
    in_private_network("a_script_does_not_notice", || {
        if !can_compare() {
            return;
        }
        connect_peer();
        let folder = Folder::new("script");
        let names = ["tcpdump", "rtcpdump"];
        let scripts = names.map(|program| start_script(program, &folder.0.join(program)));
        let wait_for = |name: &str| {
            (0..200).any(|_| {
                thread::sleep(Duration::from_millis(50));
                folder.0.join(name).exists()
            })
        };
        assert!(names.iter().all(|name| wait_for(&format!("{name}.ready"))));
        thread::sleep(DELIVERY);
        talk();
        for name in names {
            fs::write(folder.0.join(format!("{name}.done")), "").unwrap();
        }
        let [theirs, ours] = scripts.map(|script| script.join().unwrap());
        assert!(theirs.lines().count() > 20, "{theirs}");
        assert_same_lines(&theirs, &ours.replace("rtcpdump", "tcpdump"));
    });
}
