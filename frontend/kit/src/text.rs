//! Every word that a person sees, generated from `catalogue/<language>/<module>.ftl`: one function per message.
//!
//! A plain message is `text::reporter::send_button(locale) -> &'static str`. A message with variables returns a `String` and takes them after the
//! locale, in alphabetical order: `usize` for a variable that is counted, `&str` for any other.

include!(concat!(env!("OUT_DIR"), "/text.rs"));
