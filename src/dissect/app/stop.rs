//! Two ways to stop before the end: for dissectors that look ahead before they read.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Outcome, Truncated};

/// Why a dissector stops. The text is the same, but `-X` tells them apart: only after a read past the
/// capture does tcpdump dump the packet with its link-layer header.
pub enum Stop {
    /// A read ran past the capture.
    Truncated,
    /// It was seen in time that something is not all there.
    Incomplete,
}

impl From<Truncated> for Stop {
    fn from(_: Truncated) -> Self {
        Stop::Truncated
    }
}

impl Stop {
    /// Marks the packet as cut short, here or where the reads that failed are caught.
    pub fn settle(self, cx: &mut Context) -> Outcome {
        match self {
            Stop::Truncated => Err(Truncated),
            Stop::Incomplete => {
                cx.truncated();
                Ok(())
            }
        }
    }
}
