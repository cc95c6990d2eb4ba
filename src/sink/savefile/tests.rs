//! What is in the files, and what is left of them after a failure.

use std::sync::{Arc, LazyLock};

use super::format::Format;
use super::*;
use crate::source::interface::Interface;
use crate::source::{LinkType, Timestamp};

fn description(format: &str) -> Description {
    Description {
        format: Format::of_word(format).unwrap(),
        link_type: LinkType::RAW,
        snapshot_length: 96,
        nanoseconds: None,
        interfaces: vec![Arc::clone(&INTERFACE)],
        filter: String::new(),
    }
}

static INTERFACE: LazyLock<Arc<Interface>> = LazyLock::new(|| Arc::new(Interface::unknown(LinkType::RAW, 96, false)));

fn frame(bytes: &[u8]) -> Frame<'_> {
    let timestamp = Timestamp { seconds: 5, nanos: 1_234_567 };
    Frame { timestamp, bytes, wire_length: 1500, link_type: LinkType::RAW, interface: &INTERFACE }
}

fn file(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("rtcpdump-{}-{name}", std::process::id()))
}

fn create(path: &Path, format: &str, pace: Pace) -> Result<Savefile, Error> {
    Savefile::create(path, &description(format), Filling { pace, size_limit: u64::MAX })
}

#[test]
fn header_and_records_are_as_pcap_savefile_says() {
    let path = file("format");
    let mut savefile = create(&path, "pcap", Pace::Held).unwrap();
    savefile.frame(&frame(&[1, 2, 3])).unwrap();
    savefile.flush().unwrap();
    let octets = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let words: Vec<u32> = octets.chunks_exact(4).map(|word| u32::from_ne_bytes(word.try_into().unwrap())).collect();
    assert_eq!(words[0], 0xa1b2_c3d4);
    // LINKTYPE_RAW is 101 in files, whatever the system's DLT_RAW.
    assert_eq!(words[2..6], [0, 0, 96, 101]);
    assert_eq!(words[6..10], [5, 1234, 3, 1500]);
    assert_eq!(octets[40..], [1, 2, 3]);
}

#[test]
fn a_failed_write_names_the_file_and_counts_the_frames() {
    let path = Path::new("/dev/full");
    if !path.exists() {
        return;
    }
    for format in ["pcap", "pcapng", "pcap.gz", "pcapng.zst"] {
        for pace in [Pace::Unbuffered, Pace::Held, Pace::Beside] {
            let error = create(path, format, pace).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some("/dev/full: No space left on device"), "{format}");
        }
    }
}
