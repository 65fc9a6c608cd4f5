//! Something asked for on the network, with the user's own `curl`: Madar itself opens no connection. One address at a
//! time, http and https only, with limits on time and size; each redirect is looked at before it is followed. Addresses
//! of this machine and of private networks are refused unless they are asked for: a feed that a stranger writes must not
//! reach what only this machine can.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::child::{self, Call, Limits};

/// Seconds of one request, and of connecting.
const SECONDS: u64 = 60;
const SECONDS_TO_CONNECT: u64 = 15;
/// Bytes of an answer at most: no page or feed comes near.
const MOST: usize = 16 << 20;
/// Bytes of headers beside them.
const HEADERS: usize = 1 << 20;
const LIMITS: Limits = Limits {
    seconds: SECONDS + 5,
    bytes: 3 << 30,
    output: MOST + HEADERS,
};
const REDIRECTS: usize = 5;
/// Seconds that a server may ask to be left alone.
const LONGEST_WAIT: u64 = 24 * 3600;
/// How Madar calls itself.
const AGENT: &str = concat!("Madar/", env!("CARGO_PKG_VERSION"), " (reads feeds)");

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request<'a> {
    pub address: &'a str,
    /// What the server gave with its last answer: it need not answer again what has not changed.
    pub etag: Option<&'a str>,
    pub modified: Option<&'a str>,
    /// Addresses of this machine and of private networks too.
    pub private: bool,
}

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    Page(Page),
    /// It is as it was.
    Unchanged,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Where it lies in the end.
    pub address: String,
    pub body: Vec<u8>,
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("cannot fetch anything: the program curl is not installed")]
    NoCurl,
    #[error("cannot fetch {address}: it is no address of the web")]
    NoAddress { address: String },
    #[error("did not fetch {address}: it lies on this machine or in a private network")]
    Private { address: String },
    #[error("cannot fetch {address}: {reason}")]
    Failed { address: String, reason: String },
    #[error("cannot fetch {address}: the server answered {status}")]
    Refused {
        address: String,
        status: u16,
        /// Seconds for which it asks to be left alone.
        wait: Option<u64>,
    },
}

impl FetchError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            FetchError::NoCurl => "install curl",
            FetchError::NoAddress { .. } => "addresses begin with http:// or https://",
            FetchError::Private { .. } => {
                "--private fetches from there too, if the feed is your own"
            }
            FetchError::Failed { .. } => "it is tried again later",
            FetchError::Refused { .. } => {
                "does the address still hold in a browser? It is tried again later"
            }
        }
    }
}

/// Fetches an address.
///
/// # Errors
/// When there is no `curl`, when the address is refused, when nothing or an error comes back.
pub fn fetch(request: &Request<'_>) -> Result<Answer, FetchError> {
    let mut address = request.address.trim().to_owned();
    for _ in 0..=REDIRECTS {
        let host = host(&address).ok_or_else(|| FetchError::NoAddress {
            address: shown(&address),
        })?;
        if !request.private && is_private(&host) {
            return Err(FetchError::Private {
                address: shown(&address),
            });
        }
        let raw = ask(&address, request)?;
        match raw.status {
            304 => return Ok(Answer::Unchanged),
            200..=299 => {
                return Ok(Answer::Page(Page {
                    etag: raw.header("etag"),
                    modified: raw.header("last-modified"),
                    body: raw.body,
                    address,
                }));
            }
            301 | 302 | 303 | 307 | 308 if !raw.redirect.is_empty() => address = raw.redirect,
            status => {
                let wait = raw.header("retry-after").and_then(|wait| wait.parse().ok());
                return Err(FetchError::Refused {
                    address: shown(&address),
                    status,
                    wait: wait.map(|seconds: u64| seconds.min(LONGEST_WAIT)),
                });
            }
        }
    }
    Err(FetchError::Failed {
        address: shown(request.address),
        reason: format!("it leads on more than {REDIRECTS} times"),
    })
}

/// An answer as it came.
struct Raw {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    redirect: String,
}

impl Raw {
    fn header(&self, name: &str) -> Option<String> {
        let own = self.headers.iter().find(|(own, _)| own == name);
        own.map(|(_, value)| value.clone())
    }
}

