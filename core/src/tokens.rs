//! Estimates how many tokens a text is. No public tokenizer is every model's, so it is an estimate
//! with a stated band.
