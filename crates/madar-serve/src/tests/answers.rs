//! What is asked and what comes back.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{ARABIC, ENGLISH, HOSTILE, Served, text};

#[tokio::test]
async fn the_questions_of_a_case_are_answered_in_three_languages() {
    let served = Served::usual().await;
    for tongue in ["ar", "en", "ru"] {
        let ask = |path: &str| format!("/api/v1/{path}?in={tongue}");
        let case = served.get(&ask("case")).await;
        assert_eq!(case["counts"]["documents"], 2);
        let claims = served.get(&ask("claims")).await;
        let first = &claims["results"][0];
        assert!(
            first["tellings"][0]["passage"]["text"]
                .as_str()
                .unwrap()
                .len()
                > 10
        );
        assert!(
            first["support"]["k_lo"].as_u64().unwrap()
                <= first["support"]["k_hi"].as_u64().unwrap()
        );
        let id = first["claim"].as_str().unwrap();
        let one = served.get(&ask(&format!("claims/{id}"))).await;
        assert_eq!(one["sentence"], first["sentence"]);
        let network = served.get(&ask("network")).await;
        assert!(!network["ties"].as_array().unwrap().is_empty());
        for path in [
            "entities",
            "documents",
            "timeline",
            "screening",
            "decisions",
        ] {
            served.get(&ask(path)).await;
        }
    }
    let english = served.get("/api/v1/claims?in=en&kind=Meeting").await;
    let russian = served.get("/api/v1/claims?in=ru&kind=Meeting").await;
    assert_ne!(
        english["results"][0]["sentence"],
        russian["results"][0]["sentence"]
    );
}

#[tokio::test]
async fn marks_stand_on_their_words_in_a_browser() {
    let served = Served::new(&[("ar.txt", ARABIC), ("bad.txt", HOSTILE)]).await;
    let documents = served.get("/api/v1/documents").await;
    for line in documents["results"].as_array().unwrap() {
        let id = line["id"].as_str().unwrap();
        let bytes = served.get(&format!("/api/v1/documents/{id}")).await;
        let page = served
            .get(&format!("/api/v1/documents/{id}?units=utf16"))
            .await;
        let text = page["reading"]["text"].as_str().unwrap();
        let units: Vec<u16> = text.encode_utf16().collect();
        let marks = page["reading"]["marks"].as_array().unwrap();
        assert!(!marks.is_empty());
        for (mark, same) in marks
            .iter()
            .zip(bytes["reading"]["marks"].as_array().unwrap())
        {
            let at =
                |value: &Value, key: &str| usize::try_from(value[key].as_u64().unwrap()).unwrap();
            let in_browser =
                String::from_utf16(&units[at(mark, "start")..at(mark, "end")]).unwrap();
            assert_eq!(in_browser, text[at(same, "start")..at(same, "end")]);
        }
    }
}

#[tokio::test]
async fn a_passage_is_found_by_its_bytes() {
    let served = Served::usual().await;
    let found = served.get("/api/v1/search?q=هالفورسن").await;
    let passage = &found["passages"][0];
    let id = passage["document"]["id"].as_str().unwrap();
    let (start, end) = (&passage["start"], &passage["end"]);
    let page = served
        .get(&format!(
            "/api/v1/documents/{id}?units=utf16&at={start}-{end}"
        ))
        .await;
    let units: Vec<u16> = page["reading"]["text"]
        .as_str()
        .unwrap()
        .encode_utf16()
        .collect();
    let at = |n: usize| usize::try_from(page["at"][n].as_u64().unwrap()).unwrap();
    assert_eq!(
        String::from_utf16(&units[at(0)..at(1)]).unwrap(),
        passage["text"].as_str().unwrap()
    );
    let lost = served.get(&format!("/api/v1/documents/{id}?at=1-2")).await;
    assert_eq!(lost["at"], Value::Null, "inside a letter");
}

