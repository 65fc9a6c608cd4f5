//! Makes the weights of the accurate reader: prepares the corpora, drives the training script,
//! packs what it learned.

mod base;
mod pack;
mod prepare;
mod vocabulary;

pub(crate) use pack::pack;
pub(crate) use prepare::prepare;
