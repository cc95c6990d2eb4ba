//! What a backslash and the characters behind it stand for.

use std::str::Chars;

/// Appends a character.
pub fn push(octets: &mut Vec<u8>, c: char) {
    octets.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Appends what stands behind a backslash.
pub fn escape(rest: &mut Chars, octets: &mut Vec<u8>) -> Result<(), String> {
    let Some(c) = rest.next() else { return Err("these quotes are not closed".into()) };
    let plain = match c {
        '\'' | '"' | '\\' => c as u8,
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '0'..='7' => return octal(c, rest, octets),
        'x' => {
            return number(rest, 2)
                .and_then(|code| u8::try_from(code).ok())
                .map(|octet| octets.push(octet))
                .ok_or_else(|| "\\x takes two hexadecimal digits".into());
        }
        'u' | 'U' => {
            let digits = if c == 'u' { 4 } else { 8 };
            let code = number(rest, digits).and_then(char::from_u32);
            return code
                .map(|code| push(octets, code))
                .ok_or_else(|| format!("\\{c} takes the {digits} hexadecimal digits of a character"));
        }
        other => return Err(format!("\\{other} is no escape sequence; write \\\\ for a backslash, or r\"...\"")),
    };
    octets.push(plain);
    Ok(())
}

fn octal(first: char, rest: &mut Chars, octets: &mut Vec<u8>) -> Result<(), String> {
    let mut code = first.to_digit(8).unwrap_or_default();
    for _ in 0..2 {
        let Some(digit) = rest.clone().next().and_then(|c| c.to_digit(8)) else { break };
        rest.next();
        code = code * 8 + digit;
    }
    octets.push(u8::try_from(code).map_err(|_| "\\NNN takes an octal number up to 377")?);
    Ok(())
}

fn number(rest: &mut Chars, digits: usize) -> Option<u32> {
    (0..digits).try_fold(0_u32, |code, _| Some((code << 4) + rest.next()?.to_digit(16)?))
}
