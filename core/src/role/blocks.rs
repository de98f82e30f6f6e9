//! Reads a text 64 bytes at a time: without a branch for each byte, the compiler can process many
//! bytes at once.

/// The bytes of a text in blocks, each with its offset; spaces fill the last one.
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = (usize, [u8; 64])> + '_ {
    let (whole, rest) = bytes.as_chunks::<64>();
    let mut last = [b' '; 64];
    last.iter_mut().zip(rest).for_each(|(byte, rest)| *byte = *rest);
    (0..).step_by(64).zip(whole.iter().copied().chain([last]))
}

/// A bit for each byte of a block for which `test` is true, the first byte in the lowest bit.
pub(super) fn bits(block: &[u8; 64], test: impl Fn(u8) -> bool) -> u64 {
    let found = block.map(|byte| u8::from(test(byte)));
    let (eights, _) = found.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        // The top byte of the product contains the lowest bit of each of the eight bytes.
        bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// The places of the bits that are set.
pub(super) fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    core::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn each_byte_has_its_place() {
        let text = "ab".repeat(50) + "a";
        let found: Vec<usize> = blocks(text.as_bytes())
            .flat_map(|(at, block)| {
                places(bits(&block, |b| b == b'a')).map(move |place| at + place)
            })
            .collect();
        assert_eq!(found, (0..101).step_by(2).collect::<Vec<_>>());
    }

    #[test]
    fn the_last_block_ends_in_spaces() {
        assert_eq!(
            blocks(b"").map(|(_, block)| bits(&block, |b| b == b' ')).sum::<u64>(),
            u64::MAX
        );
        assert_eq!(blocks(&[b'a'; 64]).count(), 2);
    }
}
