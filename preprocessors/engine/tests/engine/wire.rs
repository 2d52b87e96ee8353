//! What the engine hears: bytes that a program chose.

use kernel::wire::{Event, Frame, Nature, read_frame, write_frame};
use kernel::{Align, Part, Table};
use proptest::collection::vec;
use proptest::prelude::*;

fn output() -> impl Strategy<Value = String> {
    any::<String>()
}

fn event() -> impl Strategy<Value = Event> {
    let part = prop_oneof![
        output().prop_map(Part::Text),
        output().prop_map(Part::Svg),
        vec(any::<u8>(), 0..40).prop_map(Part::Png),
        (output(), output()).prop_map(|(name, cell)| {
            Part::Table(Table { columns: vec![(name, Align::Right)], rows: vec![vec![cell]; 3] })
        }),
    ];
    prop_oneof![
        any::<u32>().prop_map(Event::Enter),
        vec(part, 0..4).prop_map(Event::Show),
        (any::<u32>(), output()).prop_map(|(id, text)| Event::Inline { id, text, nature: Nature::Value }),
        (any::<u32>(), any::<bool>(), output()).prop_map(|(id, holds, values)| Event::Claim { id, holds, values }),
        (output(), any::<u64>()).prop_map(|(what, nanoseconds)| Event::Timing { what, nanoseconds }),
        (output(), vec(any::<u8>(), 0..40)).prop_map(|(name, bytes)| Event::Save { name, bytes }),
    ]
}

proptest! {
    #[test]
    fn frames_arrive_as_they_were_sent(events in vec((any::<u64>(), event()), 0..6)) {
        let frames: Vec<Frame> = events.into_iter().map(|(printed, event)| Frame { printed, event }).collect();
        let mut stream = Vec::new();
        frames.iter().for_each(|frame| write_frame(&mut stream, frame).unwrap());
        let mut stream = stream.as_slice();
        for frame in frames {
            prop_assert_eq!(read_frame(&mut stream).unwrap(), Some(frame));
        }
        prop_assert_eq!(read_frame(&mut stream).unwrap(), None);
    }

    #[test]
    fn any_bytes_are_frames_or_an_error(bytes in vec(any::<u8>(), 0..200), kind in 0_u8..20, length in 0_u32..60) {
        let mut stream = bytes.as_slice();
        while let Ok(Some(_)) = read_frame(&mut stream) {}
        // Bytes behind a head that could be right go deeper.
        let mut framed = length.to_le_bytes().to_vec();
        framed.extend([0; 8]);
        framed.push(kind);
        framed.extend(bytes);
        let mut stream = framed.as_slice();
        while let Ok(Some(_)) = read_frame(&mut stream) {}
    }

    #[test]
    fn a_frame_with_a_changed_byte_is_a_frame_or_an_error(event in event(), at in any::<prop::sample::Index>(), change in 1_u8..) {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, &Frame { printed: 3, event }).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        let mut stream = bytes.as_slice();
        while let Ok(Some(_)) = read_frame(&mut stream) {}
    }
}
