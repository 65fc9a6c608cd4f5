//! Why something could not be opened, by what the reader can do about it.

use std::path::PathBuf;

/// Why some bytes are not a document. Each message names the thing in hand; [`OpenError::hint`]
/// says what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("cannot open {name}: it is empty")]
    Empty { name: String },
    #[error("cannot open {name}: it has {bytes} bytes, more than {most}")]
    TooLarge {
        name: String,
        bytes: usize,
        most: usize,
    },
    #[error("cannot open {name}: it looks like {looks_like}, not like text")]
    Binary {
        name: String,
        looks_like: &'static str,
    },
    #[error("cannot open {name}: {reason}")]
    Packed { name: String, reason: String },
    #[error("cannot open {name}: it lies in more than {most} archives within each other")]
    Nested { name: String, most: usize },
    #[error("cannot open {name}: {reason}")]
    Unreadable { name: String, reason: String },
    #[error("cannot open {name}: its pages are pictures without text, it needs OCR")]
    NeedsOcr { name: String },
    #[error("cannot open {name}: no words are left once the markup is taken off")]
    NotAnArticle { name: String },
    #[error("left {entities} entities of {name} out: they have no text")]
    Entities { name: String, entities: usize },
}

impl OpenError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            OpenError::Empty { .. } => "was the file saved in full?",
            OpenError::TooLarge { .. } => "split it: one article to a file",
            OpenError::Binary { .. } => "save the article as text or as a web page, and open that",
            OpenError::Packed { .. } => "unpack it by hand, and read what comes out",
            OpenError::Nested { .. } => "unpack the inner archives by hand",
            OpenError::Unreadable { .. } => {
                "open it in a viewer: print it to a new PDF, or copy its text"
            }
            OpenError::NeedsOcr { .. } => {
                "install tesseract with its languages (ara, rus, eng) and poppler-utils, and read it again"
            }
            OpenError::Entities { .. } => "people, bodies and their ties are for `madar lists add`",
            OpenError::NotAnArticle { .. } => {
                "save the page again once it has loaded, or copy its text into a file"
            }
        }
    }
}

/// A file or folder that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("cannot look into {}: {source}", path.display())]
pub struct FolderError {
    pub path: PathBuf,
    pub source: std::io::Error,
}
