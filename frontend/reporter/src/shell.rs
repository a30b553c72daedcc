//! Does what [`crate::state`] asks for, and tells it what has happened: the only place of the page that touches clock, chance, network
//! and browser.

use std::cell::RefCell;

use sluis_kit::{Locale, text::reporter};
use sluis_wire::address::GenesisHash;
use sluis_wire::api::{BoardRead, Call, ChallengeRead, EvidenceRead, IntakePost, Problem};
use sluis_wire::codec;
use yew::Callback;

use crate::browser::{self, event};
use crate::link::{Ask, MOST};
use crate::state::{Effect, Fault, Msg, Phone, Site};

/// The lists of words.
const LISTS: &str = "/words.txt";
/// Largest answer that is read, in bytes.
const ANSWER_MOST: usize = 1024 * 1024;

thread_local! {
    /// Where the browser's news goes.
    static SEND: RefCell<Option<Callback<Msg>>> = const { RefCell::new(None) };
}

/// What the page holds of the browser.
pub(crate) struct Shell {
    /// What the worker has to hear first; it is started when there is work for it.
    trust: Option<Ask>,
    started: bool,
    /// Where to move the focus after drawing.
    pub(crate) focus: Option<&'static str>,
    /// Whether to go to the end of the conversation after drawing.
    pub(crate) scroll: bool,
    locale: Locale,
}

/// Takes in what has happened.
pub(crate) fn hear(event: u8, number: u32, good: bool, bytes: &[u8]) {
    let Some(send) = SEND.with_borrow(Clone::clone) else {
        return;
    };
    let text = || str::from_utf8(bytes).ok().filter(|_| good);
    let msg = match event {
        event::SITE => Msg::SiteRead(text().map(site)),
        event::EVIDENCE => Msg::EvidenceRead(answer::<EvidenceRead>(good, bytes).map(Box::new)),
        event::CHALLENGE => Msg::ChallengeRead(answer::<ChallengeRead>(good, bytes)),
        event::LISTS => Msg::ListsRead(text().map(String::from)),
        event::POSTED => Msg::Posted(number, answer::<IntakePost>(good, bytes)),
        event::POLLED => Msg::Polled(answer::<BoardRead>(good, bytes)),
        event::TOLD => match codec::decode(bytes, MOST) {
            Ok(tell) => Msg::Worker(tell),
            Err(_) => return,
        },
        event::TICK => Msg::Tick {
            now: now(),
            chance: u16::try_from(number).unwrap_or_default(),
        },
        event::ESCAPE => Msg::Escape,
        event::VISIBLE => Msg::Visible(good),
        event::COPIED => Msg::Copied(good),
        event::ATTACHED if good => Msg::Attached(bytes.to_vec()),
        event::ATTACHED => Msg::WorkWanted,
        _ => Msg::WorkerStopped,
    };
    send.emit(msg);
}

impl Shell {
    /// Lets what happens be heard.
    pub(crate) fn new(send: Callback<Msg>, locale: Locale) -> Self {
        SEND.set(Some(send));
        Self {
            trust: None,
            started: false,
            focus: None,
            scroll: false,
            locale,
        }
    }

    /// Does one thing.
    pub(crate) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::ReadSite => browser::ask(event::SITE, 0, "/site.json", &[]),
            Effect::ReadEvidence => ask(event::EVIDENCE, &EvidenceRead),
            Effect::ReadChallenge => ask(event::CHALLENGE, &ChallengeRead),
            Effect::ReadLists => browser::ask(event::LISTS, 0, LISTS, &[]),
            Effect::Post(local, body) => {
                browser::ask(event::POSTED, local, IntakePost::PATH, &body);
            }
            Effect::Poll(body) => browser::ask(event::POLLED, 0, BoardRead::PATH, &body),
            Effect::Worker(trust @ Ask::Trust { .. }) => {
                if self.started {
                    tell(&trust);
                }
                self.trust = Some(trust);
            }
            Effect::Worker(ask) => {
                if !self.started {
                    self.started = true;
                    self.trust.iter().for_each(tell);
                }
                tell(&ask);
            }
            Effect::Leave(address) => browser::leave(&address),
            Effect::Attach(solution) => browser::attach(&solution),
            Effect::Copy(text) => browser::copy(&text),
            Effect::Print => browser::print(),
            Effect::SaveImage(words) => {
                browser::picture(reporter::words_image_title(self.locale), &words.join(" "));
            }
            Effect::SaveText(name, text) => browser::save(&name, &text),
            Effect::Focus(id) => self.focus = Some(id),
            Effect::ScrollToEnd => self.scroll = true,
            Effect::Locale(locale) => {
                self.locale = locale;
                browser::words(locale.language.tag(), reporter::page_title(locale));
            }
            Effect::Scheme(scheme) => browser::scheme(scheme.name()),
        }
    }
}

