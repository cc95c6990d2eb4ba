//! What the benchmarks of whole programs share.

pub mod cleanup;
pub mod folder;
pub mod machine;
pub mod process;
pub mod series;
