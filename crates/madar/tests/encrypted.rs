//! Connections to PostgreSQL over TLS: what is believed, what is not, and what somebody is told who is not let through.
//! Certificates are made by `openssl`, as whoever runs a server makes them.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use common::cluster::{Cluster, is_root, listening_cluster, skipped};
use common::{Desk, SHORT, stderr};

/// A server with certificates, and a desk beside it.
struct Far {
    desk: Desk,
    cluster: Cluster,
}

impl Far {
    /// `None`, said aloud, where PostgreSQL or OpenSSL is absent.
    fn new() -> Option<Self> {
        let cluster = listening_cluster()?;
        if Command::new("openssl").arg("version").output().is_err() {
            skipped("openssl is absent (apt install openssl)");
            return None;
        }
        let far = Self {
            desk: Desk::new(),
            cluster,
        };
        far.authority("press");
        far.authority("others");
        far.certificate("good", "DNS:localhost", "30");
        far.certificate("elsewhere", "DNS:db.example.org", "30");
        far.certificate("expired", "DNS:localhost", "-1");
        // as PostgreSQL's handbook has one made: its own authority, with no name but a common one
        let common = ["-subj", "/CN=localhost"];
        far.openssl(
            &[
                &NEW_AUTHORITY[..],
                &["-keyout", "own.key", "-out", "own.crt"],
                &common,
            ]
            .concat(),
        );
        // over the port only encrypted and with a password
        let rules = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
        std::fs::write(far.cluster.data().join("pg_hba.conf"), rules).unwrap();
        far.sql("ALTER ROLE postgres PASSWORD 'secret'");
        far.sql("CREATE DATABASE press");
        Some(far)
    }

    fn sql(&self, statement: &str) -> String {
        self.cluster.sql("postgres", statement)
    }

    /// Where certificates lie: in the server's own folder, whose keys it believes to be nobody else's.
    fn file(&self, name: &str) -> PathBuf {
        self.cluster.folder().join(name)
    }

    fn openssl(&self, args: &[&str]) {
        let mut openssl = Command::new("openssl");
        let made = openssl.args(args).current_dir(self.cluster.folder());
        let made = made.output().unwrap();
        assert!(made.status.success(), "{args:?}: {}", stderr(&made));
    }

    fn authority(&self, name: &str) {
        let (key, certificate, subject) = (
            format!("{name}.key"),
            format!("{name}.crt"),
            format!("/CN={name}"),
        );
        let files = ["-keyout", &key, "-out", &certificate, "-subj", &subject];
        self.openssl(&[&NEW_AUTHORITY[..], &files].concat());
    }

