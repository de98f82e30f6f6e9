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
#[cfg(not(target_feature = "simd128"))]
pub(super) fn bits<const N: usize>(block: &[u8; 64], class: &Class<N>) -> u64 {
    let found = block.map(|byte| u8::from(is_in(byte, class)));
    let eights = found.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight));
    // The top byte of the product contains the lowest bit of each of the eight bytes.
    eights.rev().fold(0, |bits, eight| bits << 8 | eight.wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

/// Whether all bytes of a block belong to `class`.
#[inline(always)]
#[cfg(not(target_feature = "simd128"))]
pub(super) fn all<const N: usize>(block: &[u8; 64], class: &Class<N>) -> bool {
    block.iter().fold(true, |all, byte| all & is_in(*byte, class))
}

/// Whether a byte belongs to `class`.
#[inline(always)]
#[cfg(not(target_feature = "simd128"))]
fn is_in<const N: usize>(byte: u8, class: &Class<N>) -> bool {
    let within = |(first, last): &(u8, u8)| byte.wrapping_sub(*first) <= last - first;
    class.iter().fold(false, |is_in, range| is_in | within(range))
}

#[cfg(target_feature = "simd128")]
pub(super) use vectors::{all, bits};

/// The same with the vector instructions of WebAssembly, which the compiler does not find by itself
/// when it optimizes for size.
#[cfg(target_feature = "simd128")]
mod vectors {
    use super::Class;
    use core::arch::wasm32::{
        i8x16_bitmask, u8x16_le, u8x16_splat, u8x16_sub, u64x2, u64x2_splat, v128, v128_or,
    };

    #[inline(always)]
    pub(crate) fn bits<const N: usize>(block: &[u8; 64], class: &Class<N>) -> u64 {
        let masks = masks(block, class).map(|mask| u64::from(i8x16_bitmask(mask)));
        masks.rev().fold(0, |bits, mask| bits << 16 | mask)
    }

    #[inline(always)]
    pub(crate) fn all<const N: usize>(block: &[u8; 64], class: &Class<N>) -> bool {
        masks(block, class).all(|mask| i8x16_bitmask(mask) == u16::MAX)
    }

    /// The bytes of a block, 16 at a time; all bits of those that belong to `class` are set.
    #[inline(always)]
    fn masks<const N: usize>(
        block: &[u8; 64],
        class: &Class<N>,
    ) -> impl DoubleEndedIterator<Item = v128> {
        block.as_chunks::<8>().0.as_chunks::<2>().0.iter().map(|[low, high]| {
            let bytes = u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high));
            class.iter().fold(u64x2_splat(0), |is_in, (first, last)| {
                let distance = u8x16_sub(bytes, u8x16_splat(*first));
                v128_or(is_in, u8x16_le(distance, u8x16_splat(last - first)))
            })
        })
    }
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
    fn a_class_is_its_ranges() {
        let all: Vec<u8> = (0..=255).collect();
        let classes = [[(b'a', b'z'), (b'0', b'9')], [(0, 0x1F), (0x7F, 0x7F)], [(b'_', b'_'); 2]];
        for class in classes {
            let expected =
                |byte: &u8| class.iter().any(|(first, last)| (*first..=*last).contains(byte));
            let in_block = |(at, block): (usize, [u8; 64])| {
                places(bits(&block, &class)).map(move |place| (at + place) as u8)
            };
            let found: Vec<u8> = blocks(&all).take(4).flat_map(in_block).collect();
            assert_eq!(found, all.iter().copied().filter(expected).collect::<Vec<u8>>());
        }
    }
}
