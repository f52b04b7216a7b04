//! Files and folders: which are read, in what order, and as what.

#[cfg(feature = "html")]
use super::html;
use super::{Intake, json_lines, plain};
use crate::error::{Error, ErrorKind};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const EXPECTED: &str = "expected .jsonl, .ndjson, .json, .txt or .html, each with or without .gz";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    JsonLines,
    Plain,
    Html,
}

/// Reads a file or a folder that was named by the caller.
pub(super) fn read(path: &Path, intake: &mut Intake) -> Result<(), Error> {
    let meta = fs::metadata(path).map_err(|e| Error::io(path, e))?;
    if meta.is_dir() {
        let before = intake.reading.articles.len() + intake.reading.warnings.len();
        folder(path, intake)?;
        if before == intake.reading.articles.len() + intake.reading.warnings.len() {
            intake.enter(path);
            intake.warn(None, format!("no articles here: {EXPECTED}"));
        }
        return Ok(());
    }
    match form(path) {
        Some((form, packed)) => file(path, form, packed, intake),
        // A pipe such as /dev/stdin has no suffix.
        None if path.extension().is_none() => file(path, Form::JsonLines, false, intake),
        None => {
            let message = format!("{}: unknown kind of file: {EXPECTED}", path.display());
            Err(Error::new(ErrorKind::Format, message))
        }
    }
}

fn folder(path: &Path, intake: &mut Intake) -> Result<(), Error> {
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .and_then(|all| all.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| Error::io(path, e))?;
    entries.sort_unstable();
    for entry in entries {
        let hidden = entry
            .file_name()
            .is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        let own = fs::symlink_metadata(&entry).map_err(|e| Error::io(&entry, e))?;
        if own.is_dir() {
            folder(&entry, intake)?;
        } else if own.is_symlink() && entry.is_dir() {
            // Followed, a link to a folder above would never end.
            intake.enter(&entry);
            intake.warn(None, "a link to a folder: passed over");
        } else if let Some((form, packed)) = form(&entry) {
            match file(&entry, form, packed, intake) {
                Err(e) if e.kind() == ErrorKind::Io && !intake.strict => {
                    intake.enter(&entry);
                    intake.warn(None, format!("what could not be read is passed over: {e}"));
                }
                done => done?,
            }
        } else {
            intake.enter(&entry);
            intake.warn(
                None,
                format!("unknown kind of file, passed over: {EXPECTED}"),
            );
        }
    }
    Ok(())
}

/// What a file is by its suffix, and whether it is packed.
fn form(path: &Path) -> Option<(Form, bool)> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let (name, packed) = match name.strip_suffix(".gz") {
        Some(inner) => (inner, true),
        None => (name.as_str(), false),
    };
    let form = match name.rsplit_once('.')?.1 {
        "jsonl" | "ndjson" | "json" => Form::JsonLines,
        "txt" => Form::Plain,
        "html" | "htm" | "xhtml" => Form::Html,
        _ => return None,
    };
    Some((form, packed))
}

fn file(path: &Path, form: Form, packed: bool, intake: &mut Intake) -> Result<(), Error> {
    let plain_file = BufReader::new(File::open(path).map_err(|e| Error::io(path, e))?);
    let stream: Box<dyn BufRead> = if packed {
        unpacked(plain_file, path)?
    } else {
        Box::new(plain_file)
    };
    intake.enter(path);
    match form {
        Form::JsonLines => json_lines::read(stream, intake),
        Form::Plain => plain::read(&whole(stream, path)?, intake),
        #[cfg(feature = "html")]
        Form::Html => html::read(&whole(stream, path)?, intake),
        #[cfg(not(feature = "html"))]
        Form::Html => Err(needs(path, "web pages need the crate's feature `html`")),
    }
}

fn whole(mut stream: impl Read, path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|e| Error::io(path, e))
}

#[cfg(feature = "gzip")]
fn unpacked(stream: BufReader<File>, _path: &Path) -> Result<Box<dyn BufRead>, Error> {
    // Archives are often several gzip members one after the other.
    Ok(Box::new(BufReader::new(
        flate2::bufread::MultiGzDecoder::new(stream),
    )))
}

#[cfg(not(feature = "gzip"))]
fn unpacked(_stream: BufReader<File>, path: &Path) -> Result<Box<dyn BufRead>, Error> {
    Err(needs(path, "packed files need the crate's feature `gzip`"))
}

/// What this build of the crate cannot read.
#[cfg(not(all(feature = "gzip", feature = "html")))]
fn needs(path: &Path, message: &str) -> Error {
    let unsupported = std::io::ErrorKind::Unsupported;
    Error::io(path, std::io::Error::new(unsupported, message))
}
