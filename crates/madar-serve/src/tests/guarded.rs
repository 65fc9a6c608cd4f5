//! Who may ask, and what an answer may do.

use axum::http::StatusCode;
use serde_json::json;

use super::{ENGLISH, HOST, HOSTILE, Served, text};

#[tokio::test]
async fn another_name_of_this_machine_is_refused() {
    let served = Served::new(&[]).await;
    for host in [
        "evil.example",
        "127.0.0.1.evil.example:7117",
        "127.0.0.1:80",
        "",
    ] {
        let answer = served
            .send("GET", "/api/v1/case", &[("host", host)], "")
            .await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{host}");
    }
    for host in ["127.0.0.1:7117", "localhost:7117", "[::1]:7117"] {
        let answer = served
            .send("GET", "/api/v1/case", &[("host", host)], "")
            .await;
        assert_eq!(answer.status(), StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn another_site_decides_nothing() {
    let served = Served::new(&[("en.txt", ENGLISH)]).await;
    let wish = json!({"seen": 0, "decide": {"rename": {"who": "Gordon Halvorsen", "to": "x"}}})
        .to_string();
    let json = ("content-type", "application/json");
    let own = format!("http://{HOST}");
    for (headers, expect) in [
        (
            vec![("origin", "https://evil.example")],
            StatusCode::FORBIDDEN,
        ),
        (vec![("origin", "null")], StatusCode::FORBIDDEN),
        (
            vec![("sec-fetch-site", "cross-site")],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![("sec-fetch-site", "same-site"), ("origin", &own)],
            StatusCode::FORBIDDEN,
        ),
        (
            vec![("sec-fetch-site", "same-origin"), ("origin", &own)],
            StatusCode::CREATED,
        ),
    ] {
        let headers: Vec<(&str, &str)> = headers.into_iter().chain([json]).collect();
        let answer = served
            .send("POST", "/api/v1/decisions", &headers, &wish)
            .await;
        assert_eq!(answer.status(), expect, "{headers:?}");
    }
}

#[tokio::test]
async fn with_a_token_only_who_shows_it_may_ask() {
    let served = Served::with(&[], Some("orbit")).await;
    let ask = async |headers: &[(&str, &str)]| {
        served
            .send("GET", "/api/v1/case", headers, "")
            .await
            .status()
    };
    assert_eq!(ask(&[]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(
        ask(&[("authorization", "Bearer wrong")]).await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        ask(&[("authorization", "Bearer orbit"), ("host", "case.example")]).await,
        StatusCode::OK
    );
    let page = served.send("GET", "/", &[], "").await;
    assert_eq!(page.headers()["location"], "/login");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let wrong = served.send("POST", "/login", &form, "token=x").await;
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let shown = served.send("POST", "/login", &form, "token=orbit").await;
    let cookie = shown.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && !cookie.contains("orbit")
    );
    let session = cookie.split(';').next().unwrap();
    assert_eq!(ask(&[("cookie", session)]).await, StatusCode::OK);
    assert_eq!(
        ask(&[("cookie", "madar=0000")]).await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn nothing_that_a_document_brings_runs() {
    let served = Served::new(&[("%3Cscript%3E.txt", HOSTILE)]).await;
    for uri in [
        "/",
        "/document/x",
        "/search?q=%3Cscript%3E",
        "/entity/%22%3E%3Cscript%3E",
        "/claims",
    ] {
        let answer = served
            .send("GET", uri, &[("cookie", "madar-in=\"><script>")], "")
            .await;
        let policy = answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let page = text(answer).await;
        assert_eq!(page.matches("<script").count(), 1, "our own alone: {page}");
    }
    for path in [
        "case",
        "documents",
        "claims",
        "entities",
        "search?q=%3Cscript%3E",
        "network",
    ] {
        let answer = served
            .send("GET", &format!("/api/v1/{path}"), &[], "")
            .await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/json");
    }
}

#[tokio::test]
async fn an_address_that_is_open_needs_a_token() {
    let wanted = crate::Wanted {
        case: "none.madar".into(),
        address: "0.0.0.0:0".parse().unwrap(),
        token: None,
        rate: None,
    };
    let refused = crate::serve(&wanted, |_| panic!("it listens")).unwrap_err();
    assert!(matches!(refused, crate::ServeError::Open(_)));
}

#[tokio::test]
async fn odd_requests_are_refused_and_break_nothing() {
    let served = Served::new(&[("en.txt", ENGLISH)]).await;
    let long = "x".repeat(9000);
    for uri in [
        "/api/v1/claims?limit=-1",
        "/api/v1/claims?limit=99999999999999999999999",
        "/api/v1/documents/zz",
        "/api/v1/documents/%00",
        "/api/v1/search",
        "/api/v1/search?q=",
        "/api/v1/none",
        "/assets/../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        &format!("/api/v1/claims/{long}"),
        &format!("/api/v1/entities?q={long}"),
    ] {
        let status = served.send("GET", uri, &[], "").await.status();
        assert!(!status.is_server_error(), "{uri}: {status}");
    }
    for body in [
        "",
        "{",
        "[]",
        "{\"seen\":0,\"decide\":{\"same\":[1,2]}}",
        "{\"seen\":0,\"decide\":{}}",
    ] {
        let kind = [("content-type", "application/json")];
        let status = served
            .send("POST", "/api/v1/decisions", &kind, body)
            .await
            .status();
        assert!(status.is_client_error(), "{body}: {status}");
    }
}

/// What a document or a reader may send: markup, controls that turn text round, signs outside the first plane, what no
/// path may hold, a name that never ends.
fn hostile() -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "\"><svg onload=alert(1)>",
        "';DROP TABLE documents;--",
        "\u{202E}\u{2066}evil",
        "\u{0}\u{1}\u{7f}",
        "../../etc/passwd",
        "{{7*7}}${7*7}%s%n",
        "\u{1F6E2}\u{FE0F}\u{200D}",
        "* OR NEAR(\"a\" b, 3) AND -c:d^",
        "-1",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([["x", "ش", "Ж"].map(|letter| letter.repeat(200)).concat()])
    .collect()
}

/// Everything but letters and digits as `%xx`.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn no_path_and_no_parameter_breaks_the_server() {
    let long = "Gordon ".to_owned() + &"Halvorsen".repeat(12_000);
    let broken = "Gordon Halvorsen met Rodion Vasilenkov in Muscat.\n\n".to_owned() + &long;
    let served = Served::new(&[("hostile.txt", HOSTILE), ("long.txt", &broken)]).await;
    let document = served.get("/api/v1/openapi.json").await;
    let paths = document["paths"].as_object().unwrap();
    for evil in hostile() {
        let evil = encoded(&evil);
        for (path, methods) in paths {
            let Some(get) = methods.get("get").filter(|_| !path.ends_with("/events")) else {
                continue;
            };
            let parameters = get["parameters"].as_array().cloned().unwrap_or_default();
            let query = parameters.iter().filter(|one| one["in"] == "query");
            let query: Vec<String> = query
                .map(|one| format!("{}={evil}", one["name"].as_str().unwrap()))
                .collect();
            let mut uri = path.clone();
            for one in ["{entity}", "{claim}", "{document}"] {
                uri = uri.replace(one, &evil);
            }
            for uri in [uri.clone(), format!("{uri}?{}", query.join("&"))] {
                let answer = served.send("GET", &uri, &[], "").await;
                assert!(
                    !answer.status().is_server_error(),
                    "{} {uri}",
                    answer.status()
                );
            }
            for one in &query {
                let answer = served.send("GET", &format!("{path}?{one}"), &[], "").await;
                assert!(
                    !answer.status().is_server_error(),
                    "{} {path}?{one}",
                    answer.status()
                );
            }
        }
        for path in [
            "/search/",
            "/entities/",
            "/reconcile/",
            "/entity/",
            "/claim/",
            "/document/",
            "/assets/",
        ] {
            let uri = format!("{path}{evil}");
            let answer = served.send("GET", &uri, &[], "").await;
            assert!(
                !answer.status().is_server_error(),
                "{} {uri}",
                answer.status()
            );
        }
    }
}
