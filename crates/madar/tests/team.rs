//! A case that several people share in PostgreSQL: the same answers as from a file, several writers and readers at
//! once, rights, and what is left when something breaks.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use common::cluster::{Cluster, cluster};
use common::{Desk, SHORT, examples, stderr};

/// A desk whose case lies in a database of its own.
struct Team {
    desk: Desk,
    cluster: Arc<Cluster>,
    database: &'static str,
}

impl Team {
    /// `None` where there is no PostgreSQL.
    fn new(database: &'static str) -> Option<Self> {
        let cluster = cluster()?;
        cluster.sql("postgres", &format!("CREATE DATABASE {database}"));
        let team = Self {
            desk: Desk::new(),
            cluster,
            database,
        };
        team.told(&["team", "create"]);
        Some(team)
    }

    fn address(&self, user: &str) -> String {
        self.cluster.address(user, self.database)
    }

    fn sql(&self, statement: &str) -> String {
        self.cluster.sql(self.database, statement)
    }

    /// The binary, run as somebody with a mirror of his own.
    fn run_as(&self, user: &str, args: &[&str]) -> Output {
        self.command_as(user, args).output().unwrap()
    }

    fn command_as(&self, user: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madar"));
        command
            .args(args)
            .current_dir(self.desk.folder.path())
            .env("MADAR_READER", "fast")
            .env("MADAR_CASE", self.address(user))
            .env("MADAR_CACHE", self.mirrors(user))
            .env_remove("NO_COLOR");
        command
    }

    fn mirrors(&self, user: &str) -> PathBuf {
        self.desk.path(&format!("mirrors of {user}"))
    }

    fn told_as(&self, user: &str, args: &[&str]) -> String {
        let output = self.run_as(user, args);
        assert!(output.status.success(), "{args:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// As whoever made the case.
    fn told(&self, args: &[&str]) -> String {
        self.told_as("postgres", args)
    }

    /// Standard output of a question, which may be answered with nothing.
    fn asked(&self, args: &[&str]) -> Vec<u8> {
        let output = self.run_as("postgres", args);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{args:?}: {}",
            stderr(&output)
        );
        output.stdout
    }

    /// What is said when it fails.
    fn refused_as(&self, user: &str, args: &[&str]) -> String {
        let output = self.run_as(user, args);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{args:?}: {}",
            stderr(&output)
        );
        let said = stderr(&output);
        assert!(said.contains("hint: "), "{said}");
        said
    }

    fn member(&self, user: &str, right: &str) {
        self.sql(&format!("CREATE ROLE {user} LOGIN"));
        self.told(&["team", "add", user, "--as", right]);
    }

    /// Nothing is found amiss in the case or between it and the mirror.
    fn verified(&self) -> serde_json::Value {
        let told = self.told(&["verify", "--json"]);
        let verified: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(verified["findings"], serde_json::json!([]), "{told}");
        verified
    }
}

/// What a desk does to a case.
fn work(mut run: impl FnMut(&[&str])) {
    let articles = examples().display().to_string();
    run(&["read", &articles]);
    run(&[
        "read",
        "own.txt",
        "--publisher",
        "Harbour Post",
        "--published",
        "2025-03-04",
    ]);
    run(&[
        "same",
        "Гордон Халворсен",
        "Gordon Halvorsen",
        "--by",
        "editor",
    ]);
    run(&["rename", "Laptev-Gaz", "Laptev Gas"]);
    run(&["undo", "2"]);
    run(&["note", "Gordon Halvorsen", "call him"]);
    run(&["protect", "Curtis Weller", "--as", "Source 9"]);
    run(&[
        "lists",
        "add",
        "list.csv",
        "--list",
        "Desk",
        "--date",
        "2026-02-27",
    ]);
    run(&["read", "other.txt"]);
    run(&["forget", "own.txt"]);
}

const QUESTIONS: &[&[&str]] = &[
    &["brief"],
    &["brief", "--json"],
    &["brief", "--md", "--in", "ru"],
    &["brief", "--html", "--in", "ar"],
    &["brief", "--about", "Halvorsen"],
    &["who", "ديميترييف"],
    &["who", "Vasilenkov", "--json"],
    &["find", "frozen assets"],
    &["find", "Лаптев-Газ", "--json"],
    &["timeline", "--json"],
    &["facts", "--json"],
    &["facts", "--kind", "deal"],
    &["withdraw", "The Wall Street Journal", "--json"],
    &["path", "Gordon Halvorsen", "Laptev-Gaz", "--json"],
    &["check", "draft.txt", "--json"],
    &["review", "--json"],
    &["documents", "--json"],
    &["lists"],
    &["screen", "--json", "--on", "2026-03-01"],
    &["export", "ftm"],
    &["export", "graphml"],
];

