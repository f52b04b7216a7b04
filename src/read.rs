//! Articles from JSON Lines, plain text files, web pages and folders of them.
//!
//! Knows the forms that articles come in and how these go wrong. Must not know what becomes of an article: nothing here
//! looks for claims. Reading never rewrites a text; byte offsets into it hold for the input's own string.

mod day;
mod folder;
#[cfg(feature = "html")]
mod html;
mod json_lines;
mod plain;

use crate::error::{Error, ErrorKind};
use crate::model::Article;
use rustc_hash::FxHashMap;
use std::fmt;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Reads articles from files, folders, streams and strings.
///
/// A line that cannot be read (no JSON, no text, not UTF-8, a field of the wrong type) becomes a [`Warning`] and the
/// others go on, unless [`strict`](Reader::strict). These are never errors, strict or not: a missing or unreadable date
/// (the article counts as undated) and an article that comes twice (the second is ignored); both are warned of. Two
/// different texts under one id are always an error.
///
/// ```
/// use claimgraph::read::Reader;
///
/// let lines = r#"{"source": "Channel 24", "date": "28 February 2023", "content": "He landed in Beijing.", "section": "world"}
/// {"source": "Channel 24", "date": "2023-02-28"}"#;
/// let reading = Reader::default().json_lines(lines.as_bytes(), "visit.jsonl")?;
/// assert_eq!(reading.articles[0].published.unwrap().to_string(), "2023-02-28");
/// assert_eq!(reading.articles[0].metadata["section"], "world");
/// assert_eq!(reading.warnings[0].to_string(), "visit.jsonl:2: no text: expected a field \"text\" (or \"content\")");
/// # Ok::<(), claimgraph::Error>(())
/// ```
#[must_use]
#[derive(Debug, Clone, Default)]
pub struct Reader {
    strict: bool,
}

/// What was read, in the order of the input.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collection {
    /// The articles. Their ids are as given; where one has none, [`Article::id_or_made`] makes it.
    pub articles: Vec<Article>,
    /// What was passed over or is missing.
    pub warnings: Vec<Warning>,
}

/// Something about the input that a person should know; prints as `file:line: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file, or the name given to a stream or string.
    pub file: PathBuf,
    /// The line, counted from one; none where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong and what becomes of it, in lower case.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl Reader {
    /// Whether the first line that cannot be read is an error that ends the reading. Default: no, it becomes a warning.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Reads a file or a folder.
    ///
    /// By suffix, in either case: `.jsonl`, `.ndjson` and `.json` are JSON Lines or one JSON array, `.txt` is one article
    /// (see [`plain`](Reader::plain)), `.html` one article on a web page (feature `html`; see `Article::from_html`), and each may have
    /// `.gz` after it (feature `gzip`). A file without any suffix is read
    /// as JSON Lines. Of a folder, files are read in the order of their names, its subfolders too; what begins with a dot
    /// is left alone, an unknown suffix is passed over with a warning.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where a file cannot be opened, read or unpacked, or one is met that needs a feature which is not on (of a file in a
    /// folder only if strict, else a warning);
    /// [`ErrorKind::Format`] for an unknown suffix of a file that was named itself, and, if strict, for the first bad line;
    /// [`ErrorKind::ClashingId`] for two different texts under one id.
    pub fn path(&self, path: impl AsRef<Path>) -> Result<Collection, Error> {
        self.paths([path])
    }

    /// Reads several files or folders as [`path`](Reader::path) does, as one collection: an article that comes twice is
    /// noticed across them.
    ///
    /// # Errors
    /// Those of [`path`](Reader::path).
    pub fn paths(
        &self,
        paths: impl IntoIterator<Item = impl AsRef<Path>>,
    ) -> Result<Collection, Error> {
        let mut intake = Intake::new(self.strict);
        for path in paths {
            folder::read(path.as_ref(), &mut intake)?;
        }
        Ok(intake.reading)
    }

    /// Reads JSON Lines, or one JSON array, from a stream; `name` stands for the file in messages.
    ///
    /// A row is `{"id"?, "source", "title"?, "url"?, "language"?, "published"?, "text"}`; `domain`, `lang`, `date` and `content` do
    /// for `source`, `language`, `published` and `text`. Further fields are kept as metadata. An alias beside the field itself, and a date
    /// or language that cannot be read, are kept there too, under their name with `other_` before it. Dates may be
    /// `2023-02-28` with or without a time, `28 February 2023`, `February 28, 2023`, as in an e-mail's header, or Unix
    /// seconds. Lines end in LF, CRLF or CR; blank ones are skipped; a byte order mark is allowed. Memory: one line (of
    /// any length) beyond what is returned; an array is held whole.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the stream cannot be read; the others of [`path`](Reader::path).
    pub fn json_lines(&self, stream: impl BufRead, name: &str) -> Result<Collection, Error> {
        let mut intake = Intake::new(self.strict);
        intake.enter(Path::new(name));
        json_lines::read(stream, &mut intake)?;
        Ok(intake.reading)
    }

    /// Reads one article from plain text; `name` is the file's name.
    ///
    /// The first line that is not blank is the title if it looks like one: not longer than 200 characters, without a full
    /// stop at its end, and with text after it. The source is the name without folder and suffix, or 'unknown'; a date
    /// before it (`2023-02-28 Channel 24.txt`) is the day of publication.
    ///
    /// # Errors
    /// If strict, [`ErrorKind::Format`] where there is no text.
    pub fn plain(&self, text: &str, name: &str) -> Result<Collection, Error> {
        let mut intake = Intake::new(self.strict);
        intake.enter(Path::new(name));
        plain::read(text.as_bytes(), &mut intake)?;
        Ok(intake.reading)
    }
}

