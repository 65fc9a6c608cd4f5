//! `mention`: what is named in a place of a document, where it was read otherwise.

use std::path::Path;

use anyhow::bail;
use madar_case::{CaseError, NamedAs, Who};
use madar_read::Kit;

use super::decide::settle;
use super::{Outcome, open};
use crate::cli::{MentionArgs, NamingArgs};

pub(super) fn run(path: &Path, args: &MentionArgs) -> anyhow::Result<Outcome> {
    let whom = args.naming.is.is_some() || args.naming.called.is_some();
    if whom && args.naming.kind.is_some() && !args.naming.missing {
        bail!("one thing at a time: of which kind it is, or whom it means");
    }
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let document = case.document_named(&args.document)?;
    let asked = case.asked(&kit)?;
    let places = asked.places_of_words(document, &args.words)?;
    if places.is_empty() {
        bail!("{:?} does not stand in this document", args.words);
    }
    let wanted = named_as(&args.naming, &args.words);
    // of the places with these words, those where it can be decided
    let (mut fit, mut against) = (Vec::new(), None);
    for span in places {
        match asked.naming(document, span, &wanted) {
            Ok(decision) => fit.push(decision),
            Err(
                error @ (CaseError::NotNamed(_)
                | CaseError::Named(_)
                | CaseError::CutsThrough { .. }),
            ) => against = Some(error),
            Err(error) => return Err(error.into()),
        }
    }
    if fit.len() > 1 && args.nth.is_none() {
        bail!(
            "{:?} stands in {} such places of this document: say which with --nth",
            args.words,
            fit.len()
        );
    }
    let nth = args.nth.map_or(0, |nth| nth as usize - 1);
    let Some(decision) = fit.into_iter().nth(nth) else {
        match against {
            Some(error) => return Err(error.into()),
            None => bail!("there are fewer places with {:?}", args.words),
        }
    };
    settle(&mut case, &decision, &args.why)?;
    Ok(Outcome::Done)
}

fn named_as<'a>(args: &'a NamingArgs, words: &'a str) -> NamedAs<'a> {
    let who = match (&args.is, &args.called) {
        (Some(name), _) => Some(Who::Known(name)),
        (None, Some(name)) => Some(Who::Called(name)),
        (None, None) => None,
    };
    match (args.kind, who) {
        (Some(kind), who) if args.missing => {
            NamedAs::Missing(kind, who.unwrap_or(Who::Called(words)))
        }
        (_, Some(who)) => NamedAs::Means(who),
        (Some(kind), None) => NamedAs::Kind(kind),
        (None, None) => NamedAs::Nothing,
    }
}
