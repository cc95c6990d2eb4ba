//! The filter expression: where it comes from, and how its program looks.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::libpcap::Filter;
use crate::error::Error;

/// The expression: the file's of `-F` if there is one, else the command line's words.
pub fn expression(file: Option<&Path>, words: &[String]) -> Result<String, Error> {
    let Some(file) = file else { return Ok(words.join(" ")) };
    let name = file.display();
    let mut opened = File::open(file).map_err(|reason| Error::System(format!("can't open {name}"), reason))?;
    let mut text = Vec::new();
    opened.read_to_end(&mut text).map_err(|reason| Error::System(format!("read {name}"), reason))?;
    Ok(without_comments(&String::from_utf8_lossy(&text)))
}

/// Blanks out what stands between `#` and the end of a line.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split('#').next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Prints a program: as assembler (level 1), as a C array (2), or as decimal numbers (3 and more).
pub fn dump(filter: &Filter, level: u8, out: &mut impl Write) -> io::Result<()> {
    let program = filter.instructions();
    if level > 2 {
        writeln!(out, "{}", program.len())?;
    }
    for (number, i) in program.iter().enumerate() {
        match level {
            ..2 => writeln!(out, "{}", i.image(number))?,
            2 => writeln!(out, "{{ 0x{:x}, {}, {}, 0x{:08x} }},", i.code, i.jump_true, i.jump_false, i.operand)?,
            _ => writeln!(out, "{} {} {} {}", i.code, i.jump_true, i.jump_false, i.operand)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_filter_file_are_left_out() {
        assert_eq!(without_comments("tcp # all of it\nand port 80\n# end"), "tcp \nand port 80\n");
    }

    #[test]
    fn words_are_joined() {
        let words = ["tcp".to_owned(), "port 80".to_owned()];
        assert_eq!(expression(None, &words).unwrap(), "tcp port 80");
    }
}
