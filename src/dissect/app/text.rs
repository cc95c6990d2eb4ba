//! Protocols whose messages are lines of ASCII text: what HTTP, SMTP, FTP and their kin have in common.
//!
//! One line is shown, all of them at `-v`. The first octet that is neither printable nor a tab, or a
//! carriage return on its own, says that what follows is data; it is not shown.

use crate::dissect::context::Context;
use crate::dissect::cursor::{Cursor, Outcome, Truncated};
use crate::put;

/// The longest word that may be a request or a response code.
const WORD_LENGTH_MAX: usize = 128;

/// Which segments hold text to be shown.
pub enum Shown {
    /// All: the protocol sends its data elsewhere, or sends text alone.
    Every,
    /// Those that begin with one of these requests, or whose second word is a response code. The
    /// others hold the rest of a body.
    Messages(&'static [&'static str]),
}

/// Prints the protocol's name, and the text of a message.
pub fn print(cx: &mut Context, protocol: &'static str, data: Cursor, shown: &Shown) -> Outcome {
    cx.protocol = protocol;
    let mut text = Text::new(&data);
    let is_shown = match shown {
        Shown::Every => true,
        Shown::Messages(requests) => starts_message(&text, requests),
    };
    cx.protocol_caps();
    if !is_shown {
        return Ok(());
    }
    if cx.style.verbose == 0 {
        put_line(cx, ": ", &text)?;
        return Ok(());
    }
    put!(cx, ", length: ", data.length());
    while text.remains() {
        match put_line(cx, "\n\t", &text)? {
            Some(rest) => text = rest,
            None => break,
        }
    }
    Ok(())
}

/// What is left of a message's text.
struct Text<'p> {
    octets: &'p [u8],
    /// The message goes on behind what was captured.
    cut: bool,
}

impl<'p> Text<'p> {
    fn new(data: &Cursor<'p>) -> Self {
        let octets = data.limit(data.length()).captured();
        Text { octets, cut: octets.len() < data.length() as usize }
    }

    fn skip(&self, count: usize) -> Self {
        Text { octets: self.octets.get(count..).unwrap_or_default(), cut: self.cut }
    }

    fn remains(&self) -> bool {
        !self.octets.is_empty() || self.cut
    }
}

/// Whether a request or a response starts here.
fn starts_message(text: &Text, requests: &[&str]) -> bool {
    let Some((first, rest)) = word(text) else { return false };
    if requests.iter().any(|request| first.eq_ignore_ascii_case(request.as_bytes())) {
        return true;
    }
    word(&rest).is_some_and(|(second, _)| second.len() == 3 && second.iter().all(u8::is_ascii_digit))
}

/// The word that starts here and the text behind its blanks. There is none at the end of a line, and
/// none when it is not known where the word ends.
fn word<'p>(text: &Text<'p>) -> Option<(&'p [u8], Text<'p>)> {
    let octets = text.octets;
    // What is encoded as text may go on like that for a whole packet.
    let looked_at = octets.get(..=WORD_LENGTH_MAX).unwrap_or(octets);
    let end = looked_at.iter().position(|octet| !octet.is_ascii_graphic());
    let length = match end.and_then(|end| looked_at.get(end)) {
        Some(b' ' | b'\t' | b'\r' | b'\n') => end?,
        Some(_) => return None,
        None if text.cut => return None,
        None => looked_at.len(),
    };
    if length == 0 || length > WORD_LENGTH_MAX {
        return None;
    }
    let (word, rest) = octets.split_at_checked(length)?;
    let blanks = rest.iter().take_while(|&&octet| octet == b' ').count();
    Some((word, text.skip(length + blanks)))
}

/// Prints the line that starts here. The result is the text behind it, or nothing where no line of
/// text follows, be it that the line has no end or that it is no text.
fn put_line<'p>(cx: &mut Context, prefix: &str, text: &Text<'p>) -> Outcome<Option<Text<'p>>> {
    let octets = text.octets;
    let end = text_length(octets);
    let (line, rest) = octets.split_at_checked(end).unwrap_or((octets, &[]));
    let next = match rest {
        [b'\n', ..] => Some(text.skip(end + 1)),
        [b'\r', b'\n', ..] => Some(text.skip(end + 2)),
        [] | [b'\r'] if text.cut => return Err(Truncated),
        [] => None,
        _ => return Ok(None),
    };
    put!(cx, prefix);
    // As it is, since it holds nothing but printable characters and tabs.
    cx.out.extend_from_slice(line);
    Ok(next)
}

