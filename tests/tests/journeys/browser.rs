//! A browser of its own for one person: a driver on a free loopback port, a new profile, and waits that end.
//!
//! Chromium and Firefox are started through their drivers and ended by process id. Nothing is kept of a profile
//! but what the search for typed words needs.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

/// How long anything may take that a person waits for. Machines that build and test at once are slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);
/// Milliseconds that a script may take that says itself when it is done: some send files, or wait for a large vault.
const SCRIPT_PATIENCE: u64 = 600_000;
/// How long a driver may take to say its port.
const DRIVER_PATIENCE: Duration = Duration::from_secs(30);
/// Drivers that are started until one says its port.
const DRIVERS: usize = 4;
/// How often is looked.
const BEAT: Duration = Duration::from_millis(40);
/// Makes each browser write what it did.
const LOGS: [&str; 2] = ["browser", "performance"];

/// Asks until there is an answer.
///
/// # Errors
/// What was waited for, when it did not come within `patience`; what `ask` failed with.
pub(crate) async fn until<T>(
    what: &str,
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let mut beat = tokio::time::interval(BEAT);
    let end = tokio::time::Instant::now() + patience;
    loop {
        beat.tick().await;
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if tokio::time::Instant::now() > end {
            bail!("{what} did not come within {} s", patience.as_secs());
        }
    }
}

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Chromium with chromedriver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
}

impl Kind {
    const fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
        }
    }

    /// The words before the port in what the driver says when it is ready.
    const fn ready(self) -> &'static str {
        match self {
            Self::Chromium => "started successfully on port ",
            Self::Firefox => "Listening on 127.0.0.1:",
        }
    }

    /// The driver: beside the other programs, or in the cache of tools.
    fn program(self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
        let tools = cache
            .and_then(|cache| fs::read_dir(cache.join("sluis")).ok())
            .into_iter()
            .flatten()
            .flatten();
        let tools = tools.map(|tool| tool.path().join("bin"));
        std::env::split_paths(&path)
            .chain(tools)
            .map(|folder| folder.join(self.driver()))
            .find(|file| file.is_file())
    }

    /// Whether it can be started on this machine.
    pub(crate) fn is_here(self) -> bool {
        let browser = match self {
            Self::Chromium => ["chromium", "chromium"],
            Self::Firefox => ["firefox-esr", "firefox"],
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = std::env::split_paths(&path)
            .any(|folder| browser.iter().any(|name| folder.join(name).is_file()));
        found && self.program().is_some()
    }

    fn capabilities(self, profile: &Path, arguments: &[&str]) -> Capabilities {
        let options = match self {
            Self::Chromium => {
                let mut all = vec![
                    "--headless".to_owned(),
                    "--no-sandbox".to_owned(),
                    "--disable-gpu".to_owned(),
                    "--disable-quic".to_owned(),
                    "--disable-dev-shm-usage".to_owned(),
                    "--no-first-run".to_owned(),
                    "--disable-background-networking".to_owned(),
                    "--disable-component-update".to_owned(),
                    "--disable-sync".to_owned(),
                    "--lang=nl".to_owned(),
                    "--window-size=1280,900".to_owned(),
                    format!("--user-data-dir={}", profile.display()),
                ];
                all.extend(arguments.iter().map(|&argument| argument.to_owned()));
                let logs: Value = LOGS
                    .iter()
                    .map(|log| ((*log).to_owned(), "ALL".into()))
                    .collect::<Capabilities>()
                    .into();
                json!({
                    "goog:chromeOptions": { "args": all, "prefs": { "intl.accept_languages": "nl-NL,nl" } },
                    "goog:loggingPrefs": logs,
                })
            }
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "args": ["-headless", "-profile", profile],
                    "prefs": { "intl.accept_languages": "nl-NL,nl" },
                },
            }),
        };
        let mut all = options.as_object().cloned().unwrap_or_default();
        all.insert("timeouts".to_owned(), json!({ "script": SCRIPT_PATIENCE }));
        all
    }
}

