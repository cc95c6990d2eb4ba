//! Capturing on a device.

mod opening;

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use pcap::{Active, Capture, Direction, Linktype};

use super::counts::Totals;
use super::interface::Interface;
use super::libpcap::inactive::TimeStampType;
use super::libpcap::{self, Filter};
use super::{Event, Frame, LinkType, Timestamp, device};
use crate::error::{Error, libpcap_text, reason_text};
use crate::os::{link_state, system};

pub use super::counts::Counts;

/// How long the kernel may collect frames before it hands over a block that is not full, in
/// milliseconds: what is captured is printed well within a quarter of a second.
pub const BLOCK_TIMEOUT_MS: i32 = 100;

/// What the user wants of the device.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Its name.
    pub device: String,
    /// How much of each frame is captured, in octets.
    pub snapshot_length: i32,
    /// Whether other machines' frames are wanted too.
    pub promiscuous: bool,
    /// Whether all frames of a radio channel are wanted.
    pub monitor: bool,
    /// The kernel's buffer in octets.
    pub buffer_size: i32,
    /// Whether each frame is handed over at once.
    pub immediate: bool,
    /// How long the kernel may collect frames otherwise, in milliseconds.
    pub block_timeout: i32,
    /// Whether time stamps have nanoseconds.
    pub nanoseconds: bool,
    /// Where time stamps come from; libpcap chooses if `None`.
    pub time_stamp_type: Option<TimeStampType>,
    /// Frames that come in, go out, or both; libpcap chooses if `None`.
    pub direction: Option<Direction>,
}

/// A capture in progress.
pub struct Live {
    capture: Capture<Active>,
    link_type: LinkType,
    interface: Arc<Interface>,
    nanos_per_tick: i64,
    totals: Totals,
    /// Whether the device is known to have a monitor mode.
    pub supports_monitor_mode: bool,
    /// What was not as the user wanted it.
    pub warnings: Vec<String>,
}

impl Live {
    /// Opens the device. On `any`, frames come with their interface's name (SLL2) where libpcap can.
    pub fn open(settings: &Settings) -> Result<Live, Error> {
        let opening::Opened { capture, supports_monitor_mode, warnings } = opening::open(settings)?;
        // A read returns at once when there is nothing: the session waits, for signals too.
        let mut capture =
            capture.setnonblock().map_err(|error| opening::device_error(&settings.device, libpcap_text(error)))?;
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
        let length = libpcap::snapshot_length(&capture);
        let mut interface = Interface::unknown(link_type, length, settings.nanoseconds);
        interface.name = Some(settings.device.clone());
        interface.system = system::name();
        interface.station = link_state::station(&settings.device);
        let (interface, totals) = (Arc::new(interface), Totals::default());
        Ok(Live { capture, link_type, interface, nanos_per_tick, totals, supports_monitor_mode, warnings })
    }

    /// The device's name.
    pub fn device(&self) -> &str {
        self.interface.name.as_deref().unwrap_or_default()
    }

    /// Gives the device its number among several.
    pub fn set_number(&mut self, number: u32) {
        Arc::make_mut(&mut self.interface).number = number;
    }

    /// The snapshot length, in octets.
    pub fn snapshot_length(&self) -> i32 {
        self.interface.snapshot_length
    }

    /// Compiles a filter for this device.
    pub fn compile(&self, expression: &str, optimize: bool) -> Result<Filter, String> {
        Filter::compile(&self.capture, expression, optimize, libpcap::netmask(self.device()))
    }

    /// Lets only frames through that pass the filter: the kernel sees to it.
    pub fn install(&self, filter: &Filter) -> Result<(), String> {
        filter.install(&self.capture)
    }

    /// The next frame, if one is ready.
    #[inline]
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        match self.capture.next_packet() {
            Ok(packet) => {
                let timestamp = Timestamp {
                    seconds: packet.header.ts.tv_sec,
                    nanos: packet.header.ts.tv_usec * self.nanos_per_tick,
                };
                let (link_type, interface) = (self.link_type, &self.interface);
                let (bytes, wire_length) = (packet.data, packet.header.len);
                Ok(Event::Frame(Frame { timestamp, bytes, wire_length, link_type, interface }))
            }
            Err(pcap::Error::TimeoutExpired) => Ok(Event::Idle),
            Err(pcap::Error::NoMorePackets) => Ok(Event::End),
            Err(error) => nothing_ready(libpcap_text(error)),
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
        Arc::make_mut(&mut self.interface).link_type = link_type;
        Ok(())
    }

    /// The device, as a savefile describes it.
    pub fn interface(&self) -> &Arc<Interface> {
        &self.interface
    }

    /// The link types that the device can be captured with.
    pub fn link_types(&self) -> Result<Vec<LinkType>, Error> {
        let types = self.capture.list_datalinks().map_err(|error| Error::Usage(libpcap_text(error)))?;
        Ok(types.into_iter().map(|link_type| LinkType(link_type.0)).collect())
    }

    /// The counts since the start.
    pub fn counts(&mut self) -> Result<Counts, String> {
        let counts = self.capture.stats().map_err(libpcap_text)?;
        Ok(self.totals.update(counts.received, counts.dropped, counts.if_dropped))
    }
}

/// Whether a read failed because of the frame that was to be read.
pub fn is_about_frame(reason: &str) -> bool {
    reason.starts_with("corrupted frame")
}

/// Some of libpcap's sources, such as `nflog`, call it an error that there is nothing to read yet.
#[cold]
fn nothing_ready(reason: String) -> Result<Event<'static>, String> {
    let again = reason_text(&io::Error::from_raw_os_error(libc::EAGAIN));
    if reason.ends_with(&again) { Ok(Event::Idle) } else { Err(reason) }
}
