//! The second lock of a vault: an authenticator that has to be there beside the passphrase (docs/protocol.md 7.1).

use sluis_link::{Fault, SecondLock, Secret};
use sluis_protocol::primitives::stretch::Profile;
use sluis_protocol::vault::{Second, SecondLock as Own, Vault};

use crate::desk::Chance;
use crate::setup::vault_fault;
use crate::storage::Storage;

/// The second lock that a header names.
pub(crate) fn of(header: &[u8]) -> Option<SecondLock> {
    let Own { credential, salt } = Vault::second_lock(header)?;
    Some(SecondLock { credential, salt })
}

/// What an authenticator answered; nothing for what is no answer.
pub(crate) fn answer(digits: &Secret) -> Option<Second> {
    let digits = digits.0.as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = core::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(Second::new(bytes))
}

/// Locks the vault with both. The authenticator has to have answered the same twice: one that does not would lock its owner out.
pub(crate) async fn lock_twice(
    vault: &Vault,
    storage: &Storage,
    passphrase: &Secret,
    lock: &SecondLock,
    answers: &[Secret; 2],
    chance: &mut Chance,
) -> Result<(), Fault> {
    let [first, again] = answers.each_ref().map(answer);
    let (first, again) = first.zip(again).ok_or(Fault::AuthenticatorUnfit)?;
    if !first.is(&again) {
        return Err(Fault::AuthenticatorUnfit);
    }
    let passphrase = passphrase.0.trim();
    check(storage, passphrase, None).await?;
    let own = Own {
        credential: lock.credential.clone(),
        salt: lock.salt,
    };
    let second = Some((own, &first));
    let header = vault.lock(passphrase, Profile::Vault, second, chance);
    keep(storage, &header.map_err(vault_fault)?).await
}

/// Locks the vault with the passphrase alone again.
pub(crate) async fn lock_once(
    vault: &Vault,
    storage: &Storage,
    passphrase: &Secret,
    answered: &Secret,
    chance: &mut Chance,
) -> Result<(), Fault> {
    let passphrase = passphrase.0.trim();
    check(storage, passphrase, answer(answered).as_ref()).await?;
    let header = vault.lock(passphrase, Profile::Vault, None, chance);
    keep(storage, &header.map_err(vault_fault)?).await
}

/// Whether this opens the vault as it is locked now: whoever finds a desk open must not change its lock.
async fn check(storage: &Storage, passphrase: &str, second: Option<&Second>) -> Result<(), Fault> {
    let header = storage.header().await.map_err(|_| Fault::Storage)?;
    let header = header.ok_or(Fault::Storage)?;
    Vault::open(&header, passphrase, second)
        .map(drop)
        .map_err(vault_fault)
}

async fn keep(storage: &Storage, header: &[u8]) -> Result<(), Fault> {
    let written = storage.write(Some(header), &[]).await;
    written.map_err(|_| Fault::Storage)
}
