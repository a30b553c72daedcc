//! The data folder: the relay's own key, the set-up code while it is needed, and what the site tells its pages.
//!
//! ```text
//! relay.sqlite   everything that clients sent, sealed
//! files          pieces of files, sealed
//! relay.key      seed of the key that the genesis entry names (64 hexadecimal digits)
//! setup-code     until set-up is done
//! site.json      genesis hash, telephone numbers, exit address; the operator edits it
//! shares/        halves of the keys of personal records: not for backups
//! lock           held while a relay uses the folder
//! ```

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sluis_directory::signature::SigningKey;
use sluis_wire::address::GenesisHash;
use zeroize::Zeroizing;

use crate::chance;

const KEY: &str = "relay.key";
const CODE: &str = "setup-code";
const SITE: &str = "site.json";
const LOCK: &str = "lock";
/// What stands in a new `site.json`.
const SITE_DEFAULT: &str = include_str!("../site.default.json");
/// 32 letters and digits that are not mistaken for each other (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 4;
const GROUP: usize = 5;

/// Why the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another relay uses it.
    #[error("another relay uses the data folder {}", .0.display())]
    InUse(PathBuf),
    /// It cannot be read or written.
    #[error("the data folder cannot be used: {}", path.display())]
    Unusable {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file holds something else than what the relay wrote there.
    #[error("the file {} is damaged", .0.display())]
    Damaged(PathBuf),
}

/// An open data folder. The lock on it ends with the value.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder (for its owner only) when it is missing, and locks it.
    ///
    /// # Errors
    /// [`Error::InUse`], [`Error::Unusable`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        make_folder(path).map_err(unusable(path))?;
        let file = path.join(LOCK);
        let lock = private()
            .create(true)
            .truncate(false)
            .open(&file)
            .map_err(unusable(&file))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(unusable(&file)(source)),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The relay's own key, made at the first start.
    ///
    /// # Errors
    /// [`Error::Unusable`], [`Error::Damaged`].
    pub fn relay_key(&self) -> Result<SigningKey, Error> {
        let path = self.path.join(KEY);
        let Some(text) = read(&path)? else {
            let seed = Zeroizing::new(chance::bytes::<32>());
            self.replace(KEY, Zeroizing::new(hex(&*seed)).as_bytes())?;
            return Ok(SigningKey::from_seed(*seed));
        };
        let text = Zeroizing::new(text);
        let seed = unhex(text.trim()).ok_or(Error::Damaged(path))?;
        Ok(SigningKey::from_seed(seed))
    }

    /// The set-up code, made when there is none.
    ///
    /// # Errors
    /// [`Error::Unusable`].
    pub fn setup_code(&self) -> Result<String, Error> {
        if let Some(code) = read(&self.path.join(CODE))? {
            return Ok(code.trim().to_owned());
        }
        let code = new_code();
        self.replace(CODE, code.as_bytes())?;
        Ok(code)
    }

    /// Ends the set-up: the code goes, and `site.json` names the deployment. Doing it twice is no fault.
    ///
    /// # Errors
    /// [`Error::Unusable`].
    pub fn set_up_done(&self, genesis: GenesisHash) -> Result<(), Error> {
        let genesis = Value::String(hex(&genesis.0));
        let mut site = self.site_fields()?;
        if site.get("genesis") != Some(&genesis) {
            site.insert("genesis".to_owned(), genesis);
            self.write_site(&site)?;
        }
        let code = self.path.join(CODE);
        match fs::remove_file(&code) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unusable(&code)(error)),
            _ => Ok(()),
        }
    }

    /// The text of `site.json`, made from the defaults when there is none.
    ///
    /// # Errors
    /// [`Error::Unusable`].
    pub fn site(&self) -> Result<String, Error> {
        if let Some(text) = read(&self.path.join(SITE))? {
            return Ok(text);
        }
        self.write_site(&self.site_fields()?)?;
        Ok(read(&self.path.join(SITE))?.unwrap_or_default())
    }

    fn site_fields(&self) -> Result<Map<String, Value>, Error> {
        let path = self.path.join(SITE);
        let text = read(&path)?.unwrap_or_else(|| SITE_DEFAULT.to_owned());
        serde_json::from_str(&text).map_err(|_| Error::Damaged(path))
    }

    fn write_site(&self, fields: &Map<String, Value>) -> Result<(), Error> {
        let text = serde_json::to_string_pretty(fields).unwrap_or_default();
        self.replace(SITE, text.as_bytes())
    }

    /// Puts a whole file in place or leaves the old one, also when the machine stops half way.
    fn replace(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        let (path, new) = (self.path.join(name), self.path.join(format!("{name}.new")));
        let write = || {
            let mut file = private().create(true).truncate(true).open(&new)?;
            file.write_all(content)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            File::open(&self.path)?.sync_all()
        };
        write().map_err(unusable(&path))
    }
}

/// A code as it is compared: no spaces or dashes, capitals, and the letters that look like digits read as digits.
#[must_use]
pub fn normal_code(typed: &str) -> Zeroizing<String> {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    Zeroizing::new(
        letters
            .map(|letter| match letter.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            })
            .collect(),
    )
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// 100 random bits in four groups of five.
fn new_code() -> String {
    let random = chance::bytes::<{ GROUPS * GROUP }>();
    let letter =
        |byte: &u8| char::from(LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'0'));
    let groups: Vec<String> = random
        .chunks(GROUP)
        .map(|group| group.iter().map(letter).collect())
        .collect();
    groups.join("-")
}

fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path)(error)),
    }
}

fn unusable(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Unusable {
        path: path.to_owned(),
        source,
    }
}

fn private() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn key_and_code_survive_a_restart_and_are_for_the_owner_only() {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("data");
        let folder = Folder::open(&path).unwrap();
        let (key, code) = (folder.relay_key().unwrap(), folder.setup_code().unwrap());
        assert!(matches!(Folder::open(&path), Err(Error::InUse(_))));
        drop(folder);
        let folder = Folder::open(&path).unwrap();
        assert_eq!(
            folder.relay_key().unwrap().verifying_key(),
            key.verifying_key()
        );
        assert_eq!(folder.setup_code().unwrap(), code);
        #[cfg(unix)]
        for name in [KEY, CODE, LOCK] {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path.join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn set_up_removes_the_code_and_keeps_what_the_operator_wrote() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::open(temporary.path()).unwrap();
        folder.setup_code().unwrap();
        fs::write(
            temporary.path().join(SITE),
            r#"{"genesis":null,"exit":"https://example.org/"}"#,
        )
        .unwrap();
        folder.set_up_done(GenesisHash([0xab; 32])).unwrap();
        folder.set_up_done(GenesisHash([0xab; 32])).unwrap();
        let site: Value = serde_json::from_str(&folder.site().unwrap()).unwrap();
        assert_eq!(site.get("exit").unwrap(), "https://example.org/");
        assert_eq!(site.get("genesis").unwrap(), &"ab".repeat(32));
        assert!(!temporary.path().join(CODE).exists());
    }

    #[test]
    fn a_code_has_four_groups_and_is_read_as_people_type() {
        let code = new_code();
        assert_eq!(code.len(), GROUPS * GROUP + GROUPS - 1);
        assert_eq!(code.split('-').count(), GROUPS);
        assert_eq!(*normal_code(" ab1-lo "), "AB110");
        assert_eq!(
            normal_code(&code),
            normal_code(&code.to_lowercase().replace('-', " "))
        );
    }
}
