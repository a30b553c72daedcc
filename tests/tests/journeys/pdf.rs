//! The words of a PDF as a browser writes it: fonts with numbers of their own, and tables that say which letters these are.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Which letters a font's numbers are.
struct Letters {
    /// Bytes of a number.
    width: usize,
    letters: BTreeMap<u32, String>,
}

/// All words, page after page, without the spaces between them, which a PDF sets as it likes.
///
/// # Errors
/// It is no PDF, or not of this kind.
pub(crate) fn words_of(pdf: &[u8]) -> Result<String> {
    let document = Document::load_mem(pdf)?;
    let mut words = String::new();
    for page in document.get_pages().into_values() {
        words.push_str(&page_words(&document, page)?);
    }
    ensure!(!words.is_empty(), "no words");
    Ok(words.split_whitespace().collect())
}

fn page_words(document: &Document, page: ObjectId) -> Result<String> {
    let mut fonts = BTreeMap::new();
    for (name, font) in document.get_page_fonts(page)? {
        fonts.insert(name, letters_of(document, font)?);
    }
    let (mut words, mut font) = (String::new(), None);
    for operation in Content::decode(&document.get_page_content(page))?.operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation.operands.first().context("a font has a name")?;
                font = fonts.get(name.as_name()?);
            }
            "Tj" | "TJ" => {
                let font = font.context("text without a font")?;
                for operand in &operation.operands {
                    font.read(operand, &mut words);
                }
            }
            _ => {}
        }
    }
    Ok(words)
}

/// The table beside a font.
fn letters_of(document: &Document, font: &Dictionary) -> Result<Letters> {
    let wide = font.get(b"Subtype")?.as_name()? == b"Type0";
    let table = document.dereference(font.get(b"ToUnicode")?)?.1;
    let table = table.as_stream()?.decompressed_content()?;
    let table = String::from_utf8_lossy(&table).into_owned();
    let mut letters = BTreeMap::new();
    let mut rest = table.as_str();
    while let Some((_, from)) = rest.split_once("beginbf") {
        let range = from.starts_with("range");
        let (lines, after) = from.split_once("endbf").context("a list that ends")?;
        let numbers: Vec<&str> = lines
            .split('<')
            .skip(1)
            .filter_map(|part| Some(part.split_once('>')?.0))
            .collect();
        for entry in numbers.chunks(if range { 3 } else { 2 }) {
            add(&mut letters, entry)?;
        }
        rest = after;
    }
    Ok(Letters {
        width: if wide { 2 } else { 1 },
        letters,
    })
}

/// One line of the table: a number or a range of them, and the first letter.
fn add(letters: &mut BTreeMap<u32, String>, entry: &[&str]) -> Result<()> {
    let number = |digits: &str| u32::from_str_radix(digits, 16);
    let (first, last, letter) = match entry {
        [code, letter] => (number(code)?, number(code)?, *letter),
        [first, last, letter] => (number(first)?, number(last)?, *letter),
        _ => return Ok(()),
    };
    let units = letter.as_bytes().chunks(4).map(|unit| {
        let unit = std::str::from_utf8(unit)?;
        Ok(u16::from_str_radix(unit, 16)?)
    });
    let units = units.collect::<Result<Vec<u16>>>()?;
    for (step, code) in (0..).zip(first..=last) {
        let mut own = units.clone();
        if let Some(end) = own.last_mut() {
            *end = end.wrapping_add(step);
        }
        letters.insert(code, String::from_utf16_lossy(&own));
    }
    Ok(())
}

impl Letters {
    fn read(&self, shown: &Object, words: &mut String) {
        match shown {
            Object::String(bytes, _) => {
                for code in bytes.chunks(self.width) {
                    let code = code.iter().fold(0, |all, byte| all << 8 | u32::from(*byte));
                    words.push_str(self.letters.get(&code).map_or("", String::as_str));
                }
            }
            Object::Array(parts) => parts.iter().for_each(|part| self.read(part, words)),
            _ => {}
        }
    }
}
