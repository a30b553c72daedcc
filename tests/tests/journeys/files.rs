//! Files: a reporter sends a photo and speaks a message, an upload outlives the connection, what is hostile is never run.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use sluis_e2e::harness::solve;
use sluis_wire::address::FileAddress;
use sluis_wire::api::{ChallengeRead, FileOpen};
use sluis_wire::codec;
use sluis_wire::limits::{FILE_OPEN, SMALL_REQUEST};
use std::fs;
use std::io::Read as _;
use std::time::Duration;
use tempfile::TempDir;

use crate::browser::{Browser, Kind, PATIENCE, until};
use crate::canary::Canary;
use crate::hostile::{calm, watched};
use crate::people::{Check, open_new_report, report, set_up, unlock};
use crate::relay::{self, Relay};
use crate::words;

/// A microphone that hums, and nobody who asks whether it may be used.
const MICROPHONE: [&str; 2] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
];
/// Puts a file into a field as choosing does.
const CHOOSE: &str = "const choose = (css, file) => {
        const field = document.querySelector(css), list = new DataTransfer();
        list.items.add(file);
        field.files = list.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    };";
/// Notes every file that the page hands over.
const WATCH_SAVED: &str = "globalThis.saved = [];
    const real = URL.createObjectURL;
    URL.createObjectURL = (blob) => { saved.push(blob); return real.call(URL, blob); };";

fn said(key: &str) -> Result<String> {
    words::words("nl", "files", key)
}

fn attach(key: &str) -> Result<String> {
    words::words("nl", "attach", key)
}

/// Shows the files of the open dossier.
async fn files_of(desk: &Browser) -> Result<()> {
    desk.click("#part-files").await?;
    desk.see("#files-title").await
}

/// Adds a file of so many bytes that nobody can guess.
async fn add(desk: &Browser, name: &str, bytes: usize) -> Result<()> {
    let script = format!(
        "{CHOOSE}
        const content = new Uint8Array(arguments[1]);
        for (let at = 0; at < content.length; at += 65536) crypto.getRandomValues(content.subarray(at, at + 65536));
        choose('#file-pick', new File([content], arguments[0]));"
    );
    desk.see("#file-drop").await?;
    desk.run(&script, vec![name.into(), bytes.into()]).await?;
    Ok(())
}

/// Presses a button in the row of a file.
async fn press(desk: &Browser, name: &str, what: &str) -> Result<()> {
    let script = "const row = [...document.querySelectorAll('#files > li')].find((one) => one.innerText.includes(arguments[0]));
        const button = [...row?.querySelectorAll('button') ?? []].find((one) => one.innerText.trim() === arguments[1]);
        button?.click();
        return Boolean(button)";
    let what = said(what)?;
    desk.wait(
        &format!("{what} for {name}"),
        script,
        vec![name.into(), what.into()],
    )
    .await
    .map(drop)
}

