//! A sentence made of pieces, so that whoever shows it knows which of them are names and words of
//! the text, in whatever direction they are written.

use std::fmt;

use crate::tongue::Tongue;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Madar's own English.
    Plain(String),
    /// The name of an entity.
    Name(String),
    /// Words of the text, to be set in quotation marks.
    Words(String),
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence(pub Vec<Piece>);

impl Sentence {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(text.into())])
    }

    pub(crate) fn words(text: &str) -> Self {
        // one line: words of the text may run over a line break
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self(vec![Piece::Words(line)])
    }

    /// *A*, *A and B*, *A, B and C*.
    pub(crate) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::names_in(Tongue::En, names.into_iter().collect())
    }

    pub(crate) fn names_in(tongue: Tongue, names: Vec<&str>) -> Self {
        let mut out = Self::default();
        let last = names.len().saturating_sub(1);
        for (at, name) in names.into_iter().enumerate() {
            if at > 0 {
                let key = if at == last { "and" } else { "comma" };
                out.push(tongue.say("list", key));
            }
            out.0.push(Piece::Name(name.to_owned()));
        }
        out
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.0.push(Piece::Plain(text.to_owned()));
    }

    pub(crate) fn then(mut self, text: &str) -> Self {
        self.push(text);
        self
    }

    pub(crate) fn join(mut self, other: Sentence) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Begins with a capital if it begins with words of its own.
    pub(crate) fn capital(mut self) -> Self {
        if let Some(Piece::Plain(first)) = self.0.first_mut() {
            let mut letters = first.chars();
            if let Some(letter) = letters.next() {
                *first = letter.to_uppercase().chain(letters).collect();
            }
        }
        self
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Plain(text) | Piece::Name(text) => f.write_str(text)?,
                Piece::Words(text) => write!(f, "“{text}”")?,
            }
        }
        Ok(())
    }
}
