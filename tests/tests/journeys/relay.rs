//! The real program of the relay, on a data folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::browser::{PATIENCE, Process, until};

/// The folder of the whole project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// A relay that serves the built site.
pub(crate) struct Relay {
    process: Option<Process>,
    folder: TempDir,
    address: String,
    front: Option<String>,
    arguments: Vec<String>,
}

impl Relay {
    /// A relay on a new, empty data folder.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn start() -> Result<Self> {
        Self::start_in(TempDir::with_prefix("sluis-relay-")?, &[]).await
    }

    /// A relay on the data folder `data` within `folder`, which may hold something already.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn start_in(folder: TempDir, arguments: &[&str]) -> Result<Self> {
        let arguments = arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect();
        let mut relay = Self {
            process: None,
            folder,
            address: "127.0.0.1:0".into(),
            front: None,
            arguments,
        };
        relay.start_again().await?;
        Ok(relay)
    }

    /// Starts it, on the address it had.
    ///
    /// # Errors
    /// It does not start.
    pub(crate) async fn start_again(&mut self) -> Result<()> {
        let site = site()?;
        let out = self.out();
        let before = fs::read_to_string(&out).unwrap_or_default().len();
        let mut command = Command::new(program()?);
        command
            .arg("--data")
            .arg(self.data())
            .arg("--site")
            .arg(site)
            .args(["--listen", &self.address])
            .args(&self.arguments);
        let mut process = Process::start(&mut command, &out)?;
        self.address = until("the relay's address", PATIENCE, async || {
            let said = fs::read_to_string(&out)?;
            let said = said.get(before..).unwrap_or_default();
            ensure!(!process.is_over(), "the relay ended: {said}");
            let address = said
                .lines()
                .find_map(|line| line.strip_prefix("listening on http://"));
            Ok(address.map(str::to_owned))
        })
        .await?;
        self.process = Some(process);
        Ok(())
    }

    /// Ends it without a warning.
    pub(crate) fn kill(&mut self) {
        self.process = None;
    }

    /// Where it listens: address and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// People reach it by the address `front` from now on.
    pub(crate) fn stands_behind(&mut self, front: String) {
        self.front = Some(front);
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!(
            "http://{}{path}",
            self.front.as_ref().unwrap_or(&self.address)
        )
    }

    /// The code that it printed at its first start.
    ///
    /// # Errors
    /// It printed none.
    pub(crate) fn setup_code(&self) -> Result<String> {
        let said = fs::read_to_string(self.out())?;
        let code = said
            .lines()
            .find_map(|line| line.split_once("set-up code: "));
        Ok(code
            .context("the relay printed no set-up code")?
            .1
            .trim()
            .to_owned())
    }

    /// The folder with all that it has stored and said.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }
}

/// The relay's program: the one that `SLUIS_RELAY` names, else the one that `./run` starts, built anew where needed.
fn program() -> Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| match std::env::var_os("SLUIS_RELAY") {
        Some(program) => Ok(program.into()),
        None => native("sluis-relay", "sluis-relay"),
    });
    built.clone().map_err(anyhow::Error::msg)
}

/// A program built as `./run` builds it: fast. Built anew where needed.
pub(crate) fn native(package: &str, program: &str) -> Result<PathBuf, String> {
    let flags = ["build", "--quiet", "--profile", "native", "-p", package];
    let status = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(flags)
        .args(["--bin", program])
        .status();
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    match status {
        Ok(status) if status.success() => Ok(target.join("native").join(program)),
        _ => Err(format!("{program} cannot be built")),
    }
}

/// The built site: the folder that `SLUIS_SITE` names, else `dist`.
pub(crate) fn site() -> Result<PathBuf> {
    let site = std::env::var_os("SLUIS_SITE").map_or_else(|| root().join("dist"), PathBuf::from);
    ensure!(
        site.join("asset-manifest.json").is_file(),
        "there is no site in {}; call scripts/site.sh",
        site.display()
    );
    Ok(site)
}