    /// Of the press's authority, for these names, so many days.
    fn certificate(&self, name: &str, names: &str, days: &str) {
        let [key, wish, certificate, names_file] =
            ["key", "csr", "crt", "ext"].map(|end| format!("{name}.{end}"));
        std::fs::write(self.file(&names_file), format!("subjectAltName={names}\n")).unwrap();
        let files = ["-keyout", &key, "-out", &wish, "-subj", "/CN=server"];
        self.openssl(&[&["req"], &NEW_KEY[..], &files].concat());
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            &wish,
            "-CA",
            "press.crt",
            "-CAkey",
            "press.key",
            "-CAcreateserial",
            "-days",
            days,
            "-extfile",
            &names_file,
            "-out",
            &certificate,
        ]);
    }

    /// Has the server show this certificate, or encrypt nothing.
    fn shows(&self, name: Option<&str>) {
        if let Some(name) = name {
            let (key, certificate) = (
                self.file(&format!("{name}.key")),
                self.file(&format!("{name}.crt")),
            );
            private(&key);
            for (setting, file) in [("ssl_key_file", key), ("ssl_cert_file", certificate)] {
                self.sql(&format!(
                    "ALTER SYSTEM SET {setting} = '{}'",
                    file.display()
                ));
            }
        }
        let wanted = if name.is_some() { "on" } else { "off" };
        self.sql(&format!("ALTER SYSTEM SET ssl = {wanted}"));
        let before = self.sql("SELECT pg_conf_load_time()");
        self.sql("SELECT pg_reload_conf()");
        let patience = Instant::now() + Duration::from_secs(20);
        while self.sql("SHOW ssl") != wanted || self.sql("SELECT pg_conf_load_time()") == before {
            assert!(
                Instant::now() < patience,
                "the server did not take its new certificate"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// An address by which the server is far away, as far as it goes on one machine.
    fn address(&self, query: &str) -> String {
        format!(
            "postgres://postgres:secret@localhost:{}/press?{query}",
            self.cluster.port()
        )
    }

    fn roots(&self, name: &str) -> String {
        format!(
            "sslrootcert={}",
            self.file(&format!("{name}.crt")).display()
        )
    }

    fn command(&self, query: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madar"));
        command
            .args(args)
            .current_dir(self.desk.folder.path())
            .env("MADAR_READER", "fast")
            .env("MADAR_CASE", self.address(query))
            .env("MADAR_CACHE", self.desk.path("mirrors"))
            .env("HOME", self.desk.folder.path());
        command
    }

    fn told(&self, query: &str, args: &[&str]) -> String {
        let output = self.command(query, args).output().unwrap();
        assert!(output.status.success(), "{query}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, query: &str, expect: &str) {
        let output = self.command(query, &["documents"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{query}");
        let said = stderr(&output);
        assert!(
            said.contains(expect) && said.contains("hint: "),
            "{query}: {said}"
        );
        assert!(!said.contains("secret"), "{said}");
    }
}

const NEW_KEY: [&str; 5] = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
];
const NEW_AUTHORITY: [&str; 9] = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "30",
];

/// A key as the server takes it.
fn private(key: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).unwrap();
    if is_root() {
        let given = Command::new("chown").arg("postgres").arg(key).status();
        assert!(given.unwrap().success());
    }
}

#[test]
fn a_server_is_believed_as_far_as_the_address_asks() {
    let Some(far) = Far::new() else {
        return;
    };
    let [press, others, own] = ["press", "others", "own"].map(|name| far.roots(name));
    let with = |mode: &str, roots: &str| format!("sslmode={mode}&{roots}");

    far.shows(Some("good"));
    let full = with("verify-full", &press);
    far.told(&full, &["team", "create"]);
    far.desk.write("a.txt", SHORT);
    far.told(&full, &["read", "a.txt"]);
    assert!(
        far.told(&full, &["documents"])
            .contains("Harbour chief met envoy")
    );
    // an authority is enough of a word, with and without a mode
    for query in [
        press.clone(),
        with("verify-ca", &press),
        with("require", &press),
        "sslmode=require".to_owned(),
    ] {
        far.told(&query, &["documents"]);
    }
    let stranger = "nobody whom you trust has signed its certificate";
    for mode in ["require", "verify-ca", "verify-full"] {
        far.refused(&with(mode, &others), stranger);
    }
    far.refused("sslmode=verify-full", stranger);
    far.refused("sslmode=verify-full&sslrootcert=system", stranger);
    far.refused("sslmode=disable", "does not let you in");
    far.refused(
        "sslmode=prefer",
        "the server decides whether anything is encrypted",
    );
    far.refused("sslmode=on", "there is no sslmode=\"on\"");
    far.refused("sslcert=a.crt", "does not know sslcert");
    far.refused(
        "sslrootcert=absent.crt",
        "cannot read the certificates in absent.crt",
    );
    far.refused("sslrootcert=a.txt", "there is no certificate in it");
    // what lies where PostgreSQL's own programs look
    std::fs::create_dir(far.desk.path(".postgresql")).unwrap();
    let users = far.desk.path(".postgresql/root.crt");
    std::fs::copy(far.file("press.crt"), &users).unwrap();
    far.told("sslmode=verify-full", &["documents"]);
    std::fs::copy(far.file("others.crt"), &users).unwrap();
    far.refused("sslmode=require", stranger);
    std::fs::remove_file(&users).unwrap();

    far.shows(Some("elsewhere"));
    far.refused(&full, "but of db.example.org");
    far.told(&with("verify-ca", &press), &["documents"]);

    far.shows(Some("expired"));
    for mode in ["verify-ca", "verify-full"] {
        far.refused(&with(mode, &press), "its certificate has run out");
    }

    // a server that is its own authority, by its certificate itself
    far.shows(Some("own"));
    far.told(&with("verify-ca", &own), &["documents"]);
    far.refused(
        &with("verify-full", &own),
        "but of none that it names as such",
    );
    far.refused(&with("verify-ca", &press), stranger);

    far.shows(None);
    far.refused("sslmode=require", "does not encrypt connections");
}
