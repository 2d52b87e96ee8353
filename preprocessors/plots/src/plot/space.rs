//! Three dimensions on paper: surfaces, lines and points before one camera that does not move.

use crate::language::{say, word};
use std::ops::RangeInclusive;
use std::panic::Location;

use kernel::{Part, Rich, Show};

use super::colour::Palette;
use super::geometry::Point;
use super::input::limits;
use super::pen::HALO;
use super::svg::{Anchor, Path, Svg, document, escape};
use super::text;
use super::words::{called, count, number, span};

/// A point of space.
type Place = [f64; 3];

/// Surfaces, lines and points over common axes.
#[derive(Clone, Debug)]
#[must_use = "a picture of space is shown as the last expression of a cell or by `show!`"]
pub struct Space {
    bodies: Vec<Body>,
    labels: [String; 3],
    title: Option<String>,
    alt: Option<String>,
}

#[derive(Clone, Debug)]
struct Body {
    shape: Shape,
    name: Option<String>,
    place: &'static Location<'static>,
}

#[derive(Clone, Debug)]
enum Shape {
    /// Heights on the nodes of a grid, row by row.
    Surface {
        nodes: Vec<Place>,
        columns: usize,
    },
    Line(Vec<Place>),
    Points(Vec<Place>),
}

/// An empty space, to which [`Space::surface`], [`Space::line`] and [`Space::points`] add.
///
/// ```
/// use plots::plot;
/// plot::space()
///     .surface(|x, y| x * x - y * y, -1.0..=1.0, -1.0..=1.0)
///     .line([(-1.0, 0.0, 1.0), (0.0, 0.0, 0.0)])
///     .name("спуск")
///     .axes("w₁", "w₂", "потери");
/// ```
pub fn space() -> Space {
    Space { bodies: Vec::new(), labels: ["x", "y", "z"].map(str::to_owned), title: None, alt: None }
}

const SIZE: Point = (560.0, 440.0);
/// How often a surface is sampled along each side.
const GRID: usize = 24;
/// The camera: 35° to the side of the first axis, 38° above the ground; all figures of a book are seen from there.
const SIDE: (f64, f64) = (0.573_576, 0.819_152);
const ABOVE: (f64, f64) = (0.615_661, 0.788_011);

impl Space {
    /// Adds the graph of a function of two variables as a mesh, lighter where it is higher.
    ///
    /// # Panics
    /// When a range is empty.
    #[track_caller]
    pub fn surface(mut self, f: impl Fn(f64, f64) -> f64, x: RangeInclusive<f64>, y: RangeInclusive<f64>) -> Self {
        let (x, y) = (limits(x), limits(y));
        let at = |range: Point, place: usize| range.0 + (range.1 - range.0) * place as f64 / (GRID - 1) as f64;
        let nodes = (0..GRID * GRID).map(|node| {
            let (x, y) = (at(x, node % GRID), at(y, node / GRID));
            [x, y, f(x, y)]
        });
        self.add(Shape::Surface { nodes: nodes.collect(), columns: GRID });
        self
    }

    /// Adds a line through points.
    #[track_caller]
    pub fn line(mut self, points: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        self.add(Shape::Line(points.into_iter().map(<[f64; 3]>::from).collect()));
        self
    }

    /// Adds points.
    #[track_caller]
    pub fn points(mut self, points: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        self.add(Shape::Points(points.into_iter().map(<[f64; 3]>::from).collect()));
        self
    }