#[tokio::test]
async fn a_reporter_sends_a_photo_and_speaks_a_message() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("photo, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::open(Kind::Chromium, "photo, reporter", &MICROPHONE).await?;
    let story = canary.text("Ik stuur ook een foto.");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;

    // A red photo whose camera wrote down where it was.
    let place = canary.word();
    let name = format!("{}.jpg", canary.word());
    let photo = format!(
        "{CHOOSE}
        const done = arguments[2];
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [640, 480];
        const pen = canvas.getContext('2d');
        pen.fillStyle = '#f00';
        pen.fillRect(0, 0, 640, 480);
        canvas.toBlob(async (blob) => {{
            const bytes = new Uint8Array(await blob.arrayBuffer());
            const note = new TextEncoder().encode('Exif\\0\\0GPS ' + arguments[1]);
            const head = new Uint8Array([0xff, 0xe1, 0, note.length + 2]);
            choose('#attach-file', new File([bytes.slice(0, 2), head, note, bytes.slice(2)], arguments[0], {{ type: 'image/jpeg' }}));
            done(true);
        }}, 'image/jpeg');"
    );
    reporter.click("#attach").await?;
    reporter.see("#attach-choose").await?;
    reporter
        .run_async(&photo, vec![name.as_str().into(), place.as_str().into()])
        .await?;
    reporter
        .says("#attach-warning", &attach("attach-photo-warn")?)
        .await?;
    reporter.click("#attach-send").await?;
    reporter.see("#attach-done").await?;
    reporter.says("#reply-list", &name).await?;

    reporter.click("#attach-close").await?;
    reporter.click("#attach").await?;
    reporter.click("#attach-record").await?;
    reporter
        .says("#attach-place", &attach("attach-recording")?)
        .await?;
    reporter.click("#attach-record-stop").await?;
    reporter
        .says("#attach-warning", &attach("attach-voice-warn")?)
        .await?;
    reporter.click("#attach-send").await?;
    reporter.see("#attach-done").await?;
    let voice = attach("attach-voice-name")?;
    reporter.says("#reply-list", &voice).await?;

    open_new_report(&desk).await?;
    desk.says("#conversation-list", &name).await?;
    desk.says("#conversation-list", &voice).await?;
    files_of(&desk).await?;
    desk.says("#files", &said("file-cleaned")?).await?;
    press(&desk, &name, "file-look").await?;
    let red = "const canvas = document.querySelector('#file-canvas');
        const [red, green] = canvas?.getContext('2d').getImageData(300, 200, 1, 1).data ?? [];
        return canvas?.width === 640 && red > 200 && green < 50";
    desk.wait("the photo", red, Vec::new()).await?;
    desk.run(WATCH_SAVED, Vec::new()).await?;
    press(&desk, &name, "file-save").await?;
    desk.click("#file-yes").await?;
    let saved = desk
        .run_async(
            "const done = arguments[0]; saved[0].text().then(done)",
            Vec::new(),
        )
        .await?;
    let saved = saved.as_str().context("a saved file")?;
    ensure!(!saved.contains(&place), "the photo says where it was taken");
    press(&desk, &voice, "file-look").await?;
    desk.wait(
        "sound that plays",
        "return document.querySelector('audio#file-media')?.readyState > 0",
        Vec::new(),
    )
    .await?;

    // Closing asks about each file; the one that goes leaves no name behind.
    desk.click("#part-people").await?;
    desk.click("#close-dossier").await?;
    desk.says("#close-files", &name).await?;
    desk.click("#close-unanswered").await?;
    desk.click("#close-file-0-1").await?;
    ensure!(
        desk.run(
            "return document.querySelector('#close-do').disabled",
            Vec::new()
        )
        .await?
            == json!(true),
        "closed with a file nobody decided about"
    );
    desk.click("#close-file-1-0").await?;
    desk.click("#close-do").await?;
    desk.see("#proof-title").await?;
    files_of(&desk).await?;
    desk.says("#files", &said("file-gone")?).await?;
    let files = desk.texts("#files").await?.concat();
    ensure!(!files.contains(&name) && files.contains(&voice), "{files}");
    canary.search(relay, vec![desk, reporter]).await
}

