//! The program at work on live traffic, in a network of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{SigHandler, Signal, signal};
use support::{Capture, has_command, in_private_network, rtcpdump, run, tcpdump, wait};

/// A connection to port 8888 in which the client says hello and the server closes first.
fn say_hello() {
    let listener = TcpListener::bind("127.0.0.1:8888").unwrap();
    let mut client = TcpStream::connect("127.0.0.1:8888").unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all(b"hello\r\n").unwrap();
    let mut heard = [0; 7];
    server.read_exact(&mut heard).unwrap();
    drop(server);
    client.read_to_end(&mut Vec::new()).unwrap();
}

/// Sends `count` datagrams to a port of this host that nobody listens on but us.
fn send_datagrams(port: u16, count: usize) {
    let receiver = UdpSocket::bind(("127.0.0.1", port)).unwrap();
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    for _ in 0..count {
        sender.send_to(b"datagram", receiver.local_addr().unwrap()).unwrap();
    }
}

#[test]
fn a_session_prints_as_tcpdump_prints_it() {
    in_private_network("a_session_prints_as_tcpdump_prints_it", || {
        let capture = Capture::start(&["-i", "lo", "-nn", "tcp port 8888"]);
        say_hello();
        let lines: Vec<String> = (0..8).map(|_| capture.line()).collect();
        let has = |line: usize, text: &str| assert!(lines[line].contains(text), "{text:?} is not in {:?}", lines[line]);
        has(0, "127.0.0.1.8888: Flags [S], seq ");
        has(0, "options [mss 65495,sackOK,TS val ");
        has(0, " ecr 0,nop,wscale ");
        has(1, "IP 127.0.0.1.8888 > 127.0.0.1.");
        has(1, "Flags [S.], seq ");
        has(2, "Flags [.], ack 1, win ");
        has(3, "Flags [P.], seq 1:8, ack 1, win ");
        assert!(lines[3].ends_with(", length 7"), "{:?}", lines[3]);
        has(4, "Flags [.], ack 8, ");
        has(5, "Flags [F.], seq 1, ack 8, ");
        has(6, "Flags [F.], seq 8, ack 2, ");
        has(7, "Flags [.], ack 9, ");
        let (status, rest, errors) = capture.interrupt();
        assert!(status.success());
        assert_eq!(rest, [""], "Ctrl-C ends the line on the terminal");
        assert_eq!(errors[0], "8 packets captured");
        assert_eq!(errors[2], "0 packets dropped by kernel");
    });
}

#[test]
fn text_equals_that_of_tcpdump_capturing_at_the_same_time() {
    in_private_network("text_equals_that_of_tcpdump_capturing_at_the_same_time", || {
        let Some(mut tcpdump) = tcpdump() else { return };
        // Each socket stamps a packet with its own time.
        let arguments = ["-i", "lo", "-nn", "-vv", "-e", "-t", "port 8888 or port 7777"];
        let ours = Capture::start(&arguments);
        tcpdump.arg("-l").args(arguments);
        let theirs = Capture::start_command(tcpdump);
        say_hello();
        send_datagrams(7777, 3);
        std::thread::sleep(Duration::from_millis(400));
        let (_, our_lines, _) = ours.interrupt();
        let (_, their_lines, _) = theirs.interrupt();
        assert!(our_lines.len() >= 22, "{our_lines:#?}");
        assert_eq!(our_lines, their_lines);
    });
}

#[test]
fn captured_packets_are_in_a_pipe_within_a_quarter_of_a_second() {
    in_private_network("captured_packets_are_in_a_pipe_within_a_quarter_of_a_second", || {
        let capture = Capture::start(&["-i", "lo", "-nn", "udp"]);
        for _ in 0..3 {
            let sent = Instant::now();
            send_datagrams(7777, 1);
            capture.line();
            assert!(sent.elapsed() < Duration::from_millis(250), "took {:?}", sent.elapsed());
            std::thread::sleep(Duration::from_millis(130));
        }
        capture.interrupt();
    });
}

