//! `madar serve`: the case in the browser; `madar mcp`: the case as tools of a language model.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;

use madar_serve::{Wanted, serve};

use super::Outcome;
use crate::cli::ServeArgs;
use crate::failure::Hinted;

/// Serves until interrupted. A case that is not there is made, so that documents can be dropped into it.
pub(super) fn run(case: &Path, args: ServeArgs) -> anyhow::Result<Outcome> {
    let wanted = Wanted {
        case: case.to_owned(),
        address: SocketAddr::new(args.host, args.port),
        token: args.token.filter(|token| !token.is_empty()),
        rate: NonZeroU32::new(args.rate),
    };
    serve(&wanted, |address| {
        eprintln!("http://{address}/  (Ctrl-C ends it)");
    })
    .map_err(|error| Hinted::new(error.to_string(), error.hint()))?;
    Ok(Outcome::Done)
}

/// Answers until standard input ends.
pub(super) fn mcp(case: &Path) -> anyhow::Result<Outcome> {
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    madar_serve::mcp(case, input, output)
        .map_err(|error| Hinted::new(error.to_string(), error.hint()))?;
    Ok(Outcome::Done)
}