/// A command that only one driver knows.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.body.to_string()))
    }
}

/// A process that ends with this value.
pub(crate) struct Process(Child);

impl Process {
    /// Starts `command` with its output in `out`.
    ///
    /// # Errors
    /// It cannot be started.
    pub(crate) fn start(command: &mut Command, out: &Path) -> Result<Self> {
        let file = File::options().create(true).append(true).open(out)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        Ok(Self(child))
    }

    /// Ends it at once, as a power cut would.
    pub(crate) fn kill(&mut self) {
        // A process that has ended needs no killing.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// Whether it has ended by itself.
    pub(crate) fn is_over(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a closed browser leaves.
pub(crate) struct Remains {
    /// The folder of the profile.
    pub(crate) profile: TempDir,
    /// What the console and the log of requests hold, as text.
    pub(crate) logs: String,
}

/// A browser with one window.
pub(crate) struct Browser {
    /// The session.
    pub(crate) client: Client,
    kind: Kind,
    pid: Option<u64>,
    driver: Process,
    profile: Option<TempDir>,
    name: String,
    logs: std::sync::Mutex<Vec<Value>>,
}

impl Browser {
    /// Chromium.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn chromium(name: &str) -> Result<Self> {
        Self::open(Kind::Chromium, name, &[]).await
    }

    /// A browser in a new profile. `name` is used in messages about what failed.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn open(kind: Kind, name: &str, arguments: &[&str]) -> Result<Self> {
        Self::open_in(
            kind,
            name,
            arguments,
            TempDir::with_prefix("sluis-journey-")?,
        )
        .await
    }

    /// A browser in a profile that was used before.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn open_in(
        kind: Kind,
        name: &str,
        arguments: &[&str],
        profile: TempDir,
    ) -> Result<Self> {
        let program = kind
            .program()
            .with_context(|| format!("no {} on this machine", kind.driver()))?;
        let out = profile.path().join("driver.out");
        let (driver, port) = start_driver(kind, &program, &out).await?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(kind.capabilities(profile.path(), arguments))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the browser does not start")?;
        let started = client.capabilities();
        let pid = ["goog:processID", "moz:processID"]
            .iter()
            .find_map(|name| started?.get(*name)?.as_u64());
        Ok(Self {
            client,
            kind,
            pid,
            driver,
            profile: Some(profile),
            name: name.to_owned(),
            logs: std::sync::Mutex::default(),
        })
    }

    /// Bytes that all pages of this browser hold in memory.
    pub(crate) fn resident(&self) -> u64 {
        let mut parents = std::collections::BTreeMap::new();
        let mut pages = Vec::new();
        for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let name = process.file_name();
            let Some(id) = name.to_str().and_then(|name| name.parse::<u64>().ok()) else {
                continue;
            };
            let read =
                |file: &str| fs::read_to_string(process.path().join(file)).unwrap_or_default();
            let stat = read("stat");
            let parent = stat
                .rsplit_once(')')
                .and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
            parents.insert(id, parent.unwrap_or(0_u64));
            if read("cmdline").contains("--type=renderer") {
                let kept = read("statm")
                    .split_whitespace()
                    .nth(1)
                    .and_then(|count| count.parse::<u64>().ok());
                pages.push((id, kept.unwrap_or(0) * 4096));
            }
        }
        let ours = |id: u64| {
            let mut above = Some(id);
            while let Some(id) = above.filter(|id| *id > 1) {
                if Some(id) == self.pid {
                    return true;
                }
                above = parents.get(&id).copied();
            }
            false
        };
        pages
            .iter()
            .filter(|(id, _)| ours(*id))
            .map(|(_, kept)| kept)
            .sum()
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The browser says so.
    pub(crate) async fn go(&self, url: &str) -> Result<()> {
        self.client
            .goto(url)
            .await
            .with_context(|| format!("{}: cannot open {url}", self.name))
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// What the script threw.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client
            .execute(script, arguments)
            .await
            .with_context(|| format!("{}: {script}", self.name))
    }