#[test]
fn signals_end_a_capture_on_an_idle_interface_at_once() {
    in_private_network("signals_end_a_capture_on_an_idle_interface_at_once", || {
        // Whoever started the tests may have used nohup(1): then HUP would be ignored, as it should be.
        // SAFETY: no handler is installed.
        unsafe { signal(Signal::SIGHUP, SigHandler::SigDfl) }.unwrap();
        for ending in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGPIPE] {
            let capture = Capture::start(&["-i", "lo", "-nn"]);
            let sent = Instant::now();
            capture.signal(ending);
            let (status, _, errors) = capture.finish();
            assert!(sent.elapsed() < Duration::from_millis(700), "{ending} took {:?}", sent.elapsed());
            assert!(status.success(), "{ending}: {status}");
            let counts = ["0 packets captured", "0 packets received by filter", "0 packets dropped by kernel"];
            assert_eq!(errors, counts, "{ending}");
        }
    });
}

#[test]
fn usr1_prints_the_counts_and_the_capture_goes_on() {
    in_private_network("usr1_prints_the_counts_and_the_capture_goes_on", || {
        let capture = Capture::start(&["-i", "lo", "-nn", "udp port 7777"]);
        send_datagrams(7777, 2);
        capture.line();
        capture.line();
        capture.signal(Signal::SIGUSR1);
        let counts = capture.wait_for_error("captured");
        assert!(counts.starts_with("rtcpdump: 2 packets captured, "), "{counts:?}");
        assert!(counts.ends_with("0 packets dropped by kernel (0.0%)"), "{counts:?}");
        send_datagrams(7777, 1);
        capture.line();
        assert_eq!(capture.interrupt().2[0], "3 packets captured");
    });
}

