//! Which article a document is a text of. Publishers change what they have published; texts of one publisher under
//! one address are versions of one article, and count as one. `https://www.gulf-news.example/a/7?utm_source=x#top`
//! and `http://gulf-news.example/a/7/` are one address.

use crate::digest::{Stated, publisher};
use crate::network::Told;

/// Parameters of an address that say where a reader came from and nothing of the page.
const TRACKING: [&str; 7] = [
    "fbclid",
    "gclid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_openstat",
];
const TRACKING_HEAD: &str = "utm_";

/// The beginning of a hash of publisher and address; none for a document whose publisher is not known, or that has no
/// address of an article.
pub fn article_number(told: &Told<'_>) -> Option<u64> {
    let address = bare_address(told.meta.address.as_deref()?)?;
    let (sort, name) = match publisher(told) {
        Stated::Outlet(id) => ("listed", id),
        Stated::Name(name) => ("stated", name),
        Stated::Nobody => return None,
    };
    let hash = blake3::hash(format!("{sort} {name}\n{address}").as_bytes());
    let first = hash.as_bytes().first_chunk();
    Some(u64::from_le_bytes(*first.expect("a hash has 32 bytes")))
}

/// An address without what may differ between two links to one page; none for a front page, which is no article:
/// some sites give it as the address of all their pages.
fn bare_address(address: &str) -> Option<String> {
    let (_, rest) = address.trim().split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let says_something = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !part.is_empty() && !name.starts_with(TRACKING_HEAD) && !TRACKING.contains(&name)
    };
    let query: Vec<&str> = query.split('&').filter(says_something).collect();
    if host.is_empty() || path.is_empty() && query.is_empty() {
        return None;
    }
    Some(format!("{host}/{path}?{}", query.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_one_page_are_one_address() {
        let check = |a: &str, b: &str, same: bool| {
            assert_eq!(bare_address(a) == bare_address(b), same, "{a} {b}");
        };
        check(
            "https://www.Gulf-News.example/a/7?utm_source=x&fbclid=9#top",
            "http://gulf-news.example/a/7/",
            true,
        );
        check("https://a.example/?p=7", "https://a.example/?p=8", false);
        check("https://a.example/A", "https://a.example/a", false);
        check("https://ar.a.example/7", "https://ru.a.example/7", false);
    }

    #[test]
    fn a_front_page_is_no_article() {
        for address in [
            "https://a.example",
            "https://a.example/?utm_medium=rss",
            "a.example/7",
            "",
        ] {
            assert_eq!(bare_address(address), None, "{address}");
        }
    }
}
