//! Bad luck of many kinds, and in the end everybody agrees.

use sluis_e2e::simulation::{Weather, run};

/// How many runs: some in every test, many with `SLUIS_ALL=1`; `SLUIS_SEED` plays one again.
fn seeds(few: u64, many: u64) -> Vec<u64> {
    let number = |name| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    match (number("SLUIS_SEED"), number("SLUIS_ALL")) {
        (Some(seed), _) => vec![seed],
        (None, Some(1)) => (0..many).collect(),
        (None, _) => (0..few).collect(),
    }
}

fn play(few: u64, many: u64, weather: Weather) {
    for seed in seeds(few, many) {
        let seen = run(seed, weather);
        eprintln!("seed {seed}: {seen:?}");
        assert!(
            seen.messages > 0 && seen.replies > 0,
            "seed {seed} tried something: {seen:?}"
        );
    }
}

#[test]
fn good_roads_and_many_hands() {
    play(
        1,
        20,
        Weather {
            trouble: 0,
            crashes: 0,
            skew: 0,
            ..Weather::default()
        },
    );
}

#[test]
fn requests_and_answers_are_lost_and_doubled() {
    play(
        1,
        60,
        Weather {
            crashes: 0,
            skew: 0,
            ..Weather::default()
        },
    );
}

#[test]
fn desks_crash_at_any_moment() {
    play(
        1,
        60,
        Weather {
            trouble: 5,
            crashes: 60,
            skew: 0,
            ..Weather::default()
        },
    );
}

#[test]
fn everything_goes_wrong_at_once_and_clocks_differ() {
    play(2, 60, Weather::default());
}

#[test]
fn colleagues_close_dossiers_while_messages_arrive() {
    play(
        1,
        60,
        Weather {
            closing: true,
            ..Weather::default()
        },
    );
}