/// How many octets of text there are until something else comes. Most of a line is looked at sixteen octets at a time.
fn text_length(octets: &[u8]) -> usize {
    let (chunks, _) = octets.as_chunks::<16>();
    let are_text = |chunk: &&[u8; 16]| chunk.iter().fold(true, |all, &octet| all & is_text(octet));
    let before = chunks.iter().take_while(are_text).count() * 16;
    let rest = octets.get(before..).unwrap_or_default();
    before + rest.iter().position(|&octet| !is_text(octet)).unwrap_or(rest.len())
}

fn is_text(octet: u8) -> bool {
    matches!(octet, b' '..=b'~' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::style::Style;
    use crate::os::names::Names;

    const SHOWN: Shown = Shown::Messages(&["GET"]);

    fn text(shown: &Shown, verbose: u8, captured: &[u8], length: usize) -> String {
        let mut cx = Context::new(Style { verbose, ..Style::default() }, Names::numeric());
        if print(&mut cx, "http", Cursor::new(captured, length as u32), shown).is_err() {
            cx.truncated();
        }
        String::from_utf8_lossy(&cx.out).into_owned()
    }

    #[test]
    fn a_body_that_goes_on_is_not_shown() {
        let body = b"<p>text</p>\r\n";
        assert_eq!(text(&SHOWN, 1, body, body.len()), "HTTP");
        assert_eq!(text(&Shown::Every, 1, body, body.len()), "HTTP, length: 13\n\t<p>text</p>");
    }

    #[test]
    fn requests_match_in_any_case_and_responses_by_their_second_word() {
        assert_eq!(text(&SHOWN, 0, b"get / HTTP/1.1\r\nHost: a\r\n", 25), "HTTP: get / HTTP/1.1");
        assert_eq!(text(&SHOWN, 0, b"HTTP/1.1 404 No\n", 16), "HTTP: HTTP/1.1 404 No");
        assert_eq!(text(&SHOWN, 0, b"HTTP/1.1 4044 No\n", 17), "HTTP");
        assert_eq!(text(&SHOWN, 0, b"HTTP/1.1\t404 No\n", 16), "HTTP");
    }

    #[test]
    fn a_word_of_more_than_128_octets_is_none() {
        let message = |length: usize| [&vec![b'a'; length], &b" 200 OK\n"[..]].concat();
        for length in [1, 127, 128, 129, 130, 1400] {
            let (message, is_word) = (message(length), length <= WORD_LENGTH_MAX);
            assert_eq!(text(&SHOWN, 0, &message, message.len()).starts_with("HTTP: a"), is_word, "{length}");
            let word = Text { octets: &message[..length], cut: false };
            assert_eq!(super::word(&word).map(|(word, _)| word.len()), is_word.then_some(length));
        }
    }

    #[test]
    fn data_ends_the_text_and_its_line_is_dropped() {
        assert_eq!(text(&SHOWN, 1, b"GET /\r\n\tA\r\nB\x80\r\n", 15), "HTTP, length: 15\n\tGET /\n\t\tA");
        assert_eq!(text(&SHOWN, 1, b"GET /\r\nA\rB\r\n", 12), "HTTP, length: 12\n\tGET /");
        assert_eq!(text(&SHOWN, 0, b"GET /\x1b[2J\r\n", 11), "HTTP");
    }

    #[test]
    fn text_ends_where_something_else_comes_wherever_that_is() {
        let mut octets = (0..70).map(|place| b" ~\tA"[place % 4]).collect::<Vec<_>>();
        assert!((0..=70).all(|length| text_length(&octets[..length]) == length));
        for end in (0..70).rev() {
            for other in [0, b'\r', b'\n', 0x1f, 0x7f, 0xff] {
                octets[end] = other;
                assert_eq!(text_length(&octets), end, "{other}");
            }
        }
    }

    #[test]
    fn a_line_without_end_is_shown_if_the_segment_ends_with_it() {
        assert_eq!(text(&SHOWN, 0, b"GET /a", 6), "HTTP: GET /a");
        assert_eq!(text(&SHOWN, 0, b"GET /a", 7), "HTTP [|http]");
        assert_eq!(text(&SHOWN, 0, b"GET /a\r", 7), "HTTP");
        assert_eq!(text(&SHOWN, 0, b"GET /a\r", 8), "HTTP [|http]");
        assert_eq!(text(&SHOWN, 1, b"GET /a\r\n", 9), "HTTP, length: 9\n\tGET /a [|http]");
    }
}
