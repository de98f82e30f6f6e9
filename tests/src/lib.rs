//! Whole-path cases, properties and corpus runs.
