//! Why a shared case could not be reached, read or changed, by what the user can do about it.

/// Each message names the thing in hand and never a password; [`TeamError::hint`] says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    #[error("this Madar was built without PostgreSQL")]
    BuiltWithout,
    #[error("the address of a shared case is not well formed")]
    Address,
    #[error("the address names no database")]
    NoDatabaseNamed,
    #[error("{0:?} cannot be the name of a case in a database")]
    CaseName(String),
    #[error("with sslmode={0} the server decides whether anything is encrypted")]
    Weak(String),
    #[error("there is no sslmode={0:?}")]
    SslMode(String),
    #[error("Madar does not know {0} in an address")]
    Option(String),
    #[error("cannot read the certificates in {path}: {why}")]
    Roots { path: String, why: String },
    #[error("the server of {0} does not encrypt connections")]
    NoTls(String),
    #[error("the server of {server} cannot be trusted: {why}")]
    Distrusted { server: String, why: Distrust },
    #[error("cannot reach the database {server}: {why}")]
    Unreachable { server: String, why: String },
    #[error("the database {server} does not let you in: {why}")]
    Refused { server: String, why: String },
    #[error("the server has no database {0}")]
    NoDatabase(String),
    #[error("the database {server} holds no case{name}")]
    NoCase { server: String, name: String },
    #[error("the database {server} holds a case{name} already")]
    Exists { server: String, name: String },
    #[error("the case in {0} is of another version of Madar")]
    Newer(String),
    #[error("the server of {0} is older than PostgreSQL 13")]
    OldServer(String),
    #[error("the database {0} does not hold its texts in UTF-8")]
    NotUnicode(String),
    #[error("you may not {} this case", .0.verb())]
    NotAllowed(Right),
    #[error("you may not give or take rights in this case")]
    NotYoursToGive,
    #[error("the server has a role {0} already, of another case or of one that is gone")]
    RoleExists(String),
    #[error("the names of the database and of the case are too long together")]
    LongName,
    #[error("you may not do that in the database: {0}")]
    NotAllowedThere(String),
    #[error("somebody else is changing the case for a long time")]
    Busy,
    #[error(
        "it is out of the case, but somebody still looks at the database as it was before: its words are still in there"
    )]
    StillSeen,
    #[error("the connection to the database was lost")]
    Lost,
    #[error("the case in {0} is not empty")]
    NotEmpty(String),
    #[error("the database has no member {0:?}")]
    NoMember(String),
    #[error("the database sent what no case holds: {0}")]
    Damaged(&'static str),
    #[error("the database: {0}")]
    Server(String),
    #[error("cannot keep a mirror of the case in {path}: {why}")]
    Mirror { path: String, why: std::io::Error },
    #[error("the mirror of the case: {0}")]
    File(#[from] rusqlite::Error),
}

/// Why a server's certificate is not believed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Distrust {
    #[error("nobody whom you trust has signed its certificate")]
    Stranger,
    /// With the names that it has.
    #[error("its certificate is not of the host in the address, but of {}", named(.0))]
    OtherHost(Vec<String>),
    #[error("its certificate has run out")]
    Expired,
    #[error("its certificate is not valid yet")]
    Early,
    #[error("{0}")]
    Other(String),
}

fn named(hosts: &[String]) -> String {
    match hosts.is_empty() {
        true => "none that it names as such".to_owned(),
        false => hosts.join(", "),
    }
}

/// What a member of a team may do; each includes those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Right {
    /// Ask.
    Read,
    /// Put in: documents, decisions, lists.
    Decide,
    /// Take out, and give rights.
    Administer,
}

impl Right {
    pub const ALL: [Right; 3] = [Right::Read, Right::Decide, Right::Administer];

    pub fn name(self) -> &'static str {
        match self {
            Right::Read => "read",
            Right::Decide => "decide",
            Right::Administer => "administer",
        }
    }

    pub fn named(name: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.name() == name)
    }

    fn verb(self) -> &'static str {
        match self {
            Right::Read => "read",
            Right::Decide => "change",
            Right::Administer => "take anything out of",
        }
    }
}

