//! `madar pack` and `madar unpack`: the case with its sources in one file that only a passphrase or a key opens,
//! so that it can travel. The file is one of `age` (age-encryption.org) over zstd over tar; nothing of it
//! lies unencrypted on the disk meanwhile.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, IsTerminal as _, Read, Write};
use std::path::Path;
use std::str::FromStr as _;

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use anyhow::{Context as _, bail};
use madar_case::{Case, is_address};

use super::verify::unchanged_sources;
use super::{Outcome, open, shown};
use crate::cli::{PackArgs, UnpackArgs};
use crate::failure::Hinted;

/// The case in the archive.
const CASE: &str = "case.madar";
/// The folder of the files that were read, in the archive and beside an unpacked case.
const SOURCES: &str = "sources";
/// zstd's own middle, as for records of a case.
const LEVEL: i32 = 3;
/// Names a passphrase where no file and no terminal gives one.
const VARIABLE: &str = "MADAR_PASSPHRASE";

pub(super) fn pack(case: &Path, args: &PackArgs) -> anyhow::Result<Outcome> {
    let case = open(case)?;
    refuse_to_replace(&args.out)?;
    let encryptor = if args.to.is_empty() {
        Encryptor::with_user_passphrase(passphrase(args.passphrase_file.as_deref(), Asking::Twice)?)
    } else {
        let recipients: Vec<x25519::Recipient> = args
            .to
            .iter()
            .map(|key| recipient(key))
            .collect::<Result<_, _>>()?;
        let recipients = recipients.iter().map(|one| one as &dyn Recipient);
        Encryptor::with_recipients(recipients).context("these keys cannot be used together")?
    };
    let path = shown(&args.out);
    let file = File::create_new(&args.out).with_context(|| format!("cannot write to {path}"))?;
    let packed = write(&case, encryptor, file);
    let sources = match packed {
        Ok(sources) => sources,
        Err(error) => {
            // half a file opens no case
            std::fs::remove_file(&args.out).ok();
            return Err(error.context(format!("cannot write to {path}")));
        }
    };
    eprintln!("wrote {path}: the case and {sources} of its sources, encrypted");
    eprintln!("hint: madar unpack {path} --case NAME.madar opens it again");
    Ok(Outcome::Done)
}

/// Gives how many sources were put in.
fn write(case: &Case, encryptor: Encryptor, file: File) -> anyhow::Result<usize> {
    let sealed = encryptor.wrap_output(BufWriter::new(file))?;
    let pressed = zstd::Encoder::new(sealed, LEVEL)?;
    let mut archive = tar::Builder::new(pressed);
    put(&mut archive, CASE, &case.copied()?)?;
    let mut count = 0;
    for (hash, path, bytes) in unchanged_sources(case)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        put(
            &mut archive,
            &format!("{SOURCES}/{}-{name}", &hash[..16]),
            &bytes,
        )?;
        count += 1;
    }
    let sealed = archive.into_inner()?.finish()?;
    sealed
        .finish()?
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(count)
}

/// Says nothing of when or by whom a file was written.
fn put(archive: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_mtime(0);
    archive.append_data(&mut header, name, bytes)
}

