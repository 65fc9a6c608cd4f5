//! Making a shared case, and who may what in it: three roles of the database, each with the rights of the one before.

use postgres::Client;
use postgres::error::SqlState;
use postgres::types::Type;

use crate::home::Home;
use crate::server::{SHAPE, cell, connected, failed};
use crate::{Address, Member, Right, Standing, TeamError};

/// Bytes of the name of a role, which PostgreSQL would cut off.
const LONGEST_ROLE: usize = 63;

/// Makes a case in a database: its tables and the roles of its members. Whoever makes it administers it.
///
/// # Errors
/// When the database cannot be reached, holds such a case already, or does not let this user make schemas and roles.
pub fn create(address: &Address) -> Result<(), TeamError> {
    let mut server = connected(address)?;
    let schema = &address.schema;
    let find = "SELECT 1 FROM pg_namespace WHERE nspname = $1";
    let found = server
        .query_typed_opt(find, &[(schema, Type::TEXT)])
        .map_err(|error| there(&error))?;
    if found.is_some() {
        return Err(TeamError::Exists {
            server: address.server.clone(),
            name: address.named(),
        });
    }
    let database = address.config.get_dbname().unwrap_or_default();
    let roles = format!("{database}.{schema}");
    if role(&roles, Right::Administer).len() > LONGEST_ROLE {
        return Err(TeamError::LongName);
    }
    for right in Right::ALL {
        let role = role(&roles, right);
        let find = "SELECT 1 FROM pg_roles WHERE rolname = $1";
        let found = server.query_typed_opt(find, &[(&role, Type::TEXT)]);
        // whoever had it would have it in the new case, too
        if found.map_err(|error| there(&error))?.is_some() {
            return Err(TeamError::RoleExists(role));
        }
    }
    made(&mut server, schema, &roles).map_err(|error| there(&error))
}

fn made(server: &mut Client, schema: &str, roles: &str) -> Result<(), postgres::Error> {
    let [read, decide, administer] = Right::ALL.map(|right| quoted(&role(roles, right)));
    let mut step = server.transaction()?;
    // from PostgreSQL 16 on, whoever makes a role may give it to others anyway, and may not say so twice
    let version = "SELECT current_setting('server_version_num')::int < 160000";
    let option = match step.query_one(version, &[])?.try_get(0)? {
        true => " WITH ADMIN OPTION",
        false => "",
    };
    step.batch_execute(&format!(
        "CREATE ROLE {read}; CREATE ROLE {decide}; CREATE ROLE {administer};
         GRANT {read} TO {decide};
         GRANT {read}, {decide} TO {administer} WITH ADMIN OPTION;
         GRANT {administer} TO CURRENT_USER{option};
         CREATE SCHEMA {schema} AUTHORIZATION {administer};
         SET LOCAL ROLE {administer};"
    ))?;
    let mut tables = include_str!("schema.sql").to_owned();
    for (slot, word) in [
        ("{schema}", schema),
        ("{shape}", &SHAPE.to_string()),
        ("{roles}", &format!("'{}'", roles.replace('\'', "''"))),
        ("{read}", &read),
        ("{decide}", &decide),
        ("{administer}", &administer),
    ] {
        tables = tables.replace(slot, word);
    }
    step.batch_execute(&tables)?;
    step.commit()
}

/// *press.madar.read*: roles are the server's, and a right in one of its databases is none in another.
fn role(roles: &str, right: Right) -> String {
    format!("{roles}.{}", right.name())
}

impl Home {
    /// Gives a user of the database this right, in place of another that he may have.
    ///
    /// # Errors
    /// When there is no such user, or the member may not give rights.
    pub fn admit(&self, name: &str, right: Right) -> Result<(), TeamError> {
        self.known(name)?;
        let option = match right {
            Right::Administer => " WITH ADMIN OPTION",
            Right::Read | Right::Decide => "",
        };
        let role = quoted(&role(&self.roles()?, right));
        let grant = format!("GRANT {role} TO {}{option}", quoted(name));
        let others = Right::ALL.into_iter().filter(|other| *other != right);
        self.regrant(name, &others.collect::<Vec<_>>(), &grant)
    }

    /// Takes all rights in the case from a user of the database.
    ///
    /// # Errors
    /// When there is no such user, or the member may not take rights.
    pub fn dismiss(&self, name: &str) -> Result<(), TeamError> {
        self.known(name)?;
        self.regrant(name, &Right::ALL, "")
    }

