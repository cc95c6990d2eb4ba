//! The state of this machine's network interfaces: addresses, and whether they are up.

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

/// Whether an interface is up; `None` if there is none of this name.
pub fn is_up(name: &str) -> Option<bool> {
    let interface = getifaddrs().ok()?.find(|interface| interface.interface_name == name)?;
    Some(interface.flags.contains(InterfaceFlags::IFF_UP))
}

/// An interface's own MAC address, if it has one.
pub fn station(name: &str) -> Option<[u8; 6]> {
    let mut interfaces = getifaddrs().ok()?.filter(|interface| interface.interface_name == name);
    interfaces.find_map(|interface| interface.address?.as_link_addr()?.addr())
}

pub use watch::Watch;

#[cfg(target_os = "linux")]
mod watch {
    use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

    use nix::sys::socket::{
        AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, socket,
    };

    /// The group of a netlink socket that hears of links (`RTMGRP_LINK`, rtnetlink(7)).
    const LINKS: u32 = 1;

    /// Tells that something about an interface has changed.
    #[derive(Debug)]
    pub struct Watch(OwnedFd);

    impl Watch {
        /// Begins to listen. `None` where the system does not tell.
        pub fn start() -> Option<Watch> {
            let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
            let protocol = SockProtocol::NetlinkRoute;
            let socket = socket(AddressFamily::Netlink, SockType::Raw, flags, protocol).ok()?;
            bind(socket.as_raw_fd(), &NetlinkAddr::new(0, LINKS)).ok()?;
            Some(Watch(socket))
        }

        /// What becomes readable when something has changed.
        pub fn descriptor(&self) -> BorrowedFd<'_> {
            self.0.as_fd()
        }

        /// Whether something has changed since the last call.
        pub fn take_change(&self) -> bool {
            let mut changed = false;
            let mut message = [0; 4096];
            loop {
                match recv(self.0.as_raw_fd(), &mut message, MsgFlags::empty()) {
                    Ok(0) | Err(nix::Error::EAGAIN) => return changed,
                    Ok(_) | Err(nix::Error::EINTR) => changed = true,
                    // More changes than the socket can hold are changes too.
                    Err(_) => return true,
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod watch {
    use std::os::fd::BorrowedFd;

    /// Would tell that something about an interface has changed; on this system, libpcap does.
    #[derive(Debug)]
    pub enum Watch {}

    impl Watch {
        /// Nothing is told here.
        pub fn start() -> Option<Watch> {
            None
        }

        /// What becomes readable when something has changed.
        pub fn descriptor(&self) -> BorrowedFd<'_> {
            match *self {}
        }

        /// Whether something has changed since the last call.
        pub fn take_change(&self) -> bool {
            match *self {}
        }
    }
}
