//! The table of subcategories and the policy about respondents: whoever signs them, and that they only go on.

use proptest::prelude::*;
use sluis_directory::class::{BUILT_IN, ClassChange, ClassEdit, FIRST_OWN, next_code, version};
use sluis_directory::entry::{LegalGround, Op, RespondentPolicy};
use sluis_directory::error::{Field, Thing};
use sluis_directory::signature::SigningKey;
use sluis_directory::{Directory, Error};
use sluis_wire::codec;

use crate::world::{
    FEDERATION, World, bond, by_root, centre, device_key, organisation_id, root, stranger,
};

fn named(name: &str) -> ClassChange {
    ClassChange::Named {
        dutch: name.into(),
        english: name.into(),
    }
}

fn edit(version: u32, category: u8, code: u16, change: ClassChange) -> Op {
    Op::Classification(ClassEdit {
        version,
        category,
        code,
        change,
    })
}

fn policy(version: u32, ground: Option<LegalGround>) -> Op {
    Op::Respondents(RespondentPolicy {
        organisation: organisation_id(FEDERATION),
        version,
        ground,
        sealed: vec![1; 40],
    })
}

#[test]
fn only_directors_of_the_centre_edit_the_table() {
    let mut world = World::new();
    let add = edit(1, 0, FIRST_OWN, named("Hazing"));
    for other in [bond(), device_key(1), device_key(3), root(0), stranger()] {
        let refused = world.refusal(add.clone(), &[&other]);
        assert!(
            matches!(refused, Error::SignerUnknown | Error::SignatureMissing),
            "{refused:?}"
        );
    }
    assert!(by_root(&mut world, add.clone()).is_err());
    world.must(add, &[&centre()]);
    assert_eq!(world.directory.classes().len(), 1);
}

#[test]
fn an_edit_has_the_next_version_and_stays_in_its_category() {
    let mut world = World::new();
    let by = centre();
    let mut refusal = |op| world.refusal(op, &[&by]);
    let add = |version| edit(version, 0, FIRST_OWN, named("Hazing"));
    assert_eq!(refusal(add(0)), Error::VersionNotNext);
    assert_eq!(refusal(add(2)), Error::VersionNotNext);
    let unknown = Error::Unknown(Thing::Subcategory);
    assert_eq!(refusal(edit(1, 5, FIRST_OWN, named("x"))), unknown);
    assert_eq!(
        refusal(edit(1, 0, FIRST_OWN, ClassChange::Retired)),
        unknown
    );
    // Something else stands under every category and is nobody's to change, and no code is left out.
    let code = Error::Bounds(Field::Subcategory);
    for wrong in [18, 19, 255, FIRST_OWN + 1, u16::MAX] {
        assert_eq!(refusal(edit(1, 0, wrong, named("x"))), code);
    }
    assert_eq!(refusal(edit(1, 1, 0, named("x"))), Error::OtherCategory);
    let bounds = Error::Bounds(Field::Name);
    let long = "x".repeat(121);
    for name in ["", "  ", "a\u{7}b", "a\nb", "a\u{202e}b", &long] {
        assert_eq!(refusal(edit(1, 0, FIRST_OWN, named(name))), bounds);
    }
    world.must(add(1), &[&by]);
    world.must(edit(2, 0, FIRST_OWN, named("Hazing of newcomers")), &[&by]);
    let other = edit(3, 2, FIRST_OWN, named("x"));
    assert_eq!(world.refusal(other, &[&by]), Error::OtherCategory);
    world.must(edit(3, 0, FIRST_OWN, ClassChange::Retired), &[&by]);
    let gone = Error::Revoked(Thing::Subcategory);
    assert_eq!(
        world.refusal(edit(4, 0, FIRST_OWN, named("x")), &[&by]),
        gone
    );
    let again = edit(4, 0, FIRST_OWN, ClassChange::Retired);
    assert_eq!(world.refusal(again, &[&by]), gone);
}

#[test]
fn two_edits_with_one_version_cannot_both_count() {
    let mut world = World::new();
    let one = world.frame(edit(1, 0, FIRST_OWN, named("one")), &[&centre()]);
    let two = world.frame(edit(1, 0, FIRST_OWN, named("two")), &[&centre()]);
    world.try_frame(one).unwrap();
    assert!(world.try_frame(two).is_err(), "a fork of the log");
    let late = edit(1, 0, FIRST_OWN + 1, named("two"));
    assert_eq!(world.refusal(late, &[&centre()]), Error::VersionNotNext);
}