    /// Runs a script whose last argument is called with the result.
    ///
    /// # Errors
    /// What the script threw.
    pub(crate) async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client
            .execute_async(script, arguments)
            .await
            .with_context(|| format!("{}: {script}", self.name))
    }

    /// Waits until a script returns something that counts as true, and returns that.
    ///
    /// # Errors
    /// It did not; what the page shows instead is in the error.
    pub(crate) async fn wait(
        &self,
        what: &str,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<Value> {
        let asked = until(what, PATIENCE, async || {
            // While a page goes and another comes there may be nothing to run a script in.
            let answer = self
                .client
                .execute(script, arguments.clone())
                .await
                .unwrap_or(Value::Null);
            let truth = !matches!(&answer, Value::Null | Value::Bool(false))
                && answer != json!(0)
                && answer != json!("");
            Ok(truth.then_some(answer))
        })
        .await;
        match asked {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.explain(error).await),
        }
    }

    /// The same error with what is on the screen.
    async fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let text = self
            .client
            .execute(
                "return location.pathname + location.hash + '\\n' + document.body.innerText",
                Vec::new(),
            )
            .await;
        let text = text
            .ok()
            .and_then(|text| Some(text.as_str()?.to_owned()))
            .unwrap_or_default();
        let console = self.log("browser").await.unwrap_or_default();
        let console: Vec<_> = console
            .iter()
            .filter_map(|entry| entry.get("message")?.as_str().map(str::to_owned))
            .collect();
        let mut picture = String::new();
        if let Ok(bytes) = self.client.screenshot().await {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR"))
                .join(format!("{}.png", self.name.replace(' ', "-")));
            if fs::write(&file, bytes).is_ok() {
                picture = file.display().to_string();
            }
        }
        anyhow!(
            "{}: {error:#}\n--- on the screen ({picture}):\n{text}\n--- console:\n{}",
            self.name,
            console.join("\n")
        )
    }

    /// Keeps pictures of what `css` names in the folder that `SLUIS_PICTURES` names, if it names one: on a phone and at a desk, light and dark.
    ///
    /// # Errors
    /// The browser says so.
    pub(crate) async fn picture(&self, name: &str, css: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("SLUIS_PICTURES").map(PathBuf::from) else {
            return Ok(());
        };
        for (device, width, height) in [("phone", 390, 844), ("desk", 1_440, 900)] {
            let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": device == "phone" });
            self.devtools("Emulation.setDeviceMetricsOverride", screen)
                .await?;
            for scheme in ["light", "dark"] {
                let media =
                    json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                self.devtools("Emulation.setEmulatedMedia", media).await?;
                let scroll = "document.querySelector(arguments[0]).scrollIntoView()";
                self.run(scroll, vec![css.into()]).await?;
                let bytes = self.client.screenshot().await?;
                fs::write(folder.join(format!("{name}-{device}-{scheme}.png")), bytes)?;
            }
        }
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await
            .map(drop)
    }

    /// Waits for something that can be seen.
    ///
    /// # Errors
    /// It did not come.
    pub(crate) async fn see(&self, css: &str) -> Result<()> {
        self.wait(
            css,
            "return document.querySelector(arguments[0])?.checkVisibility?.()",
            vec![css.into()],
        )
        .await
        .map(drop)
    }

    /// Waits until the text of an element has a part, and returns all of it.
    ///
    /// # Errors
    /// It did not come.
    pub(crate) async fn says(&self, css: &str, part: &str) -> Result<String> {
        let script = "const all = [...document.querySelectorAll(arguments[0])].map((one) => one.innerText).join('\\n');
            return all.includes(arguments[1]) ? all : null";
        let text = self
            .wait(
                &format!("\"{part}\" in {css}"),
                script,
                vec![css.into(), part.into()],
            )
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The texts of all elements that `css` names.
    ///
    /// # Errors
    /// The browser says so.
    pub(crate) async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let found = self
            .run(
                "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText)",
                vec![css.into()],
            )
            .await?;
        Ok(found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|text| Some(text.as_str()?.trim().to_owned()))
            .collect())
    }

    /// The value of a field.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn value(&self, css: &str) -> Result<String> {
        let value = self
            .run(
                "return document.querySelector(arguments[0])?.value ?? null",
                vec![css.into()],
            )
            .await?;
        Ok(value
            .as_str()
            .with_context(|| format!("{}: no {css}", self.name))?
            .to_owned())
    }

    /// Clicks on what can be clicked, as soon as it can be.
    ///
    /// # Errors
    /// It never could.
    pub(crate) async fn click(&self, css: &str) -> Result<()> {
        let ready = "const it = document.querySelector(arguments[0]);
            return it && !it.disabled && it.getAttribute('aria-busy') !== 'true' && it.checkVisibility()";
        let clicked = until(&format!("a click on {css}"), PATIENCE, async || {
            let truth = self
                .client
                .execute(ready, vec![css.into()])
                .await
                .is_ok_and(|truth| truth == Value::Bool(true));
            let Some(element) = (if truth {
                self.client.find(Locator::Css(css)).await.ok()
            } else {
                None
            }) else {
                return Ok(None);
            };
            // What was drawn anew meanwhile is looked for again.
            Ok(element.click().await.ok())
        })
        .await;
        match clicked {
            Ok(()) => Ok(()),
            Err(error) => Err(self.explain(error).await),
        }
    }

    /// Types into a field, key by key.
    ///
    /// # Errors
    /// The field never took it.
    pub(crate) async fn write(&self, css: &str, text: &str) -> Result<()> {
        let ready = "const it = document.querySelector(arguments[0]); return it && !it.disabled && !it.readOnly && it.checkVisibility()";
        self.wait(&format!("{css} to write in"), ready, vec![css.into()])
            .await?;
        let element = self.client.find(Locator::Css(css)).await?;
        element
            .send_keys(text)
            .await
            .with_context(|| format!("{}: typing into {css}", self.name))
    }

    /// Presses keys, wherever the keyboard is.
    ///
    /// # Errors
    /// The browser says so.
    pub(crate) async fn press(&self, keys: &str) -> Result<()> {
        let element = self.client.active_element().await?;
        element
            .send_keys(keys)
            .await
            .with_context(|| format!("{}: keys", self.name))
    }

    /// Puts a text into a field at once, as pasting does.
    ///
    /// # Errors
    /// The field never took it.
    pub(crate) async fn paste(&self, css: &str, text: &str) -> Result<()> {
        let script = "const it = document.querySelector(arguments[0]);
            if (!it || it.disabled || it.readOnly) return false;
            it.focus(); it.value = arguments[1];
            it.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
            return true";
        self.wait(
            &format!("{css} to paste into"),
            script,
            vec![css.into(), text.into()],
        )
        .await
        .map(drop)
    }

    /// Chooses a file from the disk in a field for files.
    ///
    /// # Errors
    /// There is no such field.
    pub(crate) async fn choose(&self, css: &str, file: &Path) -> Result<()> {
        let field = self.client.find(Locator::Css(css)).await?;
        let path = file.to_str().context("a path in other letters")?;
        Ok(field.send_keys(path).await?)
    }

    /// Asks Chromium for something that only its debugging protocol can do.
    ///
    /// # Errors
    /// The browser refuses.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        self.client
            .issue_cmd(Extension {
                path: "goog/cdp/execute",
                body,
            })
            .await
            .with_context(|| format!("{}: {command}", self.name))
    }

    /// The page as the browser prints it: a PDF, as base64.
    ///
    /// # Errors
    /// The browser refuses.
    pub(crate) async fn print(&self) -> Result<String> {
        let body = json!({ "background": true });
        let pdf = self
            .client
            .issue_cmd(Extension {
                path: "print",
                body,
            })
            .await
            .with_context(|| format!("{}: printing", self.name))?;
        Ok(pdf.as_str().unwrap_or_default().to_owned())
    }

    /// Empties one of the logs of Chromium; what was in it is also kept for the search at the end.
    ///
    /// # Errors
    /// The browser refuses.
    pub(crate) async fn log(&self, log: &'static str) -> Result<Vec<Value>> {
        if self.kind != Kind::Chromium {
            return Ok(Vec::new());
        }
        let entries = self
            .client
            .issue_cmd(Extension {
                path: "se/log",
                body: json!({ "type": log }),
            })
            .await?;
        let entries = entries.as_array().cloned().unwrap_or_default();
        if let Ok(mut all) = self.logs.lock() {
            all.extend(entries.iter().cloned());
        }
        Ok(entries)
    }

    /// The events of the network since the last time: name and parameters.
    ///
    /// # Errors
    /// The browser refuses.
    pub(crate) async fn network(&self) -> Result<Vec<(String, Value)>> {
        let entries = self.log("performance").await?;
        let event = |entry: &Value| {
            let text: Value = serde_json::from_str(entry.get("message")?.as_str()?).ok()?;
            let message = text.get("message")?;
            Some((
                message.get("method")?.as_str()?.to_owned(),
                message.get("params")?.clone(),
            ))
        };
        Ok(entries
            .iter()
            .filter_map(event)
            .filter(|(method, _)| method.starts_with("Network."))
            .collect())
    }

    /// Closes the browser as a person does, and keeps its profile for a look.
    ///
    /// # Errors
    /// It does not close.
    pub(crate) async fn close(mut self) -> Result<Remains> {
        for log in LOGS {
            self.log(log).await?;
        }
        let logs = self
            .logs
            .lock()
            .map(|mut logs| core::mem::take(&mut *logs))
            .unwrap_or_default();
        let logs = Value::Array(logs).to_string();
        self.client.clone().close().await?;
        if let Some(pid) = self.pid.take() {
            until("the end of the browser", PATIENCE, async || {
                Ok((!is_alive(pid)).then_some(()))
            })
            .await?;
        }
        self.driver.kill();
        let profile = self.profile.take().context("a browser closes once")?;
        Ok(Remains { profile, logs })
    }
}

