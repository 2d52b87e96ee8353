//! Networks of neurons, layer by layer.

use crate::language::{say, word};
use kernel::{Part, Rich, Show};

use super::geometry::Point;
use super::input;
use super::svg::{Anchor, Path, Svg, document, escape};
use super::text;
use super::words::count;

/// Fully connected layers of neurons.
#[derive(Clone, Debug)]
#[must_use = "a network is shown as the last expression of a cell or by `show!`"]
pub struct Network {
    sizes: Vec<usize>,
    names: Vec<String>,
    title: Option<String>,
    alt: Option<String>,
}

/// A network of fully connected layers from left to right; of a large layer the first and the last neurons are drawn.
///
/// ```
/// use plots::plot;
/// plot::network([784, 128, 10]).layers(["вход", "скрытый слой", "выход"]);
/// ```
///
/// # Panics
/// When there are less than two layers, or one is empty.
#[track_caller]
pub fn network(sizes: impl IntoIterator<Item = usize>) -> Network {
    let sizes: Vec<usize> = sizes.into_iter().collect();
    assert!(sizes.len() > 1, "plot: network: one layer has nothing to connect");
    if let Some(empty) = sizes.iter().position(|size| *size == 0) {
        panic!("plot: network: layer {empty} has no neurons");
    }
    Network { sizes, names: Vec::new(), title: None, alt: None }
}

const RADIUS: f64 = 12.0;
const STEP: f64 = 34.0;
const EDGE: f64 = 12.0;
/// As many neurons as are drawn of a layer; of a larger one, so many at each end.
const MOST: usize = 7;
const ENDS: usize = 3;

impl Network {
    /// Names the layers.
    ///
    /// # Panics
    /// When there are not as many names as layers.
    #[track_caller]
    pub fn layers(mut self, names: impl IntoIterator<Item = impl ToString>) -> Self {
        self.names = input::names(names);
        let (found, wanted) = (self.names.len(), self.sizes.len());
        assert!(found == wanted, "plot: network: {found} names for {wanted} layers");
        self
    }

    /// Writes a title above the network.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the layers.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    pub fn to_svg(&self) -> String {
        let top = if self.title.is_some() { 36.0 } else { EDGE };
        let rows = self.sizes.iter().map(|&size| size.min(MOST)).max().unwrap_or(1);
        let height = STEP * rows as f64;
        let widest = self.names.iter().map(|name| text::width(name)).fold(0.0, f64::max);
        let across = (widest + 20.0).max(110.0);
        let half = (widest / 2.0).max(24.0);
        let layers: Vec<Vec<Option<Point>>> = self
            .sizes
            .iter()
            .enumerate()
            .map(|(layer, &size)| neurons(size, EDGE + half + across * layer as f64, top + height / 2.0))
            .collect();
        let mut svg = Svg::default();
        if let Some(title) = &self.title {
            svg.text(EDGE, 22.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        let mut lines = Path::default();
        for pair in layers.windows(2) {
            for (from, to) in
                pair[0].iter().flatten().flat_map(|from| pair[1].iter().flatten().map(move |to| (from, to)))
            {
                lines.move_to(from.0 + RADIUS, from.1);
                lines.line_to(to.0 - RADIUS, to.1);
            }
        }
        svg.path(lines, "stroke=\"var(--plot-fg)\" stroke-opacity=\".35\"");
        for (layer, neurons) in layers.iter().enumerate() {
            let colour = layer % 8 + 1;
            let look = format!(
                "rx=\"{RADIUS}\" fill=\"var(--plot-{colour})\" fill-opacity=\".2\" stroke=\"var(--plot-{colour})\" stroke-width=\"1.5\""
            );
            for &(x, y) in neurons.iter().flatten() {
                svg.rect(x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS, &look);
            }
            let x = EDGE + half + across * layer as f64;
            if neurons.contains(&None) {
                svg.text(x, top + height / 2.0 + 5.5, Anchor::Middle, "", "⋮");
            }
            svg.text(x, top + height + 18.0, Anchor::Middle, "", &self.sizes[layer].to_string());
            if let Some(name) = self.names.get(layer) {
                svg.text(x, top + height + 38.0, Anchor::Middle, "", &escape(name));
            }
        }
        let width = 2.0 * (EDGE + half) + across * (layers.len() - 1) as f64;
        let title = self.title.as_deref().map_or(0.0, text::width) + 2.0 * EDGE;
        let names = if self.names.is_empty() { 26.0 } else { 46.0 };
        document((width.max(title), top + height + names), &svg.finish())
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self
            .title
            .as_ref()
            .map_or_else(|| word("Сеть", "Network").to_owned(), |title| say!("Сеть «{title}»", "Network “{title}”"));
        let one = |(layer, &size): (usize, &usize)| {
            let neurons = count(size, ["нейрон", "нейрона", "нейронов"], ["neuron", "neurons"]);
            self.names.get(layer).map_or_else(|| neurons.clone(), |name| format!("{name} — {neurons}"))
        };
        let all: Vec<String> = self.sizes.iter().enumerate().map(one).collect();
        let links: usize = self.sizes.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let links = count(links, ["связь", "связи", "связей"], ["link", "links"]);
        say!(
            "{title}, полносвязные слои слева направо: {}; всего {links}.",
            "{title}, dense layers from left to right: {}; {links} in all.",
            all.join(", ")
        )
    }
}

/// The middles of the neurons of a layer from the top, `None` where some are left out.
fn neurons(size: usize, x: f64, middle: f64) -> Vec<Option<Point>> {
    let drawn = size.min(MOST);
    let first = middle - STEP * (drawn - 1) as f64 / 2.0;
    let at =
        |row: usize| (size <= MOST || !(ENDS..MOST - ENDS).contains(&row)).then_some((x, first + STEP * row as f64));
    (0..drawn).map(at).collect()
}

impl Show for Network {
    fn show(&self) -> Rich {
        let text = self.description();
        Rich::svg(self.to_svg()).alt(text.clone()).with(Part::Text(text))
    }
}
