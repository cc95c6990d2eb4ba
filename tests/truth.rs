//! The analysis against the kernel: over a link that loses, reorders, duplicates and delays, the segments that we call
//! retransmissions are exactly those that the kernel counts, on the side where they are sent.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[path = "truth/host.rs"]
mod host;
#[path = "truth/link.rs"]
mod link;
#[allow(dead_code)]
mod support;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use host::{Host, Kernel};
use link::{Faults, Link};
use serde_json::Value;
use support::{Capture, in_private_network, rtcpdump};

const PORT: u16 = 9000;
/// Octets that each connection carries, in each direction.
const EACH_WAY: usize = 400_000;
const CONNECTIONS: usize = 4;
/// How long transfers over a bad link may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the frames of one capture say of the host that took it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    segments: u64,
    retransmitted: u64,
    others: u64,
    doubled: u64,
}

#[test]
fn retransmissions_are_those_that_the_kernel_counts() {
    in_private_network("retransmissions_are_those_that_the_kernel_counts", || {
        for (round, faults) in Faults::all().into_iter().enumerate() {
            compare(round, faults);
        }
    });
}

fn compare(round: usize, faults: Faults) {
    let hosts = [1, 2].map(|number| Host::new(&format!("tun{round}"), number));
    let [(client, client_device), (server, server_device)] = hosts;
    let link = Link::start([client_device, server_device], faults);
    let files = ["client", "server"]
        .map(|side| std::env::temp_dir().join(format!("rtcpdump-truth-{}-{round}-{side}.pcap", std::process::id())));
    let device = format!("tun{round}");
    let captures = [(&client, &files[0]), (&server, &files[1])].map(|(host, file)| {
        let (device, file) = (device.clone(), file.display().to_string());
        host.run(move || Capture::start(&["-i", &device, "-n", "-s", "128", "-B", "16384", "-w", &file]))
    });
    transfer(&client, &server);
    let kernels = [&client, &server].map(|host| host.run(Kernel::when_quiet));
    // The kernel hands over its last packets once a second.
    std::thread::sleep(Duration::from_millis(1500));
    for capture in captures {
        let (status, _, errors) = capture.interrupt();
        assert!(status.success(), "{errors:?}");
        assert!(errors.iter().any(|line| line == "0 packets dropped by kernel"), "{errors:?}");
    }
    link.stop();
    for ((number, file), kernel) in (1..).zip(&files).zip(&kernels) {
        let told = read(file, &Host::address(number));
        eprintln!("{faults:?}, host {number}: {told:?}, {kernel:?}");
        assert!(told.segments > 0 && kernel.failed == 0);
        assert_eq!(told.retransmitted, kernel.retransmitted, "{faults:?}: see {}", file.display());
        assert_eq!(told.others, 0, "its own segments leave in order, all of them are captured: {}", file.display());
        assert!(told.retransmitted > 0 || !faults.loses(), "{told:?}");
    }
    files.iter().for_each(|file| std::fs::remove_file(file).unwrap());
}

/// Octets in both directions on several connections at once, and an orderly end.
fn transfer(client: &Host, server: &Host) {
    let (ready, is_ready) = channel();
    let served = server.start(move || {
        let listener = TcpListener::bind((Host::address(2), PORT)).unwrap();
        ready.send(()).unwrap();
        let streams: Vec<TcpStream> = (0..CONNECTIONS).map(|_| listener.accept().unwrap().0).collect();
        exchange(streams);
    });
    is_ready.recv().unwrap();
    client.run(|| exchange((0..CONNECTIONS).map(|_| TcpStream::connect((Host::address(2), PORT)).unwrap()).collect()));
    served.recv_timeout(PATIENCE).unwrap();
}

fn exchange(streams: Vec<TcpStream>) {
    std::thread::scope(|scope| {
        for stream in &streams {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            scope.spawn(move || {
                let mut stream = stream;
                stream.write_all(&vec![7; EACH_WAY]).unwrap();
                stream.shutdown(Shutdown::Write).unwrap();
            });
            scope.spawn(move || {
                let (mut stream, mut octets) = (stream, Vec::new());
                assert_eq!(stream.read_to_end(&mut octets).unwrap(), EACH_WAY);
            });
        }
    });
}

fn read(file: &PathBuf, address: &str) -> Told {
    let output = rtcpdump().args(["-n", "--json", "-r"]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut told = Told::default();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let is = |finding: &str| object["tcp"]["analysis"][finding] == true;
        if object["ip"]["src"] != address {
            told.doubled += u64::from(is("duplicate_frame"));
            continue;
        }
        told.segments += 1;
        told.retransmitted += u64::from(is("retransmission"));
        told.others += u64::from(is("out_of_order") || is("lost_segment") || is("duplicate_frame"));
    }
    told
}

/// Waits until something is so.
fn wait_until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "still not so after {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
