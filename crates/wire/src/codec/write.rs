//! Writing postcard: the other side of [`read`](super::read). Memory grows, so that no step can fail.

use alloc::vec::Vec;
use core::fmt;

use serde::{
    Serialize, Serializer,
    ser::{
        self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};

use super::read::Bad;

/// Bytes that are being written.
#[derive(Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl ser::Error for Bad {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl Writer {
    #[inline(never)]
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    #[inline(never)]
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            let [low, ..] = number.to_le_bytes();
            self.byte(low | 0x80);
            number >>= 7;
        }
        let [low, ..] = number.to_le_bytes();
        self.byte(low);
    }

    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }

    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Bad;
    type SerializeSeq = &'a mut Writer;
    type SerializeTuple = &'a mut Writer;
    type SerializeTupleStruct = &'a mut Writer;
    type SerializeTupleVariant = &'a mut Writer;
    type SerializeMap = &'a mut Writer;
    type SerializeStruct = &'a mut Writer;
    type SerializeStructVariant = &'a mut Writer;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, yes: bool) -> Result<(), Bad> {
        self.byte(yes.into());
        Ok(())
    }

    fn serialize_i8(self, _: i8) -> Result<(), Bad> {
        Err(Bad)
    }

    fn serialize_i16(self, number: i16) -> Result<(), Bad> {
        self.signed(number.into());
        Ok(())
    }

    fn serialize_i32(self, number: i32) -> Result<(), Bad> {
        self.signed(number.into());
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Bad> {
        self.signed(number);
        Ok(())
    }

    fn serialize_u8(self, number: u8) -> Result<(), Bad> {
        self.byte(number);
        Ok(())
    }

    fn serialize_u16(self, number: u16) -> Result<(), Bad> {
        self.number(number.into());
        Ok(())
    }

    fn serialize_u32(self, number: u32) -> Result<(), Bad> {
        self.number(number.into());
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Bad> {
        self.number(number);
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Bad> {
        Err(Bad)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Bad> {
        Err(Bad)
    }

    fn serialize_char(self, _: char) -> Result<(), Bad> {
        Err(Bad)
    }

    fn serialize_str(self, text: &str) -> Result<(), Bad> {
        self.bytes(text.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Bad> {
        self.bytes(bytes);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Bad> {
        self.byte(0);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Bad> {
        self.byte(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Bad> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Bad> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
    ) -> Result<(), Bad> {
        self.number(variant.into());
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Bad> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Bad> {
        self.number(variant.into());
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, Bad> {
        self.number(len.ok_or(Bad)? as u64);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Bad> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Bad> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Bad> {
        self.number(variant.into());
        Ok(self)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self, Bad> {
        self.serialize_seq(len)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Bad> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        variant: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Bad> {
        self.number(variant.into());
        Ok(self)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Result<(), Bad> {
        Err(Bad)
    }
}

/// What stands inside something larger is written one after the other, with nothing between.
macro_rules! inside {
    ($kind:ident, $part:ident $(, $name:ident: $type:ty)?) => {
        impl $kind for &mut Writer {
            type Ok = ();
            type Error = Bad;

            fn $part<T: Serialize + ?Sized>(&mut self, $($name: $type,)? value: &T) -> Result<(), Bad> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Bad> {
                Ok(())
            }
        }
    };
}
inside!(SerializeSeq, serialize_element);
inside!(SerializeTuple, serialize_element);
inside!(SerializeTupleStruct, serialize_field);
inside!(SerializeTupleVariant, serialize_field);
inside!(SerializeStruct, serialize_field, _name: &'static str);
inside!(SerializeStructVariant, serialize_field, _name: &'static str);

impl SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Bad;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Bad> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Bad> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Bad> {
        Ok(())
    }
}
