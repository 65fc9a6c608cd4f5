//! What reading needs besides the document: dictionaries, gazetteers, models, language packs.
//! Loaded once, shared by all threads, never changed.

use crate::arabic::Arabic;
use crate::attribution::Pack;
use crate::english::English;
use crate::facts::Facts;
use crate::gazetteer::Gazetteer;
use crate::russian::Russian;

pub struct Kit {
    pub arabic: Arabic,
    pub english: English,
    pub russian: Russian,
    pub gazetteer: Gazetteer,
    pub facts: Facts,
    pub(crate) cues: Pack,
}

impl Kit {
    /// The kit that ships with the program.
    ///
    /// # Panics
    /// If a bundled data file is malformed; the tests load them all.
    pub fn bundled() -> Self {
        let russian = Russian::new();
        let gazetteer = Gazetteer::new(&russian);
        let facts = Facts::new(&russian);
        let cues = Pack::bundled();
        let arabic = Arabic::new(facts.arabic_words().chain(cues.arabic_words()));
        Self {
            arabic,
            english: English::new(),
            russian,
            gazetteer,
            facts,
            cues,
        }
    }
}
