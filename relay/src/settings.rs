//! Settings: flags before environment before file before defaults, parsed once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde::Deserialize;
use sluis_wire::{limits, pow};

/// What `--help` says at its end.
const TEACHING: &str = "\
FIRST START
  The relay makes its data folder, prints a set-up code and waits. Open the address of /desk in a browser, type the code,
  and set up the organisation there. The keys are made in that browser; the relay never gets one. The code works once.

DATA FOLDER
  relay.sqlite   what clients sent: sealed, except for the signed public directory
  files          pieces of files, sealed
  relay.key      the relay's own key; without it a restored relay is another relay
  site.json      telephone numbers and the address that the exit button opens: edit them here
  setup-code     only until set-up is done
  shares/        this relay's halves of the keys of personal data

BACKUP
  Copy the folder while the relay is stopped, or, while it runs, copy relay.key, site.json and files, and make a copy of the database with
  `sqlite3 relay.sqlite \".backup FILE\"`. A backup is sealed as the folder is.
  Never copy the folder shares: personal data is gone when it is deleted there, unless a copy is left. Give it a second folder on another disk
  instead (--share-replica), which the relay empties as it empties the first.

BEHIND A PROXY
  Let a web server with TLS pass everything on to --listen. It should keep no log of addresses, as the relay keeps none.

Every flag can also stand in the environment (SLUIS_DATA, SLUIS_LISTEN, ...) or in a file (--config, see sluis.example.toml).";

/// The server of Sluis. It takes, keeps and hands out sealed bytes and can open none of them.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "sluis-relay", version, after_help = TEACHING)]
pub struct Flags {
    /// Settings file (TOML); flags and environment go before it.
    #[arg(long, env = "SLUIS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder for everything that has to last [default: data].
    #[arg(long, env = "SLUIS_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, env = "SLUIS_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Folder of the built site: the reporter's page, and the desk in desk/ [default: dist].
    #[arg(long, env = "SLUIS_SITE", value_name = "FOLDER")]
    pub site: Option<PathBuf>,
    /// Address by which people reach this relay, such as `https://melden.example.org` [default: that of --listen].
    #[arg(long, env = "SLUIS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Origin of the desk when it has one of its own, such as `https://desk.example.org`: /desk is then served there only.
    #[arg(long, env = "SLUIS_DESK_ORIGIN", value_name = "ORIGIN")]
    pub desk_origin: Option<String>,
    /// Leading zero bits of each of the eight puzzles that a message costs on a calm day, 0 to 8 [default: 4].
    #[arg(long, env = "SLUIS_WORK", value_name = "BITS", value_parser = clap::value_parser!(u8).range(0..=8))]
    pub work: Option<u8>,
    /// Dossiers that may be made in an hour, all organisations together [default: 2000].
    #[arg(long, env = "SLUIS_DOSSIERS_AN_HOUR", value_name = "COUNT")]
    pub dossiers_an_hour: Option<u32>,
    /// Replies to reporters that may be posted in an hour, all organisations together [default: 20000].
    #[arg(long, env = "SLUIS_REPLIES_AN_HOUR", value_name = "COUNT")]
    pub replies_an_hour: Option<u32>,
    /// Second folder for the relay's halves of the keys of personal records, on another disk. Leave both out of every backup.
    #[arg(long, env = "SLUIS_SHARE_REPLICA", value_name = "FOLDER")]
    pub share_replica: Option<PathBuf>,
    /// Serve a description of the interface at /openapi.json [default: only when listening on this machine alone].
    #[arg(long, env = "SLUIS_OPENAPI", value_name = "YES_OR_NO", num_args = 0..=1, default_missing_value = "true")]
    pub openapi: Option<bool>,
}

/// The settings file: the same names as the flags.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data: Option<PathBuf>,
    listen: Option<SocketAddr>,
    site: Option<PathBuf>,
    public_url: Option<String>,
    desk_origin: Option<String>,
    work: Option<u8>,
    dossiers_an_hour: Option<u32>,
    replies_an_hour: Option<u32>,
    share_replica: Option<PathBuf>,
    openapi: Option<bool>,
}

/// Settings as the relay uses them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder for everything that has to last.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Folder of the built site.
    pub site: PathBuf,
    /// Address by which people reach this relay, without a slash at its end; `None` for that of `listen`.
    pub public_url: Option<String>,
    /// Origin of the desk, when it is not that of the reporter's page.
    pub desk_origin: Option<Origin>,
    /// Leading zero bits of each puzzle on a calm day, 0 to 8.
    pub work: u8,
    /// Dossiers that may be made in an hour.
    pub dossiers_an_hour: u32,
    /// Replies that may be posted in an hour.
    pub replies_an_hour: u32,
    /// Second folder for halves of keys.
    pub share_replica: Option<PathBuf>,
    /// Whether to serve `/openapi.json`.
    pub openapi: bool,
}

/// Scheme and authority of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be read.
    #[error("the settings file {} cannot be read", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not what `sluis.example.toml` shows.
    #[error("the settings file {} has a mistake", path.display())]
    Mistake {
        /// Which file.
        path: PathBuf,
        /// Where and what.
        #[source]
        source: toml::de::Error,
    },
    /// A value is out of range.
    #[error("work has to be 0 to {}", pow::DIFFICULTY_MOST)]
    Work,
    /// Not `http://` or `https://`, a host, and perhaps a port.
    #[error("desk-origin has to look like https://desk.example.org")]
    Origin,
}