impl Distrust {
    fn hint(&self) -> &'static str {
        match self {
            Distrust::Stranger => {
                "ask whoever runs the server for its certificate, or its authority's, and name the file in the address: \
                 sslrootcert=FILE. If you did, somebody else may be answering"
            }
            Distrust::OtherHost(_) => {
                "write the host as the certificate has it; sslmode=verify-ca takes any host of the same authority"
            }
            Distrust::Expired => {
                "ask whoever runs the server to renew it. Is the clock of this machine right?"
            }
            Distrust::Early => "is the clock of this machine right?",
            Distrust::Other(_) => "ask whoever runs the server: see docs/team.md",
        }
    }
}

impl TeamError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            TeamError::BuiltWithout => "build it with the feature postgres",
            TeamError::Address | TeamError::NoDatabaseNamed => {
                "write postgres://NAME@HOST/DATABASE, or postgres:///DATABASE on this machine; signs such as @ : / ? in \
                 a name or a password are written %40 %3A %2F %3F"
            }
            TeamError::CaseName(_) => {
                "small Latin letters, digits and _, beginning with a letter, 40 at most"
            }
            TeamError::Weak(_) => {
                "leave sslmode out, and everything is; sslmode=disable where the network is your own"
            }
            TeamError::SslMode(_) => "it is verify-full, verify-ca, require or disable",
            TeamError::Option(_) => "leave it out: docs/team.md has what an address may say",
            TeamError::Roots { .. } => {
                "sslrootcert= names a file of certificates that begin with -----BEGIN CERTIFICATE-----"
            }
            TeamError::NoTls(_) => {
                "ask whoever runs it to switch ssl on, go through an ssh tunnel (docs/team.md), or add sslmode=disable to \
                 the address where the network is your own"
            }
            TeamError::Distrusted { why, .. } => why.hint(),
            TeamError::Unreachable { .. } => "is the server running, and the address right?",
            TeamError::Refused { .. } => {
                "is the name right, and the password? PGPASSWORD or ~/.pgpass may hold it"
            }
            TeamError::NoDatabase(_) => "createdb makes one, on the server",
            TeamError::NoCase { .. } => {
                "madar team create makes one; ?case=NAME in the address names one of several"
            }
            TeamError::Exists { .. } => "name another with ?case=NAME in the address",
            TeamError::Newer(_) => "update Madar",
            TeamError::OldServer(_) => "Debian 12 ships PostgreSQL 15",
            TeamError::NotUnicode(_) => {
                "createdb --encoding=UTF8 --template=template0 makes one that does"
            }
            TeamError::NotAllowed(Right::Read) => {
                "an administrator of the case gives the right: madar team add NAME --as read"
            }
            TeamError::NotAllowed(Right::Decide) => {
                "an administrator of the case gives the right: madar team add NAME --as decide"
            }
            TeamError::NotAllowed(Right::Administer) => {
                "ask an administrator of the case: madar team names them"
            }
            TeamError::NotYoursToGive => "ask an administrator of the case: madar team names them",
            TeamError::RoleExists(_) => {
                "drop it if its case is gone (DROP ROLE), or name the case otherwise with ?case=NAME in the address"
            }
            TeamError::LongName => "name the case with fewer letters: ?case=NAME in the address",
            TeamError::NotAllowedThere(_) => "ask whoever runs the server: see docs/team.md",
            TeamError::Busy => "try again when they have finished",
            TeamError::StillSeen => {
                "forget it again when they have finished: pg_stat_activity names them (backend_xmin)"
            }
            TeamError::Lost => {
                "nothing was half written; what you did last may or may not be in: look, then do it again"
            }
            TeamError::NotEmpty(_) => "copy into a new one: madar team create",
            TeamError::NoMember(_) => "createuser makes one, on the server",
            TeamError::Damaged(_) => "is this database Madar's? restore it from a copy",
            TeamError::Server(_) => "see the server's log",
            TeamError::Mirror { .. } => "MADAR_CACHE names a folder of your own for it",
            TeamError::File(_) => "is the disk full? MADAR_CACHE names another folder for it",
        }
    }
}
