//! Whether the devices that are captured on are up.
//!
//! The kernel goes on with a capture on an interface that goes down, and so does libpcap, without a word:
//! without this, the user would wait for packets that cannot come.

use std::os::fd::BorrowedFd;

use crate::os::link_state::{self, Watch};

/// One device.
struct Link {
    device: String,
    is_up: bool,
}

/// The devices that are watched.
pub struct Links {
    watch: Watch,
    links: Vec<Link>,
}

impl Links {
    /// Begins to watch devices. Those that are no interface of this machine, such as `any`, are left out.
    pub fn watch<'d>(devices: impl Iterator<Item = &'d str>) -> Option<Links> {
        // What changes from here on is told.
        let watch = Watch::start()?;
        let links = devices.filter_map(|device| {
            let is_up = link_state::is_up(device)?;
            Some(Link { device: device.to_owned(), is_up })
        });
        let links: Vec<Link> = links.collect();
        (!links.is_empty()).then_some(Links { watch, links })
    }

    /// What becomes readable when something has changed.
    pub fn descriptor(&self) -> BorrowedFd<'_> {
        self.watch.descriptor()
    }

    /// Tells which devices went down or up. One that is gone is told by the read from it.
    pub fn tell_changes(&mut self, tell: fn(&str)) {
        if !self.watch.take_change() {
            return;
        }
        for link in &mut self.links {
            let Some(is_up) = link_state::is_up(&link.device).filter(|&is_up| is_up != link.is_up) else { continue };
            link.is_up = is_up;
            let text = if is_up { "The interface is up again" } else { "The interface went down" };
            tell(&format!("{}: {text}", link.device));
        }
    }
}
