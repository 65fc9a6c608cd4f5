//! The one binary: what was typed, the case it means, the answer in the wanted form. Decides
//! nothing about what is true; that is the work of the crates below.

mod cli;
mod commands;

mod case_file;
mod exports;
mod failure;
mod formats;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let asked = cli::Cli::parse();
    if let Ok(own) = std::env::current_exe() {
        madar_open::read_apart(own, vec!["take-apart".into()]);
    }
    match madar_case::guarded(|| commands::run(asked)) {
        Ok(outcome) => outcome.code(),
        Err(error) if failure::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            failure::tell(&error);
            ExitCode::from(2)
        }
    }
}
