//! `[preprocessor.katex]` of book.toml: mdbook-katex's options, mdBook's own keys, and the place of the cache.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use diagnostic::Diagnostic;
use mdbook_katex::cfg::KatexConfig;
use mdbook_katex::preprocess::KATEX_HEADER;
use mdbook_preprocessor::config::Config;
use pulldown_cmark::Options;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use crate::engine::{SOURCES, VERSION};
use crate::html::Style;
use crate::macros;

/// Keys of the table that are mdBook's.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];

/// The one key that is ours.
const CACHE: &str = "cache";

/// How formulas are found and rendered.
#[derive(Debug)]
pub struct Settings {
    /// Where rendered formulas are kept, from the book's root.
    pub cache: PathBuf,
    pub(crate) extensions: Options,
    pub(crate) include_src: bool,
    /// What a formula is called in the language of the book.
    pub(crate) word: &'static str,
    /// What every page with formulas begins with.
    pub(crate) header: String,
    /// The colour of what KaTeX shows in place of a forbidden command; none when the author asked for such formulas.
    pub(crate) error_colour: Option<String>,
    /// The commands that the book's macro file defines.
    pub(crate) commands: Vec<String>,
    pub(crate) fingerprint: blake3::Hash,
    /// KaTeX's options as JSON, for each style.
    inline: String,
    display: String,
    plain: String,
}

/// The part of the table that only we read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Ours {
    cache: Option<PathBuf>,
}

impl Settings {
    /// Reads the table, and the macro file that it names; says what is wrong with the macros.
    pub fn read(root: &Path, config: &Config) -> anyhow::Result<(Self, Vec<Diagnostic>)> {
        let (ours, katex) = tables(config).context("reading [preprocessor.katex] of book.toml")?;
        let (macros, diagnostics) = match &katex.macros {
            Some(file) => {
                let path = root.join(file);
                let text =
                    fs::read_to_string(&path).with_context(|| format!("reading macros from {}", path.display()))?;
                macros::parse(&file.replace('\\', "/"), &text)
            }
            None => (BTreeMap::new(), Vec::new()),
        };
        let extensions = extensions(config)?;
        let word = word(config.book.language.as_deref());
        Ok((Self { word, ..Self::new(ours.cache, &katex, &macros, extensions) }, diagnostics))
    }

    fn new(
        cache: Option<PathBuf>,
        config: &KatexConfig,
        macros: &BTreeMap<String, String>,
        extensions: Options,
    ) -> Self {
        let fingerprint = fingerprint(config, macros);
        Self {
            cache: cache.unwrap_or_else(|| ".book/formulas".into()),
            extensions,
            include_src: config.include_src,
            word: word(None),
            header: if config.no_css { String::new() } else { header() },
            error_colour: config.throw_on_error.then(|| config.error_color.clone()),
            commands: macros.keys().cloned().collect(),
            fingerprint,
            inline: options(config, macros, Display::No, &config.output),
            display: options(config, macros, Display::Yes, &config.output),
            plain: options(config, macros, Display::No, "mathml"),
        }
    }

    pub(crate) fn options(&self, style: Style) -> &str {
        match style {
            Style::Inline => &self.inline,
            Style::Display => &self.display,
            Style::Plain => &self.plain,
        }
    }
}

fn word(language: Option<&str>) -> &'static str {
    let language = language.unwrap_or_default().to_lowercase();
    match language.split(['-', '_']).next() {
        Some("ru") => "Формула",
        _ => "Formula",
    }
}

fn tables(config: &Config) -> anyhow::Result<(Ours, KatexConfig)> {
    const TABLE: &str = "preprocessor.katex";
    let keys: BTreeMap<String, IgnoredAny> = config.get(TABLE)?.unwrap_or_default();
    let known = serde_json::to_value(KatexConfig::default()).context("listing mdbook-katex's options")?;
    for key in keys.keys() {
        let is_known = known.get(key).is_some() || key == CACHE || MDBOOK.contains(&key.as_str());
        ensure!(is_known, "unknown key `{key}`");
    }
    let mut katex: KatexConfig = config.get(TABLE)?.unwrap_or_default();
    if !keys.contains_key("output") {
        // mdbook-katex's own default is invisible to screen readers.
        katex.output = "htmlAndMathml".to_owned();
    }
    check(&katex)?;
    Ok((config.get(TABLE)?.unwrap_or_default(), katex))
}

/// Refuses what mdbook-katex would replace by something else, and what cannot be had together with a Markdown parser.
fn check(katex: &KatexConfig) -> anyhow::Result<()> {
    if !["html", "mathml", "htmlAndMathml"].contains(&katex.output.as_str()) {
        bail!("`output` is \"html\", \"mathml\" or \"htmlAndMathml\", not {:?}", katex.output);
    }
    ensure!(
        katex.pre_render,
        "`pre-render = false` leaves formulas to a script, and this book is typeset at build time"
    );
    for (key, delimiter, expected) in
        [("block-delimiter", &katex.block_delimiter, "$$"), ("inline-delimiter", &katex.inline_delimiter, "$")]
    {
        let is_expected = delimiter.left == expected && delimiter.right == expected;
        ensure!(is_expected, "`{key}` must be {expected:?}: Markdown knows no other");
    }
    Ok(())
}

