//! What the fuzz targets do with any bytes, and the texts they start from. Targets panic where a promise of
//! the engine is broken; an ordinary test runs them on every seed.

mod mutate;
mod project;
mod seeds;
mod targets;

pub use mutate::mutated;
pub use seeds::seeds;
pub use targets::{check, compile, fix, services, workspace};

/// A target: its name and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target by its name.
pub const TARGETS: [Target; 5] = [
    ("check", check),
    ("fix", fix),
    ("compile", compile),
    ("services", services),
    ("workspace", workspace),
];
