//! The case carried into other tools, one file to a form. Nothing here decides anything: what is not
//! plainly asserted leaves as an event or a note that says so, and never as an edge of another tool.

mod annotations;
mod dossier;
mod ftm;
mod gexf;
mod graph;
mod graphml;
mod neo4j;
mod statements;
mod tables;
mod xml;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use madar_case::answer::{Dated, DocumentLine};
use madar_case::{Tongue, Whole};

/// What can be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Form {
    /// FollowTheMoney entities and statements, with the claims and their chains beside them: a folder
    Ftm,
    /// W3C Web Annotations of the passages: one JSON-LD file
    Annotations,
    /// The network as GraphML: Gephi, yEd, networkx
    Graphml,
    /// The network as GEXF 1.3: Gephi, with times
    Gexf,
    /// CSV for neo4j-admin database import: a folder
    Neo4j,
    /// Tables of documents, entities, claims and tellings: a folder
    Csv,
    /// Everything that is said, with endnotes to the passages, as Markdown
    Dossier,
    /// The same as one self-contained page
    DossierHtml,
}

impl Form {
    /// Files of a form that takes several; `None` if it is one stream.
    fn files(self) -> Option<&'static [(&'static str, Writer)]> {
        Some(match self {
            Form::Ftm => &[
                ("entities.ftm.json", ftm::entities),
                ("statements.csv", statements::csv),
                ("claims.jsonl", claims),
            ],
            Form::Neo4j => &[
                ("nodes.csv", neo4j::nodes),
                ("relationships.csv", neo4j::relationships),
            ],
            Form::Csv => &[
                ("documents.csv", tables::documents),
                ("entities.csv", tables::entities),
                ("claims.csv", tables::claims),
                ("parties.csv", tables::parties),
                ("tellings.csv", tables::tellings),
            ],
            _ => return None,
        })
    }

    fn stream(self) -> Writer {
        match self {
            Form::Annotations => annotations::page,
            Form::Graphml => graphml::file,
            Form::Gexf => gexf::file,
            Form::Dossier => dossier::markdown,
            Form::DossierHtml => dossier::html,
            Form::Ftm | Form::Neo4j | Form::Csv => claims,
        }
    }
}

type Writer = fn(&Whole, Tongue, &mut dyn Write) -> io::Result<()>;

/// Writes to `to`, or to standard output where the form is one stream. Gives back what was written.
///
/// # Errors
/// When a file cannot be written; what was written before it stays.
pub(crate) fn write(
    form: Form,
    whole: &Whole,
    tongue: Tongue,
    to: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<Vec<PathBuf>> {
    let Some(files) = form.files() else {
        let Some(to) = to else {
            form.stream()(whole, tongue, out)?;
            out.flush()?;
            return Ok(Vec::new());
        };
        file(to, |out| form.stream()(whole, tongue, out))?;
        return Ok(vec![to.to_owned()]);
    };
    let folder = to.unwrap_or(Path::new("madar-export"));
    fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for (name, write) in files {
        let path = folder.join(name);
        file(&path, |out| write(whole, tongue, out))?;
        written.push(path);
    }
    Ok(written)
}

fn file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    write(&mut out)?;
    out.flush()
}

/// The day of publication, or the days between which it must lie, as ISO 8601 has them; empty when unknown.
fn published(line: &DocumentLine) -> String {
    match &line.date {
        Dated::On { day, .. } => day.clone(),
        Dated::Between {
            earliest, latest, ..
        } => format!("{earliest}/{latest}"),
        Dated::Unknown => String::new(),
    }
}

/// Each claim with all its chains, as `madar facts --json` prints it.
fn claims(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    crate::formats::json::lines(out, &whole.lines)
}
