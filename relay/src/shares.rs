//! The relay's halves of the keys of personal records: small files outside the database, overwritten and synced when they go (decision 36).
//!
//! ```text
//! shares/<dossier, 32 hexadecimal digits>-<person, 32 digits>-<version>   the half, 32 bytes
//! ```
//! A second folder holds the same files, so that one broken disk loses nothing. Neither belongs in a backup: what a backup still holds is
//! not destroyed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use sluis_wire::address::{DossierAddress, PersonAddress};
use zeroize::Zeroizing;

use crate::folder::hex;

/// Name of the folder in the data folder.
pub const FOLDER: &str = "shares";
/// Bytes of a half.
const LENGTH: usize = 32;

/// Where halves lie. One change at a time: the caller sees to that.
#[derive(Debug)]
pub struct Shares {
    folders: Vec<PathBuf>,
}

impl Shares {
    /// Opens both folders, and makes them (for their owner only) when they are missing.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(data: &Path, replica: Option<&Path>) -> io::Result<Self> {
        let mut folders = vec![data.join(FOLDER)];
        folders.extend(replica.map(Path::to_owned));
        for folder in &folders {
            crate::folder::make_folder(folder)?;
        }
        Ok(Self { folders })
    }

    /// Keeps the half of this version in every folder.
    ///
    /// # Errors
    /// Those of the file system: the half may lie in some of the folders then.
    pub fn put(
        &self,
        dossier: &DossierAddress,
        person: &PersonAddress,
        version: u32,
        share: &[u8; LENGTH],
    ) -> io::Result<()> {
        let name = name(dossier, person, version);
        for folder in &self.folders {
            let mut file = private()
                .create(true)
                .truncate(true)
                .open(folder.join(&name))?;
            file.write_all(share)?;
            file.sync_all()?;
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// The half of this version, from the first folder that has it whole.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn read(
        &self,
        dossier: &DossierAddress,
        person: &PersonAddress,
        version: u32,
    ) -> io::Result<Option<Zeroizing<[u8; LENGTH]>>> {
        let name = name(dossier, person, version);
        for folder in &self.folders {
            let mut share = Zeroizing::new([0; LENGTH]);
            match File::open(folder.join(&name)) {
                Ok(mut file) if file.metadata()?.len() == LENGTH as u64 => {
                    file.read_exact(share.as_mut_slice())?;
                    return Ok(Some(share));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Overwrites and deletes the half of this version in every folder. One that is gone already is no fault.
    ///
    /// # Errors
    /// Those of the file system: call again.
    pub fn shred(
        &self,
        dossier: &DossierAddress,
        person: &PersonAddress,
        version: u32,
    ) -> io::Result<()> {
        let name = name(dossier, person, version);
        for folder in &self.folders {
            let path = folder.join(&name);
            let mut file = match private().open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for byte in [0xff, 0] {
                file.rewind()?;
                file.write_all(&[byte; LENGTH])?;
                file.sync_all()?;
            }
            fs::remove_file(&path)?;
            sync_folder(folder)?;
        }
        Ok(())
    }
}

fn name(dossier: &DossierAddress, person: &PersonAddress, version: u32) -> String {
    format!("{}-{}-{version}", hex(&dossier.0), hex(&person.0))
}

fn private() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A name that was added or taken away lasts only once the folder is synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const DOSSIER: DossierAddress = DossierAddress([1; 16]);
    const PERSON: PersonAddress = PersonAddress([2; 16]);

    fn shares() -> (Shares, tempfile::TempDir) {
        let temporary = tempfile::tempdir().unwrap();
        let replica = temporary.path().join("second");
        let shares = Shares::open(&temporary.path().join("data"), Some(&replica)).unwrap();
        (shares, temporary)
    }

    #[test]
    fn a_half_comes_back_from_the_second_folder_when_the_first_is_lost() {
        let (shares, temporary) = shares();
        shares.put(&DOSSIER, &PERSON, 1, &[7; 32]).unwrap();
        let first = temporary.path().join("data").join(FOLDER);
        fs::remove_dir_all(&first).unwrap();
        fs::create_dir(&first).unwrap();
        assert_eq!(
            *shares.read(&DOSSIER, &PERSON, 1).unwrap().unwrap(),
            [7; 32]
        );
        assert_eq!(shares.read(&DOSSIER, &PERSON, 2).unwrap(), None);
    }

    #[test]
    fn a_half_that_was_cut_short_is_none() {
        let (shares, temporary) = shares();
        shares.put(&DOSSIER, &PERSON, 1, &[7; 32]).unwrap();
        let first = temporary.path().join("data").join(FOLDER);
        fs::write(first.join(name(&DOSSIER, &PERSON, 1)), [7; 31]).unwrap();
        assert_eq!(
            *shares.read(&DOSSIER, &PERSON, 1).unwrap().unwrap(),
            [7; 32]
        );
    }

    #[test]
    fn what_is_shredded_is_gone_from_both_folders() {
        let (shares, temporary) = shares();
        shares.put(&DOSSIER, &PERSON, 1, &[7; 32]).unwrap();
        // A hard link keeps the old blocks in sight.
        let seen = temporary.path().join("seen");
        let first = temporary.path().join("data").join(FOLDER);
        fs::hard_link(first.join(name(&DOSSIER, &PERSON, 1)), &seen).unwrap();
        shares.shred(&DOSSIER, &PERSON, 1).unwrap();
        shares.shred(&DOSSIER, &PERSON, 1).unwrap();
        assert_eq!(shares.read(&DOSSIER, &PERSON, 1).unwrap(), None);
        assert_eq!(fs::read(seen).unwrap(), [0; 32]);
        assert_eq!(fs::read_dir(first).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn halves_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let (shares, temporary) = shares();
        shares.put(&DOSSIER, &PERSON, 1, &[7; 32]).unwrap();
        let first = temporary.path().join("data").join(FOLDER);
        assert_eq!(
            fs::metadata(&first).unwrap().permissions().mode() & 0o777,
            0o700
        );
        let file = first.join(name(&DOSSIER, &PERSON, 1));
        assert_eq!(
            fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
