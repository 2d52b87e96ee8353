//! Rich values: one value in the forms a page can show.

/// One form of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain text: what a terminal and a pinned output see.
    Text(String),
    /// HTML; the page gets it cleaned (balanced, without scripts).
    Html(String),
    /// One `<svg>` element.
    Svg(String),
    /// A formula without its dollars, typeset as a display.
    Latex(String),
    /// A PNG file.
    Png(Vec<u8>),
    /// A table; beside an [`Part::Svg`] it is the data of the figure.
    Table(Table),
    /// What a reader who cannot see the picture is told, in the language of the book.
    Alt(String),
    /// What the author is told of the value, at its cell: a label that covers another.
    Warning(String),
    /// What is shown are times, which are others every time: it is compared with nothing.
    Times,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge: words.
    Left,
    /// At the right edge: numbers.
    Right,
}

/// A table of texts: a head and rows of the same width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Names and alignments of the columns.
    pub columns: Vec<(String, Align)>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// A value in the forms a page can show; the page takes the richest, a terminal the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    /// The forms, in the order they were added.
    pub parts: Vec<Part>,
}

impl Rich {
    /// A value that shows nothing, as `()` does.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { parts: vec![Part::Text(text.into())] }
    }

    /// HTML.
    pub fn html(html: impl Into<String>) -> Self {
        Self { parts: vec![Part::Html(html.into())] }
    }

    /// An `<svg>` element.
    pub fn svg(svg: impl Into<String>) -> Self {
        Self { parts: vec![Part::Svg(svg.into())] }
    }

    /// A formula without its dollars.
    pub fn latex(latex: impl Into<String>) -> Self {
        Self { parts: vec![Part::Latex(latex.into())] }
    }

    /// The bytes of a PNG file.
    pub fn png(png: impl Into<Vec<u8>>) -> Self {
        Self { parts: vec![Part::Png(png.into())] }
    }

    /// A table.
    pub fn table(table: Table) -> Self {
        Self { parts: vec![Part::Table(table)] }
    }

    /// Adds what a reader who cannot see the picture is told.
    #[must_use]
    pub fn alt(self, text: impl Into<String>) -> Self {
        self.with(Part::Alt(text.into()))
    }

    /// Adds a form.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The form for a terminal: the text, else the table, else the alternative text, else the source of the richest form.
    pub fn to_plain(&self) -> String {
        let by = |pick: fn(&Part) -> Option<String>| self.parts.iter().find_map(pick);
        by(|part| if let Part::Text(text) = part { Some(text.clone()) } else { None })
            .or_else(|| by(|part| if let Part::Latex(text) = part { Some(text.clone()) } else { None }))
            .or_else(|| by(|part| if let Part::Alt(text) = part { Some(text.clone()) } else { None }))
            .or_else(|| by(|part| if let Part::Table(table) = part { Some(table.to_plain()) } else { None }))
            .or_else(|| {
                by(|part| if let Part::Html(text) | Part::Svg(text) = part { Some(text.clone()) } else { None })
            })
            .or_else(|| by(|part| if let Part::Png(png) = part { Some(format!("PNG, {} B", png.len())) } else { None }))
            .unwrap_or_default()
    }
}

impl Table {
    /// The table with aligned columns, as a terminal shows it.
    pub fn to_plain(&self) -> String {
        let head: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut lines = vec![head];
        lines.extend(self.rows.iter().map(|row| row.iter().map(String::as_str).collect()));
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut text = String::new();
        for line in lines {
            let cells: Vec<String> = line
                .iter()
                .zip(self.columns.iter().zip(&widths))
                .map(|(cell, ((_, align), width))| match align {
                    Align::Left => format!("{cell:<width$}"),
                    Align::Right => format!("{cell:>width$}"),
                })
                .collect();
            text.push_str(cells.join("  ").trim_end());
            text.push('\n');
        }
        text.pop();
        text
    }
}
