//! `madar watch` and `madar alerts` as a user types them; feeds come from a server within the test.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

use common::{Desk, SHORT, stderr};

const SECOND: &str = "Talks in Muscat\nMUSCAT, March 6, 2025 — Gulf Courier\n\n\
    Gordon Halvorsen held talks with Rodion Vasilenkov in Muscat on March 3, two port officials said.\n\n\
    Gordon Halvorsen met Mikael Sandqvist in Oslo on March 5.\n";

#[test]
fn what_arrives_in_a_folder_is_read_and_told() {
    let desk = Desk::new();
    desk.write("in/a.txt", SHORT);
    let told = desk.told(&["watch", "in", "--once", "--case", "c.madar"]);
    assert!(
        told.contains("Gordon Halvorsen and Rodion Vasilenkov met"),
        "{told}"
    );
    // what was read is not looked at again, what came is told of, and nothing that lies beside the case is read
    desk.write("in/b.txt", SECOND);
    desk.write("in/half.html.part", "<html>");
    std::fs::copy(desk.path("c.madar"), desk.path("in/other.madar")).unwrap();
    let told = desk.told(&["watch", "in", "--once", "--case", "c.madar"]);
    assert!(
        told.contains("Independently confirmed for the first time"),
        "{told}"
    );
    assert!(told.contains("Mikael Sandqvist"), "{told}");
    let told = desk.told(&["watch", "in", "--once", "--case", "c.madar"]);
    assert_eq!(told, "");
    assert_eq!(
        desk.json(&["documents", "--json", "--case", "c.madar"])
            .len(),
        2
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("in/a.txt", SHORT);
    desk.write("in/empty.txt", "");
    desk.write("in/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let output = desk.madar(&["watch", "in", "--once", "--json", "--case", "c.madar"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("empty.txt") && said.contains("picture.png"),
        "{said}"
    );
    let told = String::from_utf8(output.stdout).unwrap();
    for line in told.lines() {
        let alert: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(alert["alert"], "new claim");
        assert!(alert["claim"]["support"]["k_lo"].is_number());
    }
    assert!(!told.is_empty());
}

#[test]
fn another_case_of_the_name_begins_anew() {
    let desk = Desk::new();
    desk.write("in/a.txt", SHORT);
    let watch = ["watch", "in", "--once", "--case", "c.madar"];
    let first = desk.told(&watch);
    for file in ["c.madar", "c.madar-wal", "c.madar-shm"] {
        let _ = std::fs::remove_file(desk.path(file));
    }
    assert_eq!(desk.told(&watch), first);
    // and so it does where nobody knows how far it had come
    std::fs::write(desk.path("c.madar-watch"), "{").unwrap();
    assert_eq!(desk.told(&watch), "");
}

#[test]
fn alerts_tell_what_was_not_seen() {
    let desk = Desk::new();
    desk.write("a.txt", SHORT);
    desk.write("b.txt", SECOND);
    desk.told(&["read", "a.txt", "--case", "c.madar"]);
    assert!(desk.told(&["alerts", "--seen"]).contains("Vasilenkov"));
    let none = desk.madar(&["alerts"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(
        stderr(&none).contains("nothing is new"),
        "{}",
        stderr(&none)
    );
    desk.told(&["follow", "Gordon Halvorsen", "--why", "our story"]);
    desk.told(&["read", "b.txt"]);
    let alerts = desk.json(&["alerts", "--json"]);
    let names: Vec<&str> = alerts
        .iter()
        .map(|alert| alert["alert"].as_str().unwrap())
        .collect();
    assert_eq!(names[..2], ["new tie", "confirmed"]);
    assert_eq!(alerts[0]["ties"][0]["to"]["name"], "Mikael Sandqvist");
    assert_eq!(alerts[1]["before"]["k_lo"], 1);
    let about = desk.json(&["alerts", "--json", "--about", "Mikael Sandqvist"]);
    assert_eq!(about.len(), 1);
    // asking again tells it again, until it is seen
    assert_eq!(desk.json(&["alerts", "--json", "--seen"]), alerts);
    assert!(desk.json(&["alerts", "--json"]).is_empty());
    assert!(
        !desk
            .json(&["alerts", "--json", "--since", "2000-01-01"])
            .is_empty()
    );
    assert!(
        desk.told(&["alerts", "--since", "2000-01-01", "--in", "ru"])
            .contains("Новые связи")
    );
    assert_eq!(
        desk.madar(&["alerts", "--since", "yesterday"])
            .status
            .code(),
        Some(2)
    );
    assert!(desk.told(&["decisions"]).contains("is followed"));
}

#[test]
fn feeds_need_a_word() {
    let desk = Desk::new();
    let list = "<opml><body><outline xmlUrl=\"https://gulf.example/feed\"/></body></opml>";
    desk.write("feeds.opml", list);
    let said = |args: &[&str]| {
        let output = desk.madar(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        stderr(&output)
    };
    for what in ["feeds.opml", "https://gulf.example/feed"] {
        let told = said(&["watch", what, "--once", "--case", "c.madar"]);
        assert!(told.contains("--online"), "{told}");
    }
    assert!(!desk.path("c.madar").exists());
    desk.write("a.txt", SHORT);
    assert!(
        said(&["watch", "a.txt", "--online", "--case", "c.madar"]).contains("no list of feeds")
    );
    assert!(said(&["watch", "nowhere", "--case", "c.madar"]).contains("cannot watch"));
    let often = [
        "watch",
        "feeds.opml",
        "--online",
        "--every",
        "1",
        "--case",
        "c.madar",
    ];
    assert!(said(&often).contains("every 5 minutes"));
}

/// A server on this machine: what it answers by path, and what it was asked.
struct Server {
    port: u16,
    pages: Arc<Mutex<BTreeMap<String, String>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let pages = Arc::new(Mutex::new(BTreeMap::<String, String>::new()));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (held, log) = (Arc::clone(&pages), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head: Vec<String> = lines
                    .map(Result::unwrap)
                    .take_while(|line| !line.is_empty())
                    .collect();
                let path = head[0].split(' ').nth(1).unwrap().to_owned();
                log.lock().unwrap().push(head.join("\n"));
                let answer = held.lock().unwrap().get(&path).cloned();
                let known = head
                    .iter()
                    .any(|line| line.starts_with("If-None-Match: \"1\""));
                let answer = match answer {
                    Some(answer) if known && answer.contains("ETag: \"1\"") => {
                        "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned()
                    }
                    Some(answer) => answer,
                    None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
                };
                // whoever asked may have gone
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { port, pages, asked }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn answer(&self, path: &str, headers: &str, body: &str) {
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        self.pages.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn redirect(&self, path: &str, to: &str) {
        let answer = format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        self.pages.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn feed(&self, items: &[(&str, &str)]) -> String {
        let items: String = items
            .iter()
            .map(|(path, text)| {
                let link = self.address(path);
                format!(
                    "<item><title>Harbour news</title><link>{link}</link><description>{text}</description>\
                     <pubDate>Tue, 04 Mar 2025 06:00:00 GMT</pubDate></item>"
                )
            })
            .collect();
        format!("<rss version=\"2.0\"><channel><title>Harbour Post</title>{items}</channel></rss>")
    }
}

const MET: &str =
    "Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, Curtis Weller said.";

fn has_curl() -> bool {
    std::process::Command::new("curl")
        .arg("-V")
        .output()
        .is_ok()
}

#[test]
fn feeds_are_read_where_the_network_is_switched_on() {
    if !has_curl() {
        return;
    }
    let (desk, server) = (Desk::new(), Server::new());
    server.answer("/feed", "ETag: \"1\"\r\n", &server.feed(&[("/a/7", MET)]));
    let list = format!(
        "<opml><body><outline xmlUrl=\"{}\"/></body></opml>",
        server.address("/old")
    );
    server.redirect("/old", "/feed");
    desk.write("feeds.opml", list);
    let watch = [
        "watch",
        "feeds.opml",
        "--online",
        "--private",
        "--every",
        "0",
        "--once",
        "--case",
        "c.madar",
    ];
    let told = desk.told(&watch);
    assert!(told.contains("Harbour Post ← Curtis Weller"), "{told}");
    // a feed that has not changed is not sent again
    let before = server.asked().len();
    assert_eq!(desk.told(&watch), "");
    let asked = server.asked();
    assert_eq!(asked.len(), before + 2);
    assert!(asked[0].contains("User-Agent: Madar/"), "{}", asked[0]);
    assert!(
        asked[before].contains("If-None-Match: \"1\""),
        "{}",
        asked[before]
    );
    // an entry that its publisher changes is a version of it
    thread::sleep(std::time::Duration::from_millis(1_100));
    let edited = MET.replace("March 3", "March 2") + " Olga Karpina is the chairman of Laptev-Gaz.";
    server.answer("/feed", "", &server.feed(&[("/a/7", &edited)]));
    desk.told(&watch);
    let versions = desk.json(&["versions", "--json"]);
    assert_eq!(versions[0]["versions"].as_array().unwrap().len(), 2);
    assert_eq!(versions[0]["in_order"], true);
    assert!(desk.told(&["documents"]).contains("version 2 of 2"));
}

#[test]
fn the_pages_of_entries_are_fetched_once() {
    if !has_curl() {
        return;
    }
    let (desk, server) = (Desk::new(), Server::new());
    let feed = server.feed(&[
        ("/a/7", "In short."),
        ("/a/8", MET),
        ("/inside", "Short too."),
    ]);
    server.answer("/feed", "", &feed);
    let page = format!(
        "<html><body><article><h1>Harbour news</h1><p>{MET}</p><p>Olga Karpina is the chairman of Laptev-Gaz.</p></article></body></html>"
    );
    server.answer("/a/7", "Content-Type: text/html\r\n", &page);
    server.redirect("/inside", "file:///etc/passwd");
    let feed = server.address("/feed");
    let watch = [
        "watch",
        &feed,
        "--online",
        "--private",
        "--full",
        "--every",
        "0",
        "--once",
        "--case",
        "c.madar",
    ];
    let output = desk.madar(&watch);
    // one page is not there, one leads out of the web: their entries are read for them
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("answered 404") && said.contains("no address of the web"),
        "{said}"
    );
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("Karpina"), "{told}");
    let documents = desk.json(&["documents", "--json"]);
    assert_eq!(documents.len(), 3);
    assert!(
        documents
            .iter()
            .all(|document| document["publisher"] == "Harbour Post"),
        "{documents:?}"
    );
    desk.madar(&watch);
    let pages = server
        .asked()
        .into_iter()
        .filter(|head| head.contains(" /a/7 "))
        .count();
    assert_eq!(pages, 1);
}

#[test]
fn what_lies_inside_is_not_fetched_unasked() {
    if !has_curl() {
        return;
    }
    let (desk, server) = (Desk::new(), Server::new());
    server.answer("/feed", "", &server.feed(&[("/a/7", MET)]));
    let feed = server.address("/feed");
    let output = desk.madar(&["watch", &feed, "--online", "--once", "--case", "c.madar"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("private network"),
        "{}",
        stderr(&output)
    );
    assert!(server.asked().is_empty());
}

#[test]
fn an_answer_without_end_is_cut_off() {
    if !has_curl() {
        return;
    }
    let (desk, server) = (Desk::new(), Server::new());
    let endless = "a ".repeat(9 << 20);
    server.answer("/feed", "", &endless);
    let feed = server.address("/feed");
    let output = desk.madar(&[
        "watch",
        &feed,
        "--online",
        "--private",
        "--once",
        "--case",
        "c.madar",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("too large"), "{}", stderr(&output));
}
