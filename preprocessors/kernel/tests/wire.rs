//! The wire format against hostile texts and torn bytes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kernel::wire::{Event, Frame, Head, Input, Knob, Nature, Spot, read_frame, read_reply, write_frame, write_reply};
use kernel::{Align, Part, Table};

const HOSTILE: [&str; 8] =
    ["", "\0", "\u{feff}слово\r\n", "</pre><script>", "{{#include a}}", "$x$ `y`", "\u{202e}справа", "\u{1f980}\n\n\n"];

fn events() -> Vec<Event> {
    let text = |index: usize| HOSTILE[index % HOSTILE.len()].to_owned();
    let mut events =
        vec![Event::Hello("0.1.0".into()), Event::Enter(0), Event::Leave(u32::MAX), Event::Expected, Event::Done];
    for index in 0..HOSTILE.len() {
        let table = Table {
            columns: vec![(text(index), Align::Left), (text(index + 1), Align::Right)],
            rows: vec![vec![text(index + 2), text(index + 3)]],
        };
        let parts = vec![
            Part::Text(text(index)),
            Part::Html(text(index + 1)),
            Part::Svg(text(index + 2)),
            Part::Latex(text(index + 3)),
            Part::Png(vec![0, 255, 10]),
            Part::Alt(text(index)),
            Part::Table(table),
            Part::Warning(text(index)),
            Part::Times,
        ];
        let spot = Some(Spot { file: text(index), line: 7, column: 3 });
        let input = Input {
            name: text(index),
            unit: text(index + 1),
            knob: [Knob::Range, Knob::Frames, Knob::Choice, Knob::Words, Knob::Toggle][index % 5],
            values: vec![text(index + 2), text(index + 3)],
            default: 1,
            spot: Spot { file: text(index), line: 7, column: 3 },
        };
        events.extend([
            Event::Show(parts),
            Event::Inline { id: 3, text: text(index), nature: [Nature::Text, Nature::Value][index % 2] },
            Event::Claim { id: 4, holds: index % 2 == 0, values: text(index) },
            Event::Stderr { from: u64::MAX },
            Event::Here(Spot { file: text(index), line: 7, column: 3 }),
            Event::Panic { spot: spot.clone(), message: text(index) },
            Event::ThreadPanic { spot: spot.clone(), message: text(index) },
            Event::Failed { spot: None, message: text(index) },
            Event::Timing { what: text(index), nanoseconds: u64::MAX },
            Event::Read(text(index)),
            Event::Load(text(index)),
            Event::Save { name: text(index), bytes: text(index).into_bytes() },
            Event::Input(Box::new(input)),
            Event::State(7),
            Event::Again(u32::MAX),
        ]);
    }
    events
}

fn bytes(frame: &Frame) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_frame(&mut bytes, frame).unwrap();
    bytes
}

#[test]
fn every_event_survives_the_wire_with_hostile_texts() {
    let frames: Vec<Frame> =
        events().into_iter().enumerate().map(|(at, event)| Frame { printed: at as u64, event }).collect();
    let stream: Vec<u8> = frames.iter().flat_map(bytes).collect();
    let mut stream = stream.as_slice();
    for frame in frames {
        assert_eq!(read_frame(&mut stream).unwrap(), Some(frame));
    }
    assert_eq!(read_frame(&mut stream).unwrap(), None);
}

#[test]
fn a_torn_frame_is_an_error_and_never_another_frame() {
    for event in events() {
        let whole = bytes(&Frame { printed: 1, event });
        for length in 4..whole.len() {
            assert!(read_frame(&mut &whole[..length]).is_err(), "{length} bytes of {whole:?}");
        }
    }
}

#[test]
fn any_changed_byte_is_decoded_or_refused_without_a_panic() {
    for event in events() {
        let whole = bytes(&Frame { printed: 1, event });
        for at in 0..whole.len() {
            for change in [1, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= change;
                drop(read_frame(&mut bytes.as_slice()));
            }
        }
    }
}

#[test]
fn a_length_beyond_the_limit_allocates_nothing() {
    assert!(read_frame(&mut [255, 255, 255, 255, 0].as_slice()).is_err());
    let mut list = bytes(&Frame { printed: 0, event: Event::Show(Vec::new()) });
    let count = list.len() - 8;
    list[count..].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(read_frame(&mut list.as_slice()).is_err());
}

#[test]
fn a_head_says_what_comes_before_it_has_come() {
    for event in events() {
        let frame = Frame { printed: 1, event };
        let whole = bytes(&frame);
        let (head, fields) = whole.split_at(13);
        let head = Head::read(&mut &head[..]).unwrap().unwrap();
        assert_eq!(head.length(), whole.len() as u64);
        assert_eq!(head.is_save(), matches!(frame.event, Event::Save { .. }));
        assert_eq!(head.frame(&mut &fields[..]).unwrap(), frame);
    }
    assert_eq!(Head::read(&mut [].as_slice()).unwrap(), None);
    // Too short for what every frame has.
    assert!(Head::read(&mut [8, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1].as_slice()).is_err());
}

#[test]
fn replies_survive_the_wire() {
    for reply in [Ok(vec![0, 10, 255]), Ok(Vec::new()), Err("нет файла".to_owned())] {
        let mut bytes = Vec::new();
        write_reply(&mut bytes, &reply).unwrap();
        assert_eq!(read_reply(&mut bytes.as_slice()).unwrap(), reply);
    }
}
