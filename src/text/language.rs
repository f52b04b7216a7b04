//! Which language a text is in, by its script and its most frequent trigrams (the crate whatlang).

use whatlang::Lang;

/// Bytes of text that are looked at.
const ENOUGH: usize = 1_000;
/// Of less text the language cannot be told: 'Fire kills five' would be Turkish.
const LEAST: usize = 200;
/// A menu and the like is in shorter lines than this, and need not be in the language of the story.
const PARAGRAPH: usize = 60;

/// The ISO 639-1 codes of the languages that can be told, beside the 639-3 codes that whatlang knows them by.
const CODES: &str = "epo eo eng en rus ru cmn zh spa es por pt ita it ben bn fra fr deu de ukr uk kat ka ara ar hin hi jpn ja heb he \
    yid yi pol pl amh am jav jv kor ko nob nb dan da swe sv fin fi tur tr nld nl hun hu ces cs ell el bul bg bel be mar mr kan kn \
    ron ro slv sl hrv hr srp sr mkd mk lit lt lav lv est et tam ta vie vi urd ur tha th guj gu uzb uz pan pa aze az ind id tel te \
    pes fa mal ml ori or mya my nep ne sin si khm km tuk tk aka ak zul zu sna sn afr af lat la slk sk cat ca tgl tl hye hy cym cy";

/// The language of a text as an ISO 639-1 code, from its first thousand bytes; none where the text is short or mixed.
///
/// ```
/// use claimgraph::text::language;
/// let text = "Le port de Belport a été fermé lundi après la découverte d'une fissure dans le quai. Personne n'a été blessé, et aucun \
///     navire ne se trouvait à quai. Les travaux dureront trois semaines, selon le conseil municipal de la ville.";
/// assert_eq!(language(text), Some("fr"));
/// assert_eq!(language("Fire kills five."), None);
/// ```
pub fn language(text: &str) -> Option<&'static str> {
    let mut sample = String::new();
    for line in text.lines().filter(|l| l.trim().len() >= PARAGRAPH) {
        let room = ENOUGH.saturating_sub(sample.len());
        // A letter that is cut in two is left out.
        let end = (0..=room.min(line.len())).rfind(|at| line.is_char_boundary(*at));
        sample.push_str(&line[..end.unwrap_or(0)]);
        sample.push('\n');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    if sample.len() < LEAST {
        return None;
    }
    if reads_as_english(&sample) {
        return Some("en");
    }
    let found = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    code(found.lang())
}

/// Whether the words that English has most of are frequent in a text. They are an eighth of English news and hardly ever met in
/// any other language; to weigh trigrams takes as long as a whole article does otherwise.
fn reads_as_english(text: &str) -> bool {
    let (mut words, mut found, mut articles) = (0, 0, 0);
    for word in text.split_ascii_whitespace() {
        words += 1;
        match word.as_bytes() {
            b"the" => articles += 1,
            b"of" | b"and" | b"to" => found += 1,
            _ => {}
        }
    }
    100 * articles >= 2 * words && 100 * found >= 4 * words
}

fn code(language: Lang) -> Option<&'static str> {
    let mut codes = CODES.split_whitespace();
    codes.find(|c| *c == language.code())?;
    codes.next()
}

/// Whether a BCP 47 tag or an ISO code names English.
pub fn is_english(tag: &str) -> bool {
    let main = tag.trim().split(['-', '_']).next().unwrap_or_default();
    ["en", "eng", "english"]
        .iter()
        .any(|name| main.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_short_code() {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        assert_eq!(codes.len(), 2 * Lang::all().len());
        for language in Lang::all() {
            assert_eq!(code(*language).map(str::len), Some(2), "{language}");
        }
        assert_eq!((code(Lang::Eng), code(Lang::Cym)), (Some("en"), Some("cy")));
    }

    #[test]
    fn tags_of_english() {
        for tag in ["en", "EN", "en-GB", "en_US", "eng", "English", " en "] {
            assert!(is_english(tag), "{tag}");
        }
        for tag in ["", "fr", "enm", "es-en", "-"] {
            assert!(!is_english(tag), "{tag}");
        }
    }

    #[test]
    fn the_story_counts_and_not_the_menu_around_it() {
        let menu = "Головна\nНовини\nСпорт\nПогода\n".repeat(60);
        let story = "The harbour of Belport was closed on Monday after a crack was found in the quay, the harbour master said. \
            Nobody was hurt, and no ship was at the quay. Repairs will take three weeks, according to the council of the town.";
        assert_eq!(language(&format!("{menu}{story}\n{menu}")), Some("en"));
        assert_eq!(language(&menu), None);
        assert_eq!(language(&"é".repeat(5_000)), language(&"é".repeat(2_000)));
    }
}
