//! Several plots in one picture.

use crate::language::say;
use kernel::{Part, Rich, Show};

use super::picture::Plot;
use super::svg::{Anchor, Svg, document, escape, tenth};
use super::{description, draw};

/// Plots side by side and under one another.
#[derive(Clone, Debug)]
#[must_use = "panels are shown as the last expression of a cell or by `show!`"]
pub struct Panels {
    plots: Vec<Plot>,
    columns: usize,
    title: Option<String>,
    alt: Option<String>,
    size: Option<(f64, f64)>,
}

/// Puts plots into one picture, in two columns unless told.
///
/// ```
/// use plots::plot;
/// let all = [1.0, 2.0, 4.0].map(|k: f64| plot::function(move |x| (k * x).sin(), 0.0..=6.0).title(format!("k = {k}")));
/// plot::panels(all).columns(3);
/// ```
///
/// # Panics
/// When there is no plot.
#[track_caller]
pub fn panels(plots: impl IntoIterator<Item = Plot>) -> Panels {
    let plots: Vec<Plot> = plots.into_iter().collect();
    assert!(!plots.is_empty(), "plot: panels without a plot");
    let columns = plots.len().min(2);
    Panels { plots, columns, title: None, alt: None, size: None }
}

impl Panels {
    /// Sets how many plots stand side by side.
    ///
    /// # Panics
    /// When `columns` is 0.
    #[track_caller]
    pub fn columns(mut self, columns: usize) -> Self {
        assert!(columns > 0, "plot: panels in no column");
        self.columns = columns;
        self
    }

    /// Writes a title above all.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Sets the size of one panel in pixels; by default three panels a row are 213 × 200, two 320 × 260.
    pub fn size(mut self, width: f64, height: f64) -> Self {
        assert!(width >= 60.0 && height >= 60.0, "plot: a panel of {width} × {height} has no room for axes");
        self.size = Some((width, height));
        self
    }

    /// Replaces the description that is made from the data.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When something cannot be drawn and no gap is allowed for it.
    #[track_caller]
    pub fn to_svg(&self) -> String {
        self.drawn().0
    }

    /// The picture, and what its author should know of it.
    fn drawn(&self) -> (String, Vec<String>) {
        const WIDTH: f64 = 640.0;
        let columns = self.columns.min(self.plots.len());
        let (width, height) = self.size.unwrap_or_else(|| {
            let width = WIDTH / columns as f64;
            (width, (width * 0.62 + 60.0).min(400.0))
        });
        let mut top = if self.title.is_some() { 28.0 } else { 0.0 };
        let mut out = Svg::default();
        if let Some(title) = &self.title {
            out.text(8.0, 22.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        for (place, row) in (0..).step_by(columns).zip(self.plots.chunks(columns)) {
            let mut tallest = 0.0_f64;
            for (column, plot) in row.iter().enumerate() {
                let plot = Plot { size: (width, height), ..plot.clone() };
                let mut body = Svg::default();
                let (_, drawn) = draw::draw(&plot, &mut body);
                tallest = tallest.max(drawn);
                out.open(&format!("transform=\"translate({} {})\"", tenth(width * column as f64), tenth(top)));
                let place = place + column + 1;
                body.warnings().iter().for_each(|warning| out.warn(format!("panel {place}: {warning}")));
                out.raw(&body.finish());
                out.close();
            }
            top += tallest + 6.0;
        }
        let warnings = out.warnings().to_vec();
        (document((width * columns as f64, top), &out.finish()), warnings)
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let one = |(place, plot): (usize, &Plot)| format!("{}) {}", place + 1, description::description(plot));
        let title = self.title.as_ref().map_or(String::new(), |title| format!("{title}. "));
        let all: Vec<String> = self.plots.iter().enumerate().map(one).collect();
        say!(
            "{title}Рисунок из нескольких графиков: {}. {}",
            "{title}A figure of several plots: {}. {}",
            self.plots.len(),
            all.join(" ")
        )
    }
}

impl Show for Panels {
    fn show(&self) -> Rich {
        // Only what can be drawn can be described.
        let (svg, warnings) = self.drawn();
        let text = self.description();
        let rich = Rich::svg(svg).alt(text.clone()).with(Part::Text(text));
        warnings.into_iter().fold(rich, |rich, warning| rich.with(Part::Warning(warning)))
    }
}