#[tokio::test]
async fn an_interrupted_upload_goes_on_after_the_browser_was_closed_and_the_server_gone()
-> Result<()> {
    let (mut relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = Browser::chromium("interrupted, desk").await?;
    let passphrase = set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("interrupted, reporter").await?;
    let story = canary.text("Hier komt een groot bestand.");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    files_of(&desk).await?;

    let name = canary.word();
    add(&desk, &name, 60 << 20).await?;
    let pieces = relay.folder().join("data/files");
    until("pieces at the server", PATIENCE, async || {
        let folders = fs::read_dir(&pieces)?.filter_map(Result::ok);
        let mut counts =
            folders.map(|folder| fs::read_dir(folder.path()).map_or(0, Iterator::count));
        Ok(counts.any(|count| count >= 3).then_some(()))
    })
    .await?;
    relay.kill();
    desk.says("#transfers", &said("files-waiting")?).await?;
    ensure!(
        desk.texts("#files").await?.is_empty(),
        "nothing is claimed too early"
    );

    desk.go("about:blank").await?;
    relay.start_again().await?;
    desk.go(&relay.url("/desk/")).await?;
    unlock(&desk, &passphrase).await?;
    desk.click("#nav-dossiers").await?;
    desk.click("#dossiers-table .desk-open").await?;
    files_of(&desk).await?;
    desk.says("#files", &name).await?;
    press(&desk, &name, "file-look").await?;
    desk.says("#file-seen", &said("file-nothing")?).await?;

    // The reporter's page goes on by itself.
    let other = canary.word();
    let script = format!(
        "{CHOOSE} choose('#attach-file', new File([new Uint8Array(20 << 20)], arguments[0]));"
    );
    reporter.click("#attach").await?;
    reporter.see("#attach-choose").await?;
    reporter.run(&script, vec![other.as_str().into()]).await?;
    let upload = async |bytes: i32| {
        let line = json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes });
        let set = "Network.emulateNetworkConditions";
        reporter.devtools(set, line).await
    };
    reporter.devtools("Network.enable", json!({})).await?;
    upload(2_000_000).await?;
    reporter.click("#attach-send").await?;
    reporter
        .wait(
            "the first pieces",
            "return document.querySelector('#attach-place progress')?.value > 0",
            Vec::new(),
        )
        .await?;
    relay.kill();
    reporter
        .says("#attach-state", &attach("attach-waiting")?)
        .await?;
    upload(-1).await?;
    relay.start_again().await?;
    reporter.see("#attach-done").await?;
    desk.says("#files", &other).await?;
    canary.search(relay, vec![desk, reporter]).await
}

#[tokio::test]
async fn hostile_files_are_never_run_or_drawn() -> Result<()> {
    let (relay, mut canary) = (Relay::start().await?, Canary::new());
    let desk = watched("hostile files").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("hostile files, reporter").await?;
    let story = canary.text("Vreemde bestanden.");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;
    open_new_report(&desk).await?;
    files_of(&desk).await?;
    desk.see("#file-drop").await?;
    let script = "globalThis.ran = undefined;
        const list = new DataTransfer();
        const svg = '<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"ran=1\"><script>ran=1</script></svg>';
        const html = '<!doctype html><script>ran=1</script><img src=x onerror=\"ran=1\">';
        const bytes = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
        const all = [
            [svg, '<img src=x onerror=ran=1>.svg', ''], [html, '../../index.html', 'text/html'],
            ['%PDF-1.7\\n\\u0000', '\\u202egpj.pdf', 'application/pdf'], [bytes('PK\\x03\\x04\\0\\0'), 'bom.zip', 'application/zip'],
            ['', 'leeg', ''], [bytes('\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff'), 'groot.png', ''],
            [bytes('GIF89a\\xff\\xff\\xff\\xff' + html), 'beide.gif', ''], [bytes('\\xff\\xd8\\xff\\xe0' + html), 'beide.jpg', ''],
            ['javascript:ran=1', 'javascript:ran=1', 'text/javascript'], [bytes('MZ\\x90\\0'), 'foto.jpg.exe', ''],
        ];
        for (const [content, name, type] of all) list.items.add(new File([content], name, { type }));
        const field = document.querySelector('#file-pick'), names = [...list.files].map((one) => one.name);
        field.files = list.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
        return names";
    let names = desk.run(script, Vec::new()).await?;
    let names: Vec<&str> = names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    for name in &names {
        let shown = "return [...document.querySelectorAll('#files .desk-files__name')].some((one) => one.textContent === arguments[0])";
        desk.wait(&format!("{name:?} as text"), shown, vec![(*name).into()])
            .await?;
    }
    calm(&desk, "names").await?;
    for at in 0..names.len() {
        let look = "document.querySelectorAll('#files > li')[arguments[0]].querySelector('button').click()";
        desk.run(look, vec![at.into()]).await?;
        let seen = "return document.querySelectorAll('#files > li')[arguments[0]].querySelector('#file-seen')?.innerText";
        desk.wait("what can be seen of it", seen, vec![at.into()])
            .await?;
        let drawn =
            "return document.querySelector('#file-seen :is(canvas, audio, video)') === null";
        ensure!(desk.run(drawn, Vec::new()).await? == json!(true));
        calm(&desk, "a file").await?;
    }
    canary.search(relay, vec![desk, reporter]).await
}

