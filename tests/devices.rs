//! Interfaces as the user chooses and lists them, in a network of its own, beside the real tcpdump.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::net::UdpSocket;
use std::process::{Command, Output};

use support::{Capture, in_private_network, rtcpdump, run, tcpdump};

/// Two interfaces that are joined, the second of which hears what the first one sends.
fn pair() {
    run("ip", &["link", "add", "near0", "type", "veth", "peer", "name", "far0"]);
    run("ip", &["address", "add", "10.8.0.1/24", "dev", "near0"]);
    // Nothing but what the test sends is to be on them.
    for name in ["near0", "far0"] {
        std::fs::write(format!("/proc/sys/net/ipv6/conf/{name}/disable_ipv6"), "1").unwrap();
        run("ip", &["link", "set", name, "arp", "off", "up"]);
    }
}

/// Sends a datagram to everybody on the network of the pair, and one to ourselves.
fn send() {
    let socket = UdpSocket::bind("10.8.0.1:7777").unwrap();
    socket.set_broadcast(true).unwrap();
    socket.send_to(b"everybody", "10.8.0.255:7778").unwrap();
    UdpSocket::bind("127.0.0.1:0").unwrap().send_to(b"ourselves", "127.0.0.1:7779").unwrap();
}

/// Status and text. Version 4 of tcpdump writes the list of -L to standard error.
fn answer(mut command: Command, words: &str) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command.args(words.split(' ')).output().unwrap();
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    // The advice behind an error is ours alone.
    let errors = text(&stderr).replace("rtcpdump -D lists the interfaces there are.\n", "");
    (status.code(), text(&stdout) + &errors.replace("rtcpdump: ", "tcpdump: "))
}

#[test]
fn lists_and_refusals_are_tcpdumps() {
    in_private_network("lists_and_refusals_are_tcpdumps", || {
        pair();
        for words in [
            "-D",
            "-L -i lo",
            "-L -i any",
            "-L -i near0",
            "-L -i nflog",
            "-L -i 1",
            "-L -i nonexistent",
            "-J -i lo",
            "-J -i any",
            "-J -i nflog",
            "-J -i nonexistent",
            "-I -i lo",
            "-I -L -i near0",
            "-I -i any",
            "-i nonexistent",
            "-j sundial -i lo",
            "-Q in -d -y RAW",
            "-d -i lo",
        ] {
            let Some(tcpdump) = tcpdump() else { return };
            assert_eq!(answer(rtcpdump(), words), answer(tcpdump, words), "{words}");
        }
    });
}

#[test]
fn a_time_stamp_type_that_the_interface_lacks_is_told_and_the_capture_goes_on() {
    in_private_network("a_time_stamp_type_that_the_interface_lacks_is_told_and_the_capture_goes_on", || {
        let mut command = rtcpdump();
        command.args(["-i", "lo", "-j", "adapter", "-nn", "-c", "1"]);
        let warning = "rtcpdump: WARNING: When trying to set timestamp type 'adapter' on lo: \
                       That type of time stamp is not supported by that device";
        let capture = Capture::start_until(command, warning);
        capture.wait_for_error("listening on lo");
        UdpSocket::bind("127.0.0.1:0").unwrap().send_to(b"x", "127.0.0.1:7779").unwrap();
        assert!(capture.line().contains("127.0.0.1.7779: UDP, length 1"));
        assert!(capture.finish().0.success());
        let capture = Capture::start(&["-i", "lo", "-j", "HOST"]);
        let (status, _, errors) = capture.interrupt();
        assert!(status.success() && !errors.concat().contains("WARNING"), "{errors:?}");
    });
}