fn ask(address: &str, request: &Request<'_>) -> Result<Raw, FetchError> {
    let failed = |reason: String| FetchError::Failed {
        address: shown(address),
        reason,
    };
    // its own settings are left out, its proxies are not: they stand in the environment
    let call: Call = ("curl".into(), ["-q", "-K", "-"].map(Into::into).to_vec());
    let told = child::ended(&call, settings(address, request).as_bytes(), LIMITS);
    let (said, code) = told.map_err(failed)?.ok_or(FetchError::NoCurl)?;
    if code != Some(0) {
        return Err(failed(reason(code)));
    }
    let (raw, remote) =
        raw(said).ok_or_else(|| failed("what came back is no answer".to_owned()))?;
    // a name may lead anywhere
    let is_inside = remote.is_some_and(is_private_ip);
    if is_inside && !request.private && !has_proxy() {
        return Err(FetchError::Private {
            address: shown(address),
        });
    }
    Ok(raw)
}

/// What curl is told on its standard input, where no other program of the machine sees it.
fn settings(address: &str, request: &Request<'_>) -> String {
    let mut out = format!(
        "silent\ngloboff\ninclude\nsuppress-connect-headers\ncompressed\nproto = \"=http,https\"\n\
         max-time = {SECONDS}\nconnect-timeout = {SECONDS_TO_CONNECT}\nmax-filesize = {MOST}\n\
         user-agent = \"{AGENT}\"\nwrite-out = \"\\n%{{remote_ip}}\\n%{{redirect_url}}\"\n"
    );
    let conditions = [
        ("If-None-Match", request.etag),
        ("If-Modified-Since", request.modified),
    ];
    for (name, value) in conditions {
        if let Some(value) = value {
            out += &format!("header = \"{name}: {}\"\n", quoted(value));
        }
    }
    out + &format!("url = \"{}\"\n", quoted(&encoded(address)))
}

/// As it stands between quotation marks; what is no character of a line is left out.
fn quoted(value: &str) -> String {
    let plain: String = value.chars().filter(|c| !c.is_control()).collect();
    plain.replace('\\', "\\\\").replace('"', "\\\"")
}

/// With bytes that an address may not have written as such; a host in other letters is curl's business.
fn encoded(address: &str) -> String {
    let host_ends = address.find("://").map_or(0, |at| {
        let rest = &address[at + 3..];
        at + 3 + rest.find(['/', '?', '#']).unwrap_or(rest.len())
    });
    let (host, rest) = address.split_at(host_ends);
    let rest = rest.split('#').next().unwrap_or_default();
    let mut out = host.to_owned();
    for byte in rest.bytes() {
        match byte {
            b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                out += &format!("%{byte:02X}");
            }
            byte => out.push(byte.into()),
        }
    }
    out
}

/// The answer, and from where it came.
fn raw(said: Vec<u8>) -> Option<(Raw, Option<IpAddr>)> {
    let end = |bytes: &[u8]| bytes.iter().rposition(|&b| b == b'\n');
    let (second, mut body) = (end(&said)?, said);
    let redirect = String::from_utf8_lossy(&body[second + 1..]).into_owned();
    let first = end(&body[..second])?;
    let remote = String::from_utf8_lossy(&body[first + 1..second]).into_owned();
    body.truncate(first);
    let mut from = 0;
    loop {
        let rest = &body[from..];
        if !rest.starts_with(b"HTTP/") {
            return None;
        }
        let length = rest.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..length]).into_owned();
        from += length + 4;
        let status: u16 = head.split_whitespace().nth(1)?.parse().ok()?;
        // *100 Continue* comes before the answer
        if status < 200 {
            continue;
        }
        let headers = head.lines().skip(1).filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_lowercase(), value.trim().to_owned()))
        });
        let raw = Raw {
            status,
            headers: headers.collect(),
            body: body.split_off(from),
            redirect,
        };
        return Some((raw, remote.parse().ok()));
    }
}

/// What the exit codes of curl mean that a reporter meets.
fn reason(code: Option<i32>) -> String {
    let known = match code {
        Some(5 | 6) => "its server is not known",
        Some(7) => "its server cannot be reached",
        Some(28) => "its server takes too long",
        Some(35 | 51 | 53 | 54 | 58 | 59 | 60 | 66 | 77 | 80 | 82 | 83 | 90 | 91) => {
            "the connection is not safe: the server does not show who it is"
        }
        Some(52 | 55 | 56) => "the connection broke off",
        Some(63) => "it is too large",
        Some(1 | 3) => "it is no address of the web",
        Some(code) => return format!("curl gave up with code {code}"),
        None => "curl was stopped",
    };
    known.to_owned()
}

