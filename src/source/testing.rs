//! What the tests of sources share.

use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

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
