//! The one way in which values become bytes and bytes become values.
//!
//! Encoding is postcard. Decoding is strict: the length bound is checked before anything is read, every byte must be
//! used, and the value must encode to the very same bytes again. So each value has one spelling, and two readers
//! cannot disagree about what was signed.

mod read;
mod write;

use alloc::vec::Vec;

use serde::{Serialize, de::DeserializeOwned};

use self::{read::Reader, write::Writer};
use crate::error::Error;

/// Bytes of the length that stands in front of padded content.
pub const PAD_HEADER_LEN: usize = size_of::<u32>();

/// Encodes a value as postcard.
///
/// # Panics
/// When the type itself cannot be written: a sequence of unknown length, a floating-point number, an `i8`, a number of 128 bits or
/// a single letter. Derived types of ours always can.
#[must_use]
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut writer = Writer::default();
    value
        .serialize(&mut writer)
        .expect("derived types know the length of their sequences, and memory grows");
    writer.0
}

/// Decodes a value of at most `max` bytes (inclusive).
///
/// # Errors
/// [`Error::TooLong`] before anything is read; [`Error::Malformed`], [`Error::Trailing`] when bytes are left over;
/// [`Error::NotCanonical`] when the value would be written otherwise.
pub fn decode<T: DeserializeOwned + Serialize>(bytes: &[u8], max: usize) -> Result<T, Error> {
    if bytes.len() > max {
        return Err(Error::TooLong {
            len: bytes.len(),
            max,
        });
    }
    let value = decode_own(bytes)?;
    if encode(&value) == bytes {
        Ok(value)
    } else {
        Err(Error::NotCanonical)
    }
}

/// Decodes what another part of this very program wrote: whether it would be written otherwise does not matter, so that the code that
/// writes it need not be there.
///
/// # Errors
/// [`Error::Malformed`]; [`Error::Trailing`] when bytes are left over.
pub fn decode_own<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut reader = Reader::new(bytes);
    let value = T::deserialize(&mut reader).map_err(|_| Error::Malformed)?;
    match reader.end() {
        None => Err(Error::Malformed),
        Some(0) => Ok(value),
        Some(rest) => Err(Error::Trailing(rest)),
    }
}

/// Pads content with zeros to exactly `size` bytes:
///
/// ```text
/// length of content (4, little endian) ‖ content ‖ zeros up to size
/// ```
///
/// # Errors
/// [`Error::TooLong`] when content and its length do not fit in `size`.
pub fn pad_to(content: &[u8], size: usize) -> Result<Vec<u8>, Error> {
    let max = size.saturating_sub(PAD_HEADER_LEN);
    let too_long = Error::TooLong {
        len: content.len(),
        max,
    };
    if size < PAD_HEADER_LEN || content.len() > max {
        return Err(too_long);
    }
    let len = u32::try_from(content.len()).map_err(|_| too_long)?;
    let mut padded = Vec::with_capacity(size);
    padded.extend_from_slice(&len.to_le_bytes());
    padded.extend_from_slice(content);
    padded.resize(size, 0);
    Ok(padded)
}

/// The content of padded bytes. The padding must be zero throughout, so that nothing can hide in it.
///
/// # Errors
/// [`Error::BadPadding`] when the length does not fit or a padding byte is not zero.
pub fn unpad(padded: &[u8]) -> Result<&[u8], Error> {
    let (len, rest) = padded
        .split_first_chunk::<PAD_HEADER_LEN>()
        .ok_or(Error::BadPadding)?;
    let len = usize::try_from(u32::from_le_bytes(*len)).map_err(|_| Error::BadPadding)?;
    let (content, padding) = rest.split_at_checked(len).ok_or(Error::BadPadding)?;
    if padding.iter().any(|&byte| byte != 0) {
        return Err(Error::BadPadding);
    }
    Ok(content)
}

/// Serde form of a byte array of any length: its bytes, nothing in front of them.
/// For fields: `#[serde(with = "sluis_wire::codec::byte_array")]` (serde itself stops at 32).
pub mod byte_array {
    use core::fmt;

    use serde::{
        Deserializer, Serializer,
        de::{Error as _, SeqAccess, Visitor},
        ser::SerializeTuple as _,
    };

    /// Writes the `N` bytes as a tuple.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<const N: usize, S: Serializer>(
        bytes: &[u8; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for byte in bytes {
            tuple.serialize_element(byte)?;
        }
        tuple.end()
    }

    /// Reads exactly `N` bytes.
    ///
    /// # Errors
    /// Those of the deserializer, also when there are fewer bytes.
    pub fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        struct Bytes<const N: usize>;
        impl<'de, const N: usize> Visitor<'de> for Bytes<N> {
            type Value = [u8; N];

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{N} bytes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<[u8; N], A::Error> {
                let mut bytes = [0; N];
                for (index, byte) in bytes.iter_mut().enumerate() {
                    *byte = sequence
                        .next_element()?
                        .ok_or_else(|| A::Error::invalid_length(index, &self))?;
                }
                Ok(bytes)
            }
        }
        deserializer.deserialize_tuple(N, Bytes::<N>)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use alloc::{boxed::Box, collections::BTreeMap, string::String, vec};

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sample {
        number: u64,
        text: String,
        #[serde(with = "byte_array")]
        long: [u8; 40],
    }

