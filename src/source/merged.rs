//! Capturing on several devices at once: their frames in one stream, in time order.
//!
//! Each device hands over its own frames in order, but a moment after they were captured: the kernel
//! collects them. So a frame is held back until each other device has handed over a later one, or had
//! nothing to hand over when that moment had passed. A frame that comes later still is passed on at once.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::held::{Head, Held};
use super::live::Live;
use super::{Event, Frame};

/// How long the kernel may collect frames here, in milliseconds: what it collects holds up the others.
pub const BLOCK_TIMEOUT_MS: i32 = 10;
/// How long a frame is held back at most. The kernel hands a block over after one or two time-outs, which
/// it may count in steps of 10 ms.
const PATIENCE: Duration = Duration::from_millis(40);
/// The same where each frame is handed over at once.
const PATIENCE_IMMEDIATE: Duration = Duration::from_millis(3);
/// After how many frames the kernel's buffers are emptied again, although there are frames to pass on.
const FRAMES_PER_LOOK: u32 = 512;
/// Frames that are taken from a device at a time.
const FRAMES_PER_TURN: u32 = 4096;

/// One device.
struct Lane {
    live: Live,
    held: Held,
    /// When the kernel had no more frames for us, last time.
    found_empty: Option<Instant>,
    /// Nothing comes from it any more.
    is_lost: bool,
}

/// Several devices.
pub struct Merged {
    lanes: Vec<Lane>,
    patience: Duration,
    /// Frames passed on since the kernel's buffers were emptied.
    since_look: u32,
    /// Devices that were lost and not told of yet, and why.
    losses: VecDeque<(usize, String)>,
}

impl Merged {
    /// Merges devices; with `immediate`, each of them hands over every frame at once.
    pub fn new(lives: Vec<Live>, immediate: bool) -> Merged {
        let lanes = lives.into_iter().zip(0..).map(|(mut live, number)| {
            live.set_number(number);
            Lane { live, held: Held::default(), found_empty: None, is_lost: false }
        });
        let patience = if immediate { PATIENCE_IMMEDIATE } else { PATIENCE };
        Merged { lanes: lanes.collect(), patience, since_look: 0, losses: VecDeque::new() }
    }

    /// The devices, in the order in which they were named.
    pub fn lives(&self) -> impl Iterator<Item = &Live> {
        self.lanes.iter().map(|lane| &lane.live)
    }

    /// The same, to be asked for their counts.
    pub fn lives_mut(&mut self) -> impl Iterator<Item = &mut Live> {
        self.lanes.iter_mut().map(|lane| &mut lane.live)
    }

    /// The devices that frames still come from.
    pub fn working(&self) -> impl Iterator<Item = &Live> {
        self.lanes.iter().filter(|lane| !lane.is_lost).map(|lane| &lane.live)
    }

    /// The next frame in time order, if it is certain which one that is.
    #[inline]
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        let mut next = self.next_lane();
        if next.is_none() || self.since_look >= FRAMES_PER_LOOK {
            self.look();
            next = self.next_lane();
        }
        match next {
            Some(number) if self.losses.is_empty() => Ok(self.pass_on(number)),
            _ => self.instead_of_frame(next.is_some()),
        }
    }

    /// How long the frame that is next may be held back still.
    pub fn remaining(&self) -> Option<Duration> {
        let (_, head) = self.earliest()?;
        Some((head.seen + self.patience).saturating_duration_since(Instant::now()))
    }

    /// The device whose frame is the earliest, and the frame.
    #[inline]
    fn earliest(&self) -> Option<(usize, &Head)> {
        let heads = self.lanes.iter().enumerate().filter_map(|(number, lane)| Some((number, lane.held.first()?)));
        heads.min_by_key(|(_, head)| head.timestamp)
    }

    /// The device whose frame is passed on next, if nothing earlier can come from the others.
    #[inline]
    fn next_lane(&self) -> Option<usize> {
        let (number, head) = self.earliest()?;
        let certain = head.seen + self.patience;
        let settled = self.lanes.iter().all(|lane| {
            !lane.held.is_empty() || lane.is_lost || lane.found_empty.is_some_and(|moment| moment >= certain)
        });
        (settled || self.lanes.iter().any(|lane| lane.held.is_full())).then_some(number)
    }

    fn pass_on(&mut self, number: usize) -> Event<'_> {
        self.since_look += 1;
        let Some(lane) = self.lanes.get_mut(number) else { return Event::Idle };
        let Some((head, octets)) = lane.held.pop() else { return Event::Idle };
        let frame = Frame {
            timestamp: head.timestamp,
            bytes: lane.held.octets(octets),
            wire_length: head.wire_length,
            link_type: lane.live.link_type(),
            interface: lane.live.interface(),
        };
        Event::Frame(frame)
    }

    /// Takes what the kernel has, so that its buffers do not overflow while frames are held back.
    fn look(&mut self) {
        self.since_look = 0;
        for (number, lane) in self.lanes.iter_mut().enumerate().filter(|(_, lane)| !lane.is_lost) {
            if let Err(reason) = lane.fill() {
                lane.is_lost = true;
                self.losses.push_back((number, reason));
            }
        }
    }

    /// Tells what there is instead of a frame. The loss of the last device ends the capture.
    #[cold]
    fn instead_of_frame(&mut self, has_frame: bool) -> Result<Event<'_>, String> {
        let is_last = self.losses.len() == 1 && self.lanes.iter().all(|lane| lane.is_lost);
        if is_last && has_frame {
            return Ok(self.next_lane().map_or(Event::Idle, |number| self.pass_on(number)));
        }
        let Some((number, reason)) = self.losses.pop_front() else { return Ok(Event::Idle) };
        let device = self.lanes.get(number).map_or("", |lane| lane.live.device());
        if is_last { Err(format!("{device}: {reason}")) } else { Ok(Event::Lost { device, reason }) }
    }
}

impl Lane {
    /// Takes what the kernel has for us, up to a bound.
    fn fill(&mut self) -> Result<(), String> {
        let now = Instant::now();
        for _ in 0..FRAMES_PER_TURN {
            if self.held.is_full() {
                return Ok(());
            }
            match self.live.next_event()? {
                Event::Frame(frame) => self.held.push(frame.timestamp, now, frame.wire_length, frame.bytes),
                _ => {
                    self.found_empty = Some(now);
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}
