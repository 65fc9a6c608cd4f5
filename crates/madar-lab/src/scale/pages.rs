//! What the pages of the browser wait for: the server is started anew for each page, and each question that the page
//! asks, once it is at rest, is timed by the clock and by the processor, the first time and once more.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

/// Questions by page, in the order in which the page asks them; `{…}` stands for an id of the case.
const PAGES: [(&str, &[&str]); 20] = [
    (
        "case",
        &["/case", "/screening?limit=6", "/questions?limit=3"],
    ),
    ("what is new", &["/alerts?limit=100", "/versions?limit=8"]),
    (
        "what is new since a day",
        &["/alerts?limit=100&since={day}"],
    ),
    (
        "what is new of somebody",
        &["/alerts?limit=100&about={first}"],
    ),
    ("network", &["/network", "/path?from={first}&to={second}"]),
    ("edge of the network", &["/claims?limit=200&ids={claim}"]),
    ("timeline", &["/timeline", "/entities?limit=300"]),
    ("entities", &["/entities?limit=500&described=false"]),
    ("entity, the most named", &["/entities/{first}"]),
    ("entity, one of few", &["/entities/{last}"]),
    ("claims", &["/claims?limit=100"]),
    ("deals and money", &["/claims?limit=100&kind=Deal,Payment"]),
    ("claim", &["/claims/{claim}"]),
    ("claim, a source falls", &["/withdraw?what={publisher}"]),
    ("documents", &["/documents?limit=500"]),
    (
        "document",
        &[
            "/documents/{document}?units=utf16",
            "/claims?document={document}&limit=5000",
            "/versions?document={document}",
        ],
    ),
    ("questions", &["/questions?limit=200"]),
    ("screening", &["/screening?limit=1000&dismissed=false"]),
    ("decisions", &["/decisions?limit=1000"]),
    ("search", &["/search?q={name}"]),
];

/// Milliseconds to a tick, as Linux counts processor time for others.
const TICK: u64 = 10;
/// A server that did nothing for so long is at rest.
const REST: Duration = Duration::from_secs(2);

/// A server of the case, ended when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(madar: &Path, case: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(madar)
            .args(["serve", "--port", "0", "--case"])
            .arg(case)
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", madar.display()))?;
        let said = child.stderr.take().context("it was asked for")?;
        let mut said = BufReader::new(said);
        let mut line = String::new();
        said.read_line(&mut line)?;
        let address = line
            .split("//")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address.with_context(|| format!("no address in {line:?}"))?;
        let server = Self {
            address: address.to_owned(),
            child,
        };
        // what a page needs before it asks anything
        server.get("/assets/app.css")?;
        server.rest()?;
        Ok(server)
    }

    fn get(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.address)?;
        let host = &self.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let head = head.context("an answer has a head")?;
        if !answer.starts_with(b"HTTP/1.1 200") {
            let first = answer.split(|byte| *byte == b'\r').next();
            bail!(
                "{path}: {}",
                String::from_utf8_lossy(first.unwrap_or_default())
            );
        }
        Ok(answer.split_off(head + 4))
    }

    /// Waits until it has looked at what pages show first.
    fn rest(&self) -> anyhow::Result<()> {
        let mut before = u64::MAX;
        loop {
            let now = self.worked()?;
            if now == before {
                return Ok(());
            }
            before = now;
            std::thread::sleep(REST);
        }
    }

    /// Milliseconds of processor time that it has had, in steps of ten: what else the machine does makes no difference.
    fn worked(&self) -> anyhow::Result<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // behind the name of the program, which may hold spaces
        let (_, fields) = stat.rsplit_once(')').context("a process has a name")?;
        let own = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = own.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Ok(ticks * TICK)
    }

    fn ask(&self, question: &str) -> anyhow::Result<Value> {
        let answer = self.get(&format!("/api/v1{question}"))?;
        // of an answer in pieces what stands between the first brace and the last
        let from = answer.iter().position(|byte| *byte == b'{').unwrap_or(0);
        let to = answer
            .iter()
            .rposition(|byte| *byte == b'}')
            .map_or(0, |at| at + 1);
        Ok(serde_json::from_slice(&answer[from..to])?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it has ended where this fails
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What stands for an id in a question.
struct Ids(Vec<(&'static str, String)>);

impl Ids {
    fn of(server: &Server) -> anyhow::Result<Self> {
        let named = |answer: &Value, key: &str| -> anyhow::Result<String> {
            let first = answer["results"][0][key].as_str();
            Ok(first.context("the case is not empty")?.to_owned())
        };
        let people =
            |offset: u64| server.ask(&format!("/entities?kind=Person&limit=1&offset={offset}"));
        let first = people(0)?;
        let total = first["total"].as_u64().unwrap_or(1);
        let (second, last) = (
            people(total.min(2) - 1)?,
            people(total.saturating_sub(total / 4 + 1))?,
        );
        let claims = server.ask("/claims?limit=1")?;
        let telling = &claims["results"][0]["tellings"][0];
        let document = &telling["passage"]["document"]["id"];
        let publisher = telling["chain"][0]["name"].as_str();
        let publisher = publisher.context("a chain has a publisher")?;
        Ok(Self(vec![
            ("{first}", named(&first, "entity")?),
            ("{second}", named(&second, "entity")?),
            ("{last}", named(&last, "entity")?),
            ("{name}", named(&first, "name")?.replace(' ', "%20")),
            ("{claim}", named(&claims, "claim")?),
            // before anything was read: all is new
            ("{day}", "2000-01-01".to_owned()),
            ("{publisher}", publisher.replace(' ', "%20")),
            (
                "{document}",
                document.as_str().context("a telling has one")?.to_owned(),
            ),
        ]))
    }

    fn put_into(&self, question: &str) -> String {
        let all = self.0.iter();
        all.fold(question.to_owned(), |held, (name, id)| {
            held.replace(name, id)
        })
    }
}

/// The table of all pages of a case.
pub(super) fn table(madar: &Path, case: &Path) -> anyhow::Result<String> {
    let ids = Ids::of(&Server::start(madar, case)?)?;
    let mut out = String::from(
        "| page | asks | first, ms | of the processor, ms | again, ms | kB |\n|---|---|---|---|---|---|\n",
    );
    for (page, questions) in PAGES {
        let server = Server::start(madar, case)?;
        for question in questions {
            let asked = format!("/api/v1{}", ids.put_into(question));
            let timed = || -> anyhow::Result<(u128, usize)> {
                let start = Instant::now();
                let size = server.get(&asked)?.len();
                Ok((start.elapsed().as_millis(), size))
            };
            let before = server.worked()?;
            let (first, size) = timed()?;
            let worked = server.worked()?.saturating_sub(before);
            let (again, _) = timed()?;
            let kilobytes = size.div_ceil(1000);
            writeln!(
                out,
                "| {page} | `{question}` | {first} | {worked} | {again} | {kilobytes} |"
            )?;
            eprintln!(
                "{page}: {question}: {first} ms, of the processor {worked} ms, again {again} ms, {kilobytes} kB"
            );
        }
    }
    Ok(out)
}
