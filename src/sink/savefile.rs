//! Writing a savefile in libpcap's format (pcap-savefile(5)).
//!
//! libpcap's own writer reports no failed write, so this one does the few octets itself.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;

use crate::error::Error;
use crate::source::{Frame, LinkType};

const MAGIC_MICROSECONDS: u32 = 0xa1b2_c3d4;
const MAGIC_NANOSECONDS: u32 = 0xa1b2_3c4d;
const FILE_HEADER_LENGTH: usize = 24;
const RECORD_HEADER_LENGTH: usize = 16;

/// Records that are held back at most, in octets.
const HELD_BACK: usize = 256 * 1024;

/// What a savefile says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// What frames start with.
    pub link_type: LinkType,
    /// How much of each frame was captured at most, in octets.
    pub snapshot_length: i32,
    /// Whether time stamps have nanoseconds instead of microseconds.
    pub nanoseconds: bool,
}

/// A savefile that is being written.
pub struct Savefile {
    /// `None` between one file and the next.
    file: Option<File>,
    name: String,
    description: Description,
    /// Each frame is written out at once (`-U`).
    unbuffered: bool,
    /// What is not written yet: the file's header, then whole records.
    held_back: Vec<u8>,
    /// Octets in the file. Whatever happens, the file ends behind a record.
    written: u64,
}

impl Savefile {
    /// Creates the file; `-` is standard output.
    pub fn create(path: &Path, description: &Description, unbuffered: bool) -> Result<Savefile, Error> {
        let mut savefile = Savefile {
            file: None,
            name: String::new(),
            description: *description,
            unbuffered,
            held_back: Vec::with_capacity(2 * HELD_BACK),
            written: 0,
        };
        savefile.open(path)?;
        Ok(savefile)
    }

    /// Goes on in this file; the one before has to be closed.
    pub fn open(&mut self, path: &Path) -> Result<(), Error> {
        self.name = path.display().to_string();
        let opened = if path == Path::new("-") {
            io::stdout().as_fd().try_clone_to_owned().map(File::from)
        } else {
            File::create(path)
        };
        self.file = Some(opened.map_err(|reason| self.error(reason, 0))?);
        self.written = 0;
        put_file_header(&mut self.held_back, &self.description);
        self.flush()
    }

    /// Closes the file, with every frame in it.
    pub fn close(&mut self) -> Result<(), Error> {
        self.flush()?;
        // A file on another machine may fail only now.
        self.file.take().map_or(Ok(()), nix::unistd::close).map_err(|errno| self.error(errno.into(), 0))
    }

    /// The size of the file, in octets, with what is held back.
    #[inline]
    pub fn size(&self) -> u64 {
        self.written + self.held_back.len() as u64
    }

    /// The file, if it is one that was created here.
    pub fn created_file(&self) -> Option<&File> {
        self.file.as_ref().filter(|_| self.name != "-")
    }

    /// Writes a frame as it was captured.
    #[inline]
    pub fn frame(&mut self, frame: &Frame) -> Result<(), Error> {
        if frame.link_type != self.description.link_type {
            return Err(self.other_link_type(frame.link_type));
        }
        let fraction = if self.description.nanoseconds { frame.timestamp.nanos } else { frame.timestamp.nanos / 1000 };
        // The format has 32 bits for each, seconds wrap in 2106.
        let fields = [frame.timestamp.seconds as u32, fraction as u32, frame.bytes.len() as u32, frame.wire_length];
        for field in fields {
            self.held_back.extend_from_slice(&field.to_ne_bytes());
        }
        self.held_back.extend_from_slice(frame.bytes);
        if self.held_back.len() >= HELD_BACK || self.unbuffered { self.flush() } else { Ok(()) }
    }

    /// The format has one link type for all frames, but a file that is read may have several.
    #[cold]
    fn other_link_type(&self, other: LinkType) -> Error {
        let [ours, other] = [self.description.link_type, other].map(|link_type| link_type.name().unwrap_or_default());
        let text = format!("a pcap file holds packets of one link-type: this one {ours}, but there is one of {other}");
        Error::Savefile { file: self.name.clone(), reason: io::Error::other(text), frames_lost: 0 }
    }