impl Settings {
    /// Settings for a relay with its data in `data`: on a free port of this machine, with no site.
    #[must_use]
    pub fn local(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            site: data.join("no-site"),
            public_url: None,
            desk_origin: None,
            work: pow::DIFFICULTY,
            dossiers_an_hour: limits::DOSSIERS_AN_HOUR,
            replies_an_hour: limits::REPLIES_AN_HOUR,
            share_replica: None,
            openapi: true,
        }
    }

    /// Joins flags, environment (which clap has read into the flags) and file.
    ///
    /// # Errors
    /// [`Error`] for a file that cannot be used or a value out of range.
    pub fn resolve(flags: Flags) -> Result<Self, Error> {
        let file = flags
            .config
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default();
        let listen = flags
            .listen
            .or(file.listen)
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let work = flags.work.or(file.work).unwrap_or(pow::DIFFICULTY);
        if work > pow::DIFFICULTY_MOST {
            return Err(Error::Work);
        }
        let public_url = flags.public_url.or(file.public_url);
        Ok(Self {
            data: flags.data.or(file.data).unwrap_or_else(|| "data".into()),
            listen,
            site: flags.site.or(file.site).unwrap_or_else(|| "dist".into()),
            public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()),
            desk_origin: flags
                .desk_origin
                .or(file.desk_origin)
                .map(|text| Origin::parse(&text))
                .transpose()?,
            work,
            dossiers_an_hour: flags
                .dossiers_an_hour
                .or(file.dossiers_an_hour)
                .unwrap_or(limits::DOSSIERS_AN_HOUR),
            replies_an_hour: flags
                .replies_an_hour
                .or(file.replies_an_hour)
                .unwrap_or(limits::REPLIES_AN_HOUR),
            share_replica: flags.share_replica.or(file.share_replica),
            openapi: flags
                .openapi
                .or(file.openapi)
                .unwrap_or_else(|| listen.ip().is_loopback()),
        })
    }

    /// The address of the desk, when the relay listens on `bound`.
    #[must_use]
    pub fn desk_url(&self, bound: SocketAddr) -> String {
        let own = || {
            self.public_url
                .clone()
                .unwrap_or_else(|| format!("http://{bound}"))
        };
        format!(
            "{}/desk",
            self.desk_origin
                .as_ref()
                .map_or_else(own, |origin| origin.as_str().to_owned())
        )
    }
}

impl Origin {
    /// Reads an origin.
    ///
    /// # Errors
    /// [`Error::Origin`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim_end_matches('/').to_ascii_lowercase();
        let origin = Self(text);
        let authority = origin.authority();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
        if authority.is_empty() || !authority.chars().all(plain) {
            return Err(Error::Origin);
        }
        Ok(origin)
    }

    /// As browsers write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, as the `Host` header has it.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0
            .strip_prefix("https://")
            .or_else(|| self.0.strip_prefix("http://"))
            .unwrap_or_default()
    }
}

fn read(path: &Path) -> Result<Written, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|source| Error::Mistake {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("sluis.toml");
        std::fs::write(&config, "data = \"from-file\"\nwork = 2\n").unwrap();
        let flags = Flags {
            config: Some(config),
            work: Some(3),
            ..Flags::default()
        };
        let settings = Settings::resolve(flags).unwrap();
        assert_eq!(
            (settings.data.to_str().unwrap(), settings.work),
            ("from-file", 3)
        );
        assert_eq!(settings.site.to_str().unwrap(), "dist");
    }

    #[test]
    fn an_unknown_name_in_the_file_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("sluis.toml");
        std::fs::write(&config, "dota = \"x\"\n").unwrap();
        let flags = Flags {
            config: Some(config),
            ..Flags::default()
        };
        assert!(matches!(
            Settings::resolve(flags),
            Err(Error::Mistake { .. })
        ));
    }

    #[test]
    fn the_example_file_holds_the_defaults() {
        let text = include_str!("../sluis.example.toml");
        let written: Written = toml::from_str(text).unwrap();
        assert!(written.data.is_none());
        let uncommented: String = text
            .lines()
            .map(|line| {
                line.strip_prefix("#")
                    .filter(|rest| !rest.starts_with(' '))
                    .unwrap_or("")
                    .to_owned()
                    + "\n"
            })
            .collect();
        let written: Written = toml::from_str(&uncommented).unwrap();
        assert_eq!(written.work, Some(pow::DIFFICULTY));
        let quotas = (written.dossiers_an_hour, written.replies_an_hour);
        assert_eq!(
            quotas,
            (
                Some(limits::DOSSIERS_AN_HOUR),
                Some(limits::REPLIES_AN_HOUR)
            )
        );
        assert!(
            written.openapi.is_some()
                && written.desk_origin.is_some()
                && written.public_url.is_some()
        );
        let defaults = Settings::resolve(Flags::default()).unwrap();
        assert_eq!(
            (written.data, written.listen, written.site),
            (
                Some(defaults.data),
                Some(defaults.listen),
                Some(defaults.site)
            )
        );
    }

    #[test]
    fn an_origin_has_a_scheme_and_a_host_and_nothing_more() {
        assert_eq!(
            Origin::parse("https://Desk.example.org/").unwrap().as_str(),
            "https://desk.example.org"
        );
        for wrong in [
            "desk.example.org",
            "https://",
            "https://a/b",
            "ftp://a",
            "https://a b",
        ] {
            assert!(Origin::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn flags_are_in_order() {
        Flags::command().debug_assert();
    }
}
