//! Packages that are whole, and all the ways in which a file is none.

use alloc::vec;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use sluis_domain::people::PersonRole;

use super::*;

fn package() -> Package {
    let person = |number, contact| PackedPerson {
        number,
        facts: Facts {
            role: PersonRole::Witness,
            capacity: "speler".into(),
            minor: Some(true),
        },
        contact,
    };
    let contact = Contact {
        name: "Sanne".into(),
        phone: String::new(),
        email: String::new(),
        address: String::new(),
    };
    Package {
        organisation: "Roeibond".into(),
        made: 1_795_176_000,
        dossiers: vec![Packed {
            number: "K7Q-2MD".into(),
            kind: Kind::Report,
            origin: Origin::Phone,
            opened: 1_795_000_000,
            fields: vec![
                Field::FirstStory("met @p1".into()),
                Field::Sport("roeien".into()),
            ],
            people: vec![person(1, Some(contact)), person(4, None)],
            entries: vec![PackedEntry {
                of: PartOf::Note,
                author: "Fleur".into(),
                time: 1_795_000_100,
                text: "gebeld".into(),
            }],
        }],
    }
}

fn code(byte: u8) -> Code {
    Code::from_random(&[byte; 10])
}

fn sealed() -> Vec<u8> {
    let sealed = package().seal(&code(1), &mut ChaCha20Rng::seed_from_u64(3));
    sealed.expect("a package")
}

#[test]
fn a_package_opens_with_its_words_only() {
    let file = sealed();
    assert_eq!(look(&file), Ok(()));
    assert_eq!(Package::open(&file, &code(1)), Ok(package()));
    assert_eq!(Package::open(&file, &code(2)), Err(PackageError::Shut));
}

#[test]
fn a_file_that_was_cut_anywhere_is_named_so_without_asking_for_words() {
    let file = sealed();
    for end in 0..file.len() {
        let cut = file.get(..end).unwrap_or_default();
        assert_eq!(look(cut), Err(PackageError::NotWhole), "{end} bytes");
    }
    let mut longer = file;
    longer.push(0);
    assert_eq!(look(&longer), Err(PackageError::NotWhole));
}

#[test]
fn no_flipped_bit_opens() {
    let file = sealed();
    // Stretching takes its time: the outside bit by bit, the inside here and there.
    let outside = 0..32_usize;
    let inside = (32..file.len()).step_by(file.len() / 6);
    for place in outside.chain(inside) {
        let mut changed = file.clone();
        if let Some(byte) = changed.get_mut(place) {
            *byte ^= 1 << (place % 8);
        }
        assert!(Package::open(&changed, &code(1)).is_err(), "byte {place}");
    }
}

#[test]
fn another_version_another_kind_and_a_giant_are_told_apart() {
    let file = sealed();
    let with = |place: usize, byte: u8| {
        let mut changed = file.clone();
        if let Some(own) = changed.get_mut(place) {
            *own = byte;
        }
        look(&changed)
    };
    assert_eq!(with(2, 2), Err(PackageError::Newer));
    assert_eq!(with(5, 9), Err(PackageError::Newer));
    assert_eq!(with(4, 1), Err(PackageError::NotWhole));
    // It promises four gigabytes: nothing is set apart for them.
    assert_eq!(with(6, 0xff), Err(PackageError::TooLarge));
    let giant = vec![0; FrameType::Package.max_len() + 1];
    assert_eq!(look(&giant), Err(PackageError::TooLarge));
    for other in [&b""[..], b"PK\x03\x04", b"sluis-log", &[0; 400]] {
        assert_eq!(look(other), Err(PackageError::NotWhole));
    }
}

/// Seals bytes that no Sluis writes, with the right words.
fn hostile(content: &[u8]) -> Result<Package, PackageError> {
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let salt = [7; 16];
    let padded = codec::pad_to(content, content.len() + 64).expect("it fits");
    let key = key(&code(1), salt)?;
    let sealed = chunked::seal(&key, &context(salt), &padded, &mut rng);
    let body = codec::encode(&Envelope { salt, sealed });
    let file = Frame::build(FrameType::Package, &body).expect("it fits");
    Package::open(&file.to_bytes(), &code(1))
}

#[test]
fn what_was_made_to_do_harm_is_refused_although_the_words_fit() {
    let strange = Err(PackageError::Strange);
    // Lengths of lists and texts that are not there.
    assert_eq!(hostile(&[0xff; 40]), strange);
    let mut lists = vec![0, 0];
    lists.extend([0xff, 0xff, 0xff, 0xff, 0x7f]);
    assert_eq!(hostile(&lists), strange);
    let with = |change: fn(&mut Packed)| {
        let mut other = package();
        other.dossiers.iter_mut().for_each(change);
        hostile(&codec::encode(&other))
    };
    assert!(with(|_| {}).is_ok());
    assert_eq!(with(|one| one.kind = Kind::Private), strange);
    assert_eq!(with(|one| one.fields = vec![Field::Handler(None)]), strange);
    assert_eq!(with(|one| one.people.reverse()), strange);
    assert_eq!(
        with(|one| one
            .entries
            .iter_mut()
            .for_each(|own| own.text = "x".repeat(ENTRY_MOST + 1))),
        strange
    );
    // Whether a respondent's contact data is kept is for the policy where it arrives.
    assert!(
        with(|one| one
            .people
            .iter_mut()
            .for_each(|own| own.facts.role = PersonRole::Respondent))
        .is_ok()
    );
    let mut empty = package();
    empty.dossiers.clear();
    assert_eq!(hostile(&codec::encode(&empty)), strange);
}
