//! Where a shared case is: `postgres://anna@host/press?case=gulf`, and where its mirror lies on this machine.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use postgres::Config;
use postgres::config::{Host, SslMode};

use crate::TeamError;
use crate::tls::{Asked, Privacy};

/// The schema of a case; of one that has a name, with it.
const SCHEMA: &str = "madar";
const LONGEST_NAME: usize = 40;
/// Where Debian's servers listen on this machine.
const SOCKETS: &str = "/var/run/postgresql";
/// A server that says nothing for so long is not there.
const PATIENCE: Duration = Duration::from_secs(10);
/// After so long without a word the other side is asked whether it is still there.
const IDLE: Duration = Duration::from_secs(30);

/// A case in a database.
#[derive(Clone)]
pub struct Address {
    pub(crate) config: Config,
    pub(crate) privacy: Privacy,
    pub(crate) schema: String,
    /// `host/database`, for messages.
    pub(crate) server: String,
    /// The case, for messages: its name, or nothing.
    pub(crate) name: String,
    identity: String,
}

impl Address {
    /// # Errors
    /// When it is not well formed, names no database, or leaves open whether anything is encrypted.
    pub fn parse(case: &Path) -> Result<Self, TeamError> {
        let text = case.to_str().ok_or(TeamError::Address)?;
        let (text, Own { name, asked }) = own_words(text)?;
        // what is wrong with it may be a piece of the password: it is not told
        let mut config: Config = text.parse().map_err(|_| TeamError::Address)?;
        let database = config.get_dbname().ok_or(TeamError::NoDatabaseNamed)?;
        let database = database.to_owned();
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host(if cfg!(unix) { SOCKETS } else { "localhost" });
        }
        let privacy = match is_socket(&config) {
            true => Privacy::Clear,
            false => Privacy::of(&asked, leaves(&config))?,
        };
        config.ssl_mode(match privacy {
            Privacy::Clear => SslMode::Disable,
            Privacy::Encrypted(_) => SslMode::Require,
        });
        config.connect_timeout(config.get_connect_timeout().copied().unwrap_or(PATIENCE));
        config.keepalives_idle(IDLE);
        config.tcp_user_timeout(PATIENCE * 3);
        config.application_name("madar");
        if config.get_password().is_none()
            && let Some(password) = crate::password::known(&config)
        {
            config.password(password);
        }
        let hosts: Vec<String> = config.get_hosts().iter().map(host).collect();
        let ports = config.get_ports().iter().map(u16::to_string);
        let ports: Vec<String> = ports.collect();
        let user = config.get_user().unwrap_or_default();
        let identity = [&hosts.join(","), &ports.join(","), &database, user, &name]
            .map(|part| format!("{part}\n"));
        Ok(Self {
            schema: if name.is_empty() {
                SCHEMA.to_owned()
            } else {
                format!("{SCHEMA}_{name}")
            },
            server: shown(&config, &database),
            identity: identity.concat(),
            name,
            privacy,
            config,
        })
    }

    /// As messages name it: nothing that opens it.
    pub fn shown(&self) -> String {
        match self.name.is_empty() {
            true => self.server.clone(),
            false => format!("{} (case {})", self.server, self.name),
        }
    }

    /// *called "gulf"*, or nothing.
    pub(crate) fn named(&self) -> String {
        match self.name.is_empty() {
            true => String::new(),
            false => format!(" called {:?}", self.name),
        }
    }

    /// What the case is called: by its name, else by its database.
    pub fn title(&self) -> &str {
        match self.name.is_empty() {
            true => self.config.get_dbname().unwrap_or_default(),
            false => &self.name,
        }
    }

    /// The file of the mirror, and a lock on it: in the folder that `MADAR_CACHE` names, else among the user's caches.
    ///
    /// # Errors
    /// When no folder is known or it cannot be made.
    pub(crate) fn mirror(&self) -> Result<(PathBuf, File), TeamError> {
        let folder = caches();
        let hash = blake3::hash(self.identity.as_bytes()).to_hex();
        let path = folder.join(format!("{}.madar", &hash[..32]));
        let lock = own(&folder, &path).map_err(|why| TeamError::Mirror {
            path: folder.display().to_string(),
            why,
        })?;
        Ok((path, lock))
    }
}

/// What an address says that is not the client's to know.
struct Own {
    name: String,
    asked: Asked,
}

/// Takes `case=`, `sslmode=` and `sslrootcert=` out of the address.
fn own_words(text: &str) -> Result<(String, Own), TeamError> {
    let mut own = Own {
        name: String::new(),
        asked: Asked::default(),
    };
    let Some((head, query)) = text.split_once('?') else {
        return Ok((text.to_owned(), own));
    };
    let mut others = Vec::new();
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = || percent_decode_str(value).decode_utf8_lossy().into_owned();
        match key {
            "case" => own.name = case_name(&value())?,
            "sslmode" => own.asked.mode = Some(value()),
            "sslrootcert" => own.asked.roots = Some(PathBuf::from(value())),
            "sslnegotiation" => others.push(pair),
            // certificates of members, lists of withdrawn ones: not to be passed over in silence
            _ if key.starts_with("ssl") => return Err(TeamError::Option(key.to_owned())),
            _ => others.push(pair),
        }
    }
    let text = match others.is_empty() {
        true => head.to_owned(),
        false => format!("{head}?{}", others.join("&")),
    };
    Ok((text, own))
}

