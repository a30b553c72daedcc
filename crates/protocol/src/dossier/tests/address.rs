use sluis_domain::ids::ConversationId;
use sluis_wire::address::{DossierAddress, TeamId};

use crate::dossier::{address_auto, number};

#[test]
fn a_number_has_six_letters_of_a_clear_alphabet() {
    let mut bytes = [0; 16];
    assert_eq!(number(&DossierAddress(bytes)), "000-000");
    bytes = [0xff; 16];
    assert_eq!(number(&DossierAddress(bytes)), "ZZZ-ZZZ");
    bytes[..4].copy_from_slice(&[0x12, 0x34, 0x56, 0x78]);
    assert_eq!(number(&DossierAddress(bytes)), "28T-5CY");
}

#[test]
fn an_automatic_address_depends_on_conversation_team_and_count() {
    let conversation = ConversationId([1; 16]);
    let first = address_auto(&conversation, &TeamId([2; 16]), 0);
    assert_eq!(first, address_auto(&conversation, &TeamId([2; 16]), 0));
    assert_ne!(first, address_auto(&conversation, &TeamId([3; 16]), 0));
    let other = ConversationId([2; 16]);
    assert_ne!(first, address_auto(&other, &TeamId([2; 16]), 0));
    assert_ne!(first, address_auto(&conversation, &TeamId([2; 16]), 1));
}