fn articles(desk: &Desk) {
    desk.write("own.txt", SHORT);
    desk.write(
        "draft.txt",
        "Gordon Halvorsen is in talks over Laptev-Gaz.\n",
    );
    desk.write("other.txt", SHORT.replace("March 3", "March 1"));
    desk.write(
        "list.csv",
        "id,name,country\n1,Rodion Vasilenkov,ru\n2,Gordon Halvorsen,us\n",
    );
}

#[test]
fn a_shared_case_answers_as_a_file_does() {
    let Some(team) = Team::new("answers") else {
        return;
    };
    articles(&team.desk);
    let in_file = |args: &[&str]| team.desk.asked(&[args, &["--case", "a.madar"]].concat());
    work(|args| drop(in_file(args)));
    work(|args| drop(team.asked(args)));
    for question in QUESTIONS {
        assert_eq!(
            String::from_utf8(team.asked(question)).unwrap(),
            in_file(question),
            "{question:?}"
        );
    }
    team.verified();
    // somebody who has never seen it is told the same
    team.member("vera", "read");
    assert_eq!(
        team.told_as("vera", &["facts", "--json"]),
        in_file(&["facts", "--json"])
    );
    mirrors_are_private(&team.mirrors("vera"));
}

#[cfg(unix)]
fn mirrors_are_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let open_to_others =
        |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(open_to_others(folder), 0);
    for file in std::fs::read_dir(folder).unwrap() {
        assert_eq!(open_to_others(&file.unwrap().path()), 0);
    }
}

#[cfg(not(unix))]
fn mirrors_are_private(_: &Path) {}

#[test]
fn a_case_goes_into_a_database_and_back_without_loss() {
    let Some(team) = Team::new("copies") else {
        return;
    };
    articles(&team.desk);
    work(|args| drop(team.desk.asked(&[args, &["--case", "a.madar"]].concat())));
    // the last numbers given are not in the tables any more
    team.desk
        .told(&["lists", "remove", "1", "--case", "a.madar"]);
    team.told(&["copy", "a.madar", &team.address("postgres")]);
    team.told(&["copy", &team.address("postgres"), "b.madar"]);
    let kept = |name: &str| dump(&team.desk.path(name));
    assert_eq!(kept("a.madar"), kept("b.madar"));
    let seal =
        |args: &[&str]| team.desk.json(&[&["verify", "--json"], args].concat())[0]["seal"].clone();
    assert_eq!(seal(&["--case", "a.madar"]), team.verified()["seal"]);
    assert_eq!(seal(&["--case", "a.madar"]), seal(&["--case", "b.madar"]));
    let again = team.refused_as("postgres", &["copy", "a.madar", &team.address("postgres")]);
    assert!(again.contains("is not empty"), "{again}");
    let again = team.refused_as("postgres", &["copy", &team.address("postgres"), "b.madar"]);
    assert!(again.contains("\"b.madar\" is there already"), "{again}");
    // numbers are given once in all lives of the case
    for case in ["b.madar", &*team.address("postgres")] {
        let args = [
            "lists", "add", "list.csv", "--list", "Other", "--json", "--case", case,
        ];
        let told = team.told(&args);
        assert!(told.contains("\"number\":2"), "{told}");
    }
}

/// All that cannot be computed again.
fn dump(case: &Path) -> Vec<String> {
    let case = rusqlite::Connection::open(case).unwrap();
    let mut out = Vec::new();
    for table in [
        "documents",
        "captures",
        "readings",
        "failures",
        "decisions",
        "snapshots",
        "custody",
        "marks",
        "sqlite_sequence",
    ] {
        let mut query = case
            .prepare(&format!("SELECT * FROM {table} ORDER BY 1"))
            .unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| {
            let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            values.collect::<Result<Vec<_>, _>>()
        });
        for row in rows.unwrap() {
            out.push(format!("{table} {:?}", row.unwrap()));
        }
    }
    out
}

