//! How alike two short strings are, letter by letter. Allocates nothing for strings of usual length.

/// Characters up to which [`jaro_winkler`] keeps its marks in two numbers.
const SHORT: usize = 128;

/// The Jaro-Winkler similarity of two strings, 0 to 1; the same to the last bit as that of the crate `strsim`, which it asks about
/// long strings.
pub(crate) fn jaro_winkler(a: &str, b: &str) -> f64 {
    let (of_a, of_b) = (a.chars().count(), b.chars().count());
    if of_a.max(of_b) > SHORT || of_a.min(of_b) == 0 {
        return strsim::jaro_winkler(a, b);
    }
    let jaro = jaro(a, b, of_a, of_b);
    if jaro <= 0.7 {
        return jaro;
    }
    let begin = a.chars().zip(b.chars()).take(4);
    let common = begin.take_while(|(x, y)| x == y).count();
    jaro + 0.1 * common as f64 * (1.0 - jaro)
}

fn jaro(a: &str, b: &str, of_a: usize, of_b: usize) -> f64 {
    let reach = (of_a.max(of_b) / 2).saturating_sub(1);
    // One bit a character that has met its like.
    let (mut met_a, mut met_b) = (0u128, 0u128);
    for (i, x) in a.chars().enumerate() {
        let near = b.chars().enumerate().take(i + reach + 1);
        let like = |(j, y): &(usize, char)| x == *y && met_b & 1 << j == 0;
        if let Some((j, _)) = near.skip(i.saturating_sub(reach)).find(like) {
            met_a |= 1 << i;
            met_b |= 1 << j;
        }
    }
    let both = marked(a, met_a).zip(marked(b, met_b));
    let moved = both.filter(|(x, y)| x != y);
    let (matches, moved) = (met_a.count_ones() as usize, moved.count() / 2);
    if matches == 0 {
        return 0.0;
    }
    let share = |part: usize, of: usize| part as f64 / of as f64;
    (share(matches, of_a) + share(matches, of_b) + share(matches - moved, matches)) / 3.0
}

/// The characters of the marked places.
fn marked(text: &str, marks: u128) -> impl Iterator<Item = char> {
    let all = text.chars().enumerate();
    all.filter(move |(at, _)| marks & 1 << at != 0)
        .map(|(_, c)| c)
}

/// Whether one letter more, less or other, or two neighbours exchanged, makes one string of the other; or nothing need be done.
pub(crate) fn one_edit(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    let common: usize = common.map(|(x, _)| x.len_utf8()).sum();
    let (mut rest_a, mut rest_b) = (a[common..].chars(), b[common..].chars());
    let (all_a, all_b) = (rest_a.as_str(), rest_b.as_str());
    let (x, y) = (rest_a.next(), rest_b.next());
    let (less_a, less_b) = (rest_a.as_str(), rest_b.as_str());
    let exchanged = || rest_a.next() == y && rest_b.next() == x && rest_a.eq(rest_b);
    less_a == less_b || all_a == less_b || less_a == all_b || exchanged()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_edit_is_a_letter_or_an_exchange() {
        for (a, b) in [
            ("", ""),
            ("holt", "holt"),
            ("holt", "hol"),
            ("holt", "hölt"),
        ] {
            assert!(one_edit(a, b) && one_edit(b, a), "{a} {b}");
        }
        assert!(one_edit("marek", "maerk"));
        assert!(!one_edit("marek", "mearkk"));
        assert!(!one_edit("holt", "ho"));
    }

    proptest! {
        #[test]
        fn both_are_what_strsim_says(a in "[abcö]{0,9}", b in "[abcö]{0,9}") {
            let wanted = strsim::jaro_winkler(&a, &b);
            prop_assert_eq!(jaro_winkler(&a, &b).to_bits(), wanted.to_bits());
            prop_assert_eq!(one_edit(&a, &b), strsim::osa_distance(&a, &b) <= 1);
        }

        #[test]
        fn long_strings_are_compared_too(a in "[ab]{100,140}", b in "[ab]{100,140}") {
            let wanted = strsim::jaro_winkler(&a, &b);
            prop_assert_eq!(jaro_winkler(&a, &b).to_bits(), wanted.to_bits());
        }
    }
}