#[tokio::test]
async fn two_people_lose_no_decision() {
    let served = Served::usual().await;
    let wish = |seen: i64, a: &str| json!({"seen": seen, "decide": {"rename": {"who": a, "to": "E. H."}}, "by": "first"});
    let (status, first) = served
        .post("/api/v1/decisions", &wish(0, "Gordon Halvorsen"))
        .await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    let (status, moved) = served
        .post("/api/v1/decisions", &wish(0, "Rodion Vasilenkov"))
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(moved["newer"][0]["to"], "E. H.");
    let seen = moved["seen"].as_i64().unwrap();
    let undo = json!({"seen": seen, "decide": {"undo": seen}});
    let (status, _) = served.post("/api/v1/decisions", &undo).await;
    assert_eq!(status, StatusCode::CREATED);
    let log = served.get("/api/v1/decisions").await;
    assert_eq!(
        (&log["results"][0]["decision"], &log["results"][1]["undone"]),
        (&json!("undo"), &json!(true))
    );
    let (status, problem) = served
        .post(
            "/api/v1/decisions",
            &json!({"seen": 2, "decide": {"undo": 99}}),
        )
        .await;
    assert_eq!(
        (status, problem["hint"].is_string()),
        (StatusCode::NOT_FOUND, true)
    );
}

#[tokio::test]
async fn what_is_rejected_leaves_every_answer() {
    let served = Served::usual().await;
    let claims = served.get("/api/v1/claims").await;
    let id = claims["results"][0]["claim"].clone();
    let (status, _) = served
        .post(
            "/api/v1/decisions",
            &json!({"seen": 0, "decide": {"reject": id}}),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let after = served.get("/api/v1/claims").await;
    assert!(
        after["results"]
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["claim"] != id)
    );
}

