//! The words of a cell: `rust cell #fig-x fold timeout=60s`.

use std::ops::Range;
use std::time::Duration;

/// What the words behind `rust cell` say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `#fig-x`, without the `#`, and where it stands in the info string.
    pub label: Option<(String, Range<usize>)>,
    /// What of the code the reader sees.
    pub code: Code,
    /// What of the output the reader sees.
    pub output: Visibility,
    /// How the cell is run.
    pub execution: Mode,
    /// Whether it is a program of its own.
    pub program: ProgramOf,
    /// Whether the reader can turn its knobs.
    pub figure: Figure,
    /// `timeout=60s`.
    pub timeout: Option<Duration>,
    /// `seed=7`.
    pub seed: Option<u64>,
    /// `opt=3`.
    pub opt: Option<u8>,
}

/// What of the code the reader sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Code {
    /// All of it.
    #[default]
    Shown,
    /// Behind a click: `fold`.
    Folded,
    /// Nothing: `hide`.
    Hidden,
}

/// Whether something is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// It is.
    #[default]
    Shown,
    /// It is not: `quiet`.
    Hidden,
}

/// How a cell is run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Compiled and run.
    #[default]
    Run,
    /// Must panic: `should_panic`.
    ShouldPanic,
    /// Must not compile, with this code if one is named: `compile_fail=E0382`.
    CompileFail(Option<String>),
    /// Compiled only: `no_run`.
    NoRun,
    /// Not even that: `ignore`.
    Ignore,
}

/// Whose program a cell is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProgramOf {
    /// The page's.
    #[default]
    Page,
    /// Its own: `alone`.
    Alone,
}

/// Whether a cell answers to its inputs on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figure {
    /// It shows one state.
    #[default]
    Still,
    /// The reader turns its knobs: `live`.
    Live,
}

/// A mistake in the words: where in the info string, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the info string.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

const WORDS: [&str; 13] = [
    "#fig-…",
    "#tbl-…",
    "#lst-…",
    "hide",
    "quiet",
    "fold",
    "live",
    "should_panic",
    "compile_fail=E0…",
    "no_run",
    "ignore",
    "alone",
    "timeout=60s, seed=7, opt=3",
];

/// The words that stand before `=` or alone.
const KEYS: [&str; 12] = [
    "hide",
    "quiet",
    "fold",
    "live",
    "should_panic",
    "compile_fail",
    "no_run",
    "ignore",
    "alone",
    "timeout",
    "seed",
    "opt",
];

/// The words of an info string that begins with `rust`; `None` when it is not a cell.
pub fn parse(info: &str) -> Option<(Options, Vec<Mistake>)> {
    let mut words = words(info);
    if words.next()?.1 != "rust" || words.next()?.1 != "cell" {
        return None;
    }
    let mut options = Options::default();
    let mut mistakes = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let words: Vec<(usize, &str)> = words.collect();
    let mut rest = words.as_slice();
    while let Some((&(at, word), others)) = rest.split_first() {
        rest = others;
        if let Some((pieces, whole)) = parted(word, others) {
            let (last, end) = others[pieces - 1];
            rest = &others[pieces..];
            mistakes.push(Mistake {
                range: at..last + end.len(),
                message: format!("a blank parts `{}` from its value", word.trim_end_matches('=')),
                help: format!("write `{whole}`"),
            });
            continue;
        }
        let range = at..at + word.len();
        let key = word.split('=').next().unwrap_or(word);
        let key = if key.starts_with('#') { "#" } else { key };
        if seen.contains(&key) {
            mistakes.push(Mistake {
                range,
                message: format!("`{word}` says again what another word of the cell says"),
                help: "keep one of them".into(),
            });
            continue;
        }
        seen.push(key);
        if let Err((message, help)) = set(&mut options, word, &range) {
            mistakes.push(Mistake { range, message, help });
        }
    }
    for pair in [
        ["hide", "fold"],
        ["should_panic", "compile_fail"],
        ["should_panic", "no_run"],
        ["should_panic", "ignore"],
        ["compile_fail", "no_run"],
        ["compile_fail", "ignore"],
        ["no_run", "ignore"],
        ["live", "quiet"],
        ["live", "alone"],
        ["live", "should_panic"],
        ["live", "compile_fail"],
        ["live", "no_run"],
        ["live", "ignore"],
    ] {
        if pair.iter().all(|word| seen.contains(word)) {
            mistakes.push(Mistake {
                range: 0..info.len(),
                message: format!("`{}` and `{}` contradict each other", pair[0], pair[1]),
                help: "keep one of them".into(),
            });
        }
    }
    // Knobs stand at the picture that they change, so the code waits behind a click.
    if options.figure == Figure::Live && options.code == Code::Shown {
        options.code = Code::Folded;
    }
    Some((options, mistakes))
}

