//! Articles from JSON Lines, and from one JSON array.

use super::{Intake, day, excerpt, line_ends};
use crate::error::Error;
use crate::model::Article;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::Range;

/// Fields of an article and the alias of each.
const ALIASES: [(&str, &str); 4] = [
    ("source", "domain"),
    ("published", "date"),
    ("text", "content"),
    ("language", "lang"),
];

type Row = Map<String, Value>;

pub(super) fn read(mut stream: impl BufRead, intake: &mut Intake) -> Result<(), Error> {
    let file = intake.file.clone();
    let io = |e| Error::io(&file, e);
    let mut line = 0;
    let mut buffer = Vec::new();
    let mut first = true;
    while stream.read_until(b'\n', &mut buffer).map_err(io)? > 0 {
        if line == 0 && buffer.starts_with(b"\xEF\xBB\xBF") {
            buffer.drain(..3);
        }
        let blank = buffer.trim_ascii().is_empty();
        if first && !blank && buffer.trim_ascii_start().starts_with(b"[") {
            stream.read_to_end(&mut buffer).map_err(io)?;
            return array(&buffer, line, intake);
        }
        first &= blank;
        line += lines(&buffer, line, intake)?;
        buffer.clear();
    }
    Ok(())
}

/// Rows of a block that ends at LF or at the end of the input; gives the number of its lines.
fn lines(block: &[u8], before: usize, intake: &mut Intake) -> Result<usize, Error> {
    let block = block.strip_suffix(b"\n").unwrap_or(block);
    let block = block.strip_suffix(b"\r").unwrap_or(block);
    let mut count = 0;
    // JSON has no bare line ends inside a row, so each CR ends a line.
    for row in block.split(|b| matches!(b, b'\n' | b'\r')) {
        count += 1;
        if !row.trim_ascii().is_empty() {
            value(row, before + count, intake)?;
        }
    }
    Ok(count)
}

/// A whole array, its elements read one by one, so that a bad one costs no other.
fn array(bytes: &[u8], before: usize, intake: &mut Intake) -> Result<(), Error> {
    let Some((elements, end)) = elements(bytes) else {
        // Never closed: perhaps only its first line is bad.
        return crlf_lines(bytes, before, intake);
    };
    let mut line = before + 1;
    let mut at = 0;
    for element in elements {
        // An element's line is that of its first byte, not of the comma before it.
        let start = element.end - bytes[element.clone()].trim_ascii_start().len();
        line += line_ends(&bytes[at..start]);
        at = start;
        value(&bytes[start..element.end], line, intake)?;
    }
    line += line_ends(&bytes[at..end]);
    crlf_lines(&bytes[end..], line - 1, intake)
}

/// Lines of a block that may hold several ends of any kind.
fn crlf_lines(bytes: &[u8], before: usize, intake: &mut Intake) -> Result<(), Error> {
    let mut line = before;
    for block in bytes.split_inclusive(|b| *b == b'\n') {
        line += lines(block, line, intake)?;
    }
    Ok(())
}

/// Bounds of the elements of the array that begins at the first `[`, and the end of the array; none where it is not closed.
/// Only brackets and strings are looked at: what the elements are is seen later.
fn elements(bytes: &[u8]) -> Option<(Vec<Range<usize>>, usize)> {
    let open = bytes.iter().position(|b| *b == b'[')?;
    let (mut out, mut start, mut depth) = (Vec::new(), open + 1, 0usize);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in bytes.iter().enumerate().skip(open + 1) {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => depth += 1,
            b',' if depth == 0 => {
                out.push(start..at);
                start = at + 1;
            }
            b']' if depth == 0 => {
                if !out.is_empty() || !bytes[start..at].trim_ascii().is_empty() {
                    out.push(start..at);
                }
                return Some((out, at + 1));
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// One row.
fn value(bytes: &[u8], line: usize, intake: &mut Intake) -> Result<(), Error> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let at = e.valid_up_to() + 1;
            return intake.bad(line, format!("invalid UTF-8 at byte {at} of the line"));
        }
    };
    match serde_json::from_str(text) {
        Ok(Value::Object(row)) => article(row, line, intake),
        Ok(_) => intake.bad(
            line,
            "expected a JSON object with \"source\" and \"text\", such as {\"source\": \"...\", \"text\": \"...\"}",
        ),
        Err(e) => {
            let message = e.to_string();
            let what = message.rsplit_once(" at line ").map_or(&*message, |m| m.0);
            let message = format!("invalid JSON at column {}: {what}", e.column());
            intake.bad(line + e.line().saturating_sub(1), message)
        }
    }
}

fn article(mut row: Row, line: usize, intake: &mut Intake) -> Result<(), Error> {
    let mut metadata = BTreeMap::new();
    for (field, alias) in ALIASES {
        let Some(other) = row.remove(alias) else {
            continue;
        };
        if row.get(field).is_none_or(is_void) {
            row.insert(field.to_owned(), other);
        } else if row.get(field) != Some(&other) && !is_void(&other) {
            metadata.insert(format!("other_{alias}"), other);
        }
    }
    let mut strings = [
        ("text", None),
        ("source", None),
        ("id", None),
        ("title", None),
        ("url", None),
    ];
    for (field, slot) in &mut strings {
        *slot = match row.remove(*field) {
            None | Some(Value::Null) => None,
            Some(Value::String(s)) => Some(s),
            // Ids and headlines such as 1984 come as numbers.
            Some(Value::Number(n)) if !matches!(*field, "text" | "source") => Some(n.to_string()),
            Some(other) => {
                let message = format!("{field:?} is {}: expected a string", kind(&other));
                return intake.bad(line, message);
            }
        };
        if *field != "text" && slot.as_ref().is_some_and(|s| s.trim().is_empty()) {
            *slot = None;
        }
    }
    let [text, source, id, title, url] = strings.map(|(_, value)| value);
    let text = match text {
        None => return intake.bad(line, "no text: expected a field \"text\" (or \"content\")"),
        Some(text) if text.trim().is_empty() => return intake.bad(line, "the text is empty"),
        Some(text) => text,
    };
    let source = match source {
        Some(source) => source,
        None => {
            let made = url
                .as_deref()
                .and_then(host)
                .unwrap_or("unknown")
                .to_owned();
            let message =
                format!("no source: expected a field \"source\" (or \"domain\"); called {made:?}");
            intake.bad(line, message)?;
            made
        }
    };
    let published = match row.remove("published") {
        Some(value) if !is_void(&value) => {
            let day = day::of_value(&value);
            if day.is_none() {
                let shown = excerpt(&value.to_string());
                let message = format!(
                    "unreadable date {shown}: expected one such as \"2023-02-28\"; the article counts as undated"
                );
                intake.warn(Some(line), message);
                metadata.insert("other_published".to_owned(), value);
            }
            day
        }
        _ => {
            intake.warn(Some(line), "no date: the article counts as undated");
            None
        }
    };
    let language = match row.remove("language") {
        Some(Value::String(tag)) if !tag.trim().is_empty() => Some(tag),
        Some(other) if !is_void(&other) => {
            metadata.insert("other_language".to_owned(), other);
            None
        }
        _ => None,
    };
    metadata.extend(row);
    let article = Article {
        id,
        source,
        title,
        url,
        language,
        published,
        text,
        metadata,
    };
    intake.take(article, line)
}

fn is_void(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|s| s.trim().is_empty())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The host of an address, without 'www.'.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
