//! A lookup and its replies, as tcpdump prints them.

use super::*;
use crate::dissect::address::{IpAddress, Ipv4};
use crate::dissect::style::Style;
use crate::os::names::Names;

const CLIENT: (u8, u16) = (1, 1000);
const SERVER: (u8, u16) = (2, PORT);

/// A handle with a SunOS 4 layout: device 1,2, file 77.
const HANDLE: [u32; 8] = [0x0102, 9, 10, 77, 0, 0, 0, 0];
const CALL_HEADER: [u32; 10] = [7, 0, 2, 100_003, 3, 3, 1, 0, 0, 0];
const REPLY_HEADER: [u32; 6] = [7, 1, 0, 0, 0, 0];
/// A regular file of the user -2.
const FILE: [u32; 21] = [1, 0o100_644, 1, 0xffff_fffe, 100, 0, 5, 0, 8, 0, 0, 0, 1, 0, 2, 3, 4, 5, 6, 7, 8];

fn octets(parts: &[&[u32]]) -> Vec<u8> {
    parts.iter().flat_map(|part| part.iter().flat_map(|word| word.to_be_bytes())).collect()
}

fn call() -> Vec<u8> {
    octets(&[&CALL_HEADER, &[32], &HANDLE, &[3, u32::from_be_bytes(*b"a\x1bb\0")]])
}

fn text(cx: &mut Context, message: &[u8], from: (u8, u16), to: (u8, u16)) -> String {
    let host = |last| IpAddress::V4(Ipv4([127, 0, 0, last]));
    let ip = IpHeader {
        source: host(from.0),
        destination: host(to.0),
        protocol: 17,
        hop_limit: 64,
        fragmented: false,
        packet: Cursor::new(&[], 0),
    };
    cx.out.clear();
    let data = Cursor::new(message, message.len() as u32);
    if print_datagram(cx, data, (from.1, to.1), &ip).is_err() {
        cx.truncated();
    }
    String::from_utf8_lossy(&cx.out).into_owned()
}

fn context(verbose: u8, raw_file_handles: bool) -> Context {
    Context::new(Style { verbose, raw_file_handles, ..Style::default() }, Names::numeric())
}

#[test]
fn a_reply_is_read_as_what_its_call_asked_for() {
    let mut cx = context(0, false);
    let reply = octets(&[&REPLY_HEADER, &[0, 32], &HANDLE, &[1], &FILE, &[0]]);
    assert_eq!(text(&mut cx, &reply, SERVER, CLIENT), "NFS reply xid 7 reply ok 156");
    assert_eq!(text(&mut cx, &call(), CLIENT, SERVER), "NFS request xid 7 84 lookup fh 1,2/77 \"a^[b\"");
    assert_eq!(text(&mut cx, &reply, SERVER, CLIENT), "NFS reply xid 7 reply ok 156 lookup fh 1,2/77");
    assert_eq!(text(&mut cx, &reply, SERVER, (3, 1000)), "NFS reply xid 7 reply ok 156");
    cx.style.verbose = 2;
    let expected = "NFS reply xid 7 reply ok 156 lookup fh 1,2/77 REG 100644 ids -2/100 sz 5 nlink 1 rdev 0/0 fsid 1 \
                    fileid 2 a/m/ctime 3.000004 5.000006 7.000008 post dattr:";
    assert_eq!(text(&mut cx, &reply, SERVER, CLIENT), expected);
}

#[test]
fn an_error_needs_no_results_behind_it() {
    let mut cx = context(0, false);
    text(&mut cx, &call(), CLIENT, SERVER);
    let reply = octets(&[&REPLY_HEADER, &[2]]);
    let expected = "NFS reply xid 7 reply ok 28 lookup ERROR: No such file or directory";
    assert_eq!(text(&mut cx, &reply, SERVER, CLIENT), expected);
}

#[test]
fn credentials_that_do_not_fit_end_the_text() {
    let mut cx = context(0, false);
    let cut = call().get(..40).map(<[u8]>::to_vec).unwrap_or_default();
    assert_eq!(text(&mut cx, &cut, CLIENT, SERVER), "NFS request xid 7 40 lookup [|nfs]");
    let lying = octets(&[&CALL_HEADER[..7], &[u32::MAX, 0, 0, 0]]);
    let expected = "NFS request xid 7 44 lookup [credentials length 4294967295 > 44] (invalid) [|nfs]";
    assert_eq!(text(&mut cx, &lying, CLIENT, SERVER), expected);
}

#[test]
fn raw_handles_are_words() {
    let expected = "NFS request xid 7 84 lookup fh[102:9:a:4d:0:0:0:0] \"a^[b\"";
    assert_eq!(text(&mut context(0, true), &call(), CLIENT, SERVER), expected);
}
