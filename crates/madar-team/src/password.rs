//! A password that the address does not give: `PGPASSWORD`, else a line of the file that `PGPASSFILE` names, else of
//! `~/.pgpass`, as PostgreSQL's own programs take it.

use std::path::{Path, PathBuf};

use postgres::Config;
use postgres::config::Host;

pub(crate) fn known(config: &Config) -> Option<String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(password) = variable("PGPASSWORD") {
        return Some(password);
    }
    let file = variable("PGPASSFILE").map(PathBuf::from);
    let file = file.or_else(|| Some(PathBuf::from(variable("HOME")?).join(".pgpass")))?;
    if !is_private(&file) {
        return None;
    }
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        _ => "localhost".to_owned(),
    };
    let port = config
        .get_ports()
        .first()
        .copied()
        .unwrap_or(5432)
        .to_string();
    let wanted = [
        &*host,
        &port,
        config.get_dbname()?,
        config.get_user().unwrap_or_default(),
    ];
    let lines = std::fs::read_to_string(file).ok()?;
    lines.lines().find_map(|line| in_line(line, &wanted))
}

/// Such a file that others may read is not taken.
fn is_private(file: &Path) -> bool {
    let Ok(about) = std::fs::metadata(file) else {
        return false;
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if about.permissions().mode() & 0o077 != 0 {
            return false;
        }
    }
    about.is_file()
}

/// `host:port:database:user:password`; `*` is any, `\` takes a sign as it stands.
fn in_line(line: &str, wanted: &[&str; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut parts = vec![String::new()];
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ':' if parts.len() < 5 => parts.push(String::new()),
            '\\' => parts.last_mut()?.extend(signs.next()),
            _ => parts.last_mut()?.push(sign),
        }
    }
    let fits = |(part, wanted): (&String, &&str)| part == "*" || part == wanted;
    let all = parts.len() == 5 && parts.iter().zip(wanted).all(fits);
    all.then(|| parts.remove(4))
}

#[cfg(test)]
mod tests {
    use super::in_line;

    #[test]
    fn a_line_fits_whom_it_names() {
        let wanted = ["localhost", "5432", "press", "anna"];
        let check = |line: &str, expect: Option<&str>| {
            assert_eq!(in_line(line, &wanted).as_deref(), expect, "{line}");
        };
        check("localhost:5432:press:anna:secret", Some("secret"));
        check("*:*:*:anna:a\\:b\\\\c:d", Some("a:b\\c:d"));
        check("localhost:5432:press:boris:secret", None);
        check("#localhost:5432:press:anna:secret", None);
        check("localhost:5432:press:anna", None);
    }
}
