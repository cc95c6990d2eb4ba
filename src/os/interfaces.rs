//! Network interfaces by their index.

use nix::net::if_::if_indextoname;

/// How many names are kept. Packets choose the indices, so the number is bounded.
const KEPT_MAX: usize = 64;

/// The names of this machine's interfaces that were asked for, so that a frame costs no system call.
#[derive(Debug, Default)]
pub struct Interfaces {
    kept: Vec<(u32, Option<Box<str>>)>,
}

impl Interfaces {
    /// The name of the interface with this index, if this machine has one.
    pub fn name(&mut self, index: u32) -> Option<&str> {
        let position = self.kept.iter().position(|(kept, _)| *kept == index).unwrap_or_else(|| {
            if self.kept.len() == KEPT_MAX {
                self.kept.clear();
            }
            // An index that is not there may come back as an empty name.
            let name = if_indextoname(index).ok().and_then(|name| name.into_string().ok());
            let name = name.filter(|name| !name.is_empty());
            self.kept.push((index, name.map(String::into_boxed_str)));
            self.kept.len() - 1
        });
        self.kept.get(position)?.1.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_without_an_interface_has_no_name_and_memory_stays_bounded() {
        let mut interfaces = Interfaces::default();
        assert_eq!(interfaces.name(0), None);
        for index in u32::MAX - 200..u32::MAX {
            assert_eq!(interfaces.name(index), None);
        }
        assert!(interfaces.kept.len() <= KEPT_MAX);
    }
}
