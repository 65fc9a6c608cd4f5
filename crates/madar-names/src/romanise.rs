//! A readable Latin form of a name, for a page where nothing better is known.
//!
//! "Кирилл Дмитриев" becomes "Kirill Dmitriev", "معمر القذافي" "Mamr al-Qdhafi": Arabic does not
//! write its short vowels, and this does not guess them. Not for comparing: sounds do that.

use crate::fold::clean;
use crate::script::Script;

/// Writes a name in Latin letters, word by word, each with a capital. Latin words stay as they are.
///
/// ```
/// use madar_names::romanise;
/// assert_eq!(romanise("Геннадий Тимченко"), "Gennadiy Timchenko");
/// assert_eq!(romanise("روسنفت"), "Rwsnft".replace('w', "u"));
/// assert_eq!(romanise("Steve Witkoff"), "Steve Witkoff");
/// ```
pub fn romanise(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| match Script::of(word) {
            Script::Cyrillic => {
                capital(&clean(word).text.chars().map(cyrillic).collect::<String>())
            }
            Script::Arabic => arabic_word(&clean(word).text),
            Script::Latin | Script::Other => word.to_owned(),
        })
        .collect();
    words.join(" ")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// BGN/PCGN as newspapers simplify it.
fn cyrillic(c: char) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' => "i",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        ' ' => " ",
        _ => "",
    }
}

fn arabic_word(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let (article, core) = match letters.as_slice() {
        ['ا', 'ل', core @ ..] if core.len() >= 3 => ("al-", core),
        all => ("", all),
    };
    let mut out = String::new();
    for (i, &c) in core.iter().enumerate() {
        let before_vowel = core
            .get(i + 1)
            .is_some_and(|n| matches!(n, 'ا' | 'و' | 'ي' | 'آ'));
        let at_start = i == 0;
        out.push_str(match c {
            'و' if at_start => "w",
            'و' => "u",
            'ي' if at_start || (before_vowel && i + 1 < core.len()) => "y",
            'ي' | 'ئ' => "i",
            c => arabic(c),
        });
    }
    format!("{article}{}", capital(&out))
}

fn arabic(c: char) -> &'static str {
    match c {
        'ا' | 'آ' | 'ع' | 'ة' | 'ى' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' => "q",
        'ك' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'ؤ' => "u",
        ' ' => " ",
        _ => "",
    }
}
