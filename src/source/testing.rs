//! What the tests of sources share.

use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use super::interface::Interface;
use super::{Frame, LinkType, Timestamp};

/// An open file of these octets that is gone when it is closed.
pub fn file_of(octets: &[u8]) -> File {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("rtcpdump-source-{}-{number}", std::process::id()));
    File::create(&path).unwrap().write_all(octets).unwrap();
    let file = File::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    file
}

/// A frame that was captured in full, at the epoch.
pub fn frame(link_type: LinkType, bytes: &[u8]) -> Frame<'_> {
    static INTERFACE: OnceLock<Arc<Interface>> = OnceLock::new();
    let interface = INTERFACE.get_or_init(|| Arc::new(Interface::unknown(LinkType::ETHERNET, 262_144, false)));
    Frame { timestamp: Timestamp::default(), bytes, wire_length: bytes.len() as u32, link_type, interface }
}
