//! The sources of the course: one file, and how a source is written.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostic::{Diagnostic, LineColumn, Place};
use hayagriva::{Entry, Library};

use crate::fields;
use crate::forms;
use crate::gost;
use crate::style::Style;
use crate::written::Source;

/// What may be cited.
#[derive(Debug, Default)]
pub struct Bibliography {
    library: Library,
    keys: BTreeMap<String, Range<usize>>,
    style: Style,
}

impl Bibliography {
    /// Reads the file `path`, whose text is `text`, for a list in some style; says what is wrong with it.
    pub fn read(path: &str, text: &str, style: Style) -> (Self, Vec<Diagnostic>) {
        let mistake = |message: String, range| Diagnostic::error("bibliography", message, Place::new(path, range));
        let mut keys: BTreeMap<String, Range<usize>> = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (key, range) in self::keys(text) {
            match keys.get(&key) {
                Some(first) => mistakes.push(
                    mistake(format!("the source `{key}` is described twice"), range)
                        .also(Place::new(path, first.clone()), "first here"),
                ),
                None => drop(keys.insert(key, range)),
            }
        }
        // An empty file is a bibliography without sources, which is not what YAML makes of it.
        if keys.is_empty() || !mistakes.is_empty() {
            return (Self::default(), mistakes);
        }
        match hayagriva::io::from_yaml_str(text) {
            Ok(library) => {
                let bibliography = Self { library, keys, style };
                mistakes.extend(fields::unknown(path, text));
                mistakes.extend(bibliography.incomplete(path, text));
                (bibliography, mistakes)
            }
            Err(error) => {
                let at = error.location().map_or(0, |place| {
                    diagnostic::offset(text, LineColumn { line: place.line(), column: place.column() })
                });
                (Self::default(), vec![mistake(error.to_string(), at..at)])
            }
        }
    }

    /// What the list needs to know of a source and cannot find out.
    fn incomplete(&self, path: &str, text: &str) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        for (key, range) in self.keys() {
            let Some(entry) = self.library.get(key) else { continue };
            let end = self.keys.values().map(|other| other.start).filter(|start| *start > range.start).min();
            let described = range.start..end.unwrap_or(text.len());
            let place = |words: &str| {
                let at = text[described.clone()].find(words).map(|at| described.start + at);
                Place::new(path, at.map_or(range.clone(), |at| at..at + words.len()))
            };
            mistakes.extend(forms::wrong(key, entry, &place));
            for person in self.style.undeclined(entry) {
                let message = format!("how «{}» is declined must be said: the list wants the genitive", person.name);
                let help = format!(
                    "write the words of the title page, without a comma: `\"{} …\"`",
                    person.given_name.as_deref().unwrap_or_default()
                );
                mistakes.push(Diagnostic::error("bibliography", message, place(&person.name)).help(help));
            }
            if let Some(url) = entry.url().filter(|url| gost::is_shown(entry) && url.visit_date.is_none()) {
                let address = url.value.as_str();
                let message = format!("when was `{key}` read? An address without a date may lead to something else");
                let help =
                    format!("write `url: {{ value: \"{address}\", date: 2026-11-30 }}`, the day on which you read it");
                mistakes.push(Diagnostic::warning("undated-source", message, place(address)).help(help));
            }
        }
        mistakes
    }

    /// Parts of sources that `written`, the list, has no place for.
    pub fn lost(&self, path: &str, written: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
        let lost = self.keys().flat_map(|(key, range)| {
            let found = self.library.get(key).zip(written.get(key));
            let (whole, author) = found.map_or((None, None), |(entry, source)| (lost_whole(entry, source), lost_author(entry, source)));
            let whole = whole.map(|title| {
                let message = format!("the list has no place for «{title}», of which `{key}` is a part");
                let help = "say what both are: an article in a periodical, in proceedings or on the web, a chapter of a book or of an anthology";
                Diagnostic::error("bibliography", message, Place::new(path, range.clone())).help(help)
            });
            let author = author.map(|name| {
                let message = format!("the style of the list does not name {name}, who wrote `{key}`");
                let help = "name another `style` in [preprocessor.references] of book.toml";
                Diagnostic::error("bibliography", message, Place::new(path, range.clone())).help(help)
            });
            [whole, author].into_iter().flatten()
        });
        lost.collect()
    }

    /// The keys, and where each is described.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.keys.iter().map(|(key, range)| (key.as_str(), range))
    }

    /// True when nothing can be cited.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Writes every source.
    pub fn sources(&self) -> anyhow::Result<BTreeMap<String, Source>> {
        self.style.write(&self.library)
    }
}

/// What the source is a part of, where the list does not say it.
fn lost_whole(entry: &Entry, source: &Source) -> Option<String> {
    let titles = entry.parents().iter().filter_map(|parent| parent.title()).map(ToString::to_string);
    titles.into_iter().find(|title| !is_said(title, source))
}