/// Bytes of a file in the figures, from a desk and from a reporter.
const LARGE: usize = 100 << 20;
const MIDDLE: usize = 25 << 20;
/// The same where the figures are not asked for: enough to go through everything once.
const FEW: [usize; 2] = [1 << 20, 2 << 20];
/// Most time that a desk's file may take.
const SENDS: Duration = Duration::from_mins(10);
/// What is promised: sealing against the browser's bare cipher, sending against the same bytes in the open, bytes of memory more.
const SEALING: f64 = 0.7;
const SENDING: f64 = 0.5;
const MEMORY: u64 = 150_000_000;

/// One call of the page to the relay: path and body to the bytes of the answer.
const POST: &str = "const [call, body, done] = arguments;
    fetch(`/api/1/${call}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: Uint8Array.from(body) })
        .then(async (answer) => done([...new Uint8Array(await answer.arrayBuffer())]), () => done(null))";
/// Sends so many pieces as they are, some abreast, with tickets for so many each; gives the milliseconds.
const PLAIN: &str = "const [tickets, each, pieces, abreast, done] = arguments;
    const varint = (number) => (number > 127 ? [(number % 128) | 128, ...varint(number >> 7)] : [number]);
    const one = async (number) => {
        const body = new Uint8Array(262656), ticket = tickets[Math.floor(number / each)];
        const head = [...ticket, ...varint(number % each), ...varint(262400)];
        new DataView(body.buffer).setUint32(0, head.length + 262400, true);
        body.set(head, 4);
        const answer = await fetch('/api/1/file/piece/put', { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body });
        if (!answer.ok) throw new Error(await answer.text());
    };
    (async () => {
        const start = performance.now();
        for (let number = 0; number < pieces; number += abreast) {
            await Promise.all(Array.from({ length: Math.min(abreast, pieces - number) }, (_, more) => one(number + more)));
        }
        return performance.now() - start;
    })().then(done, (error) => done(String(error)))";
/// Seals a content piece by piece as the page does, by the browser's cipher alone in the same chunks, and by the cipher in whole pieces; gives the
/// milliseconds of each, the best of five.
const SEAL: &str = "const [script, bytes, done] = arguments;
    (async () => {
        const { derive, seal } = await import(script);
        const content = new Uint8Array(bytes), piece = 256 * 1024;
        for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(content.subarray(at, at + 65536));
        const sealing = await derive(new Uint8Array(32), new Uint8Array(24), new Uint8Array(9));
        const time = async (work) => {
            const start = performance.now();
            for (let number = 0; number < bytes / piece; number++) await work(number);
            return performance.now() - start;
        };
        const bare = (from, length) => crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, sealing.cipher, content.subarray(from, from + length));
        const chunk = 16 * 1024, chunks = Array.from({ length: piece / chunk }, (_, place) => place * chunk);
        const ways = [
            (number) => seal(sealing, content, bytes, number),
            (number) => Promise.all(chunks.map((place) => bare(number * piece + place, chunk))),
            (number) => bare(number * piece, piece),
        ];
        const best = ways.map(() => Infinity);
        for (let round = 0; round < 5; round++) {
            for (const [place, way] of ways.entries()) best[place] = Math.min(best[place], await time(way));
        }
        return best;
    })().then(done, (error) => done(String(error)))";
/// Notes, from the moment at which a file is chosen, the milliseconds until it is locked, and until all of it is at the server and in the dossier.
const TIMED: &str = "const [name, locking] = arguments;
    globalThis.timed = new Promise((done) => document.querySelector('#file-pick').addEventListener('change', () => {
        const start = performance.now();
        let locked;
        const look = () => {
            const moving = document.querySelector('#transfers')?.innerText ?? '';
            if (!locked && moving.includes(name) && !moving.includes(locking)) locked = performance.now() - start;
            if (document.querySelector('#files')?.innerText.includes(name)) done([locked, performance.now() - start]);
            else setTimeout(look, 5);
        };
        setTimeout(look);
    }, { once: true }))";

async fn post(page: &Browser, call: &str, body: &[u8]) -> Result<Vec<u8>> {
    let answer = page.run_async(POST, vec![call.into(), json!(body)]).await?;
    Ok(serde_json::from_value(answer)?)
}

/// Buys a ticket for so many pieces, as a reporter's page does.
async fn ticket(page: &Browser, number: u8, pieces: u32) -> Result<Vec<u8>> {
    let asked = codec::pad_to(&codec::encode(&ChallengeRead), SMALL_REQUEST)?;
    let challenge = post(page, "intake/challenge", &asked).await?;
    let solution = solve(codec::decode(&challenge, 1_024)?);
    let open = FileOpen {
        solution,
        file: FileAddress([number; 16]),
        pieces,
    };
    let open = codec::pad_to(&codec::encode(&open), FILE_OPEN)?;
    post(page, "file/open", &open).await
}

/// Milliseconds that so many bytes take in the open.
async fn plain(page: &Browser, from: u8, bytes: usize, abreast: usize) -> Result<f64> {
    const EACH: usize = 100;
    let pieces = bytes / (256 * 1024);
    let mut tickets = Vec::new();
    for number in 0..pieces.div_ceil(EACH) {
        let number = from + u8::try_from(number)?;
        tickets.push(ticket(page, number, u32::try_from(EACH)?).await?);
    }
    let arguments = vec![json!(tickets), EACH.into(), pieces.into(), abreast.into()];
    let took = page.run_async(PLAIN, arguments).await?;
    took.as_f64().with_context(|| took.to_string())
}

fn pair(found: &Value) -> Result<(f64, f64)> {
    let at = |index: usize| found.get(index).and_then(Value::as_f64);
    at(0).zip(at(1)).with_context(|| found.to_string())
}

#[tokio::test]
async fn files_are_sealed_and_sent_nearly_as_fast_as_in_the_open() -> Result<()> {
    let all = std::env::var_os("SLUIS_ALL").is_some();
    let [middle, most_bytes] = if all { [MIDDLE, LARGE] } else { FEW };
    let (relay, mut canary) = (
        Relay::start_in(TempDir::with_prefix("sluis-relay-")?, &["--work", "0"]).await?,
        Canary::new(),
    );
    let desk = Browser::chromium("file figures, desk").await?;
    set_up(&desk, &relay, &mut canary).await?;
    let reporter = Browser::chromium("file figures, reporter").await?;
    let story = canary.text("Snel en klein.");
    report(&reporter, &relay, &mut canary, &story, Check::Skip).await?;

    let manifest = fs::read_to_string(relay::site()?.join("asset-manifest.json"))?;
    let script = manifest
        .split('"')
        .find(|name| name.starts_with("more-"))
        .context("the script for files")?;
    let found = reporter
        .run_async(SEAL, vec![format!("/{script}").into(), middle.into()])
        .await?;
    let (sealed, bare) = pair(&found)?;
    let whole = found
        .get(2)
        .and_then(Value::as_f64)
        .context("whole pieces")?;
    let sealing = bare / sealed;
    eprintln!(
        "sealing {} MiB: {sealed:.0} ms; the bare cipher in the same chunks {bare:.0} ms: {sealing:.2} of it; in whole pieces {whole:.0} ms: {:.2}",
        middle >> 20,
        whole / sealed
    );

    // A reporter's file, one piece after the other.
    let in_the_open = plain(&reporter, 1, middle, 1).await?;
    let name = canary.word();
    let choose = format!(
        "{CHOOSE} const content = new Uint8Array(arguments[1]); for (let at = 0; at < content.length; at += 65536) crypto.getRandomValues(content.subarray(at, at + 65536)); choose('#attach-file', new File([content], arguments[0]))"
    );
    reporter.click("#attach").await?;
    reporter.see("#attach-choose").await?;
    reporter
        .run(&choose, vec![name.as_str().into(), middle.into()])
        .await?;
    reporter.see("#attach-send").await?;
    let send = "const done = arguments[0], start = performance.now();
        document.querySelector('#attach-send').click();
        const look = () => (document.querySelector('#attach-done') ? done(performance.now() - start) : setTimeout(look, 5));
        look()";
    let took = reporter.run_async(send, Vec::new()).await?;
    let took = took.as_f64().context("milliseconds")?;
    let small = in_the_open / took;
    eprintln!(
        "a reporter's {} MiB: {took:.0} ms, in the open {in_the_open:.0} ms: {small:.2} of it",
        middle >> 20
    );

    // A desk's file, four pieces abreast, and the memory meanwhile.
    open_new_report(&desk).await?;
    files_of(&desk).await?;
    desk.see("#file-drop").await?;
    let in_the_open = plain(&reporter, 9, most_bytes, 4).await?;
    let name = canary.word();
    let (name, locking) = (format!("{name}.bin"), said("files-locking")?);
    // From the disk, as a person chooses it: no copy of it is in memory before.
    let path = relay.folder().join(&name);
    let mut content = vec![0; most_bytes];
    fs::File::open("/dev/urandom")?.read_exact(&mut content)?;
    fs::write(&path, content)?;
    let arguments = vec![name.as_str().into(), locking.into()];
    desk.run(TIMED, arguments).await?;
    let before = desk.resident();
    let watched = async {
        let mut most = 0;
        let mut beat = tokio::time::interval(Duration::from_millis(50));
        loop {
            beat.tick().await;
            most = desk.resident().max(most);
            if desk_is_done(&relay, most_bytes)? {
                return Ok::<u64, anyhow::Error>(most);
            }
        }
    };
    let added = async {
        desk.choose("#file-pick", &path).await?;
        desk.run_async("timed.then(arguments[0])", Vec::new()).await
    };
    let (found, most) = tokio::join!(added, tokio::time::timeout(SENDS, watched));
    fs::remove_file(&path)?;
    let (locked, took) = pair(&found?)?;
    let more = most??.saturating_sub(before);
    let large = in_the_open / took;
    eprintln!(
        "a desk's {} MiB: locked after {locked:.0} ms, sent after {took:.0} ms, in the open {in_the_open:.0} ms: {large:.2} of it; {} MB more",
        most_bytes >> 20,
        more / 1_000_000
    );
    if all {
        ensure!(sealing >= SEALING, "sealing {sealing:.2}");
        ensure!(
            small.min(large) >= SENDING,
            "sending {small:.2}, {large:.2}"
        );
        ensure!(more <= MEMORY, "{more} bytes more");
    }
    canary.search(relay, vec![desk, reporter]).await
}

/// Whether a file of so many bytes has all its pieces at the server, and is the desk's.
fn desk_is_done(relay: &Relay, bytes: usize) -> Result<bool> {
    let pieces = bytes / (256 * 1024);
    let folders = fs::read_dir(relay.folder().join("data/files"))?.filter_map(Result::ok);
    let mut counts = folders.map(|folder| fs::read_dir(folder.path()).map_or(0, Iterator::count));
    Ok(counts.any(|count| count > pieces))
}
