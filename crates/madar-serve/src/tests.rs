//! The server as a browser or a program meets it, without a socket: a case of our own, asked over HTTP.

mod answers;
mod guarded;
mod peers;
mod tools;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::desk::Desk;
use crate::{RATE, router};

const HOST: &str = "127.0.0.1:7117";

/// Of the bundled examples: Gordon Halvorsen met Rodion Vasilenkov in Muscat, as The Wall Street Journal reports.
const ENGLISH: &str = include_str!("../../../examples/articles/01-laptev-talks.en.txt");
/// The same retold, behind letters outside the first plane, joined ones and a combining mark.
const ARABIC: &str = concat!(
    "تحديث 🛢️ 👩‍🚀 𝔐 عن الصفقة إنّها\n\n",
    include_str!("../../../examples/articles/02-laptev-retold.ar.txt")
);
const HOSTILE: &str = "<script>alert(1)</script> \u{202E}evil\u{202C}\n\nGordon Halvorsen <img src=x onerror=alert(2)> \
    met Rodion Vasilenkov in Muscat, said \"><svg onload=alert(3)>. javascript:alert(4)\n";

/// A case with documents, and what serves it.
struct Served {
    _folder: TempDir,
    path: PathBuf,
    router: Router,
}

impl Served {
    async fn new(documents: &[(&str, &str)]) -> Self {
        Self::with(documents, None).await
    }

    async fn with(documents: &[(&str, &str)], token: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.madar");
        let address: SocketAddr = HOST.parse().unwrap();
        let open = router(
            Arc::new(Desk::new(&path).unwrap()),
            address,
            None,
            NonZeroU32::new(RATE),
        );
        let served = Self {
            _folder: folder,
            path,
            router: open,
        };
        for (name, text) in documents {
            let by = if *text == ENGLISH {
                "The%20Wall%20Street%20Journal"
            } else {
                "Asharq%20Al-Awsat"
            };
            let uri = format!("/api/v1/documents?origin={name}&publisher={by}");
            let added = served.send("POST", &uri, &[], text).await;
            assert_eq!(added.status(), StatusCode::CREATED, "{name}");
        }
        Self {
            router: router(
                Arc::new(Desk::new(&served.path).unwrap()),
                address,
                token,
                NonZeroU32::new(RATE),
            ),
            ..served
        }
    }

    async fn usual() -> Self {
        Self::new(&[("en.txt", ENGLISH), ("ar.txt", ARABIC)]).await
    }

    async fn send(
        &self,
        method: &str,
        uri: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(uri);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", HOST);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, uri: &str) -> Value {
        let answer = self.send("GET", uri, &[], "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{uri}");
        json(answer).await
    }

    async fn post(&self, uri: &str, body: &Value) -> (StatusCode, Value) {
        let kind = [("content-type", "application/json")];
        let answer = self.send("POST", uri, &kind, &body.to_string()).await;
        (answer.status(), json(answer).await)
    }
}

async fn text(answer: Response<Body>) -> String {
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn json(answer: Response<Body>) -> Value {
    let text = text(answer).await;
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