#[tokio::test]
async fn a_mention_is_put_right_where_it_stands() {
    let served = Served::new(&[("ar.txt", ARABIC)]).await;
    let documents = served.get("/api/v1/documents").await;
    let id = documents["results"][0]["id"].as_str().unwrap().to_owned();
    let page = async || {
        served
            .get(&format!("/api/v1/documents/{id}?units=utf16"))
            .await
    };
    let before = page().await;
    let named = |page: &Value| -> Vec<Value> {
        let marks = page["reading"]["marks"].as_array().unwrap().iter();
        marks
            .filter(|mark| mark["mark"] == "mention")
            .cloned()
            .collect()
    };
    let marks = named(&before);
    let first = marks.iter().find(|mark| mark["kind"] == "Person").unwrap();
    let wish = |seen: i64, more: Value| {
        let mut mention = json!({
            "document": id, "units": "utf16", "start": first["start"], "end": first["end"],
        });
        for (key, value) in more.as_object().unwrap() {
            mention[key] = value.clone();
        }
        json!({"seen": seen, "decide": {"mention": mention}})
    };
    let (status, _) = served
        .post(
            "/api/v1/decisions",
            &wish(0, json!({"is": "kind", "kind": "Company"})),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let same = |mark: &&Value| mark["start"] == first["start"] && mark["end"] == first["end"];
    let after = named(&page().await);
    assert_eq!(after.iter().find(same).unwrap()["kind"], "Company");
    let (status, _) = served
        .post(
            "/api/v1/decisions",
            &wish(1, json!({"is": "means", "called": "Somebody Else"})),
        )
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let after = named(&page().await);
    assert_eq!(
        after.iter().find(same).unwrap()["entity_name"],
        "Somebody Else"
    );
    let (status, _) = served
        .post("/api/v1/decisions", &wish(2, json!({"is": "nothing"})))
        .await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(named(&page().await).len(), marks.len() - 1);
    // what was taken out can be put in
    let missing = json!({"is": "missing", "kind": "Person", "called": "Third Man"});
    let (status, _) = served
        .post("/api/v1/decisions", &wish(3, missing.clone()))
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let after = named(&page().await);
    assert_eq!(after.iter().find(same).unwrap()["entity_name"], "Third Man");
    let log = served.get("/api/v1/decisions").await;
    let told = |at: usize| log["results"][at]["naming"].as_str().unwrap().to_owned();
    assert_eq!(
        [0, 1, 2, 3].map(told),
        ["missing", "nothing", "means", "kind"]
    );
    for wrong in [
        missing,
        json!({"is": "kind", "kind": "Rumour"}),
        json!({"is": "means"}),
        json!({"is": "nothing", "start": 0, "end": 9_999_999}),
        json!({"is": "nothing", "start": 0, "end": 1}),
    ] {
        let (status, problem) = served.post("/api/v1/decisions", &wish(4, wrong)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
    }
}

#[tokio::test]
async fn a_claim_is_told_otherwise() {
    let served = Served::usual().await;
    let claims = served.get("/api/v1/claims?kind=Meeting").await;
    let id = claims["results"][0]["claim"].clone();
    let wish =
        |status: &str| json!({"seen": 0, "decide": {"correct": {"fact": id, "status": status}}});
    let (status, _) = served.post("/api/v1/decisions", &wish("rumoured")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (status, _) = served.post("/api/v1/decisions", &wish("alleged")).await;
    assert_eq!(status, StatusCode::CREATED);
    let after = served.get("/api/v1/claims?kind=Meeting").await;
    assert_eq!(after["results"][0]["status"], "alleged");
}

#[tokio::test]
async fn a_text_is_read_and_not_kept() {
    let served = Served::new(&[]).await;
    let (status, reading) = served
        .post("/api/v1/read", &json!({"text": ENGLISH, "units": "chars"}))
        .await;
    assert_eq!(status, StatusCode::OK);
    let facts = reading["facts"].as_array().unwrap();
    assert!(facts.iter().any(|fact| fact["kind"] == "Meeting"));
    assert_eq!(served.get("/api/v1/case").await["counts"]["documents"], 0);
    let (status, _) = served.post("/api/v1/read", &json!({"text": ""})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_stays_said() {
    let served = Served::new(&[]).await;
    let answer = served
        .send("POST", "/api/v1/documents?origin=empty.txt", &[], "")
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let case = served.get("/api/v1/case").await;
    assert_eq!(case["failures"][0]["origin"], "empty.txt");
}

#[tokio::test]
async fn the_api_describes_itself() {
    let served = Served::usual().await;
    let document = served.get("/api/v1/openapi.json").await;
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 12);
    let claim = served.get("/api/v1/claims").await["results"][0]["claim"].clone();
    let document = served.get("/api/v1/documents").await["results"][0]["id"].clone();
    // what some of them need
    let every = "q=Halvorsen&from=Gordon%20Halvorsen&to=Rodion%20Vasilenkov&what=The%20Wall%20Street%20Journal";
    for (path, methods) in paths {
        if methods.get("get").is_none() || path.ends_with("/events") {
            continue;
        }
        let uri = path
            .replace("{entity}", "Gordon%20Halvorsen")
            .replace("{claim}", claim.as_str().unwrap())
            .replace("{document}", document.as_str().unwrap());
        served.get(&format!("{uri}?{every}")).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_known_is_not_sent_again() {
    let served = Served::usual().await;
    let first = served.send("GET", "/api/v1/claims", &[], "").await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let known = [("if-none-match", tag.as_str())];
    let second = served.send("GET", "/api/v1/claims", &known, "").await;
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(text(second).await, "");
}

#[tokio::test]
async fn lists_come_in_parts() {
    let served = Served::usual().await;
    let all = served.get("/api/v1/claims").await;
    let part = served.get("/api/v1/claims?offset=1&limit=1").await;
    assert_eq!(part["results"][0], all["results"][1]);
    assert_eq!(part["total"], all["total"]);
    let none = served
        .send("GET", "/api/v1/claims?kind=Rumour", &[], "")
        .await;
    assert_eq!(none.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_falls_with_a_source_is_told() {
    let served = Served::usual().await;
    let fallen = served
        .get("/api/v1/withdraw?what=The%20Wall%20Street%20Journal")
        .await;
    let all = served.get("/api/v1/claims").await["total"]
        .as_u64()
        .unwrap();
    let count = |key: &str| fallen[key]["total"].as_u64().unwrap();
    let told = count("falls") + count("may_fall") + count("weaker");
    assert!(count("falls") > 0, "{fallen}");
    assert_eq!(told + fallen["untouched"].as_u64().unwrap(), all);
    let first = &fallen["falls"]["results"][0];
    assert_eq!(first["after"], json!([0, 0]));
    let claim = first["claim"].as_str().unwrap();
    let one = format!("/api/v1/withdraw?what=The%20Wall%20Street%20Journal&limit=0&claim={claim}");
    let one = served.get(&one).await;
    assert_eq!(one["claim"], *first);
    assert_eq!(
        one["falls"],
        json!({"total": count("falls"), "results": []})
    );
}

/// A page of one address in two states: the later one no longer tells the second meeting.
fn edition(hour: u8, body: &str) -> String {
    format!(
        "<html><head><link rel=canonical href=\"https://courier.example/talks\">\
         <meta property=\"og:site_name\" content=\"Gulf Courier\">\
         <meta property=\"article:published_time\" content=\"2025-03-04T06:00:00Z\">\
         <meta property=\"article:modified_time\" content=\"2025-03-04T{hour:02}:00:00Z\"></head>\
         <body><article><h1>Talks in Muscat</h1><p>Gordon Halvorsen met Rodion Vasilenkov in Muscat \
         on March 3, two port officials said.</p>{body}</article></body></html>"
    )
}

async fn read(served: &Served, text: &str) -> String {
    let added = served
        .send("POST", "/api/v1/documents?origin=talks.html", &[], text)
        .await;
    assert_eq!(added.status(), StatusCode::CREATED);
    let added = super::json(added).await;
    added["document"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_is_new_is_told_until_it_is_seen() {
    let served = Served::new(&[("en.txt", ENGLISH)]).await;
    let first = served.get("/api/v1/alerts").await;
    assert_eq!(
        (&first["marked"], &first["documents"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(first["results"][0]["alert"], "new claim");
    let seen = json!({"now": first["now"]});
    let (status, noted) = served.post("/api/v1/alerts/seen", &seen).await;
    assert_eq!(
        (status, &noted["now"]),
        (StatusCode::CREATED, &first["now"])
    );
    let none = served.get("/api/v1/alerts").await;
    assert_eq!((&none["total"], &none["marked"]), (&json!(0), &json!(true)));
    assert!(none["since"].is_string());

    let follow = json!({"seen": 0, "decide": {"follow": "Gordon Halvorsen"}});
    let (status, _) = served.post("/api/v1/decisions", &follow).await;
    assert_eq!(status, StatusCode::CREATED);
    let one = served.get("/api/v1/entities/Gordon%20Halvorsen").await;
    let decisions = served.get("/api/v1/decisions").await;
    assert_eq!(one["followed"], decisions["results"][0]["number"]);
    let more = "<p>Gordon Halvorsen met Mikael Sandqvist in Oslo on March 5.</p>";
    let old = read(&served, &edition(6, more)).await;
    let news = served.get("/api/v1/alerts?in=ru").await;
    assert_eq!(news["followed"][0]["name"], "Gordon Halvorsen");
    assert_eq!(news["results"][0]["alert"], "new tie", "{news}");
    assert_eq!(
        news["results"][0]["ties"][0]["to"]["name"],
        "Mikael Sandqvist"
    );
    let about = served.get("/api/v1/alerts?about=Mikael%20Sandqvist").await;
    assert_eq!(about["total"], 1);
    let short = served.get("/api/v1/alerts?limit=1").await;
    assert_eq!(short["results"].as_array().unwrap().len(), 1);
    assert_eq!(short["total"], news["total"]);

    // its publisher takes the second meeting out
    let (status, _) = served
        .post("/api/v1/alerts/seen", &json!({"now": news["now"]}))
        .await;
    assert_eq!(status, StatusCode::CREATED);
    let new = read(&served, &edition(9, "")).await;
    let news = served.get("/api/v1/alerts").await;
    assert_eq!(news["results"][0]["alert"], "edited", "{news}");
    assert_eq!(news["results"][0]["document"]["id"], new.as_str());
    let lost = &news["results"][0]["facts"][0];
    assert_eq!(
        (&lost["change"], &lost["why"]),
        (&json!("lost"), &json!("edited"))
    );
    assert_eq!(lost["claim"]["no_longer_said"], true);
    let versions = served
        .get(&format!("/api/v1/versions?document={new}"))
        .await;
    let article = &versions["results"][0];
    assert_eq!(
        (&article["versions"][0]["id"], &article["versions"][1]["id"]),
        (&json!(old), &json!(new))
    );
    assert_eq!(article["changes"][0]["facts"][0]["change"], "lost");
    assert_eq!(article["in_order"], true);
    assert_eq!(served.get("/api/v1/versions").await["total"], 1);
    let page = served.get(&format!("/api/v1/documents/{old}")).await;
    assert_eq!(
        page["version"],
        json!({"number": 1, "of": 2, "latest": new})
    );
}

#[tokio::test]
async fn a_mark_is_a_place_that_the_case_has_come_to() {
    let served = Served::new(&[("en.txt", ENGLISH)]).await;
    for (entry, snapshot) in [(99, 0), (-1, 0), (0, 1), (i64::MAX, 0)] {
        let seen = json!({"now": {"entry": entry, "snapshot": snapshot}});
        let (status, told) = served.post("/api/v1/alerts/seen", &seen).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{entry} {snapshot}: {told}");
    }
    assert_eq!(served.get("/api/v1/alerts").await["marked"], false);
    for (since, status) in [
        ("2000-01-01", StatusCode::OK),
        ("2999-01-01", StatusCode::OK),
        ("yesterday", StatusCode::NOT_FOUND),
        ("00000000", StatusCode::NOT_FOUND),
    ] {
        let uri = format!("/api/v1/alerts?since={since}");
        assert_eq!(
            served.send("GET", &uri, &[], "").await.status(),
            status,
            "{since}"
        );
    }
    let all = served.get("/api/v1/alerts?since=2000-01-01").await;
    assert_eq!(all["documents"], 1, "what was dropped came on a day");
    let later = served.get("/api/v1/alerts?since=2999-01-01").await;
    assert_eq!(
        (&later["total"], &later["marked"]),
        (&json!(0), &json!(true))
    );
    let nobody = served
        .send("GET", "/api/v1/alerts?about=Nobody%20At%20All", &[], "")
        .await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    let unknown = format!("/api/v1/versions?document={}", "0".repeat(64));
    assert_eq!(
        served.send("GET", &unknown, &[], "").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_pair_of_names_is_declared_as_two() {
    let served = Served::new(&[]).await;
    let document = served.get("/api/v1/openapi.json").await;
    let schemas = &document["components"]["schemas"];
    let wish = schemas["Wish"]["oneOf"].as_array().unwrap();
    for one in wish {
        assert_eq!(one["additionalProperties"], false, "{one}");
    }
    for name in ["same", "different"] {
        let of = wish
            .iter()
            .find_map(|one| one["properties"].get(name))
            .unwrap();
        let of = match of["$ref"].as_str() {
            Some(reference) => &schemas[reference.rsplit('/').next().unwrap()],
            None => of,
        };
        assert_eq!(
            (&of["minItems"], &of["maxItems"]),
            (&json!(2), &json!(2)),
            "{of}"
        );
    }
}
