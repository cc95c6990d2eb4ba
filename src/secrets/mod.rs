//! Keys that the user hands over to see what is encrypted (`-E`): who is meant, with which cipher.
//!
//! [`list`] reads them from the command line and from files, [`keys`] finds the one for a packet and opens
//! it, [`cipher`] knows the algorithms. The keys are read when the first packet comes that may need one:
//! root is given up long before, so no file is read that the user could not read.

pub mod cipher;
pub mod keys;
mod list;
mod words;
