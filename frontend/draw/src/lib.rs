//! `html!` for the pages: the language of Yew's own macro, in a third of the code.
//!
//! Yew writes out at each element how it is put together, and a browser has to fetch all of that. Here an element becomes a few calls to
//! `sluis_kit::draw`. Components are handed to Yew's macro as they are. An `if` always takes one place among its siblings, as with Yew,
//! so that what stands behind it keeps its state.

mod tree;
mod write;

use proc_macro::TokenStream;

/// Draws one tree of elements and components; see Yew's `html!` for the language.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    match syn::parse::<tree::Trees>(input) {
        Ok(trees) => write::root(&trees.0).into(),
        Err(error) => error.to_compile_error().into(),
    }
}