fn case_name(name: &str) -> Result<String, TeamError> {
    let begins = name.starts_with(|sign: char| sign.is_ascii_lowercase());
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    match begins && name.chars().all(fits) && name.len() <= LONGEST_NAME {
        true => Ok(name.to_owned()),
        false => Err(TeamError::CaseName(name.to_owned())),
    }
}

/// Whether all of it goes through sockets in a folder, which the server does not encrypt.
fn is_socket(config: &Config) -> bool {
    let is_socket = |host: &Host| match host {
        Host::Tcp(_) => false,
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hostaddrs().is_empty() && config.get_hosts().iter().all(is_socket)
}

/// Whether any of it leads out of this machine.
fn leaves(config: &Config) -> bool {
    let far = |host: &Host| match host {
        Host::Tcp(name) => {
            let address: Option<std::net::IpAddr> = name.parse().ok();
            name != "localhost" && !address.is_some_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => false,
    };
    match config.get_hostaddrs() {
        [] => config.get_hosts().iter().any(far),
        addresses => !addresses.iter().all(std::net::IpAddr::is_loopback),
    }
}

fn host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    }
}

/// *press on db.example.org*
fn shown(config: &Config, database: &str) -> String {
    match config.get_hosts().first() {
        Some(Host::Tcp(name)) => format!("{database:?} on {name}"),
        _ => format!("{database:?}"),
    }
}

fn caches() -> PathBuf {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = variable("MADAR_CACHE") {
        return folder;
    }
    let own = match std::env::consts::OS {
        "windows" => variable("LOCALAPPDATA"),
        "macos" => variable("HOME").map(|home| home.join("Library/Caches")),
        _ => variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache"))),
    };
    own.unwrap_or_else(std::env::temp_dir).join("madar")
}

/// Makes the folder and the file so that nobody else reads them; gives a lock, of a file beside it.
fn own(folder: &Path, file: &Path) -> std::io::Result<File> {
    let mut make = std::fs::DirBuilder::new();
    make.recursive(true);
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        make.mode(0o700);
        open.mode(0o600);
    }
    make.create(folder)?;
    open.open(file)?;
    let lock = open.open(file.with_extension("lock"))?;
    lock.lock()?;
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, TeamError> {
        Address::parse(Path::new(text))
    }

    #[test]
    fn a_case_has_a_schema_of_its_own() {
        assert_eq!(parse("postgres:///press").unwrap().schema, "madar");
        let named =
            parse("postgresql://anna@localhost/press?connect_timeout=3&case=gulf_2").unwrap();
        assert_eq!((&*named.schema, named.title()), ("madar_gulf_2", "gulf_2"));
        for wrong in ["Gulf", "1", "", "a-b", "a;drop", &"a".repeat(41)] {
            let wrong = parse(&format!("postgres:///press?case={wrong}"));
            assert!(matches!(wrong, Err(TeamError::CaseName(_))));
        }
        assert!(!crate::is_address(Path::new("press.madar")));
        assert!(matches!(
            parse("postgres://localhost"),
            Err(TeamError::NoDatabaseNamed)
        ));
    }

    #[test]
    fn nothing_leaves_the_machine_in_the_clear_unasked() {
        let is_clear = |text: &str| parse(text).unwrap().privacy == Privacy::Clear;
        for near in ["localhost", "127.0.0.1", "[::1]", "%2Ftmp%2Fsocket"] {
            assert!(is_clear(&format!("postgres://{near}/press")), "{near}");
        }
        let far = "postgres://anna:secret@db.example.org/press";
        assert!(!is_clear(far));
        assert!(!is_clear("postgres://localhost/press?hostaddr=192.0.2.7"));
        for mode in ["require", "verify-ca", "verify-full"] {
            assert!(!is_clear(&format!("{far}?sslmode={mode}")), "{mode}");
            assert!(!is_clear(&format!(
                "postgres://localhost/press?sslmode={mode}"
            )));
            // as PostgreSQL's own programs have it
            assert!(is_clear(&format!("postgres:///press?sslmode={mode}")));
        }
        assert!(is_clear(&format!("{far}?sslmode=disable")));
        for (wrong, named) in [("sslmode=prefer", "prefer"), ("sslcert=a", "sslcert")] {
            let error = parse(&format!("{far}?{wrong}")).err().unwrap();
            assert!(error.to_string().contains(named), "{error}");
        }
    }

    #[test]
    fn a_password_is_never_told() {
        for wrong in [
            "postgres://anna:secret@localhost:ret/press",
            "postgres://anna:secret@db.example.org/press?sslmode=prefer",
        ] {
            let error = parse(wrong).err().unwrap();
            assert!(!format!("{error} {error:?}").contains("ret"), "{error:?}");
        }
    }

    #[test]
    fn each_case_and_each_member_has_a_mirror() {
        let identity = |text: &str| parse(text).unwrap().identity;
        let one = identity("postgres://anna:a@localhost/press");
        assert_eq!(one, identity("postgres://anna:b@localhost/press"));
        for other in [
            "postgres://boris@localhost/press",
            "postgres://anna@localhost/press?case=gulf",
        ] {
            assert_ne!(one, identity(other));
        }
    }
}
