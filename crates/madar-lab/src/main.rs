//! Measures, trains and prints what Madar does. Ships to nobody; its result tables are committed
//! under `results/`.

mod gold;
mod reading;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Scoring, training and measuring of Madar")]
struct Lab {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints one document's reading in the JSON shape of the gold's scorer
    Reading {
        file: PathBuf,
        #[arg(long)]
        publisher: Option<String>,
        /// Day of publication, as 2018-09-30
        #[arg(long)]
        published: Option<String>,
    },
    /// Scores the parallel gold in its three languages
    Score {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    match Lab::parse().command {
        Command::Reading { file, publisher, published } => {
            let kit = madar_read::Kit::bundled();
            let given = reading::given(&file, publisher, published.as_deref())?;
            println!("{}", serde_json::to_string_pretty(&reading::reading(&file, &given, &kit)?)?);
            Ok(())
        }
        Command::Score { gold, out } => gold::score(&gold, out.as_deref()),
    }
}