/// `timeout = 60s`, `timeout= 60s`, `timeout =60s`: how many of the words behind the key are its value's, and the word that was meant.
fn parted(word: &str, others: &[(usize, &str)]) -> Option<(usize, String)> {
    let key = word.strip_suffix('=').unwrap_or(word);
    KEYS.contains(&key).then_some(())?;
    match others {
        [(_, value), ..] if word.ends_with('=') => Some((1, format!("{word}{value}"))),
        [(_, "="), (_, value), ..] => Some((2, format!("{key}={value}"))),
        [(_, value), ..] if value.starts_with('=') && *value != "=" => Some((1, format!("{key}{value}"))),
        _ => None,
    }
}

fn set(options: &mut Options, word: &str, range: &Range<usize>) -> Result<(), (String, String)> {
    let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
    match (key, value) {
        (label, None) if label.starts_with('#') => {
            options.label = Some((checked_label(&label[1..])?, range.clone()));
        }
        ("hide", None) => options.code = Code::Hidden,
        ("fold", None) => options.code = Code::Folded,
        ("quiet", None) => options.output = Visibility::Hidden,
        ("should_panic", None) => options.execution = Mode::ShouldPanic,
        ("no_run", None) => options.execution = Mode::NoRun,
        ("ignore", None) => options.execution = Mode::Ignore,
        ("compile_fail", None) => options.execution = Mode::CompileFail(None),
        ("compile_fail", Some(code)) => options.execution = Mode::CompileFail(Some(checked_code(code)?)),
        ("live", None) => options.figure = Figure::Live,
        ("alone", None) => options.program = ProgramOf::Alone,
        ("timeout", Some(time)) => options.timeout = Some(seconds(time)?),
        ("seed", Some(seed)) => options.seed = Some(number(seed, "seed=7")?),
        ("opt", Some(opt)) => options.opt = Some(checked_opt(opt)?),
        (label, None) if checked_label(label).is_ok() => {
            return Err((format!("unknown cell option `{word}`"), format!("did you mean `#{label}`?")));
        }
        _ => {
            let near = diagnostic::nearest(key, KEYS).map_or_else(
                || format!("the words are {}", WORDS.join(", ")),
                |near| match WORDS
                    .iter()
                    .find(|word| near == key && word.split_once('=').is_some_and(|(key, _)| key == near))
                {
                    Some(whole) => format!("write it as in `{whole}`"),
                    None => format!("did you mean `{near}`?"),
                },
            );
            return Err((format!("unknown cell option `{word}`"), near));
        }
    }
    Ok(())
}

fn checked_label(label: &str) -> Result<String, (String, String)> {
    let name = ["fig-", "tbl-", "lst-"].iter().find_map(|kind| label.strip_prefix(kind));
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_')
    };
    if name.is_some_and(is_name) {
        return Ok(label.to_owned());
    }
    Err((
        format!("`#{label}` is not a label"),
        "a label is `#fig-`, `#tbl-` or `#lst-` and a name of letters, digits, `-` and `_`".into(),
    ))
}

fn checked_code(code: &str) -> Result<String, (String, String)> {
    let digits = code.strip_prefix('E').unwrap_or_default();
    if digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(code.to_owned());
    }
    Err((format!("`{code}` is not a compiler's error code"), "write it as in `compile_fail=E0382`".into()))
}

fn checked_opt(opt: &str) -> Result<u8, (String, String)> {
    match number(opt, "opt=3")? {
        level @ 0..=3 => u8::try_from(level).map_err(|_| unreachable_level()),
        _ => Err(unreachable_level()),
    }
}

fn unreachable_level() -> (String, String) {
    ("there is no such optimisation level".into(), "the levels are 0, 1, 2 and 3".into())
}

fn seconds(time: &str) -> Result<Duration, (String, String)> {
    let wrong = || (format!("`{time}` is not a time"), "write seconds, as in `timeout=60s`".to_owned());
    let seconds: u64 = time.strip_suffix('s').and_then(|seconds| seconds.parse().ok()).ok_or_else(wrong)?;
    if seconds == 0 { Err(wrong()) } else { Ok(Duration::from_secs(seconds)) }
}

fn number(value: &str, example: &str) -> Result<u64, (String, String)> {
    value.parse().map_err(|_| (format!("`{value}` is not a whole number"), format!("write it as in `{example}`")))
}

fn words(info: &str) -> impl Iterator<Item = (usize, &str)> {
    info.split_whitespace().map(|word| (word.as_ptr() as usize - info.as_ptr() as usize, word))
}
