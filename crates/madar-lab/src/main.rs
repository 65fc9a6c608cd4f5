//! Measures, trains and prints what Madar does. Ships to nobody; its result tables are committed
//! under `results/`.

mod annotated;
mod annotation;
mod apart;
mod bsnlp;
mod chains;
mod conll;
mod copies;
mod corpora;
mod encoder;
mod factrueval;
mod gold;
mod hops;
mod kill;
mod learner;
mod lessons;
mod linking;
mod measures;
mod names;
mod names_costs;
mod names_heard;
mod names_lists;
mod names_screen;
mod names_speed;
mod names_unbiased;
mod names_variants;
mod opened;
mod oracle;
mod pairs;
mod parallel;
mod passages;
mod pdf;
mod polnear;
mod readers;
mod reading;
mod scale;
mod screening;
mod speed;
mod stories;
mod table;
mod taught;
mod text;
mod timeml;
mod train;
mod train_facts;
mod train_referents;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Scoring, training and measuring of Madar", after_help = DOORS)]
struct Lab {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    reader: readers::ReaderArgs,
}

/// The doors for files of others, in one place.
const DOORS: &str = "Doors for files of the same kind as the corpora, all with --reader fast|accurate:
  madar-lab conll FILE --lang ar --tags PERS,LOC,ORG,MISC      words and labels in, Madar's labels as one more column out
  madar-lab factrueval DIR --out DIR                           answers of tasks 1 and 3 as that contest has them
  madar-lab polnear DIR --out DIR                              brat standoff: source, cue, content
  madar-lab timeml DIR --out DIR                               TIMEX3 inline
  madar-lab reading FILE --publisher P --published DATE        one reading in the JSON shape of the gold
