//! What is to be read, in the database: several readers take from it at once, each a row that nobody else has. What
//! a reader makes of it is committed together with its leaving the queue; when he dies, it is free again.

use postgres::types::Type;

use crate::home::Home;
use crate::server::cell;
use crate::{Queued, Right, TeamError, ToRead};

impl Home {
    /// Puts all of it in, or nothing.
    ///
    /// # Errors
    /// When the member may not, or the connection is lost.
    pub fn put(&self, all: &[ToRead]) -> Result<(), TeamError> {
        let origins: Vec<&[u8]> = all.iter().map(|what| what.origin.as_bytes()).collect();
        let publishers: Vec<_> = all.iter().map(|what| &what.publisher).collect();
        let days: Vec<_> = all.iter().map(|what| &what.published).collect();
        let bytes: Vec<&[u8]> = all.iter().map(|what| &*what.bytes).collect();
        self.start("BEGIN")?;
        let put = self.with(Right::Decide, |server| {
            server.execute_typed(
                "INSERT INTO queue (origin, publisher, published, bytes)
                 SELECT origin, publisher, published, bytes
                 FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS f (origin, publisher, published, bytes, place)
                 ORDER BY place",
                &[
                    (&origins, Type::BYTEA_ARRAY),
                    (&publishers, Type::TEXT_ARRAY),
                    (&days, Type::TEXT_ARRAY),
                    (&bytes, Type::BYTEA_ARRAY),
                ],
            )?;
            server.batch_execute("COMMIT")
        });
        if put.is_err() {
            self.give_up();
        }
        put
    }

    /// Takes the first that nobody else has, and holds it to [`Home::commit`] or [`Home::give_up`].
    ///
    /// # Errors
    /// When the member may not, or the connection is lost.
    pub fn take(&self) -> Result<Queued, TeamError> {
        self.start("BEGIN ISOLATION LEVEL READ COMMITTED")?;
        let taken = self.taken_from_queue();
        if !matches!(taken, Ok(Queued::Taken(_))) {
            self.give_up();
        }
        taken
    }

    fn taken_from_queue(&self) -> Result<Queued, TeamError> {
        let found = self.with(Right::Decide, |server| {
            server.query_typed_opt(
                "SELECT number, origin, publisher, published, bytes FROM queue
                 ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED",
                &[],
            )
        })?;
        let Some(row) = found else {
            return Ok(match self.waiting()? {
                0 => Queued::Empty,
                held => Queued::Held(held),
            });
        };
        let origin = String::from_utf8(cell(&row, 1)?).map_err(|_| TeamError::Damaged("words"))?;
        self.held.set(Some(cell(&row, 0)?));
        Ok(Queued::Taken(Box::new(ToRead {
            origin,
            publisher: cell(&row, 2)?,
            published: cell(&row, 3)?,
            bytes: cell(&row, 4)?,
        })))
    }

    fn waiting(&self) -> Result<u64, TeamError> {
        let count = self.with(Right::Read, |server| {
            server.query_one("SELECT count(*) FROM queue", &[])
        })?;
        u64::try_from(cell::<i64>(&count, 0)?).map_err(|_| TeamError::Damaged("a number"))
    }
}
