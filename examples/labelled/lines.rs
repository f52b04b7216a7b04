//! JSON Lines from a stream, row by row: a bad row becomes a warning, or ends the program where it is strict.

use serde_json::Value;
use std::error::Error;
use std::io::BufRead;

/// Calls `take` with every row that can be read and its line number. What `take` finds wrong counts as a bad row too.
pub(crate) fn each(
    program: &str,
    name: &str,
    strict: bool,
    mut stream: impl BufRead,
    mut take: impl FnMut(Value) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut line = Vec::new();
    for at in 1.. {
        line.clear();
        if stream.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = serde_json::from_slice::<Value>(&line)
            .map_err(|e| format!("expected a JSON object: {e}").into());
        match row.and_then(&mut take) {
            Ok(()) => {}
            // The stream that is written to has ended: nobody reads on.
            Err(e) if e.is::<std::io::Error>() => return Err(e),
            Err(e) if strict => return Err(format!("{name}:{at}: {e}").into()),
            Err(e) => eprintln!("{program}: {name}:{at}: {e}; left out"),
        }
    }
    Ok(())
}

/// Success where a program only ended because nobody reads what it writes.
pub(crate) fn unless_pipe_closed(done: Result<(), Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    match done {
        Err(e) => match e.downcast::<std::io::Error>() {
            Ok(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Ok(e) => Err(e),
            Err(e) => Err(e),
        },
        done => done,
    }
}
