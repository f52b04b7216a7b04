//! The crate's one error type. Knows nothing else of the crate.

use std::path::{Path, PathBuf};

/// What went wrong, for programs that act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or stream could not be read or written.
    Io,
    /// A line or file is not of the documented form.
    Format,
    /// Two different articles carry the same id.
    ClashingId,
    /// An id that this graph never issued.
    UnknownId,
    /// A value outside its documented range, such as a threshold above one.
    InvalidValue,
    /// A progress callback asked to stop.
    Stopped,
}

/// An opaque error: ask [`Error::kind`] what it is, print it for a person.
///
/// Messages are lower case, name the offending value and say what was expected; where an input file is at fault, they
/// begin with `file:line:`.
#[derive(Debug, thiserror::Error)]
#[error("{}{message}", Place(.file, .line))]
pub struct Error {
    kind: ErrorKind,
    message: String,
    file: Option<PathBuf>,
    line: Option<usize>,
    #[source]
    source: Option<std::io::Error>,
}

struct Place<'a>(&'a Option<PathBuf>, &'a Option<usize>);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(file) = self.0 {
            write!(f, "{}:", file.display())?;
        }
        if let Some(line) = self.1 {
            write!(f, "{line}:")?;
        }
        if self.0.is_some() || self.1.is_some() {
            f.write_str(" ")
        } else {
            Ok(())
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            file: None,
            line: None,
            source: None,
        }
    }

    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self {
            kind: ErrorKind::Io,
            message: source.to_string(),
            file: Some(path.to_owned()),
            line: None,
            source: Some(source),
        }
    }

    pub(crate) fn at(mut self, file: Option<&Path>, line: usize) -> Self {
        self.file = file.map(Path::to_owned);
        self.line = Some(line);
        self
    }

    /// The same, of a file that has no lines or as a whole is at fault.
    #[cfg(feature = "onnx")]
    pub(crate) fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The input file at fault, if one is.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The line at fault, counted from one, if one is.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}