/// A driver and its port. One that finds the port which it chose taken by then ends, or says nothing; another one is started then.
async fn start_driver(kind: Kind, program: &Path, out: &Path) -> Result<(Process, String)> {
    let mut said = String::new();
    for _ in 0..DRIVERS {
        fs::write(out, "")?;
        let mut command = Command::new(program);
        match kind {
            Kind::Chromium => command.arg("--port=0"),
            Kind::Firefox => command.args(["--port", "0"]),
        };
        let mut driver = Process::start(&mut command, out)?;
        let port = until("the driver's port", DRIVER_PATIENCE, async || {
            let over = driver.is_over();
            let said = fs::read_to_string(out)?;
            let after = said.split_once(kind.ready()).map(|(_, rest)| rest);
            let digits =
                after.and_then(|rest| rest.split_once(|letter: char| !letter.is_ascii_digit()));
            let port = digits.map(|(digits, _)| digits.to_owned());
            ensure!(port.is_some() || !over, "the driver ended");
            Ok(port)
        });
        match port.await {
            Ok(port) => return Ok((driver, port)),
            Err(error) => said = format!("{error:#}: {}", fs::read_to_string(out)?),
        }
    }
    bail!("no driver starts: {said}")
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(pid) = self.pid.take().filter(|pid| is_alive(*pid)) {
            // A browser that has ended needs no killing.
            let _ = Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .status();
        }
    }
}

fn is_alive(pid: u64) -> bool {
    // A process that has ended and that nobody waited for is over as well.
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| {
        !stat
            .rsplit_once(')')
            .is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
    })
}