/// The first author, where the list does not name him.
fn lost_author(entry: &Entry, source: &Source) -> Option<String> {
    let author = entry.authors()?.first()?;
    (!is_said(&author.name, source)).then(|| author.name.clone())
}

/// Styles write titles and names in letters of their own.
fn is_said(words: &str, source: &Source) -> bool {
    source.words.to_lowercase().contains(&words.to_lowercase())
}

/// The keys of a file: whatever begins a line.
fn keys(text: &str) -> Vec<(String, Range<usize>)> {
    let mut keys = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|letter: char| !letter.is_whitespace() && !"#-".contains(letter));
        if let Some(length) = line.find(':').filter(|_| begins) {
            keys.push((line[..length].trim().to_owned(), at..at + line[..length].trim_end().len()));
        }
        at += line.len();
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: &str = "\
vaswani2017:
  type: article
  title: Attention Is All You Need
  author: [\"Vaswani, A.\", \"Shazeer, N.\", \"Parmar, N.\", \"Uszkoreit, J.\", \"Jones, L.\"]
  date: 2017
  serial-number: { arxiv: \"1706.03762\" }
  parent: { type: proceedings, title: Advances in Neural Information Processing Systems, volume: 30 }
поляк1964:
  type: article
  title: О некоторых способах ускорения сходимости итерационных методов
  author: Поляк, Б. Т.
  date: 1964
  page-range: 791-803
  serial-number: { doi: 10.1016/0041-5553(64)90137-5 }
  parent: { type: periodical, title: Журнал вычислительной математики и математической физики, volume: 4, issue: 5 }
halmos1958:
  type: book
  title: Finite-Dimensional Vector Spaces
  author: Halmos, P. R.
  date: 1958
  publisher: { name: Van Nostrand, location: Princeton }
goh2017:
  type: web
  title: Why Momentum Really Works
  author: Goh, G.
  date: 2017
  url: { value: \"https://distill.pub/2017/momentum/\", date: 2026-11-26 }
";

    #[test]
    fn sources_are_written_as_gost_says() {
        let (bibliography, mistakes) = Bibliography::read("bibliography.yml", SOURCES, Style::Gost);
        assert_eq!(mistakes, []);
        let sources = bibliography.sources().unwrap();
        let list: Vec<String> = sources.iter().map(|(key, source)| format!("{key}: {}", source.html)).collect();
        insta::assert_snapshot!(list.join("\n"));
    }

    #[test]
    fn a_part_that_the_list_does_not_show_is_told() {
        let text = "а:\n  type: misc\n  title: Лекция\n  parent: { type: misc, title: Курс }\nб:\n  type: article\n  title: Статья\n  parent: { type: web, title: Сайт }\n";
        let (bibliography, _) = Bibliography::read("b.yml", text, Style::Gost);
        let lost = bibliography.lost("b.yml", &bibliography.sources().unwrap());
        let messages: Vec<&str> = lost.iter().map(|mistake| mistake.message.as_str()).collect();
        assert_eq!(messages, ["the list has no place for «Курс», of which `а` is a part"]);
    }

    #[test]
    fn a_style_that_loses_the_authors_is_told() {
        let config = "[preprocessor.references]\nstyle = \"vancouver\"\n".parse().unwrap();
        let settings = crate::settings::Settings::read(&config).unwrap();
        let style =
            crate::style::Wanted::by(std::path::Path::new("/нет"), &config, &settings).unwrap().style().unwrap();
        let (bibliography, _) = Bibliography::read("b.yml", SOURCES, style);
        let lost = bibliography.lost("b.yml", &bibliography.sources().unwrap());
        let messages: Vec<&str> = lost.iter().map(|mistake| mistake.message.as_str()).collect();
        insta::assert_snapshot!(messages.join("\n"));
    }

    #[test]
    fn a_wrong_file_is_told_at_its_place() {
        let messages = |text: &str| {
            let (_, mistakes) = Bibliography::read("b.yml", text, Style::Gost);
            let places = mistakes.into_iter().map(|mistake| {
                let place = diagnostic::line_column(text, mistake.place.range.start);
                format!("{}:{}: {}", place.line, place.column, mistake.message)
            });
            places.collect::<Vec<_>>().join("\n")
        };
        assert_eq!(messages(""), "");
        insta::assert_snapshot!(messages("а:\n  type: book\n  title: Б\nа:\n  type: book\n  title: В\n"));
        insta::assert_snapshot!(messages("а:\n  title: Б\n"));
        insta::assert_snapshot!(messages("а:\n  type: book\n  title: Б\n  date: [1\n"));
        insta::assert_snapshot!(messages(
            "а:\n  type: book\n  title: Введение\n  editor: \"Мицкевич, А. Б.\"\n  translator: \"Словарёв, А. А.\"\n\
             б:\n  type: web\n  title: Страница\n  url: https://a.ru/\n  parent: { type: anthology, title: Сборник, editor: \"Черняк, О.\" }\n"
        ));
    }
}
