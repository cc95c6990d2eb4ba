//! `--analyze` and `--connections` on a network: what the kernel does with real connections is told as it happens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::print_stderr)]

#[allow(dead_code)]
mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use nix::sys::signal::Signal;
use support::{Capture, in_private_network};

/// The next line that contains a text.
fn line_with(capture: &Capture, text: &str) -> String {
    loop {
        let line = capture.line();
        if line.contains(text) {
            return line;
        }
    }
}

/// A connection over which one octet goes, closed by its client.
fn connect_and_close(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all(b"x").unwrap();
    server.read_exact(&mut [0]).unwrap();
    drop(client);
    assert_eq!(server.read(&mut [0]).unwrap(), 0);
}

#[test]
fn connections_are_told_as_they_open_close_and_are_refused() {
    in_private_network("connections_are_told_as_they_open_close_and_are_refused", || {
        let listener = TcpListener::bind("127.0.0.1:8080").unwrap();
        let capture = Capture::start(&["-i", "lo", "-nn", "--analyze", "tcp"]);
        connect_and_close(&listener);
        let line = line_with(&capture, " [");
        line_with(&capture, "[handshake done, rtt ");
        let fin = line_with(&capture, "FIN_WAIT_1");
        assert!(fin.ends_with(" [client ESTABLISHED -> FIN_WAIT_1]"), "{line}\n{fin}");
        assert!(line_with(&capture, "closed by").contains("closed by client, "));
        assert!(TcpStream::connect("127.0.0.1:81").is_err());
        let refused = line_with(&capture, "connection refused");
        assert!(refused.contains("127.0.0.1.81 > ") && refused.ends_with(" [connection refused]"), "{refused}");
        capture.interrupt();
    });
}

#[test]
fn a_reader_that_does_not_read_closes_its_window() {
    in_private_network("a_reader_that_does_not_read_closes_its_window", || {
        const OCTETS: usize = 16 << 20;
        let listener = TcpListener::bind("127.0.0.1:8080").unwrap();
        let capture = Capture::start(&["-i", "lo", "-nn", "-s", "100", "--analyze", "--connections", "--print", "tcp"]);
        let mut client = TcpStream::connect("127.0.0.1:8080").unwrap();
        let (mut server, _) = listener.accept().unwrap();
        let writer = std::thread::spawn(move || client.write_all(&vec![0; OCTETS]).unwrap());
        let closed = line_with(&capture, "zero window");
        assert!(closed.contains("IP 127.0.0.1.8080 > "), "{closed}");
        std::thread::sleep(Duration::from_millis(300));
        server.read_exact(&mut vec![0; OCTETS]).unwrap();
        writer.join().unwrap();
        drop(server);
        let opened = line_with(&capture, "open now");
        let time = opened.split("zero window for ").nth(1).unwrap().split(' ').next().unwrap();
        let milliseconds: f64 = time.parse().unwrap();
        assert!(opened.contains(" ms, ") && milliseconds >= 250.0 || opened.contains(" s, "), "{opened}");
        let (_, lines, _) = capture.interrupt();
        let row = lines.iter().find(|line| line.contains("  127.0.0.1:8080  ")).unwrap();
        let zero_windows: u32 = row.split_whitespace().last().unwrap().parse().unwrap();
        assert!(zero_windows >= 1, "{row}");
    });
}

#[test]
fn the_table_comes_on_request_and_at_the_end() {
    in_private_network("the_table_comes_on_request_and_at_the_end", || {
        let listener = TcpListener::bind("127.0.0.1:8080").unwrap();
        let capture = Capture::start(&["-i", "lo", "-nn", "--immediate-mode", "--connections", "tcp"]);
        connect_and_close(&listener);
        assert!(TcpStream::connect("127.0.0.1:81").is_err());
        std::thread::sleep(Duration::from_millis(300));
        capture.signal(Signal::SIGUSR1);
        assert!(capture.line().starts_with("start "));
        let row = line_with(&capture, "127.0.0.1:8080  ");
        assert!(row.contains("handshake") && row.contains("FIN by client"), "{row}");
        line_with(&capture, "2 connections; 1 with handshake, 1 not established; 1 closed, 1 refused");
        assert_eq!(line_with(&capture, "refused connection"), "127.0.0.1:81: 1 refused connection from 127.0.0.1");
        connect_and_close(&listener);
        std::thread::sleep(Duration::from_millis(300));
        let (status, lines, errors) = capture.interrupt();
        assert!(status.success());
        assert!(lines.iter().any(|line| line.starts_with("3 connections; 2 with handshake, ")), "{lines:#?}");
        // No blank line of an interrupted text, and the counts on standard error as always.
        assert!(lines[0].starts_with("start "), "{lines:#?}");
        assert!(errors.iter().any(|line| line.ends_with(" packets captured")), "{errors:?}");
    });
}