#[test]
fn a_table_has_room_for_two_hundred_of_its_own() {
    let mut edits = Vec::new();
    while let Some(code) = next_code(&edits) {
        edits.push(ClassEdit {
            version: version(&edits) + 1,
            category: 4,
            code,
            change: named("x"),
        });
    }
    assert_eq!(edits.len(), 200);
}

#[test]
fn directors_of_an_organisation_alone_decide_whether_it_names_respondents() {
    let mut world = World::new();
    let on = policy(1, Some(LegalGround::Obligation));
    for other in [centre(), device_key(3), root(0), stranger()] {
        let refused = world.refusal(on.clone(), &[&other]);
        assert!(
            matches!(refused, Error::SignerUnknown | Error::SignatureMissing),
            "{refused:?}"
        );
    }
    let federation = organisation_id(FEDERATION);
    assert_eq!(
        world.directory.respondents(&federation),
        None,
        "off at first"
    );
    assert_eq!(
        world.refusal(policy(2, None), &[&bond()]),
        Error::VersionNotNext
    );
    world.must(on.clone(), &[&bond()]);
    assert_eq!(world.refusal(on, &[&bond()]), Error::VersionNotNext);
    let known = |world: &World| world.directory.respondents(&federation).unwrap().ground;
    assert_eq!(known(&world), Some(LegalGround::Obligation));
    world.must(policy(2, None), &[&bond()]);
    assert_eq!(known(&world), None);
    let too_long = Op::Respondents(RespondentPolicy {
        organisation: federation,
        version: 3,
        ground: None,
        sealed: vec![1; 2_561],
    });
    assert_eq!(
        world.refusal(too_long, &[&bond()]),
        Error::Bounds(Field::Reasons)
    );
}

#[test]
fn both_are_written_as_the_protocol_says() {
    let add = codec::encode(&edit(1, 0, FIRST_OWN, named("ab")));
    assert_eq!(add, [16, 1, 0, 0x80, 2, 0, 2, b'a', b'b', 2, b'a', b'b']);
    let retired = codec::encode(&edit(300, 4, 17, ClassChange::Retired));
    assert_eq!(retired, [16, 0xac, 2, 4, 17, 1]);
    let on = Op::Respondents(RespondentPolicy {
        organisation: organisation_id(FEDERATION),
        version: 1,
        ground: Some(LegalGround::Licence),
        sealed: vec![9],
    });
    let bytes = [&[17][..], &[FEDERATION; 16], &[1, 1, 4, 1, 9]].concat();
    assert_eq!(codec::encode(&on), bytes);
}

fn change() -> impl Strategy<Value = ClassChange> {
    prop_oneof![
        3 => "[a-z]{1,4}".prop_map(|name| named(&name)),
        1 => Just(named("")),
        1 => Just(ClassChange::Retired),
    ]
}

fn random_edit() -> impl Strategy<Value = (u32, u8, u16, ClassChange, usize)> {
    let code = prop_oneof![0..20_u16, 250..264_u16];
    // Mostly the next version and the right signer, or hardly anything would be taken.
    let off = prop_oneof![6 => Just(1_u32), 1 => 0..3_u32];
    (
        off,
        0..6_u8,
        code,
        change(),
        prop_oneof![6 => Just(0_usize), 1 => 0..4_usize],
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_tried_codes_keep_their_category_and_history_only_grows(
        steps in prop::collection::vec(random_edit(), 1..24),
    ) {
        let signers: [SigningKey; 4] = [centre(), bond(), device_key(1), stranger()];
        let mut world = World::new();
        for (off, category, code, change, by) in steps {
            let before = world.directory.clone();
            let version = version(before.classes()) + off;
            let op = edit(version, category, code, change);
            let taken = world.try_op(op, &[&signers[by]]).is_ok();
            let edits = world.directory.classes();
            if !taken {
                prop_assert_eq!(&world.directory, &before);
                continue;
            }
            prop_assert!(by == 0 && off == 1, "taken from another, or out of turn");
            prop_assert!(edits.starts_with(before.classes()));
            for (place, one) in edits.iter().enumerate() {
                prop_assert_eq!(usize::try_from(one.version).ok(), Some(place + 1));
                let built_in = BUILT_IN.get(usize::from(one.code)).copied();
                let first = edits.iter().find(|other| other.code == one.code).unwrap();
                prop_assert_eq!(one.category, built_in.unwrap_or(first.category));
                let later = &edits[place + 1..];
                let over = one.change == ClassChange::Retired;
                prop_assert!(!over || later.iter().all(|other| other.code != one.code));
            }
        }
        prop_assert_eq!(Directory::replay(&world.frames), Ok(world.directory));
    }
}
