#![no_std]
//! The engine.

extern crate alloc;
