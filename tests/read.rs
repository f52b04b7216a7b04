//! Collection articles: forms, aliases, and what bad input becomes.

use claimgraph::read::{Collection, Reader};
use claimgraph::{Article, ErrorKind};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

const BOM: &[u8] = b"\xEF\xBB\xBF";

fn row(id: &str, text: &str) -> String {
    json!({"id": id, "source": "Courier", "published": "2023-02-28", "text": text}).to_string()
}

#[track_caller]
fn read(input: impl AsRef<[u8]>) -> Collection {
    Reader::default()
        .json_lines(input.as_ref(), "in.jsonl")
        .expect("bad lines are warnings")
}

fn ids(reading: &Collection) -> Vec<String> {
    reading.articles.iter().map(Article::id_or_made).collect()
}

fn warnings(reading: &Collection) -> Vec<String> {
    reading.warnings.iter().map(ToString::to_string).collect()
}

/// Reads `input`; gives back the ids and the beginning of each warning as long as that wanted.
#[track_caller]
fn check(input: impl AsRef<[u8]>, wanted_ids: &[&str], wanted_warnings: &[&str]) {
    let reading = read(input);
    assert_eq!(ids(&reading), wanted_ids);
    let got = warnings(&reading);
    let matching = got.len() == wanted_warnings.len()
        && got
            .iter()
            .zip(wanted_warnings)
            .all(|(g, w)| g.starts_with(w));
    assert!(matching, "warnings {got:#?}, expected {wanted_warnings:#?}");
}

/// A bad line between two good ones: a warning that begins so, or, if strict, the same as an error.
#[track_caller]
fn check_bad(line: impl AsRef<[u8]>, message: &str) {
    let input = [
        row("a", "One.").as_bytes(),
        line.as_ref(),
        row("b", "Two.").as_bytes(),
    ]
    .join(&b'\n');
    let place = format!("in.jsonl:2: {message}");
    check(&input, &["a", "b"], &[&place]);
    let error = Reader::default()
        .strict(true)
        .json_lines(input.as_slice(), "in.jsonl")
        .expect_err("strict");
    assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(2)));
    assert_eq!(error.file(), Some(Path::new("in.jsonl")));
    assert!(error.to_string().starts_with(&place), "{error}");
}

/// A folder of its own for one test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("claimgraph-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("in the folder")).expect("subfolder");
        fs::write(&path, content).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn fields_and_their_aliases() {
    let plain = json!({"id": "x", "source": "Courier", "title": "Visit", "url": "https://courier.example/1",
        "language": "en", "published": "2023-02-28", "text": "He came."});
    let alias = json!({"id": "x", "domain": "Courier", "title": "Visit", "url": "https://courier.example/1",
        "lang": "en", "date": "2023-02-28T08:00:00Z", "content": "He came."});
    let wanted = Article::new("Courier", "He came.")
        .id("x")
        .title("Visit")
        .url("https://courier.example/1")
        .language("en")
        .published("2023-02-28".parse().expect("a day"));
    for row in [plain, alias] {
        let reading = read(row.to_string());
        assert_eq!(reading.articles, std::slice::from_ref(&wanted));
        assert_eq!(reading.warnings, []);
    }
}

#[test]
fn further_fields_are_kept() {
    let row = json!({"source": "Courier", "domain": "courier.example", "published": "2023-02-28", "date": null,
        "text": "He came.", "content": "", "lang": ["en", "uk"], "score": [1, 2]});
    let reading = read(row.to_string());
    let article = &reading.articles[0];
    let kept =
        json!({"other_language": ["en", "uk"], "score": [1, 2], "other_domain": "courier.example"});
    assert_eq!(article.language, None);
    assert_eq!(json!(article.metadata), kept);
    let again: Article = serde_json::from_value(json!(article)).expect("an article");
    assert_eq!(
        &again, article,
        "what is kept must not stand in the way of reading again"
    );
}

