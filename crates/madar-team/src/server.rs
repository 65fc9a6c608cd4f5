//! A connection to the database of a case, and what its errors mean.

use std::error::Error as _;

use postgres::error::SqlState;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};

use crate::tls::{self, Privacy};
use crate::{Address, Right, TeamError};

/// The shape of the tables that this version knows.
pub(crate) const SHAPE: i32 = 1;
/// PostgreSQL 13: the first with numbers of transactions that never come again.
const OLDEST: i32 = 130_000;

/// A value with its type, so that a statement is one message there and one back.
pub(crate) type Sent<'a> = (&'a (dyn ToSql + Sync), Type);

/// Connects, to a case or to where one is to be made.
pub(crate) fn connected(address: &Address) -> Result<Client, TeamError> {
    let unreachable = |error: postgres::Error| unreachable(address, &error);
    let client = match &address.privacy {
        Privacy::Clear => address.config.connect(NoTls),
        Privacy::Encrypted(peer) => address.config.connect(tls::connector(peer)?),
    };
    let mut client = client.map_err(unreachable)?;
    // who waits is told after a minute; a member whose machine is gone lets go of what he held
    let settle = format!(
        "SET search_path TO {}, pg_temp; SET lock_timeout = '60s'; SET statement_timeout = 0;
         SET idle_in_transaction_session_timeout = 0;
         SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3",
        address.schema
    );
    let failed = |error: postgres::Error| failed(&error, Right::Read);
    client.batch_execute(&settle).map_err(failed)?;
    let asked = client
        .query_one(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')",
            &[],
        )
        .map_err(failed)?;
    let (version, encoding): (i32, String) = (cell(&asked, 0)?, cell(&asked, 1)?);
    if version < OLDEST {
        return Err(TeamError::OldServer(address.server.clone()));
    }
    if encoding != "UTF8" {
        return Err(TeamError::NotUnicode(address.server.clone()));
    }
    Ok(client)
}

/// Connects to a case that is there.
pub(crate) fn at_case(address: &Address) -> Result<Client, TeamError> {
    let mut client = connected(address)?;
    let failed = |error: postgres::Error| failed(&error, Right::Read);
    let find = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = $1";
    let schema: Sent<'_> = (&address.schema, Type::TEXT);
    let found = client.query_typed_opt(find, &[schema]).map_err(failed)?;
    match found.map(|row| cell(&row, 0)).transpose()? {
        Some(true) => {}
        Some(false) => return Err(TeamError::NotAllowed(Right::Read)),
        None => {
            return Err(TeamError::NoCase {
                server: address.server.clone(),
                name: address.named(),
            });
        }
    }
    let shape = client
        .query_one("SELECT shape FROM stand", &[])
        .map_err(failed)?;
    if cell::<i32>(&shape, 0)? != SHAPE {
        return Err(TeamError::Newer(address.server.clone()));
    }
    Ok(client)
}

/// A value of a row; what is not of the type that it should be is damage.
pub(crate) fn cell<'a, T: postgres::types::FromSql<'a>>(
    row: &'a postgres::Row,
    at: usize,
) -> Result<T, TeamError> {
    row.try_get(at).map_err(|_| TeamError::Damaged("a row"))
}

/// What an error means to somebody who wanted to do what this right is for.
pub(crate) fn failed(error: &postgres::Error, wanted: Right) -> TeamError {
    let Some(told) = error.as_db_error() else {
        return if error.is_closed()
            || error
                .source()
                .is_some_and(|source| source.is::<std::io::Error>())
        {
            TeamError::Lost
        } else {
            TeamError::Server(error.to_string())
        };
    };
    match told.code() {
        code if *code == SqlState::INSUFFICIENT_PRIVILEGE => TeamError::NotAllowed(wanted),
        code if *code == SqlState::LOCK_NOT_AVAILABLE => TeamError::Busy,
        code if *code == SqlState::ADMIN_SHUTDOWN
            || *code == SqlState::CRASH_SHUTDOWN
            || *code == SqlState::CANNOT_CONNECT_NOW =>
        {
            TeamError::Lost
        }
        _ => TeamError::Server(told.message().to_owned()),
    }
}

fn unreachable(address: &Address, error: &postgres::Error) -> TeamError {
    let server = address.server.clone();
    if let Some(told) = error.as_db_error() {
        return match told.code() {
            code if *code == SqlState::INVALID_CATALOG_NAME => TeamError::NoDatabase(server),
            code if code.code().starts_with("28") => TeamError::Refused {
                server,
                why: told.message().to_owned(),
            },
            _ => TeamError::Unreachable {
                server,
                why: told.message().to_owned(),
            },
        };
    }
    if let Some(refused) = tls::refused(address, error) {
        return refused;
    }
    let why = error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string);
    if why.contains("password missing") {
        return TeamError::Refused {
            server,
            why: "it wants a password".to_owned(),
        };
    }
    TeamError::Unreachable { server, why }
}
