//! One article from a plain text file, and what a file's name says of its article.

use super::{Intake, day, line_ends};
use crate::error::Error;
use crate::model::Article;
use crate::text::Date;
use std::borrow::Cow;
use std::path::Path;

/// A longer first line is a paragraph, not a headline.
const TITLE_CHARS: usize = 200;

/// Said of an article whose file name gives no day.
pub(super) const UNDATED: &str = "no date: the article counts as undated; a file name such as '2023-02-28 Channel 24.txt' gives one";

pub(super) fn read(bytes: &[u8], intake: &mut Intake) -> Result<(), Error> {
    let whole = decoded(bytes, intake)?;
    if whole.trim().is_empty() {
        return intake.bad(1, "no text: expected an article");
    }
    let (title, text) = split_title(&whole);
    let (published, source) = name_parts(&intake.file);
    if published.is_none() {
        intake.warn(Some(1), UNDATED);
    }
    let mut article = Article::new(source, text);
    article.title = title.map(str::to_owned);
    article.published = published;
    intake.take(article, 1)
}

/// A file's text.
pub(super) fn decoded<'b>(bytes: &'b [u8], intake: &mut Intake) -> Result<Cow<'b, str>, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Err(e) = std::str::from_utf8(bytes) {
        let line = line_ends(&bytes[..e.valid_up_to()]) + 1;
        intake.bad(line, "invalid UTF-8: the bad bytes are replaced")?;
    }
    Ok(String::from_utf8_lossy(bytes))
}

/// The headline, if the first line looks like one, and the text after it.
fn split_title(whole: &str) -> (Option<&str>, &str) {
    let from_first = whole.trim_start();
    let end = from_first.find(['\n', '\r']).unwrap_or(from_first.len());
    let (line, rest) = (from_first[..end].trim(), from_first[end..].trim_start());
    let sentence = line.ends_with(['.', '\u{2026}']);
    if rest.is_empty() || sentence || line.chars().nth(TITLE_CHARS).is_some() {
        (None, whole)
    } else {
        (Some(line), rest)
    }
}

/// Day and source from a file's name: '2023-02-28 Channel 24.txt'.
pub(super) fn name_parts(file: &Path) -> (Option<Date>, String) {
    let name = file
        .file_name()
        .map(|n| n.to_string_lossy())
        .unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let unpacked = lower.strip_suffix(".gz").unwrap_or(&lower);
    let ends = [".txt", ".html", ".htm", ".xhtml"];
    let inner = ends.iter().find_map(|end| unpacked.strip_suffix(end));
    let stem = &name[..inner.map_or(name.len(), str::len)];
    let dated = [10, 8].into_iter().find_map(|length| {
        let (head, tail) = stem.split_at_checked(length)?;
        let day = day::of_str(head)?;
        (!tail.starts_with(|c: char| c.is_ascii_digit())).then_some((day, tail))
    });
    let (published, rest) = match dated {
        Some((day, tail)) => (Some(day), tail),
        None => (None, stem),
    };
    let source = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.'));
    let source = if source.is_empty() { "unknown" } else { source };
    (published, source.to_owned())
}
