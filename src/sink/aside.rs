//! A thread that works on buffers one after the other, beside the one that fills them.
//!
//! Jobs wait in a queue of bounded length. When it is full, whoever has another one waits. What has been done
//! comes back in the same order, so that buffers are filled again and a failure is told to whoever caused it.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The thread, as the one that feeds it sees it.
pub struct Aside<Job, Done> {
    /// `None` once the thread is not needed any more.
    jobs: Option<Sender<Job>>,
    done: Receiver<Done>,
    /// Jobs that have not come back.
    outstanding: usize,
    /// How many there may be.
    queue: usize,
}

impl<Job: Send + 'static, Done: Send + 'static> Aside<Job, Done> {
    /// Starts a thread that does `work` on each job, of which `queue` may wait.
    pub fn start(name: &str, queue: usize, mut work: impl FnMut(Job) -> Done + Send + 'static) -> io::Result<Self> {
        let (jobs, to_do) = channel();
        let (finished, done) = channel();
        let run = move || {
            while let Ok(job) = to_do.recv() {
                if finished.send(work(job)).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name(name.into()).spawn(run)?;
        Ok(Aside { jobs: Some(jobs), done, outstanding: 0, queue })
    }

    /// Hands a job over.
    pub fn put(&mut self, job: Job) -> io::Result<()> {
        self.jobs.as_ref().and_then(|jobs| jobs.send(job).ok()).ok_or_else(gone)?;
        self.outstanding += 1;
        Ok(())
    }

    /// What has been done, if something has; where the queue is full, it is waited for.
    pub fn take(&mut self) -> io::Result<Option<Done>> {
        if self.outstanding > self.queue {
            return self.wait();
        }
        let done = self.done.try_recv().ok();
        self.outstanding -= usize::from(done.is_some());
        Ok(done)
    }

    /// What has been done next, if anything is being done.
    pub fn wait(&mut self) -> io::Result<Option<Done>> {
        if self.outstanding == 0 {
            return Ok(None);
        }
        let done = self.done.recv().map_err(|_| gone());
        self.outstanding = if done.is_ok() { self.outstanding - 1 } else { 0 };
        done.map(Some)
    }

    /// Takes no more jobs. What is waiting is done still, and can be waited for.
    pub fn close(&mut self) {
        self.jobs = None;
    }
}

/// The thread ends with the program, or by a fault of ours.
fn gone() -> io::Error {
    io::Error::other("the thread that writes has ended")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_over_comes_back_in_order() {
        let mut aside = Aside::start("test", 2, |number: u32| number * 10).unwrap();
        let mut back = Vec::new();
        for number in 0..100 {
            aside.put(number).unwrap();
            back.extend(aside.take().unwrap());
            assert!(aside.outstanding <= 2);
        }
        while let Some(done) = aside.wait().unwrap() {
            back.push(done);
        }
        assert_eq!(back, (0..1000).step_by(10).collect::<Vec<u32>>());
        aside.close();
        assert!(aside.put(1).is_err());
    }

    #[test]
    fn a_thread_that_has_ended_is_told() {
        let mut aside = Aside::start("test", 2, |_: ()| panic!("on purpose")).unwrap();
        aside.put(()).unwrap();
        assert!(aside.wait().is_err());
        assert!(aside.wait().unwrap().is_none() && aside.put(()).is_err());
    }
}
