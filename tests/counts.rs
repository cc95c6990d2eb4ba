//! The counts at the end and in between: they are right, and they add up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::process::Command;
use std::time::Duration;

use nix::sys::signal::Signal;
use support::{Capture, Pair, in_private_network, rtcpdump, run, wait};

/// Sends datagrams through a pair.
fn send(pair: &Pair, count: usize, size: usize) {
    let socket = pair.sender();
    for _ in 0..count {
        socket.send_to(&vec![0; size], pair.far_host()).unwrap();
    }
}

/// The number that a line begins with.
fn number(line: &str) -> u64 {
    line.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn what_the_kernel_dropped_is_told_as_a_part_of_what_it_received() {
    in_private_network("what_the_kernel_dropped_is_told_as_a_part_of_what_it_received", || {
        let pair = Pair::new("a", 1);
        let capture = Capture::start(&["-i", "a0", "-nn", "-B", "256", "-w", "/dev/null", "udp port 7777"]);
        // While it sleeps, its buffer overflows.
        capture.signal(Signal::SIGSTOP);
        send(&pair, 2000, 1000);
        capture.signal(Signal::SIGCONT);
        std::thread::sleep(Duration::from_millis(300));
        capture.signal(Signal::SIGUSR1);
        let line = capture.wait_for_error("captured, ");
        let parts: Vec<&str> = line.strip_prefix("rtcpdump: ").unwrap().split(", ").collect();
        let [captured, received, dropped] = [0, 1, 2].map(|part| number(parts[part]));
        assert!(dropped > 0 && captured > 0, "{line}");
        assert_eq!((received, captured + dropped), (2000, 2000), "{line}");
        let tenths = dropped * 1000 / received;
        assert!(line.ends_with(&format!(" dropped by kernel ({}.{}%)", tenths / 10, tenths % 10)), "{line}");
        let (_, _, errors) = capture.interrupt();
        let expected = ["captured", "received by filter", "dropped by kernel"]
            .into_iter()
            .zip([captured, received, dropped])
            .map(|(what, count)| format!("{count} packets {what}"));
        assert_eq!(Capture::counts(&errors), expected.collect::<Vec<_>>(), "the final lines are tcpdump's");
    });
}

#[test]
fn counts_hold_with_every_way_to_begin_and_end() {
    in_private_network("counts_hold_with_every_way_to_begin_and_end", || {
        let pair = Pair::new("a", 1);
        // As in tcpdump, packets that are passed over are captured too.
        let rows: [(&[&str], usize, u64); 4] = [
            (&["-c", "5"], 5, 5),
            (&["--skip", "3", "-c", "5"], 5, 8),
            (&["--duration", "1s"], 20, 20),
            (&["--skip", "100", "--duration", "1s"], 0, 20),
        ];
        for (options, printed, captured) in rows {
            let capture = Capture::start(&[&["-i", "a0", "-nn", "udp port 7777"], options].concat());
            send(&pair, 10, 8);
            capture.signal(Signal::SIGUSR1);
            send(&pair, 10, 8);
            let (status, lines, errors) = capture.finish();
            let counts = Capture::counts(&errors);
            assert_eq!((status.code(), lines.len()), (Some(0), printed), "{options:?}: {errors:?}");
            assert_eq!((number(counts[0]), counts[2]), (captured, "0 packets dropped by kernel"), "{options:?}");
            assert!(number(counts[1]) >= captured, "{options:?}: {counts:?}");
        }
    });
}

#[test]
fn packets_of_damaged_files_are_counted_as_unreadable() {
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/captures/http.pcap")).unwrap();
    let scratch = |name: &str| std::env::temp_dir().join(format!("rtcpdump-counts-{}-{name}", std::process::id()));
    let (cut, list) = (scratch("cut.pcap"), scratch("list"));
    std::fs::write(&cut, &whole[..whole.len() - 3]).unwrap();
    std::fs::write(&list, format!("{0}\n{0}\n", cut.display())).unwrap();
    for (option, file, told) in
        [("-r", &cut, "1 packet could not be read"), ("-V", &list, "2 packets could not be read")]
    {
        let output = rtcpdump().args(["-nn", option, file.to_str().unwrap()]).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), errors.lines().last()), (Some(1), Some(told)));
    }
    // Of the packets in front, none is missing where only the end of the compression is.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, &whole).unwrap();
    let mut compressed = encoder.finish().unwrap();
    compressed.truncate(compressed.len() - 4);
    std::fs::write(&cut, compressed).unwrap();
    let output = rtcpdump().args(["-nn", "-r", cut.to_str().unwrap()]).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("truncated gzip dump file") && !errors.contains("could not be read"), "{errors}");
    for file in [cut, list] {
        std::fs::remove_file(file).unwrap();
    }
}

/// Makes every name server one that never answers, in this mount namespace.
fn silence_name_servers() {
    // What is sent there arrives, and nobody answers.
    Pair::new("void", 3);
    let files = [("/etc/resolv.conf", "nameserver 10.3.0.2\n"), ("/etc/nsswitch.conf", "hosts: files dns\n")];
    for (number, (path, text)) in files.into_iter().enumerate() {
        let file = std::env::temp_dir().join(format!("rtcpdump-names-{}-{number}", std::process::id()));
        std::fs::write(&file, text).unwrap();
        run("mount", &["--bind", file.to_str().unwrap(), path]);
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn a_dead_name_server_neither_stalls_nor_loses_a_packet() {
    in_private_network("a_dead_name_server_neither_stalls_nor_loses_a_packet", || {
        silence_name_servers();
        let begun = std::time::Instant::now();
        let mut probe = Command::new("timeout").args(["1", "getent", "hosts", "10.9.9.9"]).spawn().unwrap();
        assert_eq!(wait(&mut probe).code(), Some(124), "the name server answers after {:?}", begun.elapsed());
        // A thousand addresses, each of them new.
        let capture = Capture::start(&["-i", "lo", "-q", "udp port 7777"]);
        let receiver = std::net::UdpSocket::bind("127.0.0.1:7777").unwrap();
        let begun = std::time::Instant::now();
        for number in 0..3000 {
            let source = format!("127.1.{}.{}", number % 1000 / 250, number % 250 + 1);
            let socket = std::net::UdpSocket::bind((source, 0)).unwrap();
            socket.send_to(b"datagram", receiver.local_addr().unwrap()).unwrap();
        }
        for _ in 0..3000 {
            let line = capture.line();
            assert!(line.contains(" IP 127.1."), "{line}");
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "took {:?}", begun.elapsed());
        let (status, _, errors) = capture.interrupt();
        let counts = Capture::counts(&errors);
        assert!(status.success());
        assert_eq!((counts[0], counts[2]), ("3000 packets captured", "0 packets dropped by kernel"));
    });
}
