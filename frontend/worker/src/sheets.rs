//! Recovery sheets at an open desk: printed, split in three, replaced, rehearsed (docs/protocol.md 4.6, 4.7).
//!
//! What is prepared lives here until somebody has typed the words of one of the printed sheets: only then does it count. Nothing of it is
//! written down before that, and no words ever.

use sluis_link::{Answer, Fault, Language, PrintedSheet, Secret, SheetAsk, SheetRead, SheetWork};
use sluis_protocol::engine::{Engine, OfficeError};
use sluis_protocol::sheet::{Share, Sheet};
use zeroize::Zeroizing;

use crate::desk::{Chance, now};
use crate::people::{fault, picture};
use crate::restore::Typed;
use crate::words::lists;

/// What was prepared and waits for a look at what came out of the printer.
#[derive(Default)]
pub(crate) struct Sheets(Option<Prepared>);

struct Prepared {
    work: SheetWork,
    /// The sheet at work; none for a first one.
    old: Option<Sheet>,
    /// The one that was printed.
    sheet: Sheet,
    /// Its parts, when it was split.
    parts: Option<[Share; 3]>,
}

impl Sheets {
    /// Answers what the page asks about sheets.
    pub(crate) fn answer(
        &mut self,
        ask: SheetAsk,
        engine: &mut Engine,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        match ask {
            SheetAsk::Prepare {
                work,
                words,
                split,
                language,
            } => self.prepare(engine, (work, split, language), &words.0, chance),
            SheetAsk::Check(words) => self.check(engine, &words.0).map(Answer::Sheet),
            SheetAsk::Stop => {
                self.0 = None;
                Ok(Answer::Done)
            }
            SheetAsk::Rehearse(words) => rehearse(engine, &words.0).map(Answer::Sheet),
        }
    }

    fn prepare(
        &mut self,
        engine: &Engine,
        (work, split, language): (SheetWork, bool, Language),
        words: &str,
        chance: &mut Chance,
    ) -> Result<Answer, Fault> {
        self.0 = None;
        let old = if work == SheetWork::New {
            None
        } else {
            match Typed::new(words)?.sheet_that(|sheet| engine.sheet_fits(sheet).is_some()) {
                Ok(sheet) => Some(sheet),
                Err(wrong) => return Ok(Answer::Sheet(wrong)),
            }
        };
        let sheet = match (&old, work) {
            (Some(old), SheetWork::Split) => old.again(),
            _ => Sheet::generate(chance),
        };
        let lists = lists()?;
        let list = match language {
            Language::Dutch => &lists.dutch,
            Language::English => &lists.english,
        };
        let parts = (split || work == SheetWork::Split).then(|| sheet.split(chance));
        let printed: Option<Vec<PrintedSheet>> = match &parts {
            None => print(None, &sheet.words(list)).map(|one| vec![one]),
            Some(parts) => {
                let parts = parts.iter().map(|part| {
                    let number = (part.number(), known_by(&part.commitment()));
                    print(Some(number), &part.words(list))
                });
                parts.collect()
            }
        };
        let printed = printed.ok_or(Fault::Internal)?;
        self.0 = Some(Prepared {
            work,
            old,
            sheet,
            parts,
        });
        Ok(Answer::Printed(printed))
    }

    /// What was prepared counts once one of the printed sheets has been typed.
    fn check(&mut self, engine: &mut Engine, words: &str) -> Result<SheetRead, Fault> {
        let prepared = self.0.as_ref().ok_or(Fault::InvitationOver)?;
        let typed = Typed::new(words)?;
        let read = match &prepared.parts {
            Some(parts) => typed
                .part_that(|part| {
                    let mut printed = parts.iter();
                    printed.any(|one| one.commitment() == part.commitment())
                })
                .map(|part| SheetRead::Part(part.number(), String::new())),
            None => typed
                .sheet_that(|sheet| same(sheet, &prepared.sheet))
                .map(|_| fits(String::new())),
        };
        if read.is_ok()
            && let Some(prepared) = self.0.take()
        {
            prepared.counts(engine).map_err(fault)?;
        }
        Ok(read.unwrap_or_else(|wrong| wrong))
    }
}

impl Prepared {
    fn counts(&self, engine: &mut Engine) -> Result<(), OfficeError> {
        match (&self.old, self.work) {
            (Some(old), SheetWork::Replace) => engine.replace_sheet(old, &self.sheet, now())?,
            (None, _) => engine.add_sheet(&self.sheet, now())?,
            (Some(_), _) => {}
        }
        match &self.parts {
            Some(parts) => engine.promise_shares(&self.sheet, parts, now()),
            None => Ok(()),
        }
    }
}

/// Whether the words are those of a sheet at work or of a part of one, and whose.
fn rehearse(engine: &Engine, words: &str) -> Result<SheetRead, Fault> {
    let typed = Typed::new(words)?;
    let part = typed.part_that(|part| engine.share_fits(part).is_some());
    let wrong = match part {
        Ok(part) => {
            let whose = engine.share_fits(&part);
            let name = whose.map(|member| engine.name_of(&member));
            return Ok(SheetRead::Part(part.number(), name.unwrap_or_default()));
        }
        Err(wrong) => wrong,
    };
    Ok(
        match typed.sheet_that(|sheet| engine.sheet_fits(sheet).is_some()) {
            Ok(sheet) => {
                let whose = engine.sheet_fits(&sheet);
                fits(
                    whose
                        .map(|member| engine.name_of(&member))
                        .unwrap_or_default(),
                )
            }
            // What is known of a part says more than that it is no whole sheet.
            Err(SheetRead::OneShare | SheetRead::Mistaken) => wrong,
            Err(other) => match wrong {
                SheetRead::Wrong(_) => wrong,
                _ => other,
            },
        },
    )
}

/// One sheet or part as it is printed.
fn print(part: Option<(u8, u16)>, words: &[Zeroizing<String>]) -> Option<PrintedSheet> {
    let mut text = Zeroizing::new(String::new());
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        // Capitals take five and a half bits each.
        text.push_str(&word.to_uppercase());
    }
    Some(PrintedSheet {
        part,
        words: words
            .iter()
            .map(|word| Secret(word.as_str().into()))
            .collect(),
        picture: picture(&text)?,
    })
}

/// Whether two sheets are the same one.
fn same(one: &Sheet, other: &Sheet) -> bool {
    one.root().verifying_key() == other.root().verifying_key()
}

const fn fits(person: String) -> SheetRead {
    SheetRead::Fits {
        person,
        organisation: String::new(),
        devices: Vec::new(),
    }
}

/// The number by which a printed part is known: it stands on the paper and, from what the directory holds, on the desk.
pub(crate) const fn known_by(commitment: &[u8; 32]) -> u16 {
    let [high, low, ..] = *commitment;
    u16::from_be_bytes([high, low])
}
