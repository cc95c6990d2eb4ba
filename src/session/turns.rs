//! Two threads take turns at the loop: while one writes the text that it has made, the other one goes on.
//!
//! So it is where writing takes longer than making, as with dumps. Each thread writes its own text, for that is in its own
//! processor's cache: to fetch it from the other one's takes a fifth as long as to write it. Who holds the session takes the
//! pen before it lets the session go, so that text goes out in the order in which it was made.

use std::sync::{Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use super::ticks::Ticks;
use super::{End, Session};
use crate::error::Error;
use crate::sink::output::Pen;
use crate::sink::text::Text;

/// How long a turn is waited for without going to sleep: a few times as long as a piece is written. To be woken takes 20 to 70
/// microseconds on a virtual machine, in which nothing is written.
const PATIENCE: Duration = Duration::from_micros(400);

/// What goes from thread to thread.
struct Turn<'s> {
    session: &'s mut Session,
    ticks: Ticks,
    /// How it ended, once it has.
    outcome: Option<Result<End, Error>>,
}

/// Runs to the end, in turns with another thread. What was made since the last full piece is still held back then, and all
/// before it has been written or is known to have failed.
pub fn take(session: &mut Session, ticks: Ticks) -> Result<End, Error> {
    let Some(pen) = session.sinks.text.as_ref().map(Text::pen) else { return Ok(End::Complete) };
    let turn = Mutex::new(Turn { session, ticks, outcome: None });
    thread::scope(|scope| {
        // Where there can be no more threads, one has all the turns.
        let _ = thread::Builder::new().name("turns".into()).spawn_scoped(scope, || write_in_turn(&turn, &pen));
        write_in_turn(&turn, &pen);
    });
    let outcome = turn.into_inner().ok().and_then(|turn| turn.outcome);
    outcome.unwrap_or(Ok(End::Complete))
}

impl Turn<'_> {
    /// Goes on until there is a piece to write, whose place `empty` takes. Whether there is one: there is none behind the end.
    fn make_piece(&mut self, empty: &mut Vec<u8>) -> bool {
        if self.outcome.is_none() {
            self.outcome = self.session.pump(&mut self.ticks).transpose();
        }
        match (&self.outcome, &mut self.session.sinks.text) {
            (None, Some(text)) => text.swap_piece(empty),
            _ => return false,
        }
        true
    }
}

/// Makes pieces and writes them, when it is this thread's turn. A panic of the other thread ends this one too.
fn write_in_turn(turn: &Mutex<Turn>, pen: &Mutex<Pen>) {
    let mut piece = Vec::new();
    loop {
        let Some(mut turn) = lock(turn) else { return };
        if !turn.make_piece(&mut piece) {
            return;
        }
        let Some(mut pen) = lock(pen) else { return };
        if pen.has_failed() {
            // Why, is told when what is still held back is written.
            turn.outcome = Some(Ok(End::Complete));
            return;
        }
        drop(turn);
        pen.write_on(&piece);
        piece.clear();
    }
}

/// Waits for what another thread has. `None` if that thread has panicked.
fn lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    let start = Instant::now();
    loop {
        match mutex.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(_)) => return None,
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => return mutex.lock().ok(),
            // To look at the clock is pause enough.
            Err(TryLockError::WouldBlock) => {}
        }
    }
}