    /// Names what was added last in the description and above the picture.
    ///
    /// # Panics
    /// When nothing was added yet.
    #[track_caller]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.bodies.last_mut().expect("a name comes after what it names").name = Some(name.into());
        self
    }

    /// Names the axes, with their units.
    pub fn axes(mut self, x: impl Into<String>, y: impl Into<String>, z: impl Into<String>) -> Self {
        self.labels = [x.into(), y.into(), z.into()];
        self
    }

    /// Writes a title above the picture.
    pub fn title(mut self, text: impl Into<String>) -> Self {
        self.title = Some(text.into());
        self
    }

    /// Replaces the description that is made from the data.
    pub fn alt(mut self, text: impl Into<String>) -> Self {
        self.alt = Some(text.into());
        self
    }

    #[track_caller]
    fn add(&mut self, shape: Shape) {
        self.bodies.push(Body { shape, name: None, place: Location::caller() });
    }

    /// The picture, an `<svg>` element.
    ///
    /// # Panics
    /// When there is nothing in it, or a number is not finite.
    #[track_caller]
    pub fn to_svg(&self) -> String {
        assert!(!self.bodies.is_empty(), "plot: space: there is nothing in it");
        for Body { shape, place, .. } in &self.bodies {
            let places = shape.places();
            if places.is_empty() {
                kernel::panic_at(place, "plot: space: there are no points");
            }
            if let Some(index) = places.iter().position(|point| point.iter().any(|value| !value.is_finite())) {
                let [x, y, z] = places[index];
                kernel::panic_at(place, &format!("plot: space: point {index} is ({x}, {y}, {z}); leave it out"));
            }
        }
        let head = if self.title.is_some() { 28.0 } else { 0.0 };
        let named = self.bodies.iter().any(|body| body.name.is_some());
        let top = head + if named { 28.0 } else { 8.0 };
        let cube = Cube::around(self.bodies.iter().flat_map(|body| body.shape.places()), top);
        let mut svg = Svg::default();
        if let Some(title) = &self.title {
            svg.text(8.0, 20.0, Anchor::Start, "font-weight=\"600\"", &escape(title));
        }
        cube.axes(&self.labels, &mut svg);
        self.draw(&cube, &mut svg);
        let mut left = 8.0;
        for (place, name) in
            self.bodies.iter().enumerate().filter_map(|(place, body)| Some((place, body.name.as_ref()?)))
        {
            svg.rect(left, head + 6.0, 14.0, 14.0, &format!("fill=\"{}\"", colour(place)));
            svg.text(left + 20.0, head + 19.0, Anchor::Start, "", &escape(name));
            left += 36.0 + text::width(name);
        }
        document((SIZE.0, SIZE.1 + top), &svg.finish())
    }

    /// Draws everything from the farthest piece to the nearest one.
    fn draw(&self, cube: &Cube, svg: &mut Svg) {
        let mut pieces: Vec<(f64, Path, String)> = Vec::new();
        let far = |places: &[Place]| places.iter().map(|&place| cube.depth(place)).sum::<f64>() / places.len() as f64;
        for (place, body) in self.bodies.iter().enumerate() {
            match &body.shape {
                Shape::Surface { nodes, columns } => {
                    for node in (0..nodes.len() - columns).filter(|node| node % columns + 1 < *columns) {
                        let corners = [node, node + 1, node + columns + 1, node + columns].map(|node| nodes[node]);
                        let mut path = Path::default();
                        path.polygon(&corners.map(|corner| cube.pixel(corner)));
                        let height = corners.iter().map(|corner| cube.share(*corner)[2]).sum::<f64>() / 4.0;
                        let [r, g, b] = Palette::Sequential.at(height);
                        let look = format!(
                            "fill=\"#{r:02x}{g:02x}{b:02x}\" stroke=\"#fff\" stroke-opacity=\".4\" stroke-width=\".6\" stroke-linejoin=\"round\""
                        );
                        pieces.push((far(&corners), path, look));
                    }
                }
                Shape::Line(points) => {
                    for pair in points.windows(2) {
                        let mut path = Path::default();
                        let (from, to) = (cube.pixel(pair[0]), cube.pixel(pair[1]));
                        path.move_to(from.0, from.1);
                        path.line_to(to.0, to.1);
                        let look = format!("stroke=\"{}\" stroke-width=\"3\" stroke-linecap=\"round\"", colour(place));
                        pieces.push((far(pair) - NEARER, path, look));
                    }
                }
                Shape::Points(points) => {
                    for &point in points {
                        let mut path = Path::default();
                        let (x, y) = cube.pixel(point);
                        path.dot(x, y);
                        let look = format!("stroke=\"{}\" stroke-width=\"8\" stroke-linecap=\"round\"", colour(place));
                        pieces.push((cube.depth(point) - NEARER, path, look));
                    }
                }
            }
        }
        pieces.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, path, look) in pieces {
            svg.path(path, &look);
        }
    }

    fn description(&self) -> String {
        if let Some(alt) = &self.alt {
            return alt.clone();
        }
        let title = self.title.as_ref().map_or_else(
            || word("График в пространстве.", "A plot in space.").to_owned(),
            |t| say!("График в пространстве «{t}».", "A plot in space, “{t}”."),
        );
        let one = |body: &Body| {
            let places = body.shape.places();
            let spans = self.labels.iter().enumerate().filter_map(|(axis, label)| {
                let (low, high) = span(places.iter().map(|place| place[axis]))?;
                Some(say!("{label} от {} до {}", "{label} from {} to {}", number(low), number(high)))
            });
            let spans = spans.collect::<Vec<_>>().join(", ");
            let noun = match body.shape {
                Shape::Surface { .. } => word("Поверхность", "Surface"),
                Shape::Line(_) => word("Линия", "Line"),
                Shape::Points(_) => word("Точки", "Points"),
            };
            let points = match body.shape {
                Shape::Surface { .. } => String::new(),
                _ => format!("{}, ", count(places.len(), ["точка", "точки", "точек"], ["point", "points"])),
            };
            format!("{}: {points}{spans}.", called(noun, body.name.as_deref()))
        };
        let all: Vec<String> = self.bodies.iter().map(one).collect();
        format!("{title} {}", all.join(" "))
    }
}

