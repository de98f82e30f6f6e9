//! Reads a text 64 bytes at a time: without a branch for each byte, a whole text is classified in
//! little more than the time it takes to load it.

/// The bytes of a text in blocks, each with its offset; spaces fill the last one.
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = (usize, [u8; 64])> + '_ {
    let (whole, rest) = bytes.as_chunks::<64>();
    let mut last = [b' '; 64];
    last.iter_mut().zip(rest).for_each(|(byte, rest)| *byte = *rest);
    (0..).step_by(64).zip(whole.iter().copied().chain([last]))
}

/// ASCII characters, as ranges from the first to the last.
pub(super) type Class<const RANGES: usize> = [(u8, u8); RANGES];

/// A bit for each byte of a block that belongs to `class`, the first byte in the lowest bit.
#[inline(always)]
pub(super) fn bits<const N: usize>(block: &[u8; 64], class: &Class<N>) -> u64 {
    match cfg!(target_arch = "wasm32") {
        true => by_eights(block, class),
        false => by_bytes(block, class),
    }
}

/// Whether all bytes of a block belong to `class`.
#[inline(always)]
pub(super) fn all<const N: usize>(block: &[u8; 64], class: &Class<N>) -> bool {
    match cfg!(target_arch = "wasm32") {
        true => by_eights(block, class) == u64::MAX,
        false => block.iter().fold(true, |all, byte| all & is_in(*byte, class)),
    }
}

/// Whether a byte belongs to `class`.
#[inline(always)]
fn is_in<const N: usize>(byte: u8, class: &Class<N>) -> bool {
    let within = |(first, last): &(u8, u8)| byte.wrapping_sub(*first) <= last - first;
    class.iter().fold(false, |is_in, range| is_in | within(range))
}

/// The compiler processes many bytes at once here, but not if it optimizes for size, as it does for
/// WebAssembly.
#[inline(always)]
fn by_bytes<const N: usize>(block: &[u8; 64], class: &Class<N>) -> u64 {
    let found = block.map(|byte| u8::from(is_in(byte, class)));
    gathered(found.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)))
}

/// The same with the arithmetic of a number for eight bytes.
#[inline(always)]
fn by_eights<const N: usize>(block: &[u8; 64], class: &Class<N>) -> u64 {
    let eights = block.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight));
    gathered(eights.map(|eight| {
        let low = eight & (ONES * 0x7F);
        // The top bit of each byte of these sums is set if it is at least `first`, or exceeds `last`.
        let reaches = |first: u8| low + ONES * u64::from(0x80 - first);
        let exceeds = |last: u8| low + ONES * u64::from(0x7F - last);
        let within = |(first, last): &(u8, u8)| reaches(*first) & !exceeds(*last);
        (class.iter().fold(0, |is_in, range| is_in | within(range)) & !eight) >> 7 & ONES
    }))
}

/// Each byte is 1.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The lowest bits of the bytes of eight numbers.
#[inline(always)]
fn gathered(eights: impl DoubleEndedIterator<Item = u64>) -> u64 {
    // The top byte of the product contains the lowest bit of each of the eight bytes.
    eights.rev().fold(0, |bits, eight| bits << 8 | eight.wrapping_mul(0x0102_0408_1020_4080) >> 56)
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
                places(bits(&block, &[(b'a', b'a')])).map(move |place| at + place)
            })
            .collect();
        assert_eq!(found, (0..101).step_by(2).collect::<Vec<_>>());
    }

    #[test]
    fn the_last_block_ends_in_spaces() {
        let spaces = |(_, block): (usize, [u8; 64])| bits(&block, &[(b' ', b' ')]);
        assert_eq!(blocks(b"").map(spaces).sum::<u64>(), u64::MAX);
        assert_eq!(blocks(&[b'a'; 64]).count(), 2);
    }

    #[test]
    fn both_ways_find_the_characters_of_a_class() {
        let all: Vec<u8> = (0..=255).collect();
        let classes = [[(b'a', b'z'), (b'0', b'9')], [(0, 0x1F), (0x7F, 0x7F)], [(b'_', b'_'); 2]];
        for class in classes {
            let expected =
                |byte: &u8| class.iter().any(|(first, last)| (*first..=*last).contains(byte));
            let found = |find: fn(&[u8; 64], &Class<2>) -> u64| {
                let in_block = |(at, block): (usize, [u8; 64])| {
                    places(find(&block, &class)).map(move |place| (at + place) as u8)
                };
                blocks(&all).take(4).flat_map(in_block).collect::<Vec<u8>>()
            };
            let expected: Vec<u8> = all.iter().copied().filter(expected).collect();
            assert_eq!((found(by_bytes), found(by_eights)), (expected.clone(), expected));
        }
    }
}