/// mdBook's own extensions, as `[output.html]` chooses them, and formulas.
fn extensions(config: &Config) -> anyhow::Result<Options> {
    let html: mdbook_preprocessor::config::HtmlConfig = config.get("output.html")?.unwrap_or_default();
    let mut extensions = page::outline::extensions();
    extensions.set(Options::ENABLE_SMART_PUNCTUATION, html.smart_punctuation);
    extensions.set(Options::ENABLE_DEFINITION_LIST, html.definition_lists);
    extensions.set(Options::ENABLE_GFM, html.admonitions);
    Ok(extensions)
}

/// The style sheet that mdbook-katex links to, of the version that sets the formulas here.
fn header() -> String {
    let of_this_version = |head: &str| format!("{head}katex@{VERSION}");
    match KATEX_HEADER.split_once("katex@").map(|(head, tail)| (head, tail.trim_start_matches(|c: char| c != '/'))) {
        Some((head, tail)) => of_this_version(head) + tail,
        None => KATEX_HEADER.to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Display {
    Yes,
    No,
}

/// KaTeX's options as mdbook-katex passes them.
fn options(config: &KatexConfig, macros: &BTreeMap<String, String>, display: Display, output: &str) -> String {
    let mut options = json!({
        "displayMode": matches!(display, Display::Yes),
        "output": output,
        "leqno": config.leqno,
        "fleqn": config.fleqn,
        "throwOnError": config.throw_on_error,
        "errorColor": config.error_color,
        "macros": macros,
        "minRuleThickness": config.min_rule_thickness,
        "maxExpand": config.max_expand,
        "trust": config.trust,
    });
    // JSON has no infinity, which is KaTeX's default.
    if config.max_size.is_finite() {
        options["maxSize"] = json!(config.max_size);
    }
    options.to_string()
}

/// A hash of all that a rendered formula follows from besides its TeX.
fn fingerprint(config: &KatexConfig, macros: &BTreeMap<String, String>) -> blake3::Hash {
    // Formulas that were found right are kept in their final form, so the code that does this is a part of what they follow from.
    const CODE: [&str; 4] =
        [include_str!("html.rs"), include_str!("plain.rs"), include_str!("remarks.rs"), include_str!("render.rs")];
    let parts = (SOURCES, CODE, config, macros);
    blake3::hash(&serde_json::to_vec(&parts).expect("structs and maps of plain values"))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The settings of a book.toml.
    pub(crate) fn read(toml: &str) -> anyhow::Result<Settings> {
        let (settings, diagnostics) = Settings::read(Path::new("/nowhere"), &toml.parse()?)?;
        assert_eq!(diagnostics, []);
        Ok(settings)
    }

    fn mistake(toml: &str) -> String {
        format!("{:#}", read(&format!("[preprocessor.katex]\n{toml}")).unwrap_err())
    }

    #[test]
    fn an_unknown_key_or_value_is_an_error() {
        let mistakes = [
            "outptu = \"html\"",
            "output = \"pdf\"",
            "pre-render = false",
            "inline-delimiter = { left = \"\\\\(\", right = \"\\\\)\" }",
            "leqno = 1",
            "macros = \"нет.txt\"",
        ]
        .map(mistake);
        insta::assert_snapshot!(mistakes.join("\n"));
    }

    #[test]
    fn mdbooks_own_keys_are_known() {
        let settings =
            read("[preprocessor.katex]\ncommand = \"x\"\nafter = [\"cells\"]\nrenderers = [\"html\"]\ncache = \"c\"\n");
        assert_eq!(settings.unwrap().cache, Path::new("c"));
    }

    #[test]
    fn a_changed_option_changes_the_fingerprint() {
        let fingerprints = ["", "leqno = true", "max-size = 5.0", "max-size = inf", "output = \"html\""]
            .map(|toml| read(&format!("[preprocessor.katex]\n{toml}")).unwrap().fingerprint);
        let expected = [0, 1, 2, 0, 4].map(|index| fingerprints[index]);
        assert_eq!(fingerprints, expected);
    }

    #[test]
    fn extensions_are_those_of_mdbook() {
        let text = "а  --  \"б\"\n\n| а | б |\n|---|---|\n| 1 | 2 |\n\n~~в~~ [^1]\n\n[^1]: г\n\n- [ ] д\n\n# е {#ж}\n\nз\n: и\n\n> [!NOTE]\n> к\n";
        let theirs: Vec<_> =
            mdbook_markdown::new_cmark_parser(text, &mdbook_markdown::MarkdownOptions::default()).collect();
        let ours: Vec<_> = pulldown_cmark::Parser::new_ext(text, read("").unwrap().extensions).collect();
        assert_eq!(ours, theirs);
    }
}