#[test]
fn several_write_at_once_and_nothing_is_lost() {
    let Some(team) = Team::new("writers") else {
        return;
    };
    team.member("anna", "decide");
    team.member("boris", "decide");
    let count = 30;
    for user in ["anna", "boris"] {
        for number in 0..count {
            let text = SHORT.replace(
                "Muscat on",
                &format!("Muscat, seen by {user} at berth {number}, on"),
            );
            team.desk.write(&format!("{user}/{number:02}.txt"), text);
        }
    }
    team.desk.write("first.txt", SHORT);
    team.told(&["read", "first.txt"]);
    let readers: Vec<Child> = ["anna", "boris"]
        .map(|user| quiet(team.command_as(user, &["read", user])))
        .into();
    let deciders: Vec<Child> = ["anna", "boris"]
        .map(|user| {
            quiet(team.command_as(user, &["note", "Gordon Halvorsen", "seen", "--by", user]))
        })
        .into();
    for mut child in readers.into_iter().chain(deciders) {
        assert!(child.wait().unwrap().success());
    }
    let verified = team.verified();
    assert_eq!(verified["documents"], 2 * count + 1);
    assert_eq!(verified["decisions"], 2);
    // all members have come to the same case
    let seals = ["anna", "boris"].map(|user| {
        let told = team.told_as(user, &["verify", "--json"]);
        let verified: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!(verified["findings"], serde_json::json!([]));
        verified["seal"].clone()
    });
    assert_eq!(seals, [verified["seal"].clone(), verified["seal"].clone()]);
}

