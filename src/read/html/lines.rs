//! The text of a page's elements, one line for each paragraph.

use dom_query::{Document, NodeRef};

/// Elements within a line of text; any other begins and ends one.
const INLINE: [&str; 39] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "nobr", "ruby", "rt", "rp", "output",
];
/// Elements that hold nothing to read.
const SILENT: [&str; 15] = [
    "audio", "button", "canvas", "head", "iframe", "math", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "video",
];

/// The text under a node: spaces as a browser shows them, a line for each paragraph, heading, item or cell.
pub(super) fn of(root: NodeRef<'_>) -> String {
    // Steps still to do, the next one last; `None` ends a line. A page may be nested too deep for recursion.
    let mut steps = vec![Some(root)];
    let (mut text, mut space) = (String::new(), false);
    while let Some(step) = steps.pop() {
        let Some(node) = step else {
            end_line(&mut text, &mut space);
            continue;
        };
        if node.is_text() {
            for c in node.text().chars() {
                if c.is_whitespace() {
                    space = true;
                    continue;
                }
                if space && !text.is_empty() && !text.ends_with('\n') {
                    text.push(' ');
                }
                space = false;
                text.push(c);
            }
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if SILENT.contains(&&*name) {
            continue;
        }
        if node.is_element() && !INLINE.contains(&&*name) {
            end_line(&mut text, &mut space);
            steps.push(None);
        }
        steps.extend(node.children_it(true).map(Some));
    }
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String, space: &mut bool) {
    *space = false;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// The text of a value that may be written in HTML, such as `Fish &amp; chips`.
pub(super) fn of_value(value: &str) -> String {
    if value.contains('<') || value.contains('&') {
        return of(Document::fragment(value).root());
    }
    let lines = value.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a node has descendants below a depth.
pub(super) fn deeper_than(root: NodeRef<'_>, depth: usize) -> bool {
    let mut left = vec![(root, 0)];
    while let Some((node, above)) = left.pop() {
        if above > depth {
            return true;
        }
        left.extend(node.children_it(true).map(|child| (child, above + 1)));
    }
    false
}
