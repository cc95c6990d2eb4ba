//! Cuts an expression into tokens.
//!
//! Numbers, addresses, times without quotes and names of fields are all one kind of token, a word: what it is
//! depends on what it is compared with. So `-` and `:` inside a word belong to it, as in Wireshark.

use super::escape::{escape, push};
use super::fault::Fault;
use super::token::{KEYWORDS, Kind, PUNCTUATION, Token};

/// Reads tokens from front to back.
#[derive(Debug)]
pub struct Lexer<'e> {
    text: &'e str,
    at: usize,
}

impl<'e> Lexer<'e> {
    /// A lexer of an expression.
    pub fn new(text: &'e str) -> Lexer<'e> {
        Lexer { text, at: 0 }
    }

    fn rest(&self) -> &'e str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token.
    pub fn next(&mut self) -> Result<Token, Fault> {
        let rest = self.rest().trim_start();
        let start = self.text.len() - rest.len();
        self.at = start;
        let kind = match rest.chars().next() {
            None => Kind::End,
            Some('"') => Kind::Text(self.quoted(1, '"', false)?),
            Some('r' | 'R') if rest.get(1..2) == Some("\"") => Kind::Text(self.quoted(2, '"', true)?),
            Some('\'') => Kind::Octet(self.octet()?),
            Some('[') => self.brackets()?,
            Some(_) => self.symbol_or_word()?,
        };
        Ok(Token { kind, span: start..self.at })
    }

    fn symbol_or_word(&mut self) -> Result<Kind, Fault> {
        let rest = self.rest();
        // `.5` and `::1` start words.
        let length = word_length(rest);
        if length == 0 || rest.starts_with("..") || rest.starts_with(['-', '/']) {
            return self.punctuation();
        }
        self.at += length;
        let word = rest.get(..length).unwrap_or_default();
        let keyword = KEYWORDS.iter().find(|(name, _)| *name == word);
        Ok(keyword.map_or_else(|| Kind::Word(word.to_owned()), |&(_, symbol)| Kind::Symbol(symbol)))
    }

    fn punctuation(&mut self) -> Result<Kind, Fault> {
        let rest = self.rest();
        if let Some((text, symbol)) = PUNCTUATION.iter().find(|(text, _)| rest.starts_with(text)) {
            self.at += text.len();
            return Ok(Kind::Symbol(*symbol));
        }
        let width = rest.chars().next().map_or(0, char::len_utf8);
        let place = self.at..self.at + width;
        Err(match rest.get(..width).unwrap_or_default() {
            "=" => Fault::at(&place, "a single \"=\" is no comparison; did you mean ==?"),
            "|" => Fault::at(&place, "a single \"|\" is unknown; did you mean ||?"),
            "$" => Fault::at(&place, "references to a selected packet (${...}) need Wireshark's window"),
            other => Fault::at(&place, format!("\"{other}\" has no meaning here")),
        })
    }

    fn brackets(&mut self) -> Result<Kind, Fault> {
        let rest = self.rest();
        let Some(end) = rest.find(']') else {
            return Err(Fault::at(&(self.at..self.at + 1), "this bracket is not closed"));
        };
        self.at += end + 1;
        Ok(Kind::Brackets(rest.get(1..end).unwrap_or_default().to_owned()))
    }

    fn octet(&mut self) -> Result<u8, Fault> {
        let start = self.at;
        match self.quoted(1, '\'', false)?.as_slice() {
            [octet] => Ok(*octet),
            _ => Err(Fault::at(&(start..self.at), "between single quotes stands one character; use double quotes")),
        }
    }

    /// What is between quotes; `prefix` octets are in front. Raw text keeps its backslashes.
    fn quoted(&mut self, prefix: usize, quote: char, is_raw: bool) -> Result<Vec<u8>, Fault> {
        let start = self.at;
        let mut octets = Vec::new();
        let mut rest = self.rest().get(prefix..).unwrap_or_default().chars();
        while let Some(c) = rest.next() {
            let here = self.text.len() - rest.as_str().len() - c.len_utf8();
            if c == quote {
                self.at = self.text.len() - rest.as_str().len();
                return Ok(octets);
            }
            if c != '\\' {
                push(&mut octets, c);
            } else if is_raw {
                octets.push(b'\\');
                rest.next().into_iter().for_each(|escaped| push(&mut octets, escaped));
            } else {
                escape(&mut rest, &mut octets)
                    .map_err(|text| Fault::at(&(here..self.text.len() - rest.as_str().len()), text))?;
            }
        }
        Err(Fault::at(&(start..start + prefix), "these quotes are not closed"))
    }
}

/// The length of the word that a text starts with.
fn word_length(text: &str) -> usize {
    let mut is_address = false;
    for (at, c) in text.char_indices() {
        let goes_on = match c {
            '.' => !text.get(at..).is_some_and(|rest| rest.starts_with("..")),
            ':' => {
                is_address = true;
                true
            }
            // A prefix length follows an address only; behind anything else it is a division.
            '/' => is_address || text.starts_with(|first: char| first.is_ascii_digit()),
            '-' | '_' => true,
            c => c.is_ascii_alphanumeric(),
        };
        if !goes_on {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Result<Vec<Kind>, Fault> {
        let mut lexer = Lexer::new(text);
        let mut kinds = Vec::new();
        loop {
            match lexer.next()?.kind {
                Kind::End => return Ok(kinds),
                kind => kinds.push(kind),
            }
        }
    }

    fn words(text: &str) -> Vec<String> {
        let name = |kind| match kind {
            Kind::Word(word) => word,
            Kind::Symbol(symbol) => format!("{symbol:?}"),
            other => format!("{other:?}"),
        };
        kinds(text).unwrap().into_iter().map(name).collect()
    }

    #[test]
    fn words_are_addresses_numbers_times_and_names() {
        assert_eq!(words("10.0.0.0/8 2001:db8::/32 ::1"), ["10.0.0.0/8", "2001:db8::/32", "::1"]);
        assert_eq!(words("8000..8100"), ["8000", "DotDot", "8100"]);
        assert_eq!(words("1.5 .. .5"), ["1.5", "DotDot", ".5"]);
        assert_eq!(words("2024-01-01T00:00:11 aa-bb-cc"), ["2024-01-01T00:00:11", "aa-bb-cc"]);
        assert_eq!(words("tcp.srcport/2"), ["tcp.srcport", "Over", "2"]);
        assert_eq!(words("a-1 a -1"), ["a-1", "a", "Minus", "1"]);
        assert_eq!(words("a&&b&c||!d"), ["a", "And", "b", "BitAnd", "c", "Or", "Not", "d"]);
    }

    #[test]
    fn text_has_escapes_and_raw_text_has_none() {
        let text = |text| kinds(text).map(|kinds| kinds.into_iter().next());
        let octets = |octets: &[u8]| Ok(Some(Kind::Text(octets.to_vec())));
        assert_eq!(text(r#""a\"\\\x00\101\u00e9""#), octets(b"a\"\\\0A\xc3\xa9"));
        assert_eq!(text(r#"r"\d\"x""#), octets(br#"\d\"x"#));
        assert_eq!(text(r"'\n'"), Ok(Some(Kind::Octet(b'\n'))));
        assert_eq!(text(r#""\.""#).unwrap_err().span, 1..3);
        assert_eq!(text("\"a").unwrap_err().span, 0..1);
        assert_eq!(text("'ab'").unwrap_err().span, 0..4);
        assert!(text(r#""\777""#).is_err() && text(r#""\ud800""#).is_err() && text("\"\\").is_err());
    }
}