/// How much nearer than it is a line on a surface is drawn, so that the surface does not swallow it.
const NEARER: f64 = 0.06;

fn colour(place: usize) -> String {
    format!("var(--plot-{})", (place + 1) % 8 + 1)
}

impl Shape {
    fn places(&self) -> &[Place] {
        match self {
            Self::Surface { nodes, .. } | Self::Line(nodes) | Self::Points(nodes) => nodes,
        }
    }
}

/// The box around the data, and where it is on paper.
struct Cube {
    low: Place,
    high: Place,
    top: f64,
}

impl Cube {
    fn around<'a>(places: impl Iterator<Item = &'a Place>, top: f64) -> Self {
        let places: Vec<Place> = places.copied().collect();
        let ends = [0, 1, 2].map(|axis| {
            let (low, high) = span(places.iter().map(|place| place[axis])).unwrap_or((0.0, 1.0));
            if low < high { (low, high) } else { (low - 0.5, high + 0.5) }
        });
        Self { low: ends.map(|end| end.0), high: ends.map(|end| end.1), top }
    }

    /// Where in the box a place is, from 0 to 1 along every axis.
    fn share(&self, place: Place) -> Place {
        [0, 1, 2].map(|axis| (place[axis] - self.low[axis]) / (self.high[axis] - self.low[axis]))
    }

    fn pixel(&self, place: Place) -> Point {
        const SCALE: f64 = 262.0;
        let [x, y, z] = self.share(place).map(|share| share - 0.5);
        let across = -x * SIDE.0 + y * SIDE.1;
        let up = z * 0.8 * ABOVE.1 - (x * SIDE.1 + y * SIDE.0) * ABOVE.0;
        (SIZE.0 / 2.0 + SCALE * across, self.top + SIZE.1 / 2.0 - 14.0 - SCALE * up)
    }

    /// How far from the camera a place is.
    fn depth(&self, place: Place) -> f64 {
        let [x, y, z] = self.share(place).map(|share| share - 0.5);
        -(x * SIDE.1 + y * SIDE.0) * ABOVE.1 - z * ABOVE.0
    }

    /// The edges of the ground and the axis of heights, each with its ends and its name.
    fn axes(&self, labels: &[String; 3], svg: &mut Svg) {
        let (low, high) = (self.low, self.high);
        let ground = |x: f64, y: f64| [x, y, low[2]];
        let mut path = Path::default();
        path.polygon(
            &[(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]
                .map(|(x, y)| self.pixel(ground(x, y))),
        );
        let (foot, head) = ([high[0], low[1], low[2]], [high[0], low[1], high[2]]);
        let (from, to) = (self.pixel(foot), self.pixel(head));
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        svg.path(path, "fill=\"none\" stroke=\"var(--plot-fg)\" stroke-opacity=\".6\"");
        let mut write = |place: Place, (dx, dy): Point, anchor: Anchor, text: &str| {
            let (x, y) = self.pixel(place);
            svg.text(x + dx, y + dy, anchor, HALO, &escape(text));
        };
        let middle = |axis: usize| f64::midpoint(low[axis], high[axis]);
        // The front edges of the ground: the first axis runs along the right one, the second along the left one.
        write(ground(low[0], high[1]), (6.0, 16.0), Anchor::Start, &number(low[0]));
        write(ground(high[0], high[1]), (10.0, 18.0), Anchor::Start, &number(high[0]));
        write(ground(middle(0), high[1]), (12.0, 24.0), Anchor::Start, &labels[0]);
        write(ground(high[0], low[1]), (-6.0, 20.0), Anchor::End, &number(low[1]));
        write(ground(high[0], high[1]), (-10.0, 18.0), Anchor::End, &number(high[1]));
        write(ground(high[0], middle(1)), (-12.0, 24.0), Anchor::End, &labels[1]);
        write(foot, (-8.0, 0.0), Anchor::End, &number(low[2]));
        write(head, (-8.0, 6.0), Anchor::End, &number(high[2]));
        write(head, (-8.0, -12.0), Anchor::Start, &labels[2]);
    }
}

impl Show for Space {
    fn show(&self) -> Rich {
        let svg = self.to_svg();
        let text = self.description();
        Rich::svg(svg).alt(text.clone()).with(Part::Text(text))
    }
}
