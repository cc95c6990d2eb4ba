//! Text that another thread makes, behind the analysis.
//!
//! To follow connections takes about as long as to make the text, and neither needs what the other one knows, but for what
//! there is to say of segments. So frames of a piece of a file are looked at and noted on a [`Sheet`]; the thread, to which
//! the text is lent, gets both, prints the frames, and gives the piece back. Who wants to go on alone catches up first.

use std::mem;

use super::Sinks;
use super::aside::Aside;
use super::sheet::Sheet;
use super::text::Text;
use crate::error::Error;
use crate::source::Source;

/// How many pieces may wait to be printed: they keep both threads busy while the system lets others have a processor.
const QUEUE: usize = 4;

/// The thread, as the one that looks at frames sees it.
pub struct Behind {
    thread: Aside<Job, Done>,
    /// Frames that lie in the piece that is being read.
    pub sheet: Sheet,
    /// Sheets that were printed.
    spare: Vec<Sheet>,
}

/// What the thread is to do.
enum Job {
    Lend(Box<Text>),
    Print(Sheet, Vec<u8>),
    GiveBack,
}

/// What it has done.
enum Done {
    Lent,
    Printed(Sheet, Vec<u8>, Result<(), Error>),
    Back(Option<Box<Text>>),
}

impl Behind {
    fn start() -> Option<Behind> {
        let mut lent: Option<Box<Text>> = None;
        let work = move |job| match job {
            Job::Lend(text) => {
                lent = Some(text);
                Done::Lent
            }
            Job::Print(mut sheet, piece) => {
                let outcome = lent.as_mut().map_or(Ok(()), |text| sheet.print(&piece, text));
                Done::Printed(sheet, piece, outcome)
            }
            Job::GiveBack => Done::Back(lent.take()),
        };
        let thread = Aside::start("text", QUEUE, work).ok()?;
        Some(Behind { thread, sheet: Sheet::default(), spare: Vec::new() })
    }

    fn put(&mut self, job: Job) -> Result<(), Error> {
        self.thread.put(job).map_err(Error::Output)
    }

    /// Takes the text back when all frames have been printed whose pieces were handed over. Pieces go to `give_back`.
    fn take_back(&mut self, mut give_back: impl FnMut(Vec<u8>)) -> (Option<Text>, Result<(), Error>) {
        let (mut text, mut outcome) = (None, self.put(Job::GiveBack));
        loop {
            match self.thread.wait() {
                Ok(Some(Done::Printed(sheet, piece, printed))) => {
                    self.spare.push(sheet);
                    give_back(piece);
                    outcome = outcome.and(printed);
                }
                Ok(Some(Done::Lent)) => {}
                Ok(Some(Done::Back(back))) => text = back.map(|text| *text),
                Ok(None) => return (text, outcome),
                Err(error) => outcome = outcome.and(Err(Error::Output(error))),
            }
        }
    }
}

impl Sinks {
    /// Whether frames may be printed by another thread, or are.
    #[inline]
    pub fn may_print_behind(&self) -> bool {
        let Some(text) = &self.text else { return self.behind.is_some() };
        text.may_be_lent() && self.observer.is_some() && self.display_filter.is_none() && self.savefiles.is_none()
    }

    /// From now on, frames are printed by another thread. Not where there can be no more threads.
    pub fn lend_text(&mut self) -> Result<bool, Error> {
        let Some(text) = self.text.take() else { return Ok(self.behind.is_some()) };
        self.behind = self.behind.take().or_else(Behind::start);
        if let Some(behind) = &mut self.behind {
            return behind.put(Job::Lend(Box::new(text))).map(|()| true);
        }
        self.text = Some(text);
        Ok(false)
    }

    /// Has the frames printed that were handed on since the last call. They lie in this piece.
    pub fn print_behind(&mut self, piece: Vec<u8>) -> Result<(), Error> {
        let Some(behind) = &mut self.behind else { return Ok(()) };
        let sheet = mem::replace(&mut behind.sheet, behind.spare.pop().unwrap_or_default());
        behind.put(Job::Print(sheet, piece))
    }

    /// A piece whose frames have been printed. Where too many wait for it, one is waited for.
    pub fn take_piece(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(behind) = &mut self.behind else { return Ok(None) };
        while let Some(done) = behind.thread.take().map_err(Error::Output)? {
            if let Done::Printed(sheet, piece, outcome) = done {
                behind.spare.push(sheet);
                return outcome.map(|()| Some(piece));
            }
        }
        Ok(None)
    }

    /// Prints all frames that were handed on, and takes the text back. The last frames lie in the piece that is being read
    /// of this source, where all other pieces go.
    pub fn catch_up(&mut self, source: &mut Source) -> Result<(), Error> {
        let Some(behind) = self.behind.as_mut().filter(|_| self.text.is_none()) else { return Ok(()) };
        let (text, outcome) = behind.take_back(|piece| source.give_back(piece));
        self.text = text;
        outcome?;
        match &mut self.text {
            Some(text) => behind.sheet.print(source.piece(), text),
            None => Ok(()),
        }
    }
}
