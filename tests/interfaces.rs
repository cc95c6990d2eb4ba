//! Capturing on several interfaces at once, and on interfaces that go down or away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use support::{Capture, Pair, in_private_network, rtcpdump, run, tcpdump};

/// Sends datagrams by turns through both pairs; the length of each tells its number.
fn send_by_turns(pairs: [&Pair; 2], count: usize) {
    let sockets = pairs.map(Pair::sender);
    for number in 0..count {
        let (socket, pair) = (&sockets[number % 2], pairs[number % 2]);
        socket.send_to(&vec![0; number % 1000], pair.far_host()).unwrap();
    }
}

/// The word of a line, counted from 0.
fn word(line: &str, number: usize) -> &str {
    line.split_whitespace().nth(number).unwrap_or_default()
}

#[test]
fn frames_of_several_interfaces_come_in_time_order_with_interface_and_direction() {
    in_private_network("frames_of_several_interfaces_come_in_time_order_with_interface_and_direction", || {
        let (a, b) = (Pair::new("a", 1), Pair::new("b", 2));
        let capture = Capture::start(&["-i", "a0", "-i", "b1", "-nn", "-tt", "udp port 7777"]);
        send_by_turns([&a, &b], 2000);
        let lines: Vec<String> = (0..2000).map(|_| capture.line()).collect();
        for (number, line) in lines.iter().enumerate() {
            let end = format!(": UDP, length {}", number % 1000);
            assert!(line.ends_with(&end), "{end:?} was sent as number {number}, but there is {line:?}");
            let columns = ["a0    In  IP", "b1    Out IP"][number % 2];
            assert_eq!(line.split_once(' ').unwrap().1.get(..12), Some(columns), "{line:?}");
        }
        let times: Vec<&str> = lines.iter().map(|line| word(line, 0)).collect();
        assert!(times.is_sorted());
        let (status, _, errors) = capture.interrupt();
        assert!(status.success());
        let counts = ["2000 packets captured", "2000 packets received by filter", "0 packets dropped by kernel"];
        assert_eq!(Capture::counts(&errors), counts);
    });
}

#[test]
fn each_interface_has_its_banner_and_filter_and_count_are_for_all() {
    in_private_network("each_interface_has_its_banner_and_filter_and_count_are_for_all", || {
        let (a, b) = (Pair::new("a", 1), Pair::new("b", 2));
        let mut command = rtcpdump();
        command.args(["-ia0", "--interface", "b0", "-i", "a0", "-nn", "-s", "100", "-c", "3", "udp port 7777"]);
        let capture =
            Capture::start_until(command, "listening on a0, link-type EN10MB (Ethernet), snapshot length 100");
        capture.wait_for_error("listening on b0, link-type EN10MB (Ethernet), snapshot length 100");
        b.sender().send_to(b"other", "10.2.0.2:7778").unwrap();
        send_by_turns([&a, &b], 4);
        let (status, lines, errors) = capture.finish();
        assert!(status.success());
        let interfaces: Vec<&str> = lines.iter().map(|line| word(line, 1)).collect();
        assert_eq!(interfaces, ["a0", "b0", "a0"]);
        assert_eq!(Capture::counts(&errors)[0], "3 packets captured");
    });
}

#[test]
fn a_frame_waits_for_a_silent_interface_only_for_a_moment() {
    in_private_network("a_frame_waits_for_a_silent_interface_only_for_a_moment", || {
        let (a, _silent) = (Pair::new("a", 1), Pair::new("b", 2));
        for immediate in [&[][..], &["--immediate-mode"]] {
            let capture = Capture::start(&[&["-i", "a0", "-i", "b0", "-nn", "udp port 7777"], immediate].concat());
            for _ in 0..5 {
                let sent = Instant::now();
                a.sender().send_to(b"x", a.far_host()).unwrap();
                capture.line();
                assert!(sent.elapsed() < Duration::from_millis(250), "took {:?}", sent.elapsed());
                std::thread::sleep(Duration::from_millis(30));
            }
            capture.interrupt();
        }
    });
}

#[test]
fn interfaces_go_into_a_file_together_where_its_format_can_hold_them() {
    in_private_network("interfaces_go_into_a_file_together_where_its_format_can_hold_them", || {
        let (a, b) = (Pair::new("a", 1), Pair::new("b", 2));
        let file = std::env::temp_dir().join(format!("rtcpdump-interfaces-{}.pcap", std::process::id()));
        let name = file.to_str().unwrap();
        let capture = Capture::start(&["-i", "a0", "-i", "b0", "-w", name, "-c", "10", "udp port 7777"]);
        send_by_turns([&a, &b], 10);
        assert!(capture.finish().0.success());
        let lengths = |text: String| -> Vec<String> {
            text.lines().map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect()
        };
        let expected: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        assert_eq!(lengths(run(env!("CARGO_BIN_EXE_rtcpdump"), &["-nn", "-r", name])), expected);
        if let Some(mut tcpdump) = tcpdump() {
            let output = tcpdump.args(["-nn", "-r", name]).output().unwrap();
            assert_eq!(lengths(String::from_utf8(output.stdout).unwrap()), expected);
        }
        let refused = rtcpdump().args(["-i", "a0", "-i", "any", "-w", name]).output().unwrap();
        assert_eq!(refused.status.code(), Some(1));
        let errors = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(errors.contains("not both EN10MB of a0 and LINUX_SLL2 of any"), "{errors}");
        let capture = Capture::start(&["-ia0", "-iany", "--format", "pcapng", "-w", name, "-c", "3", "udp port 7777"]);
        a.sender().send_to(b"x", a.far_host()).unwrap();
        assert!(capture.finish().0.success());
        let text = run(env!("CARGO_BIN_EXE_rtcpdump"), &["-nn", "-e", "-r", name]);
        let of_any = text.lines().filter(|line| line.contains(" ifindex ")).count();
        assert_eq!((text.lines().count(), of_any), (3, 2), "{text}");
        std::fs::remove_file(file).unwrap();
    });
}

