//! Compiles any bytes; the promises are in `tests/src/fuzz/targets.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rolewright_tests::fuzz::compile(data));
