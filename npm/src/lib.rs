//! Bindings of the engine for the npm package `rolewright`.