/// The host of an address of the web; none where two programs might take different parts of it for the host.
fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if !is_web || address.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let place = rest.split(['/', '?', '#']).next()?;
    let host = match place.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None => place.split(':').next()?,
    };
    let fits = |c: char| c.is_alphanumeric() || "-._:".contains(c);
    let host = host.trim_end_matches('.').to_lowercase();
    (!host.is_empty() && !place.contains('@') && host.chars().all(fits)).then_some(host)
}

/// Whether a host, as it is written, lies on this machine or in a private network.
fn is_private(host: &str) -> bool {
    if let Ok(ip) = host.parse() {
        return is_private_ip(ip);
    }
    // letters and digits of full width become plain ones on the way
    if host.contains(|c: char| {
        !c.is_ascii() && c.is_numeric() || ('\u{FF00}'..'\u{FFF0}').contains(&c)
    }) {
        return true;
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    // `127.1`, `0x7f000001`, `2130706433` are addresses too
    let is_number = last.starts_with("0x") || last.bytes().all(|b| b.is_ascii_digit());
    let own = [
        "localhost",
        "local",
        "internal",
        "lan",
        "home",
        "corp",
        "arpa",
    ];
    is_number || !host.contains('.') || own.contains(&last)
}

fn is_private_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => is_private_v6(ip),
    }
}

fn is_private_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || a == 100 && (64..128).contains(&b)
}

fn is_private_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let last = Ipv4Addr::from((u32::from(segments[6]) << 16) | u32::from(segments[7]));
    let embeds = segments[..6] == [0, 0, 0, 0, 0, 0xffff]
        || segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0]
        || segments[..6] == [0; 6];
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || ip.is_unique_local()
        || ip.is_unicast_link_local()
        || embeds && is_private_v4(last)
}

fn has_proxy() -> bool {
    let names = [
        "http_proxy",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ];
    names.iter().any(|name| std::env::var_os(name).is_some())
}

/// An address as a message shows it: without what may be a password in it.
fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let place = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{place}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_inside_is_refused() {
        let check = |address: &str, private: bool| {
            let host = host(address).unwrap();
            assert_eq!(is_private(&host), private, "{address}");
        };
        for address in [
            "http://localhost/a",
            "http://LOCALHOST.:8080",
            "http://127.0.0.1",
            "http://127.1",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://10.0.0.8/feed",
            "http://192.168.1.1",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1",
            "http://[::1]:80/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://intranet/feed",
            "http://printer.local/",
            "http://\u{FF11}27.0.0.1/",
        ] {
            check(address, true);
        }
        for address in [
            "http://port.example@127.0.0.1/",
            "http://port.example\\@127.0.0.1/",
            "http://[fe80::1%25eth0]/",
            "http://127.0.0.1%2f.example/",
        ] {
            assert_eq!(host(address), None, "{address}");
        }
        for address in [
            "https://port.example/feed",
            "http://93.184.216.34/",
            "https://[2606:2800::1]/",
            "https://порт.рф/лента",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn only_the_web_is_asked() {
        for address in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a.example",
            "a.example",
            "",
            "http://",
        ] {
            let asked = fetch(&Request {
                address,
                ..Request::default()
            });
            assert!(
                matches!(asked, Err(FetchError::NoAddress { .. })),
                "{address}: {asked:?}"
            );
        }
    }

    #[test]
    fn nothing_in_an_address_is_a_setting() {
        let request = Request {
            address: "",
            etag: Some("\"a\"\nurl = \"file:///etc/passwd\""),
            ..Request::default()
        };
        let told = settings("https://a.example/\"\noutput = \"/tmp/x", &request);
        let lines: Vec<&str> = told.lines().collect();
        assert!(
            lines.iter().all(|line| !line.starts_with("output")),
            "{told}"
        );
        let urls = lines.iter().filter(|line| line.starts_with("url"));
        assert_eq!(urls.count(), 1, "{told}");
    }

    #[test]
    fn an_answer_is_taken_apart() {
        let said = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\nETag: \"7\"\r\n\r\nbody\nof it\n93.184.216.34\n";
        let (raw, remote) = raw(said.to_vec()).unwrap();
        assert_eq!(
            (raw.status, raw.body.as_slice()),
            (200, &b"body\nof it"[..])
        );
        assert_eq!(raw.header("etag").as_deref(), Some("\"7\""));
        assert!(raw.redirect.is_empty() && !is_private_ip(remote.unwrap()));
        assert!(super::raw(b"nothing of the kind".to_vec()).is_none());
    }
}
