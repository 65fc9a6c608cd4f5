//! Lines of a file, bounded.

use std::io::{self, BufRead, Read as _};

/// The next line without its end. What is longer than allowed comes a byte too long, so that whoever opens it refuses it, and the
/// rest of it is read past.
///
/// # Errors
/// When it cannot be read.
pub fn next_line<R: BufRead + ?Sized>(from: &mut R, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut taken = (&mut *from).take(most + 1);
    if taken.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 > most {
        skip_line(from)?;
    }
    while matches!(line.last(), Some(b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(line))
}

fn skip_line<R: BufRead + ?Sized>(from: &mut R) -> io::Result<()> {
    loop {
        let held = from.fill_buf()?;
        if held.is_empty() {
            return Ok(());
        }
        match held.iter().position(|&byte| byte == b'\n') {
            Some(at) => {
                from.consume(at + 1);
                return Ok(());
            }
            None => {
                let all = held.len();
                from.consume(all);
            }
        }
    }
}