    /// # Errors
    /// When the database cannot be read.
    pub fn standing(&self) -> Result<Standing, TeamError> {
        self.start("BEGIN READ ONLY")?;
        let standing = self.stood();
        self.give_up();
        standing
    }

    fn stood(&self) -> Result<Standing, TeamError> {
        let begins = self.with(Right::Read, |server| {
            server.query_one("SELECT roles FROM stand", &[])
        })?;
        let begins: String = cell(&begins, 0)?;
        let roles = Right::ALL.map(|right| role(&begins, right)).to_vec();
        let found = self.with(Right::Read, |server| {
            server.query_typed(
                "SELECT m.rolname::text, r.rolname::text FROM pg_auth_members a
                 JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
                 WHERE r.rolname = ANY ($1) AND m.rolname <> ALL ($1) GROUP BY 1, 2 ORDER BY 1, 2",
                &[(&roles, Type::TEXT_ARRAY)],
            )
        })?;
        let mut members: Vec<Member> = Vec::new();
        for row in found {
            let (name, of): (String, String) = (cell(&row, 0)?, cell(&row, 1)?);
            let right = Right::ALL
                .into_iter()
                .find(|right| role(&begins, *right) == of);
            let right = right.ok_or(TeamError::Damaged("a role"))?;
            match members.last_mut().filter(|last| last.name == name) {
                Some(last) => last.right = last.right.max(right),
                None => members.push(Member { name, right }),
            }
        }
        let counts = self.with(Right::Read, |server| {
            let count = "SELECT (SELECT count(*) FROM documents), step, (SELECT count(*) FROM queue) FROM stand";
            server.query_one(count, &[])
        })?;
        let count = |at| {
            u64::try_from(cell::<i64>(&counts, at)?).map_err(|_| TeamError::Damaged("a number"))
        };
        Ok(Standing {
            members,
            documents: count(0)?,
            steps: count(1)?,
            queued: count(2)?,
        })
    }

    fn known(&self, name: &str) -> Result<(), TeamError> {
        let find = "SELECT 1 FROM pg_roles WHERE rolname = $1";
        let name: &(dyn postgres::types::ToSql + Sync) = &name;
        self.start("BEGIN")?;
        let found = self.with(Right::Read, |server| {
            server.query_typed_opt(find, &[(name, Type::TEXT)])
        });
        self.give_up();
        match found? {
            Some(_) => Ok(()),
            None => Err(TeamError::NoMember(
                format!("{name:?}").trim_matches('"').to_owned(),
            )),
        }
    }

    fn regrant(&self, name: &str, taken: &[Right], grant: &str) -> Result<(), TeamError> {
        let roles = self.roles()?;
        let take = taken.iter().map(|right| {
            let role = quoted(&role(&roles, *right));
            format!("REVOKE {role} FROM {};", quoted(name))
        });
        let change = format!("{}{grant}", take.collect::<String>());
        self.start("BEGIN")?;
        let roles = taken.iter().map(|right| role(&roles, *right));
        let roles: Vec<String> = roles.collect();
        let name: &(dyn postgres::types::ToSql + Sync) = &name;
        let done = self.with(Right::Administer, |server| {
            server.batch_execute(&change)?;
            // what somebody else gave may be his to take
            let left = server.query_typed_opt(
                "SELECT 1 FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid
                 JOIN pg_roles m ON m.oid = a.member
                 WHERE m.rolname = $1 AND r.rolname = ANY ($2) LIMIT 1",
                &[(name, Type::TEXT), (&roles, Type::TEXT_ARRAY)],
            )?;
            if left.is_none() {
                server.batch_execute("COMMIT")?;
            }
            Ok(left.is_none())
        });
        if !matches!(done, Ok(true)) {
            self.give_up();
        }
        match done {
            Ok(false) | Err(TeamError::NotAllowed(_)) => Err(TeamError::NotYoursToGive),
            other => other.map(drop),
        }
    }

    /// How the names of the case's roles begin.
    fn roles(&self) -> Result<String, TeamError> {
        self.start("BEGIN READ ONLY")?;
        let found = self.with(Right::Read, |server| {
            server.query_one("SELECT roles FROM stand", &[])
        });
        self.give_up();
        cell(&found?, 0)
    }
}

/// A name as SQL takes it whatever signs are in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What an error means to somebody who makes a case.
fn there(error: &postgres::Error) -> TeamError {
    let told = error.as_db_error();
    match told.filter(|told| *told.code() == SqlState::INSUFFICIENT_PRIVILEGE) {
        Some(told) => TeamError::NotAllowedThere(told.message().to_owned()),
        None => failed(error, Right::Administer),
    }
}
