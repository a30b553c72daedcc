//! Text as a search compares it: small letters without accents.

use alloc::string::String;

/// `text` in small letters, without the accents of Latin script.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().map(small) {
        match plain(letter) {
            Some(plain) => out.push_str(plain),
            None => out.push(letter),
        }
    }
    out
}

/// The small letter of a capital in Latin, Greek and Cyrillic script. The standard library knows all scripts, at the price of tables that are
/// larger than this page's state.
fn small(letter: char) -> char {
    let shifted = |by: u32| char::from_u32(u32::from(letter) + by).unwrap_or(letter);
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        '×' => letter,
        'À'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => shifted(32),
        'Ѐ'..='Џ' => shifted(80),
        'Ÿ' => 'ÿ',
        'İ' => 'i',
        // In this part of the table capitals have even numbers, and odd ones in the next.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ș'..='ț' if u32::from(letter) % 2 == 0 => shifted(1),
        'Ĺ'..='ň' | 'Ź'..='ž' if u32::from(letter) % 2 == 1 => shifted(1),
        _ => letter,
    }
}

/// The letters without accent for one with an accent; the empty text for an accent that stands by itself.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ț' | 'ť' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        '’' | '‘' => "'",
        '\u{0300}'..='\u{036f}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::{fold, small};

    #[test]
    fn accents_and_capitals_make_no_difference() {
        assert_eq!(fold("Één Coördinator"), "een coordinator");
        assert_eq!(fold("e\u{0301}e\u{0301}n"), "een");
        assert_eq!(fold("Łódź, Straße, Ĳsclub"), "lodz, strasse, ijsclub");
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(fold("Ελλάδα СПОРТ"), "ελλάδα спорт");
        assert_eq!(fold("空手"), "空手");
    }

    #[test]
    fn capitals_become_small_as_the_standard_library_says() {
        for letter in ('\u{41}'..='\u{17f}')
            .chain('Α'..='Ρ')
            .chain('Σ'..='Ω')
            .chain('Ѐ'..='я')
            .filter(|letter| *letter != 'İ')
        {
            assert_eq!(letter.to_lowercase().to_string(), small(letter).to_string());
        }
    }
}
