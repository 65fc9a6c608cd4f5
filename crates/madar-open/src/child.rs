//! Programs that read what a library of ours cannot be trusted with: run apart, with limits on time, memory and what they say.
//! Whatever happens to them, here a reason comes out.

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// What a program may cost.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) seconds: u64,
    /// Of address space.
    pub(crate) bytes: u64,
    pub(crate) output: usize,
}

/// Why nothing came of a file whose reader has ended.
pub(crate) const STOPPED: &str = "its reader stopped over it";

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(4);

/// A program and its arguments.
pub(crate) type Call = (PathBuf, Vec<OsString>);

/// What a program said, and the code that it ended with.
pub(crate) type Said = (Vec<u8>, Option<i32>);

static APART: OnceLock<Call> = OnceLock::new();

/// Says which program answers with [`crate::take_apart`]: it is given a file on standard input and its limits hold for it
/// alone. Without one such files are read in a thread of this program, which a hostile one can end. The first call counts.
pub fn read_apart(program: PathBuf, arguments: Vec<OsString>) {
    // a second call changes nothing: what was said first is in use
    let _ = APART.set((program, arguments));
}

pub(crate) fn apart() -> Option<&'static Call> {
    APART.get()
}

/// What the program says when it is given the input; `Ok(None)` when there is no such program.
///
/// # Errors
/// In words, when it fails, takes too long or says too much.
pub(crate) fn run(call: &Call, input: &[u8], limits: Limits) -> Result<Option<Vec<u8>>, String> {
    match ended(call, input, limits)? {
        Some((_, code)) if code != Some(0) => Err(STOPPED.to_owned()),
        said => Ok(said.map(|(said, _)| said)),
    }
}

/// What the program says when it is given the input, and the code that it ends with; none where it was stopped from
/// outside. `Ok(None)` when there is no such program.
///
/// # Errors
/// In words, when it takes too long or says too much.
pub(crate) fn ended(call: &Call, input: &[u8], limits: Limits) -> Result<Option<Said>, String> {
    let (program, arguments) = call;
    let spawned = Command::new(program)
        .args(arguments)
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
    };
    // before it is given its first byte
    limit(&child, limits);
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (said, ended) = thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                // a program that has heard enough closes its end
                let _ = stdin.write_all(input);
            }
        });
        let listener = scope.spawn(move || {
            let mut said = Vec::new();
            let most = limits.output as u64 + 1;
            if let Some(stdout) = stdout {
                // what was said before an error is cut off counts no less
                let _ = stdout.take(most).read_to_end(&mut said);
            }
            said
        });
        let ended = wait(&mut child, Duration::from_secs(limits.seconds));
        (listener.join().unwrap_or_default(), ended)
    });
    match ended {
        None => Err(format!("it was not read within {} seconds", limits.seconds)),
        Some(_) if said.len() > limits.output => {
            Err(format!("more than {} bytes came out of it", limits.output))
        }
        Some(status) => Ok(Some((said, status.code()))),
    }
}

/// How it ended; `None` when it had to be stopped.
fn wait(child: &mut Child, most: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        if start.elapsed() > most {
            // it may have ended in this moment
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        thread::sleep(LOOK);
    }
}

#[cfg(target_os = "linux")]
fn limit(child: &Child, limits: Limits) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let most = |n: u64| Rlimit {
        current: Some(n),
        maximum: Some(n),
    };
    for (what, amount) in [
        (Resource::As, limits.bytes),
        (Resource::Cpu, limits.seconds + 1),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ] {
        // where the system refuses, the clock still ends it
        let _ = prlimit(pid, what, most(amount));
    }
}

/// Elsewhere only the clock ends it.
#[cfg(not(target_os = "linux"))]
fn limit(_: &Child, _: Limits) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn call(program: &str, arguments: &[&str]) -> Call {
        (
            program.into(),
            arguments.iter().map(OsString::from).collect(),
        )
    }

    const LIMITS: Limits = Limits {
        seconds: 1,
        bytes: 1 << 30,
        output: 1 << 16,
    };

    #[test]
    fn what_is_said_comes_back_and_limits_hold() {
        assert_eq!(
            run(&call("cat", &[]), b"port", LIMITS),
            Ok(Some(b"port".to_vec()))
        );
        assert_eq!(
            run(&call("no-such-program-here", &[]), b"", LIMITS),
            Ok(None)
        );
        assert!(run(&call("false", &[]), b"", LIMITS).is_err());
        let slow = run(&call("sleep", &["30"]), b"", LIMITS).unwrap_err();
        assert!(slow.contains("1 seconds"), "{slow}");
        let much = run(&call("yes", &[]), b"", LIMITS).unwrap_err();
        assert!(!much.is_empty(), "{much}");
    }
}
