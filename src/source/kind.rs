//! The kinds of sources, behind one interface.

use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::Duration;

use super::interface::Interface;
use super::libpcap::Filter;
use super::live::{Counts, Live};
use super::merged::Merged;
use super::ready::Ready;
use super::savefile::Savefile;
use super::{Event, LinkType};
use crate::error::Error;

/// A device, several of them, or a savefile.
pub enum Source {
    /// Capturing.
    Live(Live),
    /// Capturing on several devices.
    Merged(Merged),
    /// Reading.
    Savefile(Savefile),
}

impl Source {
    /// The next frames that are there already. All others are left to [`Source::next_event`].
    #[inline]
    pub fn ready(&self) -> Option<Ready<'_>> {
        match self {
            Source::Savefile(savefile) => savefile.ready(),
            _ => None,
        }
    }

    /// Consumes frames that were ready: all but the last `rest` octets that are there.
    #[inline]
    pub fn consume(&mut self, rest: usize) {
        if let Source::Savefile(savefile) = self {
            savefile.consume(rest);
        }
    }

    /// Goes on in the next piece of a file that is read ahead, and hands out the one before, in which all frames lie that
    /// were lent of it. Nothing else moves them.
    pub fn next_piece(&mut self) -> Option<Vec<u8>> {
        match self {
            Source::Savefile(savefile) => savefile.next_piece(),
            _ => None,
        }
    }

    /// Takes back a piece that was handed out.
    pub fn give_back(&mut self, piece: Vec<u8>) {
        if let Source::Savefile(savefile) = self {
            savefile.give_back(piece);
        }
    }

    /// The piece of a file in which the frames lie that were lent last.
    pub fn piece(&self) -> &[u8] {
        match self {
            Source::Savefile(savefile) => savefile.piece(),
            _ => &[],
        }
    }

    /// The next frame, if there is one. The error is libpcap's text.
    #[inline]
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        match self {
            Source::Live(live) => live.next_event(),
            Source::Merged(merged) => merged.next_event(),
            Source::Savefile(savefile) => savefile.next_event(),
        }
    }

    /// Passes over frames that nobody wants, as far as that is quick: how many, up to `most`. The next event may
    /// be one more of them.
    pub fn pass_over(&mut self, most: u64) -> u64 {
        match self {
            Source::Savefile(savefile) => savefile.pass_over(most),
            _ => 0,
        }
    }

    /// Whether frames are captured, and not read.
    pub fn is_live(&self) -> bool {
        !matches!(self, Source::Savefile(_))
    }

    /// The devices that are captured on, in the order of the numbers that frames have.
    pub fn devices(&self) -> Vec<&Live> {
        match self {
            Source::Live(live) => vec![live],
            Source::Merged(merged) => merged.lives().collect(),
            Source::Savefile(_) => Vec::new(),
        }
    }

    /// What becomes readable when there are frames; `None` where that cannot be waited for.
    pub fn descriptors(&self) -> Option<Vec<BorrowedFd<'_>>> {
        match self {
            Source::Live(live) => Some(vec![live.descriptor()?]),
            Source::Merged(merged) => merged.working().map(Live::descriptor).collect(),
            Source::Savefile(savefile) => Some(vec![savefile.descriptor()?]),
        }
    }

    /// How long it is until a frame that is held back now is handed over.
    pub fn remaining(&self) -> Option<Duration> {
        match self {
            Source::Merged(merged) => merged.remaining(),
            _ => None,
        }
    }

    /// How much of a file has been read, and its length, where they are known.
    pub fn position(&self) -> Option<(u64, u64)> {
        match self {
            Source::Savefile(savefile) => savefile.position(),
            _ => None,
        }
    }

    /// What frames start with: those of the first interface, where there are several.
    pub fn link_type(&self) -> LinkType {
        match self {
            Source::Live(live) => live.link_type(),
            Source::Merged(merged) => merged.lives().next().map_or(LinkType::ETHERNET, Live::link_type),
            Source::Savefile(savefile) => savefile.link_type(),
        }
    }

    /// The snapshot length, in octets: the longest, where there are several.
    pub fn snapshot_length(&self) -> i32 {
        match self {
            Source::Live(live) => live.snapshot_length(),
            Source::Merged(merged) => merged.lives().map(Live::snapshot_length).max().unwrap_or_default(),
            Source::Savefile(savefile) => savefile.snapshot_length(),
        }
    }

    /// What frames are captured on, as far as it is known already.
    pub fn interfaces(&self) -> Vec<Arc<Interface>> {
        match self {
            Source::Savefile(savefile) => savefile.interfaces(),
            _ => self.devices().into_iter().map(|live| Arc::clone(live.interface())).collect(),
        }
    }

    /// The counts of each interface since the start; a savefile has none. The error is libpcap's text.
    pub fn counts(&mut self) -> Result<Vec<(Arc<Interface>, Counts)>, String> {
        let of = |live: &mut Live| live.counts().map(|counts| (Arc::clone(live.interface()), counts));
        match self {
            Source::Live(live) => of(live).map(|counts| vec![counts]),
            Source::Merged(merged) => merged.lives_mut().map(of).collect(),
            Source::Savefile(_) => Ok(Vec::new()),
        }
    }

    /// Compiles a filter for this source: one for each device.
    pub fn compile(&self, expression: &str, optimize: bool) -> Result<Vec<Filter>, Error> {
        let filters = match self {
            Source::Savefile(savefile) => savefile.compile(expression, optimize).map(|filter| vec![filter]),
            _ => self.devices().into_iter().map(|live| live.compile(expression, optimize)).collect(),
        };
        filters.map_err(Error::Filter)
    }

    /// Lets only frames through that pass the filter: what was compiled for this source.
    pub fn install(&mut self, filters: Vec<Filter>) -> Result<(), Error> {
        let installed = match self {
            Source::Savefile(savefile) => {
                filters.into_iter().for_each(|filter| savefile.install(filter));
                Ok(())
            }
            _ => self.devices().iter().zip(&filters).try_for_each(|(live, filter)| live.install(filter)),
        };
        installed.map_err(Error::Filter)
    }
}