    /// Writes out what is held back. After a failure the file is cut to its last whole record.
    pub fn flush(&mut self) -> Result<(), Error> {
        let mut done = 0;
        while let Some(rest) = self.held_back.get(done..).filter(|rest| !rest.is_empty()) {
            let written = match &mut self.file {
                Some(file) => file.write(rest),
                None => Err(io::Error::other("the file is closed")),
            };
            match written {
                Ok(0) => return Err(self.fail(done, io::ErrorKind::WriteZero.into())),
                Ok(count) => done += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.fail(done, error)),
            }
        }
        self.written += done as u64;
        self.held_back.clear();
        Ok(())
    }

    /// Cuts off a record of which only a part was written, and counts the frames that are lost.
    fn fail(&mut self, done: usize, reason: io::Error) -> Error {
        let file_header = if self.written == 0 { FILE_HEADER_LENGTH } else { 0 };
        let (mut whole, mut at, mut frames_lost) = (0, file_header, 0);
        if done >= at {
            whole = at;
        }
        while let Some(length) = record_length(&self.held_back, at) {
            at += length;
            if at <= done {
                whole = at;
            } else {
                frames_lost += 1;
            }
        }
        self.held_back.clear();
        // A pipe cannot be cut; its reader sees the end in the middle of a record.
        let _ = self.file.as_ref().map(|file| file.set_len(self.written + whole as u64));
        self.error(reason, frames_lost)
    }

    fn error(&self, reason: io::Error, frames_lost: u64) -> Error {
        Error::Savefile { file: self.name.clone(), reason, frames_lost }
    }
}

/// The length of the record at `at`, header included.
fn record_length(records: &[u8], at: usize) -> Option<usize> {
    let captured = records.get(at + 8..)?.first_chunk::<4>()?;
    Some(RECORD_HEADER_LENGTH + u32::from_ne_bytes(*captured) as usize)
}

fn put_file_header(out: &mut Vec<u8>, description: &Description) {
    let magic = if description.nanoseconds { MAGIC_NANOSECONDS } else { MAGIC_MICROSECONDS };
    out.extend_from_slice(&magic.to_ne_bytes());
    // Version 2.4; then the time zone's offset and the time stamps' accuracy, which nobody fills in.
    out.extend_from_slice(&2u16.to_ne_bytes());
    out.extend_from_slice(&4u16.to_ne_bytes());
    out.extend_from_slice(&[0; 8]);
    out.extend_from_slice(&description.snapshot_length.to_ne_bytes());
    out.extend_from_slice(&description.link_type.savefile_number().to_ne_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Timestamp;
    use crate::source::interface::Interface;
    use std::sync::{Arc, LazyLock};

    const DESCRIPTION: Description = Description { link_type: LinkType::RAW, snapshot_length: 96, nanoseconds: false };

    fn frame(bytes: &[u8]) -> Frame<'_> {
        let timestamp = Timestamp { seconds: 5, nanos: 1_234_567 };
        static INTERFACE: LazyLock<Arc<Interface>> =
            LazyLock::new(|| Arc::new(Interface::unknown(LinkType::RAW, 96, false)));
        Frame { timestamp, bytes, wire_length: 1500, link_type: LinkType::RAW, interface: &INTERFACE }
    }

    fn file(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("rtcpdump-{}-{name}", std::process::id()))
    }

    #[test]
    fn header_and_records_are_as_pcap_savefile_says() {
        let path = file("format");
        let mut savefile = Savefile::create(&path, &DESCRIPTION, false).unwrap();
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
        let error = Savefile::create(path, &DESCRIPTION, false).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("/dev/full: No space left on device"));
    }

    #[test]
    fn after_a_failure_the_file_ends_behind_a_whole_record() {
        let path = file("cut");
        let mut savefile = Savefile::create(&path, &DESCRIPTION, false).unwrap();
        savefile.frame(&frame(&[7; 10])).unwrap();
        savefile.frame(&frame(&[8; 10])).unwrap();
        // As if the disk were full in the middle of the second record.
        savefile.file.as_ref().unwrap().write_all(&savefile.held_back[..30]).unwrap();
        let error = savefile.fail(30, io::Error::from_raw_os_error(28));
        assert!(error.to_string().ends_with("1 packet could not be written"), "{error}");
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 24 + 26);
        std::fs::remove_file(&path).unwrap();
    }
}
