//! The list of savefiles of `-V`: a name a line.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, reason_text};

/// The names that are left.
pub struct List(Box<dyn BufRead>);

impl List {
    /// Opens a list; `-` is standard input. The first name comes with it.
    pub fn open(path: &Path) -> Result<(List, PathBuf), Error> {
        let mut list = if path == Path::new("-") {
            List(Box::new(BufReader::new(io::stdin())))
        } else {
            let failed = |error| Error::Open(format!("Unable to open file: {}", reason_text(&error)));
            List(Box::new(BufReader::new(File::open(path).map_err(failed)?)))
        };
        match list.next_name()? {
            Some(first) => Ok((list, first)),
            None => Err(Error::Usage(format!("Nothing in {}", path.display()))),
        }
    }

    /// The next name.
    pub fn next_name(&mut self) -> Result<Option<PathBuf>, Error> {
        let mut line = Vec::new();
        let failed = |reason| Error::System("can't read the list of savefiles".into(), reason);
        if self.0.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        Ok(Some(PathBuf::from(OsString::from_vec(line))))
    }
}
