//! A shared case, seen from one member's mirror: looking for what has come, and changing it.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use postgres::Client;
use postgres::types::Type;
use rusqlite::Connection;

use crate::mirror::{self, Stand};
use crate::server::{at_case, cell, failed};
use crate::{Address, Came, Right, TeamError};

/// Reading what others have done, all of one moment.
const LOOK: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const CHANGE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// How long others are waited for, as at a lock.
const LONG: Duration = Duration::from_secs(60);

/// A case in a database. All that it does to a mirror it does inside the transaction of whoever calls.
pub struct Home {
    pub(crate) address: Address,
    server: RefCell<Option<Client>>,
    /// The step that is being taken.
    taken: RefCell<Option<Stand>>,
    /// The row of the queue that is held.
    pub(crate) held: Cell<Option<i64>>,
}

impl Home {
    /// # Errors
    /// When the database cannot be reached, holds no such case, or does not let this member in.
    pub fn at(address: Address) -> Result<Self, TeamError> {
        let server = at_case(&address)?;
        Ok(Self {
            address,
            server: RefCell::new(Some(server)),
            taken: RefCell::new(None),
            held: Cell::new(None),
        })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The file of the mirror, made if there is none. As long as the second part is held, nobody else gets it: one
    /// makes the mirror, others then find it made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn mirror(&self) -> Result<(PathBuf, File), TeamError> {
        self.address.mirror()
    }

