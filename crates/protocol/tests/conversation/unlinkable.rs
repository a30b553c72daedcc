//! Goals 1 and 2 of the design: what the reporter's page sends tells neither which team it is for nor whether it is the
//! first message. A classifier that may look at every byte guesses no better than by chance.

use sluis_protocol::conversation::{
    Destination, Part, ReporterKeys, SignedWish, Wish, seal_intake,
};
use sluis_wire::limits::INTAKE_ENTRY;

use crate::scene::{GENESIS, NOW, Seeded, Team, message, reporter};

const TRIALS: usize = 2_000;
/// Guesses that may be right, of [`TRIALS`]: 55 %.
const MOST: usize = TRIALS / 100 * 55;

/// What the relay sees of one message, as numbers.
fn seen(
    keys: &ReporterKeys,
    to: &Destination,
    text: &str,
    parts: Vec<Part>,
    rng: &mut Seeded,
) -> Vec<f32> {
    let fragments = message(3, text, parts).fragments().unwrap();
    assert_eq!(fragments.len(), 1);
    let frame = seal_intake(keys, to, &fragments[0], rng).unwrap();
    assert_eq!(frame.len(), INTAKE_ENTRY);
    frame.into_iter().map(f32::from).collect()
}

/// How many of [`TRIALS`] samples a linear classifier puts into the right class of two, having learnt from as many.
fn right_guesses(mut sample: impl FnMut(usize) -> Vec<f32>) -> usize {
    let mut sums = [vec![0.0; INTAKE_ENTRY], vec![0.0; INTAKE_ENTRY]];
    for trial in 0..TRIALS {
        for (sum, value) in sums[trial % 2].iter_mut().zip(sample(trial)) {
            *sum += value / 1_000.0;
        }
    }
    let [first, second] = sums;
    let middle = |at: usize| f32::midpoint(first[at], second[at]);
    let right = (TRIALS..2 * TRIALS).filter(|&trial| {
        let sample = sample(trial);
        let score: f32 = sample
            .iter()
            .enumerate()
            .map(|(at, value)| (value - middle(at)) * (second[at] - first[at]))
            .sum();
        (score > 0.0) == (trial % 2 == 1)
    });
    right.count()
}

#[test]
fn the_relay_cannot_tell_which_team_a_message_is_for() {
    let to = [Team::new(1).destination(), Team::new(2).destination()];
    let keys = reporter(9);
    let mut rng = Seeded::new(11);
    let right = right_guesses(|trial| {
        seen(
            &keys,
            &to[trial % 2],
            "Er is iets gebeurd.",
            Vec::new(),
            &mut rng,
        )
    });
    assert!(right <= MOST, "{right} of {TRIALS}");
}

#[test]
fn the_relay_cannot_tell_a_first_message_from_a_tenth() {
    let to = Team::new(1).destination();
    let keys = reporter(9);
    let mut rng = Seeded::new(12);
    let right = right_guesses(|trial| {
        if trial % 2 == 0 {
            seen(
                &keys,
                &to,
                &"Er is iets gebeurd. ".repeat(200),
                Vec::new(),
                &mut rng,
            )
        } else {
            let wish = SignedWish::sign(&keys, &GENESIS, NOW, Wish::FederationMayRead(true));
            seen(
                &keys,
                &to,
                "Ja.",
                vec![Part::Ack(9), Part::Wish(wish)],
                &mut rng,
            )
        }
    });
    assert!(right <= MOST, "{right} of {TRIALS}");
}

#[test]
fn the_classifier_finds_a_team_that_shows_itself() {
    let mut rng = Seeded::new(13);
    let to = Team::new(1).destination();
    let keys = reporter(9);
    let right = right_guesses(|trial| {
        let mut sample = seen(&keys, &to, "x", Vec::new(), &mut rng);
        sample[5_000] = if trial % 2 == 0 { 0.0 } else { 255.0 };
        sample
    });
    assert!(right > TRIALS / 100 * 60, "{right} of {TRIALS}");
}