#[test]
fn a_closed_pipe_ends_the_capture_quietly_even_without_another_packet() {
    in_private_network("a_closed_pipe_ends_the_capture_quietly_even_without_another_packet", || {
        let mut child = rtcpdump()
            .args(["-i", "lo", "-nn", "udp port 7777"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(300));
        send_datagrams(7777, 1);
        let mut output = child.stdout.take().unwrap();
        output.read_exact(&mut [0; 20]).unwrap();
        drop(output);
        assert!(wait(&mut child).success());
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(!errors.contains("pipe"), "{errors}");
    });
}

#[test]
fn write_keeps_every_packet_and_count_stops_at_the_last() {
    in_private_network("write_keeps_every_packet_and_count_stops_at_the_last", || {
        let file = std::env::temp_dir().join(format!("rtcpdump-live-{}.pcap", std::process::id()));
        let name = file.to_str().unwrap();
        let capture = Capture::start(&["-i", "lo", "-c", "1000", "-w", name, "udp port 7777"]);
        send_datagrams(7777, 1200);
        let (status, lines, errors) = capture.finish();
        assert!(status.success());
        assert!(lines.is_empty(), "{lines:?}");
        assert_eq!(errors[0], "1000 packets captured");
        let read = |command: &mut Command| {
            let output = command.args(["-nn", "-r", name]).env("TZ", "UTC").output().unwrap();
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        let ours = read(&mut rtcpdump());
        assert_eq!(ours.lines().count(), 1000);
        if let Some(mut tcpdump) = tcpdump() {
            assert!(ours == read(&mut tcpdump), "tcpdump reads something else from the file");
        }
        std::fs::remove_file(file).unwrap();
    });
}

#[test]
fn print_goes_along_with_write() {
    in_private_network("print_goes_along_with_write", || {
        let capture = Capture::start(&["-i", "lo", "-nn", "-c", "2", "-w", "/dev/null", "--print", "udp"]);
        send_datagrams(7777, 2);
        assert!(capture.line().contains("127.0.0.1.7777: UDP, length 8"));
        assert_eq!(capture.finish().1.len(), 1);
    });
}

#[test]
fn any_tells_interface_and_direction() {
    in_private_network("any_tells_interface_and_direction", || {
        let capture = Capture::start(&["-i", "any", "-nn", "udp port 7777"]);
        send_datagrams(7777, 1);
        let line = capture.line();
        assert!(line.contains(" lo    In  IP 127.0.0.1."), "{line:?}");
        capture.interrupt();
    });
}

#[test]
fn an_interface_can_be_named_by_its_number() {
    in_private_network("an_interface_can_be_named_by_its_number", || {
        let list = run(env!("CARGO_BIN_EXE_rtcpdump"), &["-D"]);
        let lo = list.lines().find(|line| line.contains(".lo [")).unwrap();
        let number = lo.split('.').next().unwrap();
        let capture = Capture::start(&["-i", number, "-nn", "-c", "1", "udp"]);
        send_datagrams(7777, 1);
        assert!(capture.line().contains("127.0.0.1.7777"));
    });
}

#[test]
fn a_full_disk_is_told_and_leaves_a_valid_file() {
    in_private_network("a_full_disk_is_told_and_leaves_a_valid_file", || {
        let folder = std::env::temp_dir().join(format!("rtcpdump-full-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.to_str().unwrap()]);
        let file = folder.join("out.pcap");
        let name = file.to_str().unwrap();
        let capture = Capture::start(&["-i", "lo", "-U", "-w", name, "udp port 7777"]);
        send_datagrams(7777, 2000);
        let (status, _, errors) = capture.finish();
        assert_eq!(status.code(), Some(1));
        let told = format!("rtcpdump: {name}: No space left on device; ");
        assert!(errors.iter().any(|line| line.starts_with(&told)), "{errors:?}");
        let packets = run(env!("CARGO_BIN_EXE_rtcpdump"), &["-nn", "-r", name]).lines().count();
        assert!(packets > 500, "only {packets} packets fit in 64 KiB");
        run("umount", &[folder.to_str().unwrap()]);
        std::fs::remove_dir(folder).unwrap();
    });
}

#[test]
fn a_snapshot_length_cuts_packets_and_keeps_their_length() {
    in_private_network("a_snapshot_length_cuts_packets_and_keeps_their_length", || {
        let capture = Capture::start(&["-i", "lo", "-nn", "-s", "60", "-c", "1", "--lengths", "udp port 7777"]);
        let receiver = UdpSocket::bind("127.0.0.1:7777").unwrap();
        receiver.send_to(&[0; 500], "127.0.0.1:7777").unwrap();
        let line = capture.line();
        assert!(line.starts_with("caplen 60 len 542 "), "{line:?}");
        assert!(line.ends_with("UDP, length 500"), "{line:?}");
    });
}

#[test]
fn without_the_privilege_the_user_learns_what_to_do() {
    in_private_network("without_the_privilege_the_user_learns_what_to_do", || {
        if !has_command("setpriv") {
            return;
        }
        let output = Command::new("setpriv")
            .args(["--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--no-new-privs"])
            .arg(env!("CARGO_BIN_EXE_rtcpdump"))
            .args(["-i", "lo"])
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains("You don't have permission"), "{errors}");
        assert!(errors.contains("sudo") && errors.contains("setcap"), "{errors}");
    });
}

#[test]
fn root_is_given_up_once_the_output_is_open() {
    in_private_network("root_is_given_up_once_the_output_is_open", || {
        // The test below needs an account to change to, which tcpdump's package makes.
        if tcpdump().is_none() {
            return;
        }
        let status_of = |arguments: &[&str]| {
            let capture = Capture::start(arguments);
            let status = std::fs::read_to_string(format!("/proc/{}/status", capture.id())).unwrap();
            assert!(capture.interrupt().0.success());
            let field = |name: &str| {
                let line = status.lines().find(|line| line.starts_with(name)).unwrap();
                line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
            };
            [field("Uid:"), field("Groups:"), field("CapEff:"), field("NoNewPrivs:")]
        };
        let uid = run("id", &["-u", "tcpdump"]).trim().to_owned();
        let gid = run("id", &["-g", "tcpdump"]).trim().to_owned();
        let all = [uid.as_str(); 4].join(" ");
        let dropped = status_of(&["-i", "lo", "-nn"]);
        assert_eq!(dropped, [all.as_str(), gid.as_str(), "0000000000000000", "1"]);
        assert!(status_of(&["-i", "lo", "-nn", "-Z", "root"])[0].starts_with("0 0"));
    });
}
