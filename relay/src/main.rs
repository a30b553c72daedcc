//! The server of Sluis.
fn main() {}
