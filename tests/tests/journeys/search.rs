//! What search promises over a vault with many dossiers: the list at once, every text soon, an answer to each question within the blink of an eye.
//! `SLUIS_SEARCH` names how many dossiers there are to be; without it there are few, and only what does not hang on time is held.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sluis_e2e::bulk::{Size, make};
use sluis_wire::time::UnixTime;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::relay::Relay;
use crate::vault::fill;

/// Bounds in milliseconds, from the moment the vault is open: a screenful of rows, all rows, every text.
const FIRST: f64 = 100.0;
const LISTED: f64 = 300.0;
const TEXTS: f64 = 2_000.0;
/// Milliseconds for the answer to a question, and for a step of scrolling.
const ANSWER: f64 = 50.0;
const FRAME: f64 = 16.7;
/// Most megabytes of the desk's process.
const MEMORY: f64 = 300.0;

/// Plays the first person and notes the moments from the opening of the vault on. `arguments`: rows of a screen, how the count of all begins,
/// a question that only a text can answer.
const OPEN: &str = "const done = arguments[arguments.length - 1], [screen, all, question] = arguments;
    const at = {}; let begin, asked;
    const look = () => {
        const nav = document.querySelector('#nav-dossiers');
        if (!nav) return;
        if (begin === undefined) { begin = performance.now(); nav.click(); return; }
        const now = performance.now() - begin;
        const count = document.querySelector('#dossiers-count');
        if (!at.first && document.querySelectorAll('#dossiers-table .desk-open').length >= screen) at.first = now;
        if (!at.listed && count && count.textContent.startsWith(all)) at.listed = now;
        const box = document.querySelector('#search');
        if (at.listed && !asked) {
            asked = true;
            box.value = question;
            box.dispatchEvent(new Event('input', { bubbles: true }));
            return;
        }
        if (asked && count && count.getAttribute('aria-busy') === 'false' && count.textContent.startsWith('1 ')) {
            at.texts = now;
            watcher.disconnect();
            done(at);
        }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    document.querySelector('#demo-0').click();";

/// Asks questions one after the other; gives the milliseconds and the count of each.
const ASK: &str = "const done = arguments[arguments.length - 1], questions = arguments[0], answers = [];
    const count = document.querySelector('#dossiers-count'), box = document.querySelector('#search');
    const next = () => {
        const question = questions[answers.length];
        if (question === undefined) return done(answers);
        const begin = performance.now();
        let busy = false;
        const watcher = new MutationObserver(() => {
            const now = count.getAttribute('aria-busy') === 'true';
            if (busy && !now) {
                watcher.disconnect();
                answers.push([performance.now() - begin, count.textContent]);
                setTimeout(next, 20);
            }
            busy = busy || now;
        });
        watcher.observe(count, { attributes: true });
        box.value = question;
        box.dispatchEvent(new Event('input', { bubbles: true }));
    };
    next();";

/// Scrolls the table in steps; gives the milliseconds until the page is at rest after each.
const SCROLL: &str = "const done = arguments[arguments.length - 1], steps = [];
    let place = document.querySelector('#dossiers-table');
    while (place && place.scrollHeight <= place.clientHeight + 1) place = place.parentElement;
    place = place || document.scrollingElement;
    const next = () => {
        if (steps.length >= 60) return done(steps);
        const begin = performance.now();
        place.scrollTop += 700;
        place.dispatchEvent(new Event('scroll'));
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { void place.scrollHeight; steps.push(performance.now() - begin); setTimeout(next, 10); };
        channel.port2.postMessage(0);
    };
    next();";

#[tokio::test]
async fn ten_thousand_dossiers_are_searched_at_once() -> Result<()> {
    let wanted = std::env::var("SLUIS_SEARCH").ok();
    let dossiers: usize = wanted.as_deref().map_or(Ok(40), str::parse)?;
    let size = Size {
        dossiers,
        events: if wanted.is_some() { 20 } else { 4 },
        story: 2_000,
        long: 10,
        colleagues: 0,
    };
    let folder = TempDir::with_prefix("sluis-search-")?;
    let data = folder.path().join("data");
    let now = UnixTime(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    let begin = Instant::now();
    tokio::task::spawn_blocking(move || make(&data, now, size)).await?;
    eprintln!("{dossiers} dossiers were made in {:.0?}", begin.elapsed());
    let relay = Relay::start_in(folder, &[]).await?;
    let desk = Browser::chromium("search").await?;
    fill(&desk, &relay).await?;
    let (screen, all) = (dossiers.min(30), format!("{} ", grouped(dossiers + 1)));
    let mut opened: Vec<Value> = Vec::new();
    for _ in 0..3 {
        desk.go("about:blank").await?;
        desk.go(&relay.url("/desk/")).await?;
        desk.see("#demo-0").await?;
        let question = format!("nummer {} niemand nam morgen", 100_000 + dossiers - 1);
        let arguments = vec![json!(screen), json!(all), json!(question)];
        opened.push(desk.run_async(OPEN, arguments).await?);
    }
    let mut bounds = Vec::new();
    for (what, most) in [("first", FIRST), ("listed", LISTED), ("texts", TEXTS)] {
        let times = opened.iter().filter_map(|one| one.get(what)?.as_f64());
        bounds.push((what, median(times.collect())?, most));
    }
    bounds.push(("answer", answers(&desk, dossiers).await?, ANSWER));
    let steps = desk.run_async(SCROLL, Vec::new()).await?;
    let steps = steps.as_array().context("no steps")?.iter();
    bounds.push((
        "scrolling",
        median(steps.filter_map(Value::as_f64).collect())?,
        FRAME,
    ));
    bounds.push(("memory, MB", memory()?, MEMORY));
    for (what, measured, most) in bounds {
        eprintln!("{dossiers} dossiers: {what} {measured:.1} (at most {most})");
        ensure!(
            wanted.is_none() || measured <= most,
            "{what}: {measured:.1} where {most} are promised"
        );
    }
    Ok(())
}

/// Words that stand in texts, parts of them, words with an error, and words that stand nowhere: half and half.
async fn answers(desk: &Browser, dossiers: usize) -> Result<f64> {
    let list = include_str!("../../../crates/protocol/src/words/nl.txt");
    let there = list.lines().step_by(41).take(50);
    let nowhere = (0..50).map(|number| format!("qxz{number}jkw"));
    let questions: Vec<String> = there.map(str::to_owned).chain(nowhere).collect();
    let told = desk.run_async(ASK, vec![json!(questions)]).await?;
    let told = told.as_array().context("no answers")?;
    let count = |place: usize| {
        let words = told.get(place)?.get(1)?.as_str()?;
        Some(words.starts_with(|letter: char| letter.is_ascii_digit() && letter != '0'))
    };
    let found = (0..50).filter(|place| count(*place) == Some(true)).count();
    ensure!(
        dossiers < 1_000 || found == 50,
        "{found} of 50 words that stand in texts were found"
    );
    let none = (50..100)
        .filter(|place| count(*place) == Some(true))
        .count();
    ensure!(none == 0, "{none} words were found that stand nowhere");
    median(told.iter().filter_map(|one| one.get(0)?.as_f64()).collect())
}

fn median(mut times: Vec<f64>) -> Result<f64> {
    times.sort_by(f64::total_cmp);
    let median = times.get(times.len() / 2).copied().context("no time");
    eprintln!(
        "  of {:.0?}",
        times
            .iter()
            .step_by((times.len() / 10).max(1))
            .collect::<Vec<_>>()
    );
    median
}

/// Megabytes that the largest page of the browser holds for itself.
fn memory() -> Result<f64> {
    let mut most: f64 = 0.0;
    for process in std::fs::read_dir("/proc")?.flatten() {
        let read = |name: &str| std::fs::read_to_string(process.path().join(name));
        let Ok(line) = read("cmdline") else { continue };
        if !line.contains("--type=renderer") {
            continue;
        }
        let status = read("status").unwrap_or_default();
        let anonymous = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes =
            anonymous.and_then(|rest| rest.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or(0.0) / 1_000.0);
    }
    ensure!(most > 0.0, "no page to be measured");
    Ok(most)
}

/// A count as the page writes it, with points between thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
