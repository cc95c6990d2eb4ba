//! A socket that sends whole frames (packet(7)), many with one call.
#![expect(unsafe_code, reason = "nix has neither addresses of interfaces by number nor this option of the socket")]

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use nix::net::if_::if_nametoindex;

use super::trains::{Train, Trains};

/// Room for what is on its way, in octets: enough that sending never waits for it.
const ROOM: libc::c_int = 64 << 20;

/// The socket.
pub struct Socket(OwnedFd);

impl Socket {
    /// One that sends through an interface and receives nothing. Before each message stands how it is to be split.
    pub fn open(interface: &str) -> io::Result<Socket> {
        // SAFETY: it takes integers only.
        let descriptor = checked(unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW | libc::SOCK_CLOEXEC, 0) })?;
        // SAFETY: the descriptor was opened just now, and nobody else has it.
        let socket = Socket(unsafe { OwnedFd::from_raw_fd(descriptor) });
        socket.set(libc::SOL_PACKET, libc::PACKET_VNET_HDR, 1)?;
        socket.set(libc::SOL_SOCKET, libc::SO_SNDBUFFORCE, ROOM)?;
        // SAFETY: the address is plain integers, for which zero is a value.
        let mut address: libc::sockaddr_ll = unsafe { std::mem::zeroed() };
        address.sll_family = libc::AF_PACKET as u16;
        address.sll_ifindex = if_nametoindex(interface)? as i32;
        let length = size_of_val(&address) as u32;
        // SAFETY: the pointer is to an address of that length.
        checked(unsafe { libc::bind(descriptor, (&raw const address).cast(), length) })?;
        Ok(socket)
    }

    fn set(&self, level: libc::c_int, option: libc::c_int, value: libc::c_int) -> io::Result<()> {
        let length = size_of_val(&value) as u32;
        // SAFETY: the pointer is to a value of that length.
        checked(unsafe { libc::setsockopt(self.0.as_raw_fd(), level, option, (&raw const value).cast(), length) })?;
        Ok(())
    }

    /// Sends all messages.
    pub fn send(&self, trains: &Trains, batch: &[Train]) -> io::Result<()> {
        let mut parts: Vec<[libc::iovec; 2]> = batch.iter().map(|train| trains.parts(train).map(part)).collect();
        let mut messages: Vec<libc::mmsghdr> = parts.iter_mut().map(message).collect();
        let mut rest = &mut messages[..];
        while !rest.is_empty() {
            // SAFETY: the messages point to parts, and those to octets, that live until the call is over; it only
            // reads them.
            let sent = unsafe { libc::sendmmsg(self.0.as_raw_fd(), rest.as_mut_ptr(), rest.len() as u32, 0) };
            let done = match checked(sent) {
                Ok(sent) => sent as usize,
                // The other end has no room: lost, as on any line. What has arrived is counted there.
                Err(error) if error.raw_os_error() == Some(libc::ENOBUFS) => 1,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => 0,
                Err(error) => return Err(error),
            };
            rest = &mut rest[done..];
        }
        Ok(())
    }
}

fn part(octets: &[u8]) -> libc::iovec {
    libc::iovec { iov_base: octets.as_ptr().cast_mut().cast(), iov_len: octets.len() }
}

fn message(parts: &mut [libc::iovec; 2]) -> libc::mmsghdr {
    // SAFETY: null pointers and zeros are values of all fields.
    let mut message: libc::mmsghdr = unsafe { std::mem::zeroed() };
    message.msg_hdr.msg_iov = parts.as_mut_ptr();
    // A packet by itself has no second part.
    message.msg_hdr.msg_iovlen = if parts[1].iov_len == 0 { 1 } else { 2 };
    message
}

fn checked(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
