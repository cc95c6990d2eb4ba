//! Capturing on a device.

use std::io;
use std::os::fd::BorrowedFd;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use pcap::{Active, Capture, Linktype, Precision};

use super::{Event, Frame, LinkType, Timestamp, device, libpcap};
use crate::error::{Error, libpcap_text, reason_text};

/// How long the kernel may collect frames before it hands over a block that is not full, in
/// milliseconds: what is captured is printed well within a quarter of a second.
const BLOCK_TIMEOUT_MS: i32 = 100;

/// What the user wants of the device.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name.
    pub device: String,
    /// How much of each frame is captured, in octets.
    pub snapshot_length: i32,
    /// Whether other machines' frames are wanted too.
    pub promiscuous: bool,
    /// The kernel's buffer in octets; libpcap chooses if `None`.
    pub buffer_size: Option<i32>,
    /// Whether each frame is handed over at once.
    pub immediate: bool,
    /// Whether time stamps have nanoseconds.
    pub nanoseconds: bool,
}

/// The kernel's and the interface's counts, as far as libpcap tells them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Frames that passed the filter, also those that were dropped then.
    pub received: u32,
    /// Frames that found the kernel's buffer full.
    pub dropped: u32,
    /// Frames that the interface dropped.
    pub interface_dropped: u32,
}

/// A capture in progress.
pub struct Live {
    capture: Capture<Active>,
    link_type: LinkType,
    nanos_per_tick: i64,
    /// What was not as the user wanted it.
    pub warnings: Vec<String>,
}

impl Live {
    /// Opens the device. On `any`, frames come with their interface's name (SLL2) where libpcap can.
    pub fn open(settings: &Settings) -> Result<Live, Error> {
        let mut warnings = Vec::new();
        let capture = match activate(settings, settings.promiscuous) {
            Ok(capture) => capture,
            Err(error) => {
                let activation = libpcap::try_activation(&settings.device, settings.promiscuous);
                if activation.status != libpcap::WARNING_PROMISCUOUS_UNSUPPORTED {
                    return Err(activation_error(&settings.device, activation, libpcap_text(error)));
                }
                let details = parenthesized(&activation.details);
                warnings.push(format!("{}: {}{details}", settings.device, activation.meaning));
                activate(settings, false).map_err(|error| device_error(&settings.device, libpcap_text(error), None))?
            }
        };
        // A read returns at once when there is nothing: the session waits, for signals too.
        let mut capture = capture.setnonblock().map_err(|e| device_error(&settings.device, libpcap_text(e), None))?;
        if settings.device == device::ANY {
            // Older libpcaps have no SLL2; the frames are then SLL.
            let _ = capture.set_datalink(Linktype(LinkType::LINUX_SLL2.0));
        }
        let link_type = LinkType(capture.get_datalink().0);
        if let Some(socket) = libpcap::selectable(&capture) {
            // The command of -z would go on capturing, and hold the interface in promiscuous mode.
            let _ = fcntl(socket, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC));
        }
        let nanos_per_tick = if settings.nanoseconds { 1 } else { 1000 };
        Ok(Live { capture, link_type, nanos_per_tick, warnings })
    }

    /// The next frame, if one is ready.
    #[inline]
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        match self.capture.next_packet() {
            Ok(packet) => Ok(Event::Frame(Frame {
                timestamp: Timestamp {
                    seconds: packet.header.ts.tv_sec,
                    nanos: packet.header.ts.tv_usec * self.nanos_per_tick,
                },
                bytes: packet.data,
                wire_length: packet.header.len,
                link_type: self.link_type,
            })),
            Err(pcap::Error::TimeoutExpired) => Ok(Event::Idle),
            Err(pcap::Error::NoMorePackets) => Ok(Event::End),
            Err(error) => match libpcap_text(error) {
                text if is_nothing_yet(&text) => Ok(Event::Idle),
                text => Err(text),
            },
        }
    }

    /// What becomes readable when there are frames.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        libpcap::selectable(&self.capture)
    }

    /// What frames start with.
    pub fn link_type(&self) -> LinkType {
        self.link_type
    }

    /// Changes what frames start with (`-y`).
    pub fn set_link_type(&mut self, link_type: LinkType) -> Result<(), Error> {
        self.capture.set_datalink(Linktype(link_type.0)).map_err(|error| Error::Usage(libpcap_text(error)))?;
        self.link_type = link_type;
        Ok(())
    }

    /// The link types that the device can be captured with.
    pub fn link_types(&self) -> Result<Vec<LinkType>, Error> {
        let types = self.capture.list_datalinks().map_err(|error| Error::Usage(libpcap_text(error)))?;
        Ok(types.into_iter().map(|link_type| LinkType(link_type.0)).collect())
    }

    /// The capture, for compiling filters and asking for its snapshot length.
    pub fn capture(&self) -> &Capture<Active> {
        &self.capture
    }

    /// The counts since the start.
    pub fn counts(&mut self) -> Result<Counts, String> {
        let counts = self.capture.stats().map_err(libpcap_text)?;
        Ok(Counts { received: counts.received, dropped: counts.dropped, interface_dropped: counts.if_dropped })
    }
}

/// Whether a read failed only because there is no frame yet. Of some devices, such as `nflog`, libpcap says
/// so in words only.
#[cold]
fn is_nothing_yet(text: &str) -> bool {
    text.ends_with(&reason_text(&io::Error::from_raw_os_error(libc::EAGAIN)))
}

fn activate(settings: &Settings, promiscuous: bool) -> Result<Capture<Active>, pcap::Error> {
    let mut capture = Capture::from_device(settings.device.as_str())?
        .snaplen(settings.snapshot_length)
        .promisc(promiscuous)
        .timeout(BLOCK_TIMEOUT_MS)
        .immediate_mode(settings.immediate)
        .precision(if settings.nanoseconds { Precision::Nano } else { Precision::Micro });
    if let Some(octets) = settings.buffer_size {
        capture = capture.buffer_size(octets);
    }
    capture.open()
}

fn device_error(device: &str, reason: String, advice: Option<&'static str>) -> Error {
    Error::Device { device: device.to_owned(), reason, advice }
}

fn parenthesized(details: &str) -> String {
    if details.is_empty() { String::new() } else { format!("\n({details})") }
}

/// tcpdump's words for a device that cannot be opened, and what helps.
fn activation_error(device: &str, activation: libpcap::Activation, opening: String) -> Error {
    let details = parenthesized(&activation.details);
    let advice = match activation.status {
        libpcap::ERROR_PERMISSION_DENIED | libpcap::ERROR_PROMISCUOUS_DENIED => Some(
            "Run rtcpdump with sudo, or allow it once and for all: \
             sudo setcap cap_net_raw,cap_net_admin=eip \"$(command -v rtcpdump)\"",
        ),
        libpcap::ERROR_NO_SUCH_DEVICE => Some("rtcpdump -D lists the interfaces there are."),
        _ => None,
    };
    let reason = match activation.status {
        // The second attempt went well: only the first one knows why it did not.
        0.. => opening,
        libpcap::ERROR => activation.details,
        // With the other failures, libpcap has nothing to add to their meaning.
        libpcap::ERROR_NO_SUCH_DEVICE | libpcap::ERROR_PERMISSION_DENIED => format!("{}{details}", activation.meaning),
        _ => activation.meaning,
    };
    device_error(device, reason, advice)
}