#[test]
fn a_direction_keeps_out_what_goes_the_other_way() {
    in_private_network("a_direction_keeps_out_what_goes_the_other_way", || {
        pair();
        // On far0 the datagram comes in, on near0 it goes out.
        let rows = [
            ("near0", "in", 0),
            ("near0", "OUT", 1),
            ("near0", "inout", 1),
            ("far0", "in", 1),
            ("far0", "out", 0),
            // What goes out of loopback comes in there again, and is captured then only.
            ("any", "out", 1),
        ];
        for (interface, direction, count) in rows {
            let capture = Capture::start(&["-i", interface, "-Q", direction, "-nn", "udp"]);
            send();
            std::thread::sleep(std::time::Duration::from_millis(300));
            let (_, lines, _) = capture.interrupt();
            let packets = lines.iter().filter(|line| line.contains("UDP, length 9")).count();
            assert_eq!(packets, count, "-i {interface} -Q {direction}: {lines:?}");
        }
    });
}

#[test]
fn other_machines_packets_are_left_alone_with_p() {
    in_private_network("other_machines_packets_are_left_alone_with_p", || {
        pair();
        for (option, promiscuity) in [("-n", "promiscuity 1 "), ("-p", "promiscuity 0 ")] {
            let capture = Capture::start(&["-i", "near0", option]);
            let state = run("ip", &["-details", "link", "show", "near0"]);
            assert!(state.contains(promiscuity), "{option}: {state}");
            capture.interrupt();
        }
    });
}

#[test]
fn foreign_addresses_are_numbers_and_names_can_be_without_domain() {
    in_private_network("foreign_addresses_are_numbers_and_names_can_be_without_domain", || {
        pair();
        let hosts = std::env::temp_dir().join(format!("rtcpdump-hosts-{}", std::process::id()));
        std::fs::write(&hosts, "127.0.0.1 localhost\n10.8.0.1 near.example.org\n10.9.0.1 strange.example.org\n")
            .unwrap();
        run("mount", &["--bind", hosts.to_str().unwrap(), "/etc/hosts"]);
        run("ip", &["route", "add", "10.9.0.0/24", "dev", "near0"]);
        let line = |option: &str| {
            let capture = Capture::start(&["-i", "near0", "-t", "-c", "1", option, "udp"]);
            let socket = UdpSocket::bind("10.8.0.1:7777").unwrap();
            socket.send_to(b"x", "10.9.0.1:7778").unwrap();
            capture.line()
        };
        assert_eq!(line("-q"), "IP near.example.org.7777 > strange.example.org.7778: UDP, length 1");
        assert_eq!(line("-N"), "IP near.7777 > strange.7778: UDP, length 1");
        assert_eq!(line("-f"), "IP near.example.org.7777 > 10.9.0.1.7778: UDP, length 1");
        assert_eq!(line("-fn"), "IP 10.8.0.1.7777 > 10.9.0.1.7778: UDP, length 1");
        run("umount", &["/etc/hosts"]);
        std::fs::remove_file(hosts).unwrap();
    });
}

#[test]
fn an_interface_without_network_is_told_with_f() {
    in_private_network("an_interface_without_network_is_told_with_f", || {
        pair();
        let mut command = rtcpdump();
        command.args(["-i", "far0", "-f"]);
        let warning = "rtcpdump: WARNING: foreign (-f) flag used but: far0: no IPv4 address assigned";
        let capture = Capture::start_until(command, warning);
        capture.wait_for_error("listening on far0");
        assert!(capture.interrupt().0.success());
    });
}

#[test]
fn sources_that_are_no_interfaces_wait_for_packets_too() {
    in_private_network("sources_that_are_no_interfaces_wait_for_packets_too", || {
        let list = run(env!("CARGO_BIN_EXE_rtcpdump"), &["-D"]);
        if !list.contains(".nflog ") {
            return;
        }
        let capture = Capture::start(&["-i", "nflog", "--immediate-mode", "-p"]);
        std::thread::sleep(std::time::Duration::from_millis(300));
        let (status, _, errors) = capture.interrupt();
        assert!(status.success(), "{errors:?}");
        assert_eq!(errors[0], "0 packets captured");
    });
}