Where the annotation lies beside the texts, each says how good the answers are.";

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
    /// Adds Madar's label to each word of a file of words and labels, one to a line
    Conll {
        file: PathBuf,
        /// ar, en or ru
        #[arg(long)]
        lang: String,
        /// Names of the labels of person, place, organisation and, if wanted, other things
        #[arg(long, value_delimiter = ',', default_value = "PER,LOC,ORG,MISC")]
        tags: Vec<String>,
        /// The corpus by whose rules the accurate reader marks
        #[arg(long, default_value = "own")]
        rules: String,
        /// Writes there instead of to standard output
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Writes the attributions of English texts as PolNeAR has them, and measures against its annotation
    Polnear {
        folder: PathBuf,
        #[arg(long)]
        out: Option<PathBuf>,
        /// Also prints what is wrong
        #[arg(long)]
        misses: bool,
        /// Measures instead what `encoder attributions` has found, in its folder `attributions`
        #[arg(long)]
        learned: Option<PathBuf>,
    },
    /// Scores a reading on the annotated passages that are never trained on, or one annotator against another
    Passages {
        #[arg(long, default_value = "crates/madar-lab/annotation")]
        annotation: PathBuf,
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// The second annotator against the first
        #[arg(long)]
        second: bool,
        /// All passages, those that may be trained on too
        #[arg(long)]
        all: bool,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// One table of every corpus: names, attribution, times, facts; with intervals, speed and memory
    Corpora {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Scores the parallel gold in its three languages
    Score {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Takes mentions, times and amounts from the annotation: what the fact rules lose alone
        #[arg(long)]
        from_annotation: bool,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Which tellings of the stories the fact rules find when all names are given
    StoryFacts {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
    },
    /// The chains of the stories' tellings against those that their texts state
    Chains {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Also prints the wrong ones
        #[arg(long)]
        misses: bool,
    },
    /// Trains the model of names of one language
    Train {
        #[arg(long)]
        lang: String,
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
    /// Prints the words for which vectors are made, to train the model of whom descriptions mean
    Words {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
    },
    /// Trains the model of whom descriptions mean
    TrainReferents {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Articles to measure by
        #[arg(long, default_value = "../shared/gold/articles")]
        gold: PathBuf,
        #[arg(long, default_value = "crates/madar-read/models")]
        out: PathBuf,
    },
    /// Trains the fast reader's models of descriptions and facts of one language
    TrainFacts {
        #[arg(long)]
        lang: String,
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        #[arg(long, default_value = "crates/madar-read/models")]
        out: PathBuf,
    },
    /// Makes the weights of the accurate reader
    Encoder {
        #[command(subcommand)]
        command: encoder::EncoderCommand,
    },
    /// The readers side by side on the corpora of names
    Readers {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Takes the stories through the whole of Madar: claims, chains, independence
    Stories {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Takes names, facts and told chains from the annotation: what linking loses alone
        #[arg(long)]
        from_annotation: bool,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// The three versions of each article of the parallel gold as one case: entities across scripts, claims across
    /// languages
    Parallel {
        #[arg(long, default_value = "../shared/gold")]
        gold: PathBuf,
        /// Takes names and facts from the annotation: what linking loses alone
        #[arg(long)]
        from_annotation: bool,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Tables of how well pairs of names are told to be one
    Names {
        #[arg(default_value = "../shared/data/names/pairs.dev.tsv")]
        file: PathBuf,
        /// Also prints so many wrong answers of the train part
        #[arg(long, default_value_t = 0)]
        wrong: usize,
        /// … of groups whose name contains this
        #[arg(long, default_value = "")]
        only: String,
        /// Also writes the tables to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Pairs across scripts drawn from the UN and EU lists without any likeness, read by eye
    NamesUnbiased {
        #[arg(default_value = "../shared/data/names/lists")]
        lists: PathBuf,
        /// Prints the pairs with their keys, to be labelled
        #[arg(long)]
        sheet: bool,
        /// Also the half that is not worked on
        #[arg(long)]
        closed: bool,
    },
    /// How fast names are held against very many synthetic entities
    NamesScreen {
        #[arg(default_value = "../shared/data/names/lists")]
        lists: PathBuf,
        #[arg(long, default_value_t = 1_000_000)]
        scale: usize,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Listed names altered as people and clerks alter them: what is found again, by class
    NamesVariants {
        #[arg(default_value = "../shared/data/names/lists")]
        lists: PathBuf,
        /// Development pairs, for names of people on no list
        #[arg(long, default_value = "../shared/data/names/pairs.dev.tsv")]
        pairs: PathBuf,
        /// Also writes the table to this file and the picture beside it
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Counts how many listed names have a part that sounds so; written for the names crate
    NamesHeard {
        #[arg(default_value = "../shared/data/names/lists")]
        lists: PathBuf,
        #[arg(long, default_value = "crates/madar-names/data/heard.txt")]
        out: PathBuf,
    },
    /// Learns what letters of one script cost to be taken for those of another; written for the names crate
    NamesCosts {
        #[arg(default_value = "../shared/data/names/pairs.dev.tsv")]
        pairs: PathBuf,
        /// The folder with `wd_translit` and `ar2en`: words with their transcriptions
        #[arg(long, default_value = "../shared/data/names")]
        words: PathBuf,
        #[arg(long, default_value = "crates/madar-names/data/costs.txt")]
        out: PathBuf,
    },
    /// How many pairs of names are compared in a second of CPU
    NamesSpeed {
        #[arg(default_value = "../shared/data/names/pairs.dev.tsv")]
        file: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Adds a column with the score to a file of pairs of names
    Pairs { file: PathBuf },
    /// Writes TimeML documents with the times that Madar finds, and measures against those in them
    Timeml {
        folder: PathBuf,
        #[arg(long)]
        out: Option<PathBuf>,
        /// Also prints what was missed, wrong and spurious
        #[arg(long)]
        misses: bool,
    },
    /// Screens names against the lists: found, flagged, names a second
    Screening {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
        /// Prints what was missed and what was flagged
        #[arg(long)]
        misses: bool,
    },
    /// Answers factRuEval-2016 (tasks 1 and 3) for the texts of a folder, and scores its facts
    Factrueval {
        folder: PathBuf,
        /// Where the answer files go
        #[arg(long)]
        out: PathBuf,
    },
    /// Linking across documents against the ids of the Russian BSNLP topics
    Bsnlp {
        #[arg(long, default_value = "../shared/data/ru-bsnlp")]
        data: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// PDF files against the texts that they were made from, beside what other programs read
    Pdf {
        folder: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Near copies made from real articles: what is found, and what is wrongly called a copy
    Copies {
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Kills the binary while it reads, decides and takes documents out; the case must be whole each time
    Kill {
        #[arg(long, default_value = "target/release/madar")]
        binary: PathBuf,
        #[arg(long, default_value_t = 200)]
        runs: usize,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// What it takes to link, to add to and to ask made-up cases of so many articles
    Scale {
        #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
        articles: Vec<usize>,
        /// Keeps the last case in this file
        #[arg(long)]
        case: Option<PathBuf>,
        /// Asks the case that was kept there, and adds to it, instead of making cases
        #[arg(long, requires = "case")]
        kept: bool,
        /// Times the pages of the last case as this program serves them
        #[arg(long, value_name = "MADAR")]
        serve: Option<PathBuf>,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Times the whole pipeline on every distinct text below some folders
    Speed {
        folders: Vec<PathBuf>,
        /// Also writes the table to this file
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    let Lab { command, reader } = Lab::parse();
    match command {
        Command::Reading {
            file,
            publisher,
            published,
        } => {
            let kit = reader.kit()?;
            let given = reading::given(&file, publisher, published.as_deref())?;
            println!(
                "{}",
                serde_json::to_string_pretty(&reading::reading(&file, &given, &kit)?)?
            );
            Ok(())
        }
        Command::Conll {
            file,
            lang,
            tags,
            rules,
            out,
        } => {
            let options = conll::Options {
                lang: madar_text::Lang::from_code(&lang),
                tags,
                rules: &rules,
                out: out.as_deref(),
            };
            let (kit, encoder) = (madar_read::Kit::bundled(), reader.asked_encoder()?);
            let readers = conll::Readers {
                kit: &kit,
                encoder: encoder.as_ref(),
            };
            conll::conll(&file, &options, readers)
        }
        Command::Polnear {
            folder,
            out,
            misses,
            learned,
        } => match learned {
            Some(found) => {
                print!("{}", polnear::learned::table(&folder, &found)?);
                Ok(())
            }
            None => polnear::polnear(&folder, out.as_deref(), &reader.kit()?, misses),
        },
        Command::Passages {
            annotation,
            data,
            gold,
            second,
            all,
            out,
        } => {
            let against = if second {
                passages::Against::Second
            } else {
                passages::Against::Reading
            };
            let options = passages::Options {
                annotation: &annotation,
                data: &data,
                gold: &gold,
                against,
                all,
                out: out.as_deref(),
            };
            passages::score(&options, &reader.kit()?)
        }
        Command::Corpora { data, out } => table::table(&data, &reader.kit()?, out.as_deref()),
        Command::Score {
            gold,
            from_annotation,
            out,
        } => gold::score(
            &gold,
            input(from_annotation),
            &reader.kit()?,
            out.as_deref(),
        ),
        Command::Chains { gold, misses } => chains::score(&gold, &reader.kit()?, misses),
        Command::StoryFacts { gold } => stories::facts_given_names(&gold),
        Command::Train { lang, data, out } => {
            train::train(madar_text::Lang::from_code(&lang), &data, &out)
        }
        Command::Words { data } => train_referents::words(&data),
        Command::TrainReferents { data, gold, out } => train_referents::train(&data, &gold, &out),
        Command::TrainFacts { lang, data, out } => {
            train_facts::train(madar_text::Lang::from_code(&lang), &data, &out)
        }
        Command::Encoder { command } => encoder::run(&command),
        Command::Readers { data, out } => readers::table(&data, &reader, out.as_deref()),
        Command::Names {
            file,
            wrong,
            only,
            out,
        } => names::tables(
            &file,
            &names::Options {
                wrong,
                only: &only,
                out: out.as_deref(),
            },
        ),
        Command::NamesUnbiased {
            lists,
            sheet,
            closed,
        } => {
            let show = match (sheet, closed) {
                (true, _) => names_unbiased::Show::Sheet,
                (false, false) => names_unbiased::Show::Open,
                (false, true) => names_unbiased::Show::Both,
            };
            names_unbiased::run(&lists, show)
        }
        Command::NamesScreen { lists, scale, out } => {
            names_screen::run(&lists, scale, out.as_deref())
        }
        Command::NamesVariants { lists, pairs, out } => {
            names_variants::run(&lists, &pairs, out.as_deref())
        }
        Command::NamesHeard { lists, out } => names_heard::write(&lists, &out),
        Command::NamesCosts { pairs, words, out } => names_costs::write(&pairs, &words, &out),
        Command::NamesSpeed { file, out } => names_speed::run(&file, out.as_deref()),
        Command::Pairs { file } => pairs::add_scores(&file),
        Command::Screening { data, out, misses } => {
            screening::screening(&data, out.as_deref(), misses)
        }
        Command::Stories {
            gold,
            from_annotation,
            out,
        } => linking::score(
            &gold,
            input(from_annotation),
            &reader.kit()?,
            out.as_deref(),
        ),
        Command::Parallel {
            gold,
            from_annotation,
            out,
        } => parallel::score(&gold, input(from_annotation), out.as_deref()),
        Command::Timeml {
            folder,
            out,
            misses,
        } => timeml::timeml(&folder, out.as_deref(), &reader.kit()?, misses),
        Command::Factrueval { folder, out } => {
            factrueval::factrueval(&folder, &reader.kit()?, &out)
        }
        Command::Bsnlp { data, out } => bsnlp::run(&data, out.as_deref(), &reader.kit()?),
        Command::Pdf { folder, out } => pdf::run(&folder, out.as_deref()),
        Command::Copies { data, out } => copies::run(&data, out.as_deref()),
        Command::Kill { binary, runs, out } => kill::run(&binary, runs, out.as_deref()),
        Command::Scale {
            articles,
            case,
            kept,
            serve,
            out,
        } => scale::run(&scale::Options {
            articles: &articles,
            case,
            kept,
            serve,
            out: out.as_deref(),
        }),
        Command::Speed { folders, out } => speed::speed(&folders, &reader, out.as_deref()),
    }
}

fn input(from_annotation: bool) -> gold::Input {
    if from_annotation {
        gold::Input::Annotation
    } else {
        gold::Input::Text
    }
}