fn tell(ask: &Ask) {
    browser::tell(&codec::encode(ask));
}

/// Makes a call that says nothing but what it is.
fn ask<C: Call>(event: u8, call: &C) {
    if let Ok(body) = codec::pad_to(&codec::encode(call), C::SIZE.unwrap_or_default()) {
        browser::ask(event, 0, C::PATH, &body);
    }
}

fn answer<C: Call>(good: bool, bytes: &[u8]) -> Result<C::Answer, Fault> {
    if good {
        codec::decode(bytes, ANSWER_MOST).map_err(|_| Fault::Garbled)
    } else {
        Err(problem(str::from_utf8(bytes).unwrap_or_default()))
    }
}

/// The problem that an answer names (RFC 9457 with our `code`).
fn problem(body: &str) -> Fault {
    const NAMES: [(&str, Problem); 10] = [
        ("Malformed", Problem::Malformed),
        ("TooLarge", Problem::TooLarge),
        ("Forbidden", Problem::Forbidden),
        ("NotFound", Problem::NotFound),
        ("Conflict", Problem::Conflict),
        ("Refused", Problem::Refused),
        ("WorkWrong", Problem::WorkWrong),
        ("Busy", Problem::Busy),
        ("SetUp", Problem::SetUp),
        ("Internal", Problem::Internal),
    ];
    let code = body
        .split_once("\"code\":\"")
        .and_then(|(_, rest)| rest.split('"').next());
    let known = NAMES.into_iter().find(|(name, _)| code == Some(*name));
    // Whatever stands in front of the server says it in its own words: try again later.
    known.map_or(Fault::Unreachable, |(_, problem)| Fault::Problem(problem))
}

/// What the operator says, as the boot script takes it from `site.json`: fields that end at a zero.
fn site(text: &str) -> Site {
    let mut fields = text.split('\0');
    let genesis = fields.next().and_then(genesis);
    let exit = fields.next().filter(|exit| exit.starts_with("https://"));
    let exit = exit.unwrap_or("about:blank").into();
    let mut phones = Vec::new();
    while let (Some(name), Some(number)) = (fields.next(), fields.next()) {
        phones.push(Phone {
            name: name.into(),
            number: number.into(),
        });
    }
    Site {
        genesis,
        exit,
        phones,
    }
}

/// A genesis hash is 64 hexadecimal digits.
fn genesis(text: &str) -> Option<GenesisHash> {
    let mut hash = [0; 32];
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        for letter in pair {
            let digit = char::from(*letter).to_digit(16)?;
            *byte = *byte << 4 | u8::try_from(digit).ok()?;
        }
    }
    Some(GenesisHash(hash))
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 fit"
    )]
    let now = browser::now() as u64;
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genesis_hash_is_64_hexadecimal_digits() {
        assert_eq!(genesis(&"0a".repeat(32)), Some(GenesisHash([10; 32])));
        for text in [
            "",
            &"0a".repeat(31),
            &"0g".repeat(32),
            &["0a".repeat(32), "0".into()].concat(),
        ] {
            assert_eq!(genesis(text), None);
        }
    }

    #[test]
    fn a_problem_is_known_by_its_code() {
        let body = r#"{"type":"about:blank","status":503,"code":"Busy","request_id":"00"}"#;
        assert_eq!(problem(body), Fault::Problem(Problem::Busy));
        assert_eq!(problem("<html>Bad gateway</html>"), Fault::Unreachable);
    }

    #[test]
    fn what_the_operator_says_is_read_field_by_field() {
        let fields = [
            "0a".repeat(32),
            "https://example.org".into(),
            "Line".into(),
            "112".into(),
        ];
        let site = site(&fields.join("\0"));
        assert_eq!(site.genesis, Some(GenesisHash([10; 32])));
        assert_eq!(site.exit, "https://example.org");
        assert_eq!(site.phones.len(), 1);
        let other = super::site("\0javascript:0");
        assert_eq!((other.genesis, other.exit.as_str()), (None, "about:blank"));
        assert!(other.phones.is_empty());
    }
}