    fn sample() -> Sample {
        Sample {
            number: 300,
            text: "sport".into(),
            long: [7; 40],
        }
    }

    /// One of everything that our types are made of.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Kind {
        Unit,
        One(Box<Option<Kind>>),
        Two(i64, bool),
        Named {
            map: BTreeMap<u16, String>,
            list: Vec<(u8, u32, ())>,
            place: usize,
        },
    }

    fn kinds() -> Vec<Kind> {
        let named = Kind::Named {
            map: BTreeMap::from([(0, String::new()), (u16::MAX, "één".into())]),
            list: vec![(0, 0, ()), (255, u32::MAX, ())],
            place: 128,
        };
        vec![
            Kind::Unit,
            Kind::One(Box::new(None)),
            Kind::One(Box::new(Some(named))),
            Kind::Two(i64::MIN, true),
            Kind::Two(-1, false),
        ]
    }

    #[test]
    fn the_bytes_are_those_of_postcard() {
        let kinds = kinds();
        let bytes = postcard::to_allocvec(&kinds).unwrap();
        assert_eq!(encode(&kinds), bytes);
        assert_eq!(decode::<Vec<Kind>>(&bytes, 1000), Ok(kinds));
        for number in [0, 127, 128, 16_383, 16_384, u64::MAX >> 1, u64::MAX] {
            assert_eq!(encode(&number), postcard::to_allocvec(&number).unwrap());
            assert_eq!(decode(&encode(&number), 10), Ok(number));
        }
    }

    #[test]
    fn what_postcard_refuses_is_refused() {
        let bytes = encode(&kinds());
        for place in 0..bytes.len() {
            for flipped in 1..=255 {
                let mut other = bytes.clone();
                *other.get_mut(place).unwrap() ^= flipped;
                let canonical = postcard::take_from_bytes::<Vec<Kind>>(&other)
                    .ok()
                    .filter(|(value, rest)| {
                        rest.is_empty() && postcard::to_allocvec(value).unwrap() == other
                    })
                    .map(|(value, _)| value);
                assert_eq!(decode(&other, 1000).ok(), canonical, "{place} {flipped}");
            }
        }
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_ends_at_once() {
        let bytes = [0xff, 0xff, 0xff, 0xff, 0x0f, 1];
        assert_eq!(decode::<Vec<u8>>(&bytes, 10), Err(Error::Malformed));
        assert_eq!(decode::<String>(&bytes, 10), Err(Error::Malformed));
        assert_eq!(decode::<String>(&[1, 0xff], 10), Err(Error::Malformed));
    }

    #[test]
    fn decode_gives_back_what_was_encoded() {
        let bytes = encode(&sample());
        assert_eq!(bytes.len(), 2 + 1 + 5 + 40);
        assert_eq!(decode::<Sample>(&bytes, bytes.len()), Ok(sample()));
    }

    #[test]
    fn one_byte_over_the_bound_is_refused_unread() {
        let bytes = encode(&sample());
        let max = bytes.len() - 1;
        assert_eq!(
            decode::<Sample>(&bytes, max),
            Err(Error::TooLong {
                len: bytes.len(),
                max
            })
        );
    }

    #[test]
    fn trailing_bytes_are_refused() {
        let mut bytes = encode(&sample());
        bytes.extend_from_slice(&[0, 0]);
        assert_eq!(decode::<Sample>(&bytes, 1000), Err(Error::Trailing(2)));
    }

    #[test]
    fn every_truncation_is_refused() {
        let bytes = encode(&sample());
        for len in 0..bytes.len() {
            assert_eq!(
                decode::<Sample>(bytes.get(..len).unwrap(), 1000),
                Err(Error::Malformed),
                "{len} bytes"
            );
        }
    }

    #[test]
    fn a_longer_spelling_of_a_number_is_refused() {
        assert_eq!(decode::<u64>(&[0x05], 10), Ok(5));
        assert_eq!(decode::<u64>(&[0x85, 0x00], 10), Err(Error::NotCanonical));
    }

    #[test]
    fn padded_content_comes_back() {
        for len in [0, 1, 59, 60] {
            let content = vec![9; len];
            let padded = pad_to(&content, 64).unwrap();
            assert_eq!(padded.len(), 64);
            assert_eq!(unpad(&padded), Ok(content.as_slice()));
        }
    }

    #[test]
    fn content_that_does_not_fit_is_refused() {
        assert_eq!(
            pad_to(&[1; 61], 64),
            Err(Error::TooLong { len: 61, max: 60 })
        );
        assert_eq!(pad_to(&[], 3), Err(Error::TooLong { len: 0, max: 0 }));
    }

    #[test]
    fn padding_that_is_not_zero_is_refused() {
        let mut padded = pad_to(b"text", 64).unwrap();
        *padded.last_mut().unwrap() = 1;
        assert_eq!(unpad(&padded), Err(Error::BadPadding));
        assert_eq!(unpad(&[1, 0, 0]), Err(Error::BadPadding));
        assert_eq!(unpad(&[5, 0, 0, 0, 1]), Err(Error::BadPadding));
    }
}