fn quiet(mut command: Command) -> Child {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn of_four_readers_two_are_killed_and_each_article_is_in_once() {
    let Some(team) = Team::new("queue") else {
        return;
    };
    let count = 120;
    for number in 0..count {
        let text = SHORT.replace("Muscat on", &format!("Muscat at berth {number} on"));
        team.desk.write(&format!("in/{number:03}.txt"), text);
    }
    team.desk.write("in/broken.pdf", "%PDF-1.7 and no more");
    team.told(&["read", "in", "--queue"]);
    assert_eq!(
        team.sql("SELECT count(*) FROM madar.queue"),
        (count + 1).to_string()
    );
    let mut workers: Vec<Child> = (0..4)
        .map(|number| {
            let mut command = team.command_as("postgres", &["work", "--json"]);
            // two share a mirror, two have one of their own
            command.env(
                "MADAR_CACHE",
                team.mirrors(&format!("worker {}", number / 2 * (number - 1))),
            );
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    // each has kept something by then, and has something in hand
    let mut heard: Vec<_> = workers
        .iter_mut()
        .map(|one| BufReader::new(one.stdout.take().unwrap()))
        .collect();
    for one in &mut heard {
        one.read_line(&mut String::new()).unwrap();
    }
    for killed in &mut workers[..2] {
        killed.kill().unwrap(); // SIGKILL
        killed.wait().unwrap();
    }
    for (worker, heard) in workers[2..].iter_mut().zip(&mut heard[2..]) {
        std::io::copy(heard, &mut std::io::sink()).unwrap();
        worker.wait().unwrap();
    }
    assert_eq!(team.sql("SELECT count(*) FROM madar.queue"), "0");
    assert_eq!(
        team.sql("SELECT count(*) FROM madar.documents"),
        count.to_string()
    );
    let verified = team.verified();
    assert_eq!(verified["documents"], count);
    // the log tells of each once
    assert_eq!(verified["entries"], count);
    let failed = team.run_as("postgres", &["documents"]);
    assert!(
        stderr(&failed).contains("broken.pdf") || stderr(&failed).contains("not read"),
        "{}",
        stderr(&failed)
    );
}

#[test]
fn rights_are_those_that_were_given() {
    let Some(team) = Team::new("rights") else {
        return;
    };
    team.desk.write("a.txt", SHORT);
    team.desk
        .write("b.txt", SHORT.replace("March 3", "March 1"));
    team.told(&["read", "a.txt"]);
    team.sql("CREATE ROLE stranger LOGIN");
    let said = team.refused_as("stranger", &["brief"]);
    assert!(said.contains("you may not read this case"), "{said}");
    team.member("reader", "read");
    team.told_as("reader", &["brief"]);
    for change in [
        &["read", "b.txt"][..],
        &["note", "Gordon Halvorsen", "x"],
        &["forget", "a.txt"],
        &["work"],
    ] {
        let said = team.refused_as("reader", change);
        assert!(
            said.contains("you may not change this case"),
            "{change:?}: {said}"
        );
    }
    team.member("decider", "decide");
    team.told_as("decider", &["note", "Gordon Halvorsen", "x"]);
    team.told_as("decider", &["read", "b.txt"]);
    let said = team.refused_as("decider", &["forget", "a.txt"]);
    assert!(
        said.contains("you may not take anything out of this case"),
        "{said}"
    );
    let said = team.refused_as("decider", &["team", "add", "stranger", "--as", "read"]);
    assert!(said.contains("you may not"), "{said}");
    // what was refused left nothing, there or in the mirror
    assert_eq!(team.verified()["documents"], 2);
    let told = team.told_as("decider", &["verify", "--json"]);
    assert!(told.contains("\"findings\":[]"), "{told}");

    team.member("chief", "administer");
    team.told_as("chief", &["team", "add", "stranger", "--as", "decide"]);
    team.told_as("chief", &["forget", "a.txt"]);
    let said = team.refused_as("chief", &["team", "add", "nobody", "--as", "read"]);
    assert!(said.contains("no member \"nobody\""), "{said}");
    let told = team.told_as("chief", &["team"]);
    for line in [
        "chief  administer",
        "decider  decide",
        "reader  read",
        "stranger  decide",
        "1 documents",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    team.told_as("chief", &["team", "remove", "reader"]);
    let said = team.refused_as("reader", &["brief"]);
    assert!(said.contains("you may not read this case"), "{said}");
    // the log of the case cannot be rewritten by who decides
    let rewrite = "SET ROLE decider; UPDATE madar.custody SET hash = ''";
    let refused = std::panic::catch_unwind(|| team.sql(rewrite));
    assert!(refused.is_err());
}

#[test]
fn what_is_new_in_a_shared_case_is_told_and_noted() {
    let Some(team) = Team::new("news") else {
        return;
    };
    std::fs::create_dir(team.desk.path("in")).unwrap();
    team.desk.write("in/a.txt", SHORT);
    let watch = ["watch", "in", "--once"];
    assert!(team.told(&watch).contains("Rodion Vasilenkov"));
    // how far it had come lies with the mirror: nothing is read, nothing told again
    let mirrors = team.mirrors("postgres");
    let beside = std::fs::read_dir(&mirrors).unwrap();
    let beside = beside.map(|entry| entry.unwrap().path());
    let states: Vec<PathBuf> = beside
        .filter(|path| path.extension().is_some_and(|e| e == "madar-watch"))
        .collect();
    assert_eq!(states.len(), 1, "{states:?}");
    let again = team.run_as("postgres", &watch);
    assert!(again.status.success(), "{}", stderr(&again));
    assert_eq!(again.stdout, b"");

    // whoever may only read is told, and notes nothing; whoever decides notes for all
    team.member("looker", "read");
    team.member("settler", "decide");
    let news = ["alerts", "--json"];
    let told = team.told_as("looker", &news);
    assert!(told.contains("new claim"), "{told}");
    for change in [
        &["alerts", "--seen"][..],
        &["follow", "Gordon Halvorsen"],
        &watch,
    ] {
        team.desk
            .write("in/b.txt", SHORT.replace("March 3", "March 1"));
        let said = team.refused_as("looker", change);
        assert!(said.contains("you may not change this case"), "{said}");
    }
    assert_eq!(team.told_as("looker", &news), told, "nothing was noted");
    team.told_as("settler", &["alerts", "--seen"]);
    team.told_as("settler", &["follow", "Gordon Halvorsen"]);
    let none = team.run_as("looker", &news);
    assert_eq!(none.status.code(), Some(1), "{}", stderr(&none));
    // the mark is where all know it: what comes by one is new to another
    team.desk.write(
        "in/c.txt",
        "Talks in Oslo\nOSLO, March 6, 2025 — Gulf Courier\n\nGordon Halvorsen met Mikael Sandqvist in Oslo on March 5.\n",
    );
    std::fs::remove_file(team.desk.path("in/b.txt")).unwrap();
    team.told_as("settler", &watch);
    let told = team.told_as("looker", &news);
    assert!(told.contains("new tie"), "{told}");
    assert!(told.contains("Mikael Sandqvist"), "{told}");
    team.verified();
}

#[test]
fn what_is_forgotten_leaves_the_database_and_all_mirrors() {
    let Some(team) = Team::new("forgetting") else {
        return;
    };
    let secret = "Quetzalvorsen";
    team.desk.write("a.txt", SHORT.replace("Halvorsen", secret));
    team.desk
        .write("b.txt", SHORT.replace("March 3", "March 1"));
    team.told(&["read", "a.txt", "b.txt"]);
    team.told(&["rename", &format!("Gordon {secret}"), "the chief"]);
    team.member("wanda", "read");
    assert!(team.told_as("wanda", &["brief"]).contains("the chief"));
    assert!(
        holds(&team.mirrors("wanda"), secret),
        "it is looked for in the right place"
    );
    team.sql("CHECKPOINT");
    assert!(
        holds(&team.cluster.data().join("base"), secret),
        "it is looked for in the right place"
    );
    // somebody who looks on while it is forgotten is waited for: what he sees would be kept
    let (cluster, database) = (team.cluster.clone(), team.database);
    let looker = std::thread::spawn(move || cluster.sql(database, "SELECT pg_sleep(3)"));
    let looks = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(3)' AND state = 'active'";
    while team.sql(looks) != "1" {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    team.told(&["forget", "a.txt"]);
    looker.join().unwrap();
    team.sql("CHECKPOINT");
    assert!(!holds(&team.cluster.data().join("base"), secret));
    assert!(!holds(&team.mirrors("postgres"), secret));
    assert!(!team.told_as("wanda", &["brief"]).contains("the chief"));
    assert!(!holds(&team.mirrors("wanda"), secret));
    team.verified();
}

/// Whether a word stands uncompressed in any file below.
fn holds(folder: &Path, word: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, word);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes
            .windows(word.len())
            .any(|window| window == word.as_bytes())
    })
}

#[test]
fn what_cannot_be_reached_is_told_in_plain_words() {
    let Some(team) = Team::new("trouble") else {
        return;
    };
    let folder = team.cluster.folder().display().to_string();
    let said = |case: &str| {
        let output = team
            .command_as("postgres", &["brief", "--case", case])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(
            said.contains("hint: ") && !said.contains("secret"),
            "{said}"
        );
        said
    };
    let user = "user=postgres&password=secret";
    for (case, expect) in [
        (
            format!("postgres:///trouble?host={folder}/nowhere&{user}"),
            "cannot reach the database",
        ),
        (
            format!("postgres:///absent?host={folder}&{user}"),
            "the server has no database",
        ),
        (
            format!("postgres:///trouble?host={folder}&user=nobody"),
            "does not let you in",
        ),
        (
            format!("postgres:///trouble?host={folder}&{user}&case=other"),
            "holds no case called \"other\"",
        ),
        (
            format!("postgres:///trouble?host={folder}&{user}&case=Other"),
            "cannot be the name of a case",
        ),
        (
            "postgres://anna:secret@db.example.org/press?sslmode=prefer".to_owned(),
            "the server decides whether anything is encrypted",
        ),
        (
            "postgres://anna:secret@localhost:port/press".to_owned(),
            "not well formed",
        ),
        ("postgres://localhost/".to_owned(), "names no database"),
    ] {
        let said = said(&case);
        assert!(said.contains(expect), "{case}: {said}");
    }
    let mut help = team.command_as("postgres", &["brief", "--help"]);
    let help = help.env("MADAR_CASE", "postgres://anna:secret@localhost/press");
    let help = help.output().unwrap();
    assert!(help.status.success() && !String::from_utf8_lossy(&help.stdout).contains("secret"));
    let twice = team.refused_as("postgres", &["team", "create"]);
    assert!(twice.contains("holds a case already"), "{twice}");
    let file = team.run_as("postgres", &["team", "--case", "a.madar"]);
    assert_eq!(file.status.code(), Some(2));
    team.sql("UPDATE madar.stand SET shape = 99");
    let newer = team.refused_as("postgres", &["brief"]);
    assert!(newer.contains("another version of Madar"), "{newer}");
    team.sql("UPDATE madar.stand SET shape = 1");
    team.told(&["documents"]);
}

#[test]
fn a_case_in_another_life_is_mirrored_anew() {
    let Some(team) = Team::new("lives") else {
        return;
    };
    team.desk.write("a.txt", SHORT);
    team.desk
        .write("b.txt", SHORT.replace("March 3", "March 1"));
    team.desk
        .write("c.txt", SHORT.replace("March 3", "March 2"));
    team.told(&["read", "a.txt"]);
    team.sql("CHECKPOINT");
    let server = |statement: &str| team.cluster.sql("postgres", statement);
    server("CREATE DATABASE lives_copy TEMPLATE lives");
    team.told(&["read", "b.txt"]);
    // the copy takes its place, and goes on in its own way
    server("DROP DATABASE lives");
    server("ALTER DATABASE lives_copy RENAME TO lives");
    let mut other = team.command_as("postgres", &["read", "c.txt"]);
    let read = other.env("MADAR_CACHE", team.mirrors("another"));
    let read = read.output().unwrap();
    assert!(read.status.success(), "{}", stderr(&read));
    assert_eq!(team.verified()["documents"], 2);
    let mut other = team.command_as("postgres", &["documents", "--json"]);
    let other = other.env("MADAR_CACHE", team.mirrors("another"));
    let other = other.output().unwrap();
    assert_eq!(team.told(&["documents", "--json"]).as_bytes(), other.stdout);
}

#[test]
fn a_connection_lost_in_the_middle_leaves_all_or_nothing() {
    let Some(team) = Team::new("lost") else {
        return;
    };
    team.desk.write("a.txt", SHORT);
    team.desk
        .write("b.txt", SHORT.replace("March 3", "March 1"));
    team.told(&["read", "a.txt"]);
    // somebody else is at it: the change waits in the middle of its transaction
    let other = Arc::clone(&team.cluster);
    let other = std::thread::spawn(move || {
        other.sql(
            "lost",
            "UPDATE madar.stand SET shape = shape; SELECT pg_sleep(600)",
        )
    });
    let mut reading = team.command_as("postgres", &["read", "b.txt"]);
    let reading = reading.stdout(Stdio::null()).stderr(Stdio::piped());
    let reading = reading.spawn().unwrap();
    let end = |whose: &str| loop {
        let ended = team.sql(&format!(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = 'lost' AND {whose}"
        ));
        if ended != "0" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    end("application_name = 'madar' AND wait_event_type = 'Lock'");
    let output = reading.wait_with_output().unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("the connection to the database was lost"),
        "{said}"
    );
    end("query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()");
    assert!(other.join().is_err(), "it was ended, too");
    assert_eq!(team.verified()["documents"], 1);
    team.told(&["read", "b.txt"]);
    assert_eq!(team.verified()["documents"], 2);
}

#[test]
fn a_mirror_that_was_left_behind_or_is_broken_is_put_right() {
    let Some(team) = Team::new("behind") else {
        return;
    };
    team.desk.write("a.txt", SHORT);
    team.desk
        .write("b.txt", SHORT.replace("March 3", "March 1"));
    team.told(&["read", "a.txt"]);
    let files = std::fs::read_dir(team.mirrors("postgres")).unwrap();
    let mut mirrors = files.map(|file| file.unwrap().path());
    let is_mirror = |path: &PathBuf| path.extension().is_some_and(|of| of == "madar");
    let mirror = mirrors.find(is_mirror).unwrap();
    let before = std::fs::read(&mirror).unwrap();
    team.told(&["read", "b.txt"]);
    team.told(&["note", "Gordon Halvorsen", "seen"]);
    team.told(&["forget", "a.txt"]);
    let documents = team.told(&["documents", "--json"]);
    // as after a crash that took what was committed there and not yet here
    for left in [
        &before[..],
        &b"no database, but longer than one header".repeat(9),
    ] {
        std::fs::write(&mirror, left).unwrap();
        assert_eq!(team.told(&["documents", "--json"]), documents);
        assert_eq!(team.verified()["documents"], 1);
    }
    // what somebody changed in it is told
    let store = rusqlite::Connection::open(&mirror).unwrap();
    store
        .execute("UPDATE documents SET title = 'x'", [])
        .unwrap();
    drop(store);
    let told = team.asked(&["verify", "--json"]);
    assert!(String::from_utf8(told).unwrap().contains("mirror differs"));
}
