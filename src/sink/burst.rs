//! Several frames at a time, where they are there already: what they need is fetched for all of them before the first is
//! looked at, so that none waits for memory.
//!
//! A connection is some lines of the cache, which come from afar where there are many connections. To ask for those of one
//! frame after the other, and to wait each time, can take as long as all else that is done for a frame.

use arrayvec::ArrayVec;

use super::{Full, Sinks, Taken};
use crate::error::Error;
use crate::layers::usual::Usual;
use crate::source::Frame;
use crate::tcp::connection::Connection;

/// How many frames at a time: so many that the first one's memory has come when the last one's is asked for, and so few
/// that what is fetched stays in the first-level cache.
pub const FRAMES_MAX: usize = 16;

/// Frames that are there already.
pub type Frames<'f> = ArrayVec<Frame<'f>, FRAMES_MAX>;

/// What became of frames.
#[derive(Debug)]
pub struct Handed {
    /// How many were handed on: all, or those up to the one with which it ended.
    pub frames: u64,
    /// How many of them passed the display filter.
    pub passed: u64,
    /// Whether a sink takes no more.
    pub outcome: Result<Option<Full>, Error>,
}

impl Handed {
    const NOTHING: Handed = Handed { frames: 0, passed: 0, outcome: Ok(None) };

    /// Notes what became of one more. Whether others are wanted.
    #[inline(always)]
    fn note(&mut self, taken: Result<Taken, Error>) -> bool {
        self.frames += 1;
        // One that a sink failed on was captured all the same.
        self.passed += u64::from(!matches!(taken, Ok(Taken::Held)));
        match taken {
            Ok(Taken::Passed | Taken::Held) => return true,
            Ok(Taken::Full(full)) => self.outcome = Ok(Some(full)),
            Err(error) => self.outcome = Err(error),
        }
        false
    }
}

impl Sinks {
    /// Hands on frames, of which the first has this number. The first `to_skip` of those that pass the display filter are
    /// passed over. `between` is called before each.
    #[inline]
    pub fn burst(&mut self, frames: &Frames, number: u64, to_skip: u64, mut between: impl FnMut()) -> Handed {
        let headers = self.read_headers(frames);
        self.fetch(&headers);
        let mut handed = Handed::NOTHING;
        for (frame, usual) in frames.iter().zip(&headers) {
            between();
            let skipped = handed.passed < to_skip;
            if !handed.note(self.frame(frame, usual.as_ref(), number + handed.frames, skipped)) {
                break;
            }
        }
        handed
    }

    /// Hands on one frame. One that is to be `skipped` is looked at, no more.
    #[inline]
    pub fn single(&mut self, frame: &Frame, number: u64, skipped: bool) -> Handed {
        let mut handed = Handed::NOTHING;
        let usual = self.usual(frame);
        handed.note(self.frame(frame, usual.as_ref(), number, skipped));
        handed
    }

    /// Reads the headers of those that are usual frames, and fetches what tells where their connections are.
    #[inline]
    fn read_headers<'f>(&self, frames: &Frames<'f>) -> ArrayVec<Option<Usual<'f>>, FRAMES_MAX> {
        let mut headers = ArrayVec::new();
        for frame in frames {
            let usual = self.usual(frame);
            if let Some(usual) = &usual {
                self.foresee(usual);
            }
            headers.push(usual);
        }
        headers
    }

    /// Fetches their connections, and then what these have elsewhere.
    #[inline]
    fn fetch(&self, headers: &[Option<Usual>]) {
        let Some(analysis) = self.observer.as_ref().and_then(|observer| observer.analysis.as_ref()) else { return };
        let keys = headers.iter().flatten().map(|usual| usual.key);
        let connections: ArrayVec<&Connection, FRAMES_MAX> =
            keys.filter_map(|key| analysis.connections().fetch(key)).collect();
        connections.iter().for_each(|connection| analysis.connections().fetch_others(connection));
    }
}