pub(super) fn unpack(case: &Path, args: &UnpackArgs) -> anyhow::Result<Outcome> {
    if is_address(case) {
        let hint = "unpack into a file, then madar copy FILE postgres://…";
        return Err(Hinted::new("a packed case opens into a file", hint).into());
    }
    let folder = case.with_extension(SOURCES);
    refuse_to_replace(case)?;
    refuse_to_replace(&folder)?;
    let path = shown(&args.file);
    let file = File::open(&args.file).with_context(|| format!("cannot open {path}"))?;
    let decryptor = Decryptor::new_buffered(BufReader::new(file)).map_err(|_| {
        Hinted::new(
            format!("{path} was not packed by madar"),
            "madar pack makes such a file",
        )
    })?;
    let identities: Vec<Box<dyn Identity>> = match &args.identity {
        Some(file) => identities(file)?,
        None if decryptor.is_scrypt() => {
            let passphrase = passphrase(args.passphrase_file.as_deref(), Asking::Once)?;
            vec![Box::new(scrypt::Identity::new(passphrase))]
        }
        None => return Err(needs_key(&path).into()),
    };
    let opened = decryptor.decrypt(identities.iter().map(|one| &**one as &dyn Identity));
    let opened = opened.map_err(|_| wrong_key(&path))?;
    let sources = read(opened, case, &folder).with_context(|| format!("cannot unpack {path}"))?;
    let found = Case::open(case)?.verify()?;
    eprintln!(
        "wrote {}: {} documents, {sources} sources",
        shown(case),
        found.documents
    );
    if !found.findings.is_empty() {
        eprintln!("hint: madar verify says what is not as its log tells");
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

/// Gives how many sources came out. Nothing is written but the case and plain names in the folder.
fn read(opened: impl Read, case: &Path, folder: &Path) -> anyhow::Result<usize> {
    let mut archive = tar::Archive::new(zstd::Decoder::new(opened)?);
    let (mut has_case, mut count) = (false, 0);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == CASE {
            io::copy(&mut entry, &mut File::create_new(case)?)?;
            has_case = true;
            continue;
        }
        let source = name
            .strip_prefix(SOURCES)
            .and_then(|rest| rest.strip_prefix('/'));
        let Some(source) = source.filter(|source| is_plain(source)) else {
            bail!("it holds {name:?}, which no case has");
        };
        std::fs::create_dir_all(folder)?;
        io::copy(&mut entry, &mut File::create_new(folder.join(source))?)?;
        count += 1;
    }
    if !has_case {
        bail!("it holds no case");
    }
    Ok(count)
}

/// One name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let plain = matches!(parts.next(), Some(std::path::Component::Normal(_)));
    plain && parts.next().is_none() && !name.contains(['/', '\\', '\0'])
}

fn refuse_to_replace(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        let message = format!("{} is there already", shown(path));
        return Err(Hinted::new(message, "name another file, or move this one away").into());
    }
    Ok(())
}

fn recipient(key: &str) -> anyhow::Result<x25519::Recipient> {
    x25519::Recipient::from_str(key.trim()).map_err(|_| {
        Hinted::new(
            format!("{key:?} is no key to encrypt to"),
            "such keys begin with age1",
        )
        .into()
    })
}

fn identities(file: &Path) -> anyhow::Result<Vec<Box<dyn Identity>>> {
    let path = shown(file);
    let reader = File::open(file).with_context(|| format!("cannot open {path}"))?;
    let found = IdentityFile::from_buffer(BufReader::new(reader));
    let found = found.ok().and_then(|file| file.into_identities().ok());
    let found = found.map(|all| {
        all.into_iter()
            .map(|one| one as Box<dyn Identity>)
            .collect()
    });
    found.ok_or_else(|| {
        Hinted::new(
            format!("{path} holds no key"),
            "age-keygen makes such a file",
        )
        .into()
    })
}

fn needs_key(path: &str) -> Hinted {
    Hinted::new(
        format!("{path} is encrypted to a key"),
        "say where the key is: --identity FILE",
    )
}

fn wrong_key(path: &str) -> Hinted {
    Hinted::new(
        format!("{path} does not open with that"),
        "is it the right passphrase or key?",
    )
}

/// Whether a mistyped passphrase would lock somebody out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Once,
    Twice,
}

/// From the file, else the environment, else the terminal.
fn passphrase(file: Option<&Path>, asking: Asking) -> anyhow::Result<SecretString> {
    let given = match file {
        Some(file) => {
            let path = shown(file);
            let text = std::fs::read_to_string(file);
            Some(text.with_context(|| format!("cannot read {path}"))?)
        }
        None => std::env::var(VARIABLE).ok(),
    };
    let given = match given {
        Some(given) => given,
        None if io::stdin().is_terminal() => {
            let given = rpassword::prompt_password("passphrase: ")?;
            if asking == Asking::Twice && rpassword::prompt_password("once more: ")? != given {
                bail!("the two passphrases differ");
            }
            given
        }
        None => String::new(),
    };
    let given = given.trim_end_matches(['\r', '\n']);
    if given.is_empty() {
        let hint = "--passphrase-file FILE, MADAR_PASSPHRASE, or for keys --to and --identity";
        return Err(Hinted::new("no passphrase was given", hint).into());
    }
    Ok(SecretString::from(given.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn nothing_is_written_elsewhere() {
        for name in ["../a", "/a", "a/b", "..", ".", "", "a\\b"] {
            assert!(!is_plain(name), "{name:?}");
        }
        assert!(is_plain("0123-a.html"));
    }
}
