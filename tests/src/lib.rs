//! The whole, tested: a real relay on a real file, staff devices and reporters as engines beside it.
//!
//! Nothing here is part of the product. The helpers fail loudly: whatever goes wrong in them is a failed test.
#![forbid(unsafe_code)]

pub mod bulk;
pub mod demo;
pub mod erasure;
pub mod evil;
pub mod harness;
pub mod simulation;
