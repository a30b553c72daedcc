//! The catalogues say everything in every language, and the compiler refuses whatever would leave a gap.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "../build/catalogue.rs"]
mod catalogue;

use std::path::Path;

use catalogue::{Language, compile, languages};
use sluis_kit::i18n::{Language as Tongue, Level, Locale};
use sluis_kit::text;

const NAMES: [(&str, &str); 2] = [
    ("nl", "language-name = Nederlands\n"),
    ("en", "language-name = English\n"),
];

/// Two languages whose reporter catalogues hold `dutch` and `english`.
fn pair(dutch: &str, english: &str) -> Vec<Language> {
    NAMES
        .into_iter()
        .zip([dutch, english])
        .map(|((tag, common), reporter)| Language {
            tag: tag.to_owned(),
            files: [
                ("common", common),
                ("reporter", reporter),
                ("desk", ""),
                ("share", ""),
                ("people", ""),
                ("sheets", ""),
                ("involved", ""),
                ("extract", ""),
                ("files", ""),
                ("attach", ""),
                ("unsorted", ""),
                ("policy", ""),
                ("figures", ""),
                ("package", ""),
            ]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect(),
        })
        .collect()
}

/// What the compiler says about a pair that it has to refuse.
fn refusal(dutch: &str, english: &str) -> String {
    match compile(&pair(dutch, english)) {
        Ok(_) => panic!("the compiler accepted this"),
        Err(problems) => problems.join("\n"),
    }
}

#[test]
fn every_language_has_every_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue");
    let found = languages(&folder).expect("the catalogues can be read");
    assert_eq!(
        found
            .iter()
            .map(|language| language.tag.as_str())
            .collect::<Vec<_>>(),
        ["nl", "en"]
    );
    if let Err(problems) = compile(&found) {
        panic!("{}", problems.join("\n"));
    }
}

#[test]
fn a_message_that_a_language_lacks_stops_the_build() {
    assert_eq!(
        refusal("send = Stuur\n", ""),
        "en/reporter.ftl: `send` is missing; nl has it"
    );
    assert_eq!(
        refusal("", "send = Send\n"),
        "nl/reporter.ftl: `send` is missing; en has it"
    );
}

#[test]
fn a_missing_file_stops_the_build() {
    let mut both = pair("", "");
    for language in &mut both {
        if language.tag == "en" {
            language.files.remove("desk");
        }
    }
    assert_eq!(
        compile(&both).expect_err("a file is missing").join("\n"),
        "en: there is no desk.ftl"
    );
}

#[test]
fn differing_variables_stop_the_build() {
    assert_eq!(
        refusal("hi = Dag { $name }\n", "hi = Hello { $who }\n"),
        "en/reporter.ftl: `hi` has other variables than nl/reporter.ftl: $who against $name"
    );
    assert_eq!(
        refusal("hi = Dag { $name }\n", "hi = Hello\n"),
        "en/reporter.ftl: `hi` has other variables than nl/reporter.ftl: none against $name"
    );
}

#[test]
fn a_child_version_has_to_override_something_with_the_same_variables() {
    let mut both = pair("hi = Dag { $name }\n", "hi = Hello { $name }\n");
    for language in &mut both {
        language.files.insert(
            "reporter-child".to_owned(),
            "hi = Hoi\nbye = Doei\n".to_owned(),
        );
    }
    let problems = compile(&both).expect_err("two mistakes").join("\n");
    assert!(
        problems.contains("nl/reporter-child.ftl: `bye` overrides nothing"),
        "{problems}"
    );
    assert!(
        problems.contains("nl/reporter-child.ftl: `hi` has other variables"),
        "{problems}"
    );
}

#[test]
fn wordings_that_are_the_same_are_written_once() {
    let mut both = pair(
        "sport = Sport\ngo = Verder\n",
        "sport = Sport\ngo = Continue\n",
    );
    for language in &mut both {
        let child = if language.tag == "nl" {
            "go = Verder\n"
        } else {
            "go = Next\n"
        };
        language
            .files
            .insert("reporter-child".to_owned(), child.to_owned());
    }
    let code = compile(&both).expect("nothing is wrong");
    assert_eq!(code.matches("\"Sport\"").count(), 1);
    assert_eq!(code.matches("\"Verder\"").count(), 1);
    assert_eq!(code.matches("Level::Child").count(), 1);
}

#[test]
fn an_error_without_advice_stops_the_build() {
    assert_eq!(
        refusal("err-lost = Weg\n", "err-lost = Gone\n"),
        "nl/reporter.ftl: `err-lost` has no `rec-lost` beside it"
    );
}

#[test]
fn syntax_beyond_the_supported_part_stops_the_build() {
    for (message, said) in [
        ("a = { DATETIME($d) }\n", "calls the function DATETIME"),
        (
            "a = { NUMBER($d, maximumFractionDigits: 2) }\n",
            "calls the function NUMBER with options",
        ),
        (
            "a = { $n ->\n    [few] x\n   *[other] y\n}\n",
            "has the plural category `few`",
        ),
        (
            "a = { $n ->\n    [1] x\n   *[one] y\n}\n",
            "whose default is not `other`",
        ),
        ("a = b\n    .title = c\n", "has attributes"),
        ("a = { b }\n", "refers to `b`, which does not exist"),
        ("a = { a }\n", "refers to `a` in a circle"),
        ("a = { -t(x: 1) }\n-t = t\n", "passes arguments"),
        ("a = {\n", "nl/reporter.ftl"),
        (
            "a = { $n ->\n    [one] x\n   *[other] y\n} { $n ->\n    [red] x\n   *[blue] y\n}\n",
            "both as a number and as a word",
        ),
        ("a = 1\na = 2\n", "stands there twice"),
    ] {
        let problems = refusal(message, message);
        assert!(problems.contains(said), "{message}: {problems}");
    }
}

#[test]
fn texts_follow_language_level_and_count() {
    let dutch = Locale::new(Tongue::Nl);
    let english = dutch.with_language(Tongue::En);
    assert_eq!(text::common::save(dutch), "Bewaren");
    assert_eq!(text::common::save(english), "Save");
    assert_eq!(text::common::days_left(dutch, 0), "vandaag");
    assert_eq!(text::common::days_left(dutch, 1), "nog 1 dag");
    assert_eq!(text::common::days_left(english, 1_200), "1,200 days left");
    assert_eq!(text::common::sort_by(english, "date"), "Sort by date");
    assert_eq!(
        text::reporter::leave_quickly_hint(dutch.with_level(Level::Child)),
        "Of druk 3 keer op Escape."
    );
    assert_eq!(
        text::reporter::leave_quickly_hint(dutch),
        "Of druk drie keer op Escape."
    );
}

#[test]
fn every_language_knows_its_own_name() {
    assert_eq!(Tongue::ALL.map(Tongue::name), ["Nederlands", "English"]);
    assert_eq!(Tongue::ALL.map(Tongue::tag), ["nl", "en"]);
}
