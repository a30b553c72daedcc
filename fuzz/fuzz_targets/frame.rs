//! Whatever is read as a frame is written again with the same bytes, and so is the envelope inside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use sluis_wire::{
    codec::{decode, encode, unpad},
    envelope::{BoardEnvelope, ControlEnvelope, EventEnvelope, IntakeEnvelope, WrapSet},
    frame::{Frame, FrameType},
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = Frame::parse(bytes) {
        assert_eq!(frame.to_bytes(), bytes);
        let body = frame.body();
        match frame.kind() {
            FrameType::Wraps => same::<WrapSet>(body),
            FrameType::ControlEntry => same::<ControlEnvelope>(body),
            FrameType::Event => same::<EventEnvelope>(body),
            FrameType::IntakeMessage => same::<IntakeEnvelope>(body),
            FrameType::BoardEntry => same::<BoardEnvelope>(body),
            _ => {}
        }
    }
    let _ = unpad(bytes);
    same::<WrapSet>(bytes);
    same::<ControlEnvelope>(bytes);
});

fn same<T: Serialize + DeserializeOwned>(body: &[u8]) {
    if let Ok(value) = decode::<T>(body, 128 * 1024) {
        assert_eq!(encode(&value), body);
    }
}
