//! A day's work of a case manager with the keyboard alone: unlock, read, answer, note, search, close.

use anyhow::{Context as _, Result, bail, ensure};
use fantoccini::key::Key;

use crate::browser::Browser;
use crate::canary::Canary;
use crate::people::{Check, report, sent, set_up, stored};
use crate::relay::Relay;
use crate::words;

/// Stops between two things that a person goes to.
const STOPS: usize = 80;

/// Somebody at a desk who has no mouse.
struct Hands<'a>(&'a Browser);

impl Hands<'_> {
    async fn press(&self, key: Key) -> Result<()> {
        self.0.press(&char::from(key).to_string()).await
    }

    /// Several keys at once.
    async fn chord(&self, keys: &[Key], last: &str) -> Result<()> {
        let held: String = keys.iter().copied().map(char::from).collect();
        let all = format!("{held}{last}{}", char::from(Key::Null));
        self.0.press(&all).await
    }

    async fn is_at(&self, css: &str) -> Result<bool> {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        Ok(self.0.run(script, vec![css.into()]).await? == true)
    }

    /// Tabs until the keyboard is at what `css` names, and is seen to be there.
    async fn reach(&self, css: &str) -> Result<()> {
        self.0.see(css).await?;
        for _ in 0..STOPS {
            if self.is_at(css).await? {
                return self.is_seen(css).await;
            }
            self.press(Key::Tab).await?;
        }
        bail!("{css} cannot be reached in {STOPS} stops")
    }

    /// Whether the place of the keyboard shows, and lies in sight and under nothing.
    async fn is_seen(&self, css: &str) -> Result<()> {
        let script = "const it = document.activeElement, box = it.getBoundingClientRect(), look = getComputedStyle(it);
            const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
            const over = document.elementFromPoint(x, y);
            const ring = look.outlineStyle !== 'none' || look.boxShadow !== 'none';
            return it.matches(':focus-visible') && ring && (over === it || it.contains(over) || over?.contains(it))
                ? null : `${it.outerHTML.slice(0, 200)} ring ${ring} at ${x}, ${y} under ${over?.outerHTML.slice(0, 200)}`";
        let wrong = self.0.run(script, Vec::new()).await?;
        ensure!(
            wrong.is_null(),
            "the keyboard at {css} is not seen: {wrong}"
        );
        Ok(())
    }

    /// Goes there and presses Enter.
    async fn enter(&self, css: &str) -> Result<()> {
        self.reach(css).await?;
        self.press(Key::Enter).await
    }

    /// Goes there and types.
    async fn write(&self, css: &str, text: &str) -> Result<()> {
        self.reach(css).await?;
        self.0.press(text).await
    }

    /// Goes to the tabs of the open dossier and along them.
    async fn part(&self, id: &str) -> Result<()> {
        self.reach("[role=tab][aria-selected=true]").await?;
        for _ in 0..STOPS {
            if self.is_at(id).await? {
                return self.0.see(&format!("{id}[aria-selected=true]")).await;
            }
            self.press(Key::Right).await?;
        }
        bail!("the arrows do not lead to {id}")
    }
}

#[tokio::test]
async fn a_case_manager_does_a_days_work_without_a_mouse() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("keyboard, desk").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("keyboard, reporter").await?;
    let story = canary.text("Wat er gisteren na de training gebeurde");
    report(&reporter, &relay, &mut canary, &story, Check::OneWord).await?;
    let hands = Hands(&desk);

    hands.chord(&[Key::Control, Key::Shift], "L").await?;
    hands.write("#unlock-passphrase", &passphrase).await?;
    hands.press(Key::Enter).await?;
    desk.see("#nav-work").await?;

    // From the work list to the answer.
    let new = "section[aria-labelledby=work-new] .desk-item__act";
    hands.enter(new).await?;
    desk.see("#part-panel").await?;
    hands.part("#part-conversation").await?;
    let answer = canary.text("Dank je, we lezen mee");
    hands.write("#reply", &answer).await?;
    hands.enter("#send-reply").await?;
    sent(&desk, &answer).await?;
    stored(&reporter, &story).await?;
    reporter.says("#main", &answer).await?;

    hands.part("#part-notes").await?;
    let note = canary.text("vrijdag terugbellen");
    hands.write("#note", &note).await?;
    hands.enter("#add-note").await?;
    desk.says("#part-panel .desk-note", &note).await?;

    // By searching to the same dossier.
    hands.enter("#nav-dossiers").await?;
    let word = note.split(' ').next_back().context("a word")?;
    hands.write("#search", word).await?;
    let one = "return document.querySelectorAll('#dossiers-table .desk-open').length === 1";
    desk.wait("one dossier", one, Vec::new()).await?;
    hands.press(Key::Down).await?;
    hands.reach("#dossiers-table-row-0").await?;
    hands.press(Key::Enter).await?;
    desk.see("#part-panel").await?;

    // And to its end.
    hands.part("#part-people").await?;
    hands.enter("#close-dossier").await?;
    desk.see("#close-findings").await?;
    hands.write("#close-outcome", "Besproken").await?;
    hands.enter("#close-do").await?;
    desk.see("#proof-title").await?;
    hands.enter("#nav-work").await?;
    desk.says("#main", &words::desk("work-empty-title")?)
        .await?;
    canary.search(relay, vec![desk, reporter]).await
}