#[test]
fn each_frame_keeps_the_link_type_of_its_interface() {
    in_private_network("each_frame_keeps_the_link_type_of_its_interface", || {
        let a = Pair::new("a", 1);
        let capture = Capture::start(&["-i", "a0", "-i", "any", "-nn", "-e", "-c", "3", "udp port 7777"]);
        a.sender().send_to(b"x", a.far_host()).unwrap();
        let (_, lines, _) = capture.finish();
        let of_any = lines.iter().filter(|line| line.contains(" ifindex ")).count();
        assert_eq!((lines.len(), of_any), (3, 2), "one on a0, on any both ends of the pair: {lines:?}");
        assert!(lines.iter().any(|line| line.contains(" a0    In  ") && line.contains("ethertype IPv4 (0x0800), ")));
    });
}

#[test]
fn an_interface_that_goes_away_ends_the_capture_as_in_tcpdump() {
    in_private_network("an_interface_that_goes_away_ends_the_capture_as_in_tcpdump", || {
        let answer = |mut command: std::process::Command| {
            Pair::new("a", 1);
            command.args(["-i", "a0", "-nn", "udp port 7777"]);
            let capture = Capture::start_command(command);
            run("ip", &["link", "del", "a0"]);
            let (status, _, errors) = capture.finish();
            let errors: Vec<String> = errors.iter().map(|line| line.replace("rtcpdump: ", "tcpdump: ")).collect();
            (status.code(), errors)
        };
        let ours = answer(rtcpdump());
        assert_eq!(ours.0, Some(1));
        assert_eq!(ours.1[0], "tcpdump: pcap_loop: The interface disappeared");
        assert_eq!(ours.1[1], "0 packets captured");
        if let Some(tcpdump) = tcpdump() {
            assert_eq!(ours, answer(tcpdump));
        }
    });
}

#[test]
fn an_interface_that_goes_down_is_told_and_the_capture_goes_on() {
    in_private_network("an_interface_that_goes_down_is_told_and_the_capture_goes_on", || {
        let a = Pair::new("a", 1);
        let capture = Capture::start(&["-i", "a0", "-nn", "udp port 7777"]);
        run("ip", &["link", "set", "a0", "down"]);
        assert_eq!(capture.wait_for_error("down"), "rtcpdump: WARNING: a0: The interface went down");
        run("ip", &["link", "set", "a0", "up"]);
        assert_eq!(capture.wait_for_error("up"), "rtcpdump: WARNING: a0: The interface is up again");
        a.send_until_up();
        capture.line();
        assert!(capture.interrupt().0.success());
    });
}

#[test]
fn of_several_interfaces_the_others_go_on_when_one_is_lost() {
    in_private_network("of_several_interfaces_the_others_go_on_when_one_is_lost", || {
        let (a, b) = (Pair::new("a", 1), Pair::new("b", 2));
        let capture = Capture::start(&["-i", "a0", "-i", "b0", "-nn", "udp port 7777"]);
        send_by_turns([&a, &b], 2);
        assert_eq!([capture.line(), capture.line()].map(|line| word(&line, 1).to_owned()), ["a0", "b0"]);
        run("ip", &["link", "del", "a0"]);
        let told = capture.wait_for_error("disappeared");
        assert_eq!(told, "rtcpdump: WARNING: a0: The interface disappeared; the others are still captured on");
        b.sender().send_to(b"x", b.far_host()).unwrap();
        assert_eq!(word(&capture.line(), 1), "b0");
        let (status, _, errors) = capture.interrupt();
        assert_eq!(status.code(), Some(1), "a loss is a failure");
        let counts = ["3 packets captured", "3 packets received by filter", "0 packets dropped by kernel"];
        assert_eq!(Capture::counts(&errors), counts);
    });
}

#[test]
fn the_loss_of_the_last_interface_ends_the_capture() {
    in_private_network("the_loss_of_the_last_interface_ends_the_capture", || {
        let _pairs = (Pair::new("a", 1), Pair::new("b", 2));
        let capture = Capture::start(&["-i", "a0", "-i", "b0", "-nn", "udp port 7777"]);
        run("ip", &["link", "del", "b0"]);
        capture.wait_for_error("b0: The interface disappeared");
        run("ip", &["link", "del", "a0"]);
        let (status, _, errors) = capture.finish();
        assert_eq!(status.code(), Some(1));
        assert_eq!(errors[..2], ["rtcpdump: pcap_loop: a0: The interface disappeared", "0 packets captured"]);
    });
}

#[test]
fn a_flood_on_one_interface_loses_nothing_while_the_other_is_silent() {
    in_private_network("a_flood_on_one_interface_loses_nothing_while_the_other_is_silent", || {
        let (a, _silent) = (Pair::new("a", 1), Pair::new("b", 2));
        let capture = Capture::start(&["-i", "a0", "-i", "b0", "-B", "16384", "-w", "/dev/null", "udp port 7777"]);
        // More than the kernel's buffers hold.
        let socket: UdpSocket = a.sender();
        for _ in 0..50_000 {
            socket.send_to(&[0; 1000], a.far_host()).unwrap();
        }
        std::thread::sleep(Duration::from_millis(400));
        let (_, _, errors) = capture.interrupt();
        let counts = ["50000 packets captured", "50000 packets received by filter", "0 packets dropped by kernel"];
        assert_eq!(Capture::counts(&errors), counts);
    });
}