    /// Makes a connection to the mirror note what it changes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn settle(&self, file: &Connection) -> Result<(), TeamError> {
        mirror::settle(file)
    }

    /// Whether the case has moved on since the mirror was brought up to date.
    ///
    /// # Errors
    /// When the database or the mirror cannot be read.
    pub fn has_news(&self, file: &Connection) -> Result<bool, TeamError> {
        let stand = mirror::stand(file)?;
        self.start(LOOK)?;
        let last = self.with(Right::Read, |server| {
            server.query_one("SELECT mark FROM steps ORDER BY step DESC LIMIT 1", &[])
        });
        self.give_up();
        Ok(cell::<String>(&last?, 0)? != stand.mark)
    }

    /// Brings the mirror up to date.
    ///
    /// # Errors
    /// When the database cannot be read or the mirror not be written.
    pub fn look(&self, file: &Connection) -> Result<Came, TeamError> {
        let stand = mirror::stand(file)?;
        self.start(LOOK)?;
        let came = self.looked(file, &stand);
        self.give_up();
        came
    }

    fn looked(&self, file: &Connection, stand: &Stand) -> Result<Came, TeamError> {
        let last = self.with(Right::Read, |server| {
            server.query_typed_one(
                "SELECT s.step, s.mark, (SELECT k.mark FROM steps k WHERE k.step = $1)
                 FROM steps s ORDER BY s.step DESC LIMIT 1",
                &[(&stand.step, Type::INT8)],
            )
        })?;
        let now = Stand {
            step: cell(&last, 0)?,
            mark: cell(&last, 1)?,
        };
        if now.mark == stand.mark {
            return Ok(Came::default());
        }
        let known: Option<String> = cell(&last, 2)?;
        let came =
            self.connection(|server| mirror::bring(server, file, stand, known.as_deref()))?;
        mirror::stands(file, &now)?;
        Ok(came)
    }

    /// Takes the next step and brings the mirror up to date: from here to [`Home::commit`] or [`Home::give_up`] nobody
    /// else changes the case.
    ///
    /// # Errors
    /// When the member may not change the case, somebody else is long at it, or the database cannot be reached.
    pub fn begin(&self, file: &Connection) -> Result<Came, TeamError> {
        if self.held.get().is_none() {
            self.start(CHANGE)?;
        }
        let begun = self.begun(file);
        if begun.is_err() {
            self.give_up();
        }
        begun
    }

    fn begun(&self, file: &Connection) -> Result<Came, TeamError> {
        let stand = mirror::stand(file)?;
        let taken = self.with(Right::Decide, |server| {
            let take = "SELECT taken, mark, known FROM take_step($1)";
            server.query_typed_one(take, &[(&stand.step, Type::INT8)])
        })?;
        let now = Stand {
            step: cell(&taken, 0)?,
            mark: cell(&taken, 1)?,
        };
        let known: Option<String> = cell(&taken, 2)?;
        let is_current = known.as_deref() == Some(&*stand.mark) && now.step == stand.step + 1;
        self.taken.replace(Some(now));
        if is_current {
            return Ok(Came::default());
        }
        self.connection(|server| mirror::bring(server, file, &stand, known.as_deref()))
    }

    /// Sends what was changed in the mirror, and commits it there; the mirror is to be committed next. What changed
    /// nothing leaves no step.
    ///
    /// # Errors
    /// When the member may not make such a change, or the connection is lost.
    pub fn commit(&self, file: &Connection) -> Result<(), TeamError> {
        let committed = self.committed(file);
        if committed.is_err() {
            self.give_up();
        }
        self.held.set(None);
        self.taken.replace(None);
        committed
    }

    fn committed(&self, file: &Connection) -> Result<(), TeamError> {
        let any = self.connection(|server| mirror::send_changed(server, file))?;
        let held = self.held.get();
        if !any && held.is_none() {
            self.give_up();
            return Ok(());
        }
        file.execute("DELETE FROM changed", [])?;
        if let Some(stand) = &*self.taken.borrow() {
            mirror::stands(file, stand)?;
        }
        let commit = match held {
            // who reads a queue waits for the disk when he tells what he did, not with each file
            Some(number) => &*format!(
                "DELETE FROM queue WHERE number = {number}; SET LOCAL synchronous_commit = off; COMMIT"
            ),
            None => "COMMIT",
        };
        self.with(Right::Decide, |server| server.batch_execute(commit))
    }

    /// Waits until all that was taken from the queue and committed is on the server's disk. Before, a server that breaks down
    /// may still lose the last of it, and has its files in the queue again.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn rest(&self) -> Result<(), TeamError> {
        self.start("BEGIN")?;
        // a transaction that wrote something takes along to the disk what was written before it
        self.with(Right::Decide, |server| {
            server.batch_execute("SELECT pg_logical_emit_message(true, 'madar', ''); COMMIT")
        })
    }

    /// Leaves the case as it was.
    pub fn give_up(&self) {
        self.held.set(None);
        self.taken.replace(None);
        let mut held = self.server.borrow_mut();
        // a connection that cannot even give up is done with
        held.take_if(|server| server.batch_execute("ROLLBACK").is_err());
    }

    /// Puts a whole case into one that is new.
    ///
    /// # Errors
    /// When it is not new, the member may not change it, or the connection is lost.
    pub fn fill(&self, file: &Connection) -> Result<(), TeamError> {
        self.start(CHANGE)?;
        let filled = self.filled(file);
        if filled.is_err() {
            self.give_up();
        }
        filled
    }

    fn filled(&self, file: &Connection) -> Result<(), TeamError> {
        let taken = self.with(Right::Decide, |server| {
            server.query_one("SELECT taken FROM take_step(0)", &[])
        })?;
        if cell::<i64>(&taken, 0)? != 1 {
            return Err(TeamError::NotEmpty(self.address.server.clone()));
        }
        self.connection(|server| mirror::send_all(server, file))?;
        self.with(Right::Decide, |server| server.batch_execute("COMMIT"))
    }

    /// Rewrites the tables from which something was taken out, so that its words leave the database's files.
    ///
    /// # Errors
    /// When the member is no administrator, somebody goes on looking at what was taken out, or the connection is lost.
    pub fn scrub(&self) -> Result<(), TeamError> {
        self.wait_for_onlookers()?;
        self.with(Right::Administer, |server| {
            server.batch_execute("VACUUM (FULL) documents")?;
            server.batch_execute("VACUUM (FULL) captures")?;
            server.batch_execute("VACUUM (FULL) readings")?;
            server.batch_execute("VACUUM (FULL) failures")?;
            server.batch_execute("VACUUM (FULL) decisions")?;
            server.batch_execute("VACUUM (FULL) queue")
        })
    }

    /// Waits until nobody in the database can still see what has been taken out: what somebody sees, the rewriting of a
    /// table takes along. The server's own workers look on, too, now and then.
    fn wait_for_onlookers(&self) -> Result<(), TeamError> {
        let now = self.with(Right::Administer, |server| {
            server.query_one("SELECT pg_current_xact_id()::text", &[])
        })?;
        let now: String = cell(&now, 0)?;
        let seen = format!(
            "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
             AND greatest(age(backend_xmin), age(backend_xid)) > age('{now}'::xid8::xid)"
        );
        let start = Instant::now();
        while cell::<i64>(
            &self.with(Right::Read, |server| server.query_one(&seen, &[]))?,
            0,
        )? > 0
        {
            if start.elapsed() > LONG {
                return Err(TeamError::StillSeen);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Brings the mirror up to date and tells how many of its rows are not those of the database.
    ///
    /// # Errors
    /// When either cannot be read.
    pub fn differing(&self, file: &Connection) -> Result<u64, TeamError> {
        let stand = mirror::stand(file)?;
        self.start(LOOK)?;
        let found = self
            .looked(file, &stand)
            .and_then(|_| self.connection(|server| mirror::differing(server, file)));
        self.give_up();
        found
    }

    /// Begins a transaction, on a new connection where the old one is lost.
    pub(crate) fn start(&self, begin: &str) -> Result<(), TeamError> {
        let mut held = self.server.borrow_mut();
        held.take_if(|server| server.is_closed() || server.batch_execute(begin).is_err());
        if held.is_none() {
            let mut server = at_case(&self.address)?;
            server
                .batch_execute(begin)
                .map_err(|error| failed(&error, Right::Read))?;
            *held = Some(server);
        }
        Ok(())
    }

    /// Asks the database, in the transaction that was begun.
    pub(crate) fn with<T>(
        &self,
        wanted: Right,
        ask: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, TeamError> {
        self.connection(|server| ask(server).map_err(|error| failed(&error, wanted)))
    }

    fn connection<T>(
        &self,
        ask: impl FnOnce(&mut Client) -> Result<T, TeamError>,
    ) -> Result<T, TeamError> {
        let mut held = self.server.borrow_mut();
        let server = held.as_mut().ok_or(TeamError::Lost)?;
        let asked = ask(server);
        if matches!(asked, Err(TeamError::Lost)) {
            held.take();
        }
        asked
    }
}

impl Drop for Home {
    /// The client waits for its farewell, which it may not do on a thread of an asynchronous runtime.
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            let farewell = std::thread::spawn(move || drop(server));
            farewell.join().ok();
        }
    }
}
