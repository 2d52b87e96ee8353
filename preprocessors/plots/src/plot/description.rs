//! What is told of a plot besides its picture: a description and its data.

use crate::language::{say, word};
use kernel::{Align, Table};

use super::arrange;
use super::drawn;
use super::kind::Heads;
use super::layer::{Layer, Rule, Shade};
use super::picture::{Axis, Plot};
use super::scale::Spread;
use super::words::{number, point, quoted};
use crate::number::fixed;

/// The description of a plot, in Russian.
pub(crate) fn description(plot: &Plot) -> String {
    if let Some(alt) = &plot.alt {
        return alt.clone();
    }
    let whole = arrange::arranged(plot);
    let plot = drawn::drawn(&whole);
    let mut sentences = Vec::new();
    sentences.push(plot.title.as_ref().map_or_else(
        || word("График.", "A plot.").to_owned(),
        |title| say!("График «{title}».", "A plot, “{title}”."),
    ));
    sentences.extend(axes(&plot));
    sentences.extend(plot.layers.iter().map(|layer| layer.mark().describe(layer.name.as_deref())));
    sentences.extend(drawn::missing(&whole));
    for rule in &plot.rules {
        let (kind, at, text) = match rule {
            Rule::Horizontal(y, text) => (word("Горизонтальная", "A horizontal"), y, text),
            Rule::Vertical(x, text) => (word("Вертикальная", "A vertical"), x, text),
        };
        let text = if text.is_empty() { String::new() } else { format!(": {text}") };
        sentences.push(say!("{kind} прямая на {}{text}.", "{kind} line at {}{text}.", number(*at)));
    }
    for shade in &plot.shades {
        let (side, (from, to), text) = match shade {
            Shade::Horizontal(range, text) => (word("по горизонтали", "horizontally"), range, text),
            Shade::Vertical(range, text) => (word("по вертикали", "vertically"), range, text),
        };
        sentences.push(say!(
            "Выделено {side} от {} до {}{}.",
            "Shaded {side} from {} to {}{}.",
            number(*from),
            number(*to),
            quoted(text)
        ));
    }
    sentences.extend(
        plot.notes.iter().map(|note| say!("Подпись у {}: {}.", "A note at {}: {}.", point(note.at), note.text)),
    );
    sentences.join(" ")
}

fn axes(plot: &Plot) -> Option<String> {
    let one = |side: &str, axis: &Axis| {
        let log = if axis.spread == Spread::Log {
            word(" (логарифмическая шкала)", " (logarithmic scale)")
        } else {
            ""
        };
        match &axis.label {
            Some(label) => Some(format!("{side} {label}{log}")),
            None if log.is_empty() => None,
            None => Some(say!("{side} значения{log}", "{side} values{log}")),
        }
    };
    let both: Vec<String> =
        [one(word("по горизонтали", "horizontally"), &plot.x), one(word("по вертикали", "vertically"), &plot.y)]
            .into_iter()
            .flatten()
            .collect();
    let text = both.join(", ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

/// The data of a plot, at most 100 rows of it.
pub(crate) fn data(plot: &Plot) -> Option<Table> {
    let plot = drawn::drawn(&arrange::arranged(plot));
    let x = plot.x.label.as_deref().unwrap_or("x");
    let y = plot.y.label.as_deref().unwrap_or("y");
    let own = |layer: &Layer| {
        let own_y = layer.name.as_deref().unwrap_or(y);
        Some((layer.name.clone(), layer.mark().table(&Heads { x, y: own_y })?))
    };
    let mut tables: Vec<(Option<String>, Table)> = plot.layers.iter().filter_map(own).collect();
    let table = if tables.len() <= 1 { tables.pop()?.1 } else { beside(&tables).unwrap_or_else(|| below(&tables)) };
    Some(thinned(table))
}

/// Curves over the same abscissas, as columns of one table.
fn beside(tables: &[(Option<String>, Table)]) -> Option<Table> {
    let first = &tables.first()?.1;
    let abscissas = |table: &Table| table.rows.iter().map(|row| row.first().cloned()).collect::<Vec<_>>();
    let alike = |(_, table): &(Option<String>, Table)| table.columns.len() == 2 && abscissas(table) == abscissas(first);
    if !tables.iter().all(alike) {
        return None;
    }
    let mut all = first.clone();
    for (_, table) in &tables[1..] {
        all.columns.extend(table.columns.iter().skip(1).cloned());
        for (row, more) in all.rows.iter_mut().zip(&table.rows) {
            row.extend(more.iter().skip(1).cloned());
        }
    }
    Some(all)
}

/// Other data, one under another, with the name of the layer before every row.
fn below(tables: &[(Option<String>, Table)]) -> Table {
    let widest = tables.iter().map(|(_, table)| table).max_by_key(|table| table.columns.len());
    let mut columns = vec![(word("ряд", "series").to_owned(), Align::Left)];
    columns.extend(widest.into_iter().flat_map(|table| table.columns.iter().cloned()));
    let rows = tables.iter().enumerate().flat_map(|(place, (name, table))| {
        let name = name.clone().unwrap_or_else(|| (place + 1).to_string());
        let width = columns.len();
        table.rows.iter().map(move |row| {
            let mut row: Vec<String> = std::iter::once(name.clone()).chain(row.iter().cloned()).collect();
            row.resize(width, String::new());
            row
        })
    });
    let rows = rows.collect();
    Table { columns, rows }
}

fn thinned(mut table: Table) -> Table {
    const MOST: usize = 100;
    let count = table.rows.len();
    if count > MOST {
        // Whoever reads the rows must know that they are not all.
        let counts = [MOST, count].map(|rows| fixed(rows as f64, 0));
        if let Some((head, _)) = table.columns.first_mut() {
            let shown = say!("показано {} из {}", "{} of {} shown", counts[0], counts[1]);
            *head = if head.is_empty() { shown } else { format!("{head} ({shown})") };
        }
        let mut place = 0;
        let kept: Vec<usize> = (0..MOST).map(|row| row * (count - 1) / (MOST - 1)).collect();
        table.rows.retain(|_| {
            place += 1;
            kept.binary_search(&(place - 1)).is_ok()
        });
    }
    table
}
