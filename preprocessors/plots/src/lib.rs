//! Plots and tables as values: a picture in the theme's colours, a description for those who cannot see it, and its data.
//!
//! It needs neither a library of arrays nor one of networks: numbers come as sequences and rows. With the feature `ndarray` matrices
//! of that crate are taken too.
//!
//! A plot is a value with four forms: SVG in the theme's CSS variables, a description in the book's language made
//! from the data, the data as a table, a short text; a live one also has states packed as `d` strings. Coordinates are in
//! tenths, commands relative, lines thinned by Douglas–Peucker at ¼ px. Each kind of data is one file in
//! `plots/src/plot/mark/`: what of it cannot be drawn, how far it reaches, how it is drawn, what is said of it, its table;
//! pictures without axes (tokens, trees, networks, space) are one file each in `plots/src/plot/`. What cannot be drawn stops
//! the page at the line that made the layer, which the layer remembers (`kernel::panic_at`); the texts are made of what
//! `drawn` leaves. What the drawing finds (a text on another, a line under another) travels as a `Part::Warning` and is told
//! at the cell in every build. `plot::times` is marked `Part::Times`: left out of comparisons, and no program can read it.
//! Numbers have the same colour in every theme (viridis, in an embedded PNG with a palette); everything else is
//! `var(--plot-…)`. Series differ by dash or mark too.

mod language;
mod number;
pub mod plot;
pub mod sources;
pub mod table;
