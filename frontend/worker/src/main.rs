//! The desk's worker: the only module of the desk that ever holds a secret.
//!
//! It never touches the screen, and no key leaves it.

mod thread;

fn main() {
    thread::serve(|message| {
        // A page that has gone needs no answer.
        let _ = thread::post(&message.iter().rev().copied().collect::<Vec<u8>>());
    });
}
