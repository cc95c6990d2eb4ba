//! Two ways in which a message is not printed to its end.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Outcome, Truncated};

/// Why a name or a message cannot be read on. The mark is the same, but only a read past the capture
/// that was not seen in time ends all of the packet's text, and lets `-X` dump its link-layer header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It was seen before the read, as nearly everywhere: the message's text ends.
    Message,
    /// A read ran past the capture: the packet's text ends.
    Packet,
}

impl From<Truncated> for Unreadable {
    fn from(_: Truncated) -> Self {
        Unreadable::Message
    }
}

impl Unreadable {
    /// Marks the message as cut short, here or where the reads that failed are caught.
    pub(super) fn settle(self, cx: &mut Context) -> Outcome {
        match self {
            Unreadable::Message => {
                cx.truncated();
                Ok(())
            }
            Unreadable::Packet => Err(Truncated),
        }
    }
}

/// What comes of a part of a message.
pub(super) type Read<T = ()> = Result<T, Unreadable>;
