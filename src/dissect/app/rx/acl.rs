//! Access lists of AFS, which are text: how many grant and how many deny, then users and rights.

use crate::dissect::context::Context;
use crate::put;

/// The most of a list that is looked at.
const LENGTH_MAX: usize = 1024;

/// Rights in the order of the command `fs`.
const RIGHTS: [(i32, &str); 7] = [(1, "r"), (8, "l"), (4, "i"), (16, "d"), (2, "w"), (32, "k"), (64, "a")];

/// Prints a list, as far as it is one.
pub(super) fn print(cx: &mut Context, list: &[u8]) {
    let list = list.get(..LENGTH_MAX).unwrap_or(list);
    let mut text = Text(list.split(|&octet| octet == 0).next().unwrap_or_default());
    let (Some(granted), Some(denied)) = (text.number(), text.number()) else { return };
    for (count, sign) in [(granted, " +{"), (denied, " -{")] {
        for _ in 0..count {
            let (Some(user), Some(rights)) = (text.word(), text.number()) else { return };
            put!(cx, sign);
            cx.escaped(user);
            put!(cx, " ");
            for (_, letter) in RIGHTS.iter().filter(|(right, _)| rights & right != 0) {
                put!(cx, *letter);
            }
            put!(cx, "}");
        }
    }
}

/// Text from which words and numbers are taken, with the blanks in front of them.
struct Text<'p>(&'p [u8]);

impl<'p> Text<'p> {
    fn skip_blanks(&mut self) {
        let is_blank = |octet: &u8| matches!(octet, b' ' | b'\t'..=b'\r');
        let blanks = self.0.iter().take_while(|octet| is_blank(octet)).count();
        self.0 = self.0.get(blanks..).unwrap_or_default();
    }

    fn word(&mut self) -> Option<&'p [u8]> {
        self.skip_blanks();
        let length = self.0.iter().take_while(|octet| !matches!(octet, b' ' | b'\t'..=b'\r')).count();
        let (word, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }

    /// A number as C's `scanf` takes it: what is too large for it becomes -1 or 0.
    fn number(&mut self) -> Option<i32> {
        self.skip_blanks();
        let negative = self.0.first() == Some(&b'-');
        if negative || self.0.first() == Some(&b'+') {
            self.0 = self.0.get(1..).unwrap_or_default();
        }
        let length = self.0.iter().take_while(|octet| octet.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let append = |value: i64, digit: &u8| {
            let digit = i64::from(digit - b'0');
            value.saturating_mul(10).saturating_add(if negative { -digit } else { digit })
        };
        (!digits.is_empty()).then(|| digits.iter().fold(0, append) as i32)
    }
}
