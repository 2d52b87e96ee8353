//! Events as bytes: a kind (`u8`) and the kind's fields.

use crate::event::{Event, Input, Knob, Nature, Spot};
use crate::fields::Fields;
use crate::{Align, Part, Table};

/// The kind of [`Event::Save`].
pub(crate) const SAVE: u8 = 11;
/// The kind of [`Event::Hello`], in every version.
pub(crate) const HELLO: u8 = 255;

const KNOBS: [Knob; 5] = [Knob::Range, Knob::Frames, Knob::Choice, Knob::Words, Knob::Toggle];

pub(crate) fn encode(to: &mut Vec<u8>, event: &Event) {
    match event {
        Event::Hello(version) => put_named(to, HELLO, version),
        Event::Enter(cell) => {
            to.push(0);
            to.extend(cell.to_le_bytes());
        }
        Event::Leave(cell) => {
            to.push(1);
            to.extend(cell.to_le_bytes());
        }
        Event::Show(parts) => {
            to.push(2);
            put_list(to, parts, put_part);
        }
        Event::Inline { id, text, nature } => {
            to.push(3);
            to.extend(id.to_le_bytes());
            put_bytes(to, text.as_bytes());
            to.push(u8::from(*nature == Nature::Text));
        }
        Event::Claim { id, holds, values } => {
            to.push(4);
            to.extend(id.to_le_bytes());
            to.push(u8::from(*holds));
            put_bytes(to, values.as_bytes());
        }
        Event::Stderr { from } => {
            to.push(5);
            to.extend(from.to_le_bytes());
        }
        Event::Here(spot) => {
            to.push(18);
            put_spot(to, spot);
        }
        Event::Panic { spot, message } => put_trouble(to, 6, spot.as_ref(), message),
        Event::ThreadPanic { spot, message } => put_trouble(to, 17, spot.as_ref(), message),
        Event::Expected => to.push(7),
        Event::Failed { spot, message } => put_trouble(to, 8, spot.as_ref(), message),
        Event::Read(path) => put_named(to, 9, path),
        Event::Load(name) => put_named(to, 10, name),
        Event::Save { name, bytes } => {
            put_named(to, SAVE, name);
            put_bytes(to, bytes);
        }
        Event::Done => to.push(12),
        Event::Input(input) => put_input(to, input),
        Event::State(group) => {
            to.push(14);
            to.extend(group.to_le_bytes());
        }
        Event::Again(group) => {
            to.push(15);
            to.extend(group.to_le_bytes());
        }
        Event::Timing { what, nanoseconds } => {
            put_named(to, 16, what);
            to.extend(nanoseconds.to_le_bytes());
        }
    }
}

pub(crate) fn decode(kind: u8, from: &mut Fields<'_>) -> Option<Event> {
    Some(match kind {
        0 => Event::Enter(from.u32()?),
        1 => Event::Leave(from.u32()?),
        2 => Event::Show(from.list(get_part)?),
        3 => {
            let (id, text) = (from.u32()?, from.text()?);
            Event::Inline { id, text, nature: if from.flag()? { Nature::Text } else { Nature::Value } }
        }
        4 => Event::Claim { id: from.u32()?, holds: from.flag()?, values: from.text()? },
        5 => Event::Stderr { from: from.u64()? },
        6 => Event::Panic { spot: from.spot_if_any()?, message: from.text()? },
        7 => Event::Expected,
        8 => Event::Failed { spot: from.spot_if_any()?, message: from.text()? },
        9 => Event::Read(from.text()?),
        10 => Event::Load(from.text()?),
        SAVE => Event::Save { name: from.text()?, bytes: from.bytes()?.to_vec() },
        12 => Event::Done,
        13 => Event::Input(Box::new(get_input(from)?)),
        14 => Event::State(from.u32()?),
        15 => Event::Again(from.u32()?),
        16 => Event::Timing { what: from.text()?, nanoseconds: from.u64()? },
        18 => Event::Here(from.spot()?),
        HELLO => Event::Hello(from.text()?),
        17 => Event::ThreadPanic { spot: from.spot_if_any()?, message: from.text()? },
        _ => return None,
    })
}