/// Collects what the readers of single forms find, and applies the rules that hold for all of them.
struct Intake {
    strict: bool,
    reading: Collection,
    file: Rc<Path>,
    /// Index of the article that has an id, and where it was read.
    seen: FxHashMap<String, (usize, Rc<Path>, usize)>,
}

impl Intake {
    fn new(strict: bool) -> Self {
        Self {
            strict,
            reading: Collection::default(),
            file: Path::new("").into(),
            seen: FxHashMap::default(),
        }
    }

    /// From here on, lines are those of this file.
    fn enter(&mut self, file: &Path) {
        self.file = file.into();
    }

    /// Something to know that costs no article.
    fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.reading.warnings.push(Warning {
            file: self.file.to_path_buf(),
            line,
            message: message.into(),
        });
    }

    /// Input that is not of the documented form: an error if strict, else a warning.
    fn bad(&mut self, line: usize, message: impl Into<String>) -> Result<(), Error> {
        if self.strict {
            return Err(Error::new(ErrorKind::Format, message).at(Some(&self.file), line));
        }
        self.warn(Some(line), message);
        Ok(())
    }

    fn take(&mut self, article: Article, line: usize) -> Result<(), Error> {
        let id = article.id_or_made();
        if let Some((index, file, first)) = self.seen.get(&id) {
            let place = format!("{}:{first}", file.display());
            if self.reading.articles[*index].text != article.text {
                let message = format!(
                    "id {:?} belongs to another text, at {place}: expected one id for one text",
                    excerpt(&id)
                );
                return Err(Error::new(ErrorKind::ClashingId, message).at(Some(&self.file), line));
            }
            let message = format!(
                "article {:?} was read before, at {place}: ignored",
                excerpt(&id)
            );
            self.warn(Some(line), message);
            return Ok(());
        }
        self.seen
            .insert(id, (self.reading.articles.len(), self.file.clone(), line));
        self.reading.articles.push(article);
        Ok(())
    }
}

/// The beginning of a value, short enough for a message.
fn excerpt(value: &str) -> String {
    match value.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &value[..end]),
        None => value.to_owned(),
    }
}

/// How many lines end in these bytes: at LF, CRLF or CR.
fn line_ends(bytes: &[u8]) -> usize {
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|&x| ends(x)).count()
}
