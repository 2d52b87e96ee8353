//! Numbers for people: medians, ratios, and which of them are within what was promised.

use std::time::Duration;

/// Times that were measured one after the other.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Adds a measurement.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64());
    }

    /// The time in the middle, in seconds.
    pub fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            length if length % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// The least and the most of them.
    pub fn range(&self) -> String {
        let (least, most) =
            self.0.iter().fold((f64::INFINITY, 0.0_f64), |(least, most), time| (least.min(*time), most.max(*time)));
        format!("{least:.2}–{most:.2} s")
    }

    fn text(&self) -> String {
        format!("{:.2} s", self.median())
    }
}

/// A line of the table.
pub struct Row {
    /// What was done to the book.
    pub what: String,
    /// Our times.
    pub ours: Times,
    /// Times of the others.
    pub others: Times,
    /// Who the others are.
    pub against: &'static str,
    /// What the ratio may be at most, if that was promised.
    pub most: Option<f64>,
}

/// The head of the table.
pub fn head() -> String {
    format!("{}\n{}", line("", "ours", "theirs", "ratio", "at most", "theirs is"), "-".repeat(118))
}

impl Row {
    /// The line.
    pub fn text(&self) -> String {
        let ratio = self.ours.median() / self.others.median();
        let most = match self.most {
            Some(most) if ratio <= most => format!("{most}"),
            Some(most) => format!("{most} missed"),
            None => String::new(),
        };
        let (ours, others, ratio) = (self.ours.text(), self.others.text(), format!("{ratio:.2}"));
        line(&self.what, &ours, &others, &ratio, &most, self.against)
    }
}

fn line(what: &str, ours: &str, others: &str, ratio: &str, most: &str, against: &str) -> String {
    format!("{what:<34} {ours:>9} {others:>9} {ratio:>7}  {most:<11} {against}").trim_end().to_owned()
}

/// How busy the machine is, where it says so.
pub fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mean = load.split(' ').next().filter(|mean| !mean.is_empty()).unwrap_or("unknown");
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("load {mean} on {processors} processors")
}
