//! A strip of tokens: each in a box, its number below.

use crate::language::{say, word};
use kernel::{Align, Part, Rich, Show, Table};

use super::input::Values;
use super::svg::{Anchor, Svg, document, escape};
use super::text;
use super::words::{count, number};
use crate::number::significant;

/// Tokens of a text with their numbers.
#[derive(Clone, Debug)]
#[must_use = "tokens are shown as the last expression of a cell or by `show!`"]
pub struct Tokens {
    tokens: Vec<(String, String)>,
    weights: Vec<f64>,
    title: Option<String>,
    alt: Option<String>,
}

/// A strip of tokens with their numbers.
///
/// ```
/// use plots::plot;
/// plot::tokens([("Кот", 812), (" спит", 77), (".", 3)]);
/// ```
///
/// # Panics
/// When there is no token.
#[track_caller]
pub fn tokens<T: ToString, N: ToString>(tokens: impl IntoIterator<Item = (T, N)>) -> Tokens {
    let tokens: Vec<(String, String)> =
        tokens.into_iter().map(|(token, number)| (token.to_string(), number.to_string())).collect();
    assert!(!tokens.is_empty(), "plot: tokens: there are none");
    Tokens { tokens, weights: Vec::new(), title: None, alt: None }
}

const WIDTH: f64 = 640.0;
const EDGE: f64 = 8.0;
const HEIGHT: f64 = 28.0;
const ROW: f64 = 58.0;

impl Tokens {
    /// Tints every token by a number, the darkest where it is greatest: an attention, a probability.
    ///
    /// # Panics
    /// When there are not as many numbers as tokens, or one is negative or not finite.
    #[track_caller]
    pub fn weights(mut self, weights: impl Values) -> Self {
        let weights = weights.values();
        let (found, wanted) = (weights.len(), self.tokens.len());
        assert!(found == wanted, "plot: tokens: {found} weights for {wanted} tokens");
        let bad = weights.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0));
        if let Some(index) = bad {
            panic!("plot: tokens: weight {index} is {}; it must be a number from 0 up", weights[index]);
        }
        self.weights = weights;
        self
    }

    /// Writes a title above the strip.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the tokens.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    /// The picture, an `<svg>` element.
    pub fn to_svg(&self) -> String {
        let mut svg = Svg::default();
        let mut top = EDGE;
        if let Some(title) = &self.title {
            svg.text(EDGE, top + 16.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
            top += 28.0;
        }
        let (mut left, mut widest) = (EDGE, 0.0_f64);
        let most = self.weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        for (place, (token, number)) in self.tokens.iter().enumerate() {
            let token = visible(token);
            let width = (text::width(&token) + 12.0).max(0.8 * text::width(number) + 4.0).max(20.0);
            if left + width > WIDTH - EDGE && left > EDGE {
                (left, top) = (EDGE, top + ROW);
            }
            let colour = if self.weights.is_empty() { place % 4 + 1 } else { 1 };
            let tint = self.weights.get(place).map_or(0.2, |weight| 0.04 + 0.56 * weight / most);
            let look = format!(
                "rx=\"4\" fill=\"var(--plot-{colour})\" fill-opacity=\"{tint:.2}\" stroke=\"var(--plot-{colour})\""
            );
            svg.rect(left, top, width, HEIGHT, &look);
            svg.text(left + width / 2.0, top + 19.5, Anchor::Middle, "", &escape(&token));
            svg.text(left + width / 2.0, top + HEIGHT + 16.0, Anchor::Middle, "font-size=\"13\"", &escape(number));
            left += width + 4.0;
            widest = widest.max(left);
        }
        let title = self.title.as_deref().map_or(0.0, text::width) + 2.0 * EDGE;
        document((widest.max(title), top + ROW - 4.0), &svg.finish())
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self.title.as_ref().map_or_else(
            || word("Лента токенов", "Tokens").to_owned(),
            |title| say!("Лента токенов «{title}»", "Tokens, “{title}”"),
        );
        let one = |(place, (token, name)): (usize, &(String, String))| {
            let weight = self.weights.get(place).map_or(String::new(), |&weight| format!(", {}", number(weight)));
            say!("«{}» ({name}{weight})", "“{}” ({name}{weight})", visible(token))
        };
        let all: Vec<String> = self.tokens.iter().enumerate().map(one).collect();
        format!(
            "{title}, {}: {}.",
            count(all.len(), ["токен", "токена", "токенов"], ["token", "tokens"]),
            all.join(", ")
        )
    }

    fn table(&self) -> Table {
        let mut columns =
            vec![(word("токен", "token").to_owned(), Align::Left), (word("номер", "number").to_owned(), Align::Right)];
        if !self.weights.is_empty() {
            columns.push((word("вес", "weight").to_owned(), Align::Right));
        }
        let row = |(place, (token, number)): (usize, &(String, String))| {
            let weight = self.weights.get(place).map(|&weight| significant(weight, 4));
            [visible(token), number.clone()].into_iter().chain(weight).collect()
        };
        Table { columns, rows: self.tokens.iter().enumerate().map(row).collect() }
    }
}

/// The token with its spaces and line ends made visible.
fn visible(token: &str) -> String {
    token
        .chars()
        .map(|c| {
            if c == ' ' {
                '␣'
            } else if c == '\n' {
                '⏎'
            } else if c == '\t' {
                '⇥'
            } else {
                c
            }
        })
        .collect()
}

impl Show for Tokens {
    fn show(&self) -> Rich {
        let text = self.description();
        Rich::svg(self.to_svg()).alt(text.clone()).with(Part::Text(text)).with(Part::Table(self.table()))
    }
}
