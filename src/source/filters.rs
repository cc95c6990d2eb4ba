//! One filter for frames of several link types.
//!
//! Where a protocol stands in a frame depends on what the frame starts with, so the expression is
//! compiled for each link type, when the first frame of it comes.

use super::libpcap::Filter;
use super::{Frame, LinkType};

/// A filter for frames of one link type.
struct Program {
    link_type: LinkType,
    filter: Filter,
    /// The filter need not be asked.
    passes_all: bool,
}

impl Program {
    fn new(link_type: LinkType, filter: Filter) -> Program {
        let passes_all = filter.passes_all();
        Program { link_type, filter, passes_all }
    }
}

/// The programs of one expression.
pub struct Filters {
    snapshot_length: i32,
    /// One for each link type that has been met.
    programs: Vec<Program>,
    /// The one that was used last.
    last: usize,
}

impl Filters {
    /// `filter` is for frames of `link_type`; the others are made after it. `None` where every frame passes.
    pub fn new(filter: Filter, link_type: LinkType, snapshot_length: i32) -> Option<Filters> {
        let matters = !filter.is_empty();
        matters.then(|| Filters { snapshot_length, programs: vec![Program::new(link_type, filter)], last: 0 })
    }

    /// Whether a frame passes. The error is libpcap's, about the frame's link type.
    #[inline]
    pub fn passes(&mut self, frame: &Frame) -> Result<bool, String> {
        match self.programs.get(self.last) {
            Some(program) if program.link_type == frame.link_type => {
                Ok(program.passes_all || program.filter.passes(frame))
            }
            _ => {
                self.last = self.choose(frame.link_type)?;
                self.passes(frame)
            }
        }
    }

    /// The number of the program for a link type.
    #[cold]
    fn choose(&mut self, link_type: LinkType) -> Result<usize, String> {
        if let Some(known) = self.programs.iter().position(|program| program.link_type == link_type) {
            return Ok(known);
        }
        if let Some(program) = self.programs.first() {
            let filter = program.filter.compile_again(link_type, self.snapshot_length);
            let name = || link_type.name().unwrap_or_else(|| link_type.0.to_string());
            let filter = filter.map_err(|reason| format!("{reason} (for packets of link-type {})", name()))?;
            self.programs.push(Program::new(link_type, filter));
        }
        Ok(self.programs.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Timestamp;
    use crate::source::interface::Interface;
    use std::sync::Arc;

    fn passes(filters: &mut Filters, link_type: LinkType, bytes: &[u8]) -> Result<bool, String> {
        let length = bytes.len() as u32;
        let interface = &Arc::new(Interface::unknown(link_type, 0, false));
        filters.passes(&Frame { timestamp: Timestamp::default(), bytes, wire_length: length, link_type, interface })
    }

    fn filters(expression: &str) -> Option<Filters> {
        let filter = Filter::compile_for_savefile(LinkType::ETHERNET, 1000, expression, true).unwrap();
        Filters::new(filter, LinkType::ETHERNET, 1000)
    }

    #[test]
    fn an_expression_means_the_same_on_every_link_type() {
        let mut filters = filters("ip").unwrap();
        let ethernet = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 8, 0, 0x45, 0, 0, 20];
        assert_eq!(passes(&mut filters, LinkType::ETHERNET, &ethernet), Ok(true));
        assert_eq!(passes(&mut filters, LinkType::RAW, &ethernet[14..]), Ok(true));
        assert_eq!(passes(&mut filters, LinkType::RAW, &ethernet), Ok(false));
        assert_eq!(passes(&mut filters, LinkType::IPV4, &[0]), Ok(true), "everything is IPv4 there");
        assert_eq!(passes(&mut filters, LinkType::ETHERNET, &ethernet[14..]), Ok(false));
    }

    #[test]
    fn no_expression_is_no_filter() {
        assert!(filters(" ").is_none());
    }

    #[test]
    fn an_expression_without_meaning_on_a_link_type_is_told_with_its_name() {
        let mut filters = filters("ether src 0:0:0:0:0:1").unwrap();
        let error = passes(&mut filters, LinkType::RAW, &[0x45]).unwrap_err();
        assert!(error.ends_with("(for packets of link-type RAW)"), "{error}");
    }
}