#[test]
fn numbers_do_for_ids_and_titles() {
    let reading =
        read(r#"{"id": 17, "title": 1984, "source": "s", "date": 1677578400, "text": "t"}"#);
    let article = &reading.articles[0];
    assert_eq!(article.id.as_deref(), Some("17"));
    assert_eq!(article.title.as_deref(), Some("1984"));
    assert_eq!(
        article.published.map(|d| d.to_string()).as_deref(),
        Some("2023-02-28")
    );
}

#[test]
fn an_unread_date_is_no_error() {
    for (date, message) in [
        (
            r#""soon""#,
            "in.jsonl:1: unreadable date \"soon\": expected one such as",
        ),
        ("{}", "in.jsonl:1: unreadable date {}: expected"),
        ("null", "in.jsonl:1: no date: the article counts as undated"),
        (
            r#"" ""#,
            "in.jsonl:1: no date: the article counts as undated",
        ),
    ] {
        let line = format!(r#"{{"id": "a", "source": "s", "text": "t", "published": {date}}}"#);
        check(&line, &["a"], &[message]);
        let reading = Reader::default()
            .strict(true)
            .json_lines(line.as_bytes(), "in.jsonl")
            .expect("no error, even if strict");
        assert_eq!(reading.articles[0].published, None);
    }
    let reading = read(r#"{"source": "s", "text": "t", "date": "soon"}"#);
    assert_eq!(
        json!(reading.articles[0].metadata),
        json!({"other_published": "soon"})
    );
    let long = format!(
        r#"{{"source": "s", "text": "t", "date": "{}"}}"#,
        "é".repeat(9000)
    );
    assert!(
        read(long).warnings[0].message.len() < 400,
        "messages stay short"
    );
}

#[test]
fn an_id_is_made_where_none_is_given() {
    let rows = r#"{"id": null, "source": "s", "date": "2023-02-28", "text": "t"}
{"id": "", "source": "r", "date": "2023-02-28", "text": "t"}"#;
    let reading = read(rows);
    assert_eq!(
        reading.articles.len(),
        2,
        "another source is another article"
    );
    assert_eq!(reading.articles[0].id, None);
    assert_ne!(ids(&reading)[0], ids(&reading)[1]);
    assert_eq!(reading.warnings, []);
}

#[test]
fn an_article_twice_is_ignored_and_reported() {
    let same = row("a", "One.");
    let input = format!("{same}\n{}\n{same}", row("b", "One."));
    check(
        input,
        &["a", "b"],
        &["in.jsonl:3: article \"a\" was read before, at in.jsonl:1: ignored"],
    );
    let made = r#"{"source": "s", "date": "2023-02-28", "text": "t"}"#;
    assert_eq!(read(format!("{made}\n{made}")).articles.len(), 1);
}

#[test]
fn one_id_of_two_texts_is_an_error() {
    let input = format!("{}\n\n{}", row("a", "One."), row("a", "Two."));
    let error = Reader::default()
        .json_lines(input.as_bytes(), "in.jsonl")
        .expect_err("a clash");
    assert_eq!(
        (error.kind(), error.line()),
        (ErrorKind::ClashingId, Some(3))
    );
    assert_eq!(
        error.to_string(),
        "in.jsonl:3: id \"a\" belongs to another text, at in.jsonl:1: expected one id for one text"
    );
}

#[test]
fn a_bad_line_costs_no_other() {
    check_bad(
        r#"{"id": "x", "source": "s", "text": "cut"#,
        "invalid JSON at column ",
    );
    check_bad(
        r#"{"source": "s" "text": "t"}"#,
        "invalid JSON at column 16: expected `,` or `}`",
    );
    check_bad(r#"["source", "text"]"#, "expected a JSON object with");
    check_bad("null", "expected a JSON object with");
    check_bad("not json at all", "invalid JSON at column 2");
    check_bad(
        r#"{"source": "s", "date": "2023-02-28"}"#,
        "no text: expected a field",
    );
    check_bad(
        r#"{"source": "s", "date": "2023-02-28", "text": " \n"}"#,
        "the text is empty",
    );
    check_bad(
        r#"{"source": "s", "text": 5}"#,
        "\"text\" is a number: expected a string",
    );
    check_bad(
        r#"{"source": ["s"], "text": "t"}"#,
        "\"source\" is an array: expected a string",
    );
    check_bad(
        r#"{"id": {}, "source": "s", "text": "t"}"#,
        "\"id\" is an object: expected a string",
    );
    check_bad(
        r#"{"source": "s", "text": "t", "url": true}"#,
        "\"url\" is a boolean: expected a string",
    );
    check_bad(
        b"{\"source\": \"s\", \"text\": \"caf\xE9\"}",
        "invalid UTF-8 at byte 29 of the line",
    );
    check_bad(
        r#"{"source": "s", "text": "\ud800"}"#,
        "invalid JSON at column ",
    );
    check_bad("[".repeat(100_000), "invalid JSON at column ");
}

#[test]
fn an_article_without_source_is_not_lost() {
    let line = r#"{"url": "https://www.courier.example/a?b", "date": "2023-02-28", "text": "t"}"#;
    let reading = read(line);
    assert_eq!(reading.articles[0].source, "courier.example");
    assert_eq!(
        warnings(&reading),
        [
            "in.jsonl:1: no source: expected a field \"source\" (or \"domain\"); called \"courier.example\""
        ]
    );
    assert_eq!(
        read(r#"{"source": " ", "text": "t"}"#).articles[0].source,
        "unknown"
    );
    let strict = Reader::default()
        .strict(true)
        .json_lines(line.as_bytes(), "in.jsonl");
    assert_eq!(strict.expect_err("strict").line(), Some(1));
}

#[test]
fn line_ends_of_every_kind_are_counted() {
    let (a, b, c) = (row("a", "One."), row("b", "Two."), row("c", "Three."));
    for end in ["\n", "\r\n", "\r", "\n\r\n", "\r\r"] {
        let lines = if end.len() == 3 || end == "\r\r" {
            5
        } else {
            3
        };
        let input = [&a, &b, "{"].map(str::to_owned).join(end);
        let place = format!("in.jsonl:{lines}: invalid JSON");
        check(&input, &["a", "b"], &[&place]);
        check(
            [&a, &b, &c].map(String::as_str).join(end) + end,
            &["a", "b", "c"],
            &[],
        );
    }
    check(
        [BOM, b" \n\t\r\n", a.as_bytes(), b"\r\n\r\n\n"].concat(),
        &["a"],
        &[],
    );
    check("", &[], &[]);
    check("\n\r\n \r", &[], &[]);
}

#[test]
fn an_array_is_read_element_by_element() {
    let (a, b) = (
        row("a", "A [bracket], a \"quote\" and a \\."),
        row("b", "Two."),
    );
    check(format!("[{a},{b}]"), &["a", "b"], &[]);
    check(
        [BOM, format!("\r\n[\r\n  {a} ,\n  {b}\n]\n").as_bytes()].concat(),
        &["a", "b"],
        &[],
    );
    check("[]", &[], &[]);
    check(
        format!("[{a},\n{{\"source\": \"s\"}},\r\n{b}]"),
        &["a", "b"],
        &["in.jsonl:2: no text"],
    );
    check(
        format!("[\r{a},\r7,\r{b}]"),
        &["a", "b"],
        &["in.jsonl:3: expected a JSON object"],
    );
    let spread = b.replace(',', ",\n");
    check(
        format!("[\n{a},\n{{\n\"source\": oops\n}},\n{spread}]"),
        &["a", "b"],
        &["in.jsonl:4: invalid JSON"],
    );
    check(
        format!("[{a}]\n{b}\n{{"),
        &["a", "b"],
        &["in.jsonl:3: invalid JSON"],
    );
    check(
        format!("[{{\"cut\": \n{a}\n{b}"),
        &["a", "b"],
        &["in.jsonl:1: invalid JSON"],
    );
}

#[test]
fn a_long_line_is_fine() {
    let text = "The minister denied it. ".repeat(450_000);
    let input = format!(
        "{}\n{}\r{}",
        row("a", "One."),
        row("long", &text),
        row("b", "Two.")
    );
    let reading = read(&input);
    assert_eq!(ids(&reading), ["a", "long", "b"]);
    assert_eq!(reading.articles[1].text, text);
    assert_eq!(
        read(format!("[{input}")).articles.len(),
        2,
        "an array that never closes is lines"
    );
}

#[test]
fn odd_characters_stay_as_they_are() {
    let text = "\u{200B}Zero\u{FEFF} \u{202E}right\u{202C}\r\n‘left’ \u{0}";
    assert_eq!(read(row("a", text)).articles[0].text, text);
}

#[track_caller]
fn check_plain(text: &str, name: &str, wanted: (Option<&str>, &str, &str, Option<&str>)) {
    let reading = Reader::default().plain(text, name).expect("total");
    let a = &reading.articles[0];
    let day = a.published.map(|d| d.to_string());
    let got = (
        a.title.as_deref(),
        a.text.as_str(),
        a.source.as_str(),
        day.as_deref(),
    );
    assert_eq!(got, wanted);
    assert_eq!(
        reading.warnings.len(),
        usize::from(day.is_none()),
        "undated is warned of"
    );
}

#[test]
fn plain_text() {
    let body = "He came.\r\n\r\nHe left.\r";
    let all = format!("\u{FEFF}\n  A visit \r\n\n{body}");
    check_plain(
        &all,
        "in/Courier.txt",
        (Some("A visit"), body, "Courier", None),
    );
    check_plain(
        &all,
        "2023-02-28 Channel 24.TXT",
        (Some("A visit"), body, "Channel 24", Some("2023-02-28")),
    );
    check_plain(
        "T\nx",
        "20230228_courier.txt",
        (Some("T"), "x", "courier", Some("2023-02-28")),
    );
    check_plain(
        "T\rx",
        "2023-02-28.txt",
        (Some("T"), "x", "unknown", Some("2023-02-28")),
    );
    check_plain("T\nx", "", (Some("T"), "x", "unknown", None));
    check_plain(
        "Only line",
        "202302281.txt",
        (None, "Only line", "202302281", None),
    );
    check_plain(
        "He came.\nHe left.",
        "é.txt",
        (None, "He came.\nHe left.", "é", None),
    );
    let long = format!("{}\nrest", "word ".repeat(50));
    check_plain(
        &long,
        "2023-02-30 c.txt",
        (None, &long, "2023-02-30 c", None),
    );
}

#[test]
fn plain_text_of_nothing() {
    let empty = Reader::default().plain("", "c.txt").expect("not strict");
    assert_eq!(warnings(&empty), ["c.txt:1: no text: expected an article"]);
    let strict = Reader::default()
        .strict(true)
        .plain("", "c.txt")
        .expect_err("strict");
    assert_eq!(strict.to_string(), "c.txt:1: no text: expected an article");
}

#[test]
fn a_folder_in_the_order_of_names() {
    let folder = Folder::new("order");
    folder.write("b.JSONL", row("b", "Two."));
    folder.write("a.json", format!("[{}]", row("a", "One.")));
    folder.write("c/d.ndjson", row("d", "Four."));
    folder.write("c/2023-02-28 courier.txt", "Title\nThree.");
    folder.write("e.md", "# Notes");
    folder.write(".hidden/x.jsonl", row("x", "Hidden."));
    folder.write(".y.jsonl", row("y", "Hidden."));
    let reading = Reader::default()
        .strict(true)
        .path(&folder.0)
        .expect("good files");
    let texts: Vec<&str> = reading.articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(texts, ["One.", "Two.", "Three.", "Four."]);
    let unknown = folder.0.join("e.md").display().to_string();
    let expected = "unknown kind of file, passed over: expected .jsonl, .ndjson, .json, .txt or .html, each with or without .gz";
    assert_eq!(warnings(&reading), [format!("{unknown}: {expected}")]);
}

#[test]
fn bad_bytes_in_a_text_file_are_replaced() {
    let folder = Folder::new("bytes");
    let path = folder.write("2023-02-28 courier.txt", b"Title\r\nCaf\xE9 open.");
    let reading = Reader::default().path(&path).expect("not strict");
    assert_eq!(reading.articles[0].text, "Caf\u{FFFD} open.");
    assert_eq!(reading.warnings[0].line, Some(2));
    let error = Reader::default()
        .strict(true)
        .path(&path)
        .expect_err("strict");
    assert_eq!(error.line(), Some(2));
}

#[test]
fn several_paths_are_one_collection() {
    let folder = Folder::new("several");
    let one = folder.write("one.jsonl", row("a", "One."));
    let two = folder.write("two.jsonl", format!("\n{}", row("a", "One.")));
    let reading = Reader::default().paths([&one, &two]).expect("good");
    assert_eq!(reading.articles.len(), 1);
    assert_eq!(
        (&reading.warnings[0].file, reading.warnings[0].line),
        (&two, Some(2))
    );
    fs::write(&two, row("a", "Two.")).expect("written");
    let error = Reader::default().paths([&one, &two]).expect_err("a clash");
    assert!(
        error
            .to_string()
            .contains(&format!("at {}:1:", one.display())),
        "{error}"
    );
}

#[test]
fn what_cannot_be_opened_is_an_error() {
    let folder = Folder::new("missing");
    let missing = folder.0.join("none.jsonl");
    let error = Reader::default().path(&missing).expect_err("missing");
    assert_eq!(
        (error.kind(), error.file()),
        (ErrorKind::Io, Some(missing.as_path()))
    );
    let odd = folder.write("a.docx", "x");
    assert_eq!(
        Reader::default().path(odd).expect_err("unknown").kind(),
        ErrorKind::Format
    );
    let bare = folder.write("articles", row("a", "One."));
    assert_eq!(
        Reader::default()
            .path(bare)
            .expect("JSON Lines")
            .articles
            .len(),
        1
    );
    let empty = Folder::new("empty");
    let reading = Reader::default().path(&empty.0).expect("a folder");
    assert!(reading.warnings[0].message.starts_with("no articles here"));
}

#[cfg(not(feature = "html"))]
#[test]
fn a_web_page_needs_the_feature() {
    let folder = Folder::new("html");
    folder.write("a.jsonl", row("a", "One."));
    let page = folder.write("b.html", "<p>Two.</p>");
    let message = "web pages need the crate's feature `html`";
    let reading = Reader::default().path(&folder.0).expect("a warning");
    assert_eq!(ids(&reading), ["a"]);
    assert!(warnings(&reading)[0].ends_with(message), "{reading:?}");
    let error = Reader::default().path(&page).expect_err("no such feature");
    assert_eq!(error.kind(), ErrorKind::Io);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_above_ends() {
    let folder = Folder::new("link");
    folder.write("a.jsonl", row("a", "One."));
    std::os::unix::fs::symlink(&folder.0, folder.0.join("loop")).expect("a link");
    let reading = Reader::default().path(&folder.0).expect("ends");
    assert_eq!((reading.articles.len(), reading.warnings.len()), (1, 1));
}

/// The row of id 'a' as gzip of one stored block, as any packer may write it.
fn packed(content: &[u8]) -> Vec<u8> {
    let mut crc = !0u32;
    for byte in content {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    let length = u16::try_from(content.len()).expect("short");
    let mut out = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(content);
    out.extend((!crc).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

#[test]
fn packed_files() {
    let folder = Folder::new("packed");
    let members = [
        packed(format!("{}\n", row("a", "One.")).as_bytes()),
        packed(row("b", "Two.").as_bytes()),
    ];
    let path = folder.write("a.jsonl.gz", members.concat());
    let cut = folder.write("cut.jsonl.gz", &members[0][..40]);
    if cfg!(feature = "gzip") {
        assert_eq!(
            ids(&Reader::default().path(&path).expect("unpacked")),
            ["a", "b"]
        );
        let error = Reader::default().path(&cut).expect_err("cut short");
        assert_eq!(
            (error.kind(), error.file()),
            (ErrorKind::Io, Some(cut.as_path()))
        );
    } else {
        let error = Reader::default().path(&path).expect_err("no gzip");
        assert!(
            error
                .to_string()
                .ends_with("need the crate's feature `gzip`"),
            "{error}"
        );
    }
}

#[test]
fn the_shipped_articles_are_well_formed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let reading = Reader::default()
        .strict(true)
        .path(folder)
        .expect("our own");
    assert_eq!(reading.warnings, []);
    assert!(reading.articles.len() >= 8);
    let mut sources: Vec<&str> = reading.articles.iter().map(|a| a.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    assert!(sources.len() >= 6, "{sources:?}");
}