fn put_named(to: &mut Vec<u8>, kind: u8, name: &str) {
    to.push(kind);
    put_bytes(to, name.as_bytes());
}

fn put_trouble(to: &mut Vec<u8>, kind: u8, spot: Option<&Spot>, message: &str) {
    to.push(kind);
    to.push(u8::from(spot.is_some()));
    if let Some(spot) = spot {
        put_spot(to, spot);
    }
    put_bytes(to, message.as_bytes());
}

fn put_spot(to: &mut Vec<u8>, spot: &Spot) {
    put_bytes(to, spot.file.as_bytes());
    to.extend(spot.line.to_le_bytes());
    to.extend(spot.column.to_le_bytes());
}

fn put_input(to: &mut Vec<u8>, input: &Input) {
    let Input { name, unit, knob, values, default, spot } = input;
    put_named(to, 13, name);
    put_bytes(to, unit.as_bytes());
    to.push(*knob as u8);
    put_list(to, values, |to, value| put_bytes(to, value.as_bytes()));
    to.extend(default.to_le_bytes());
    put_spot(to, spot);
}

fn get_input(from: &mut Fields<'_>) -> Option<Input> {
    Some(Input {
        name: from.text()?,
        unit: from.text()?,
        knob: *KNOBS.get(usize::from(from.u8()?))?,
        values: from.list(Fields::text)?,
        default: from.u32()?,
        spot: from.spot()?,
    })
}

fn put_bytes(to: &mut Vec<u8>, bytes: &[u8]) {
    to.extend((bytes.len() as u64).to_le_bytes());
    to.extend(bytes);
}

fn put_list<T>(to: &mut Vec<u8>, items: &[T], put: fn(&mut Vec<u8>, &T)) {
    to.extend((items.len() as u64).to_le_bytes());
    for item in items {
        put(to, item);
    }
}

fn put_part(to: &mut Vec<u8>, part: &Part) {
    let (kind, bytes): (u8, &[u8]) = match part {
        Part::Text(text) => (0, text.as_bytes()),
        Part::Html(text) => (1, text.as_bytes()),
        Part::Svg(text) => (2, text.as_bytes()),
        Part::Latex(text) => (3, text.as_bytes()),
        Part::Png(png) => (4, png),
        Part::Alt(text) => (5, text.as_bytes()),
        Part::Warning(text) => (7, text.as_bytes()),
        Part::Times => (8, &[]),
        Part::Table(table) => {
            to.push(6);
            put_list(to, &table.columns, |to, (name, align)| {
                put_bytes(to, name.as_bytes());
                to.push(u8::from(*align == Align::Right));
            });
            put_list(to, &table.rows, |to, row| put_list(to, row, |to, cell| put_bytes(to, cell.as_bytes())));
            return;
        }
    };
    to.push(kind);
    put_bytes(to, bytes);
}

fn get_part(from: &mut Fields<'_>) -> Option<Part> {
    Some(match from.u8()? {
        0 => Part::Text(from.text()?),
        1 => Part::Html(from.text()?),
        2 => Part::Svg(from.text()?),
        3 => Part::Latex(from.text()?),
        4 => Part::Png(from.bytes()?.to_vec()),
        5 => Part::Alt(from.text()?),
        6 => {
            let columns = from.list(get_column)?;
            let rows = from.list(|from| from.list(Fields::text))?;
            rows.iter().all(|row| row.len() == columns.len()).then_some(Part::Table(Table { columns, rows }))?
        }
        7 => Part::Warning(from.text()?),
        8 => from.bytes()?.is_empty().then_some(Part::Times)?,
        _ => return None,
    })
}

fn get_column(from: &mut Fields<'_>) -> Option<(String, Align)> {
    Some((from.text()?, if from.flag()? { Align::Right } else { Align::Left }))
}
