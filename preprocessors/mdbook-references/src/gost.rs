//! How a source is written: hayagriva with our style of GOST R 7.0.5-2008, in the language of the source.

use std::collections::BTreeMap;

use crate::persons::{self, genitive};
use crate::written::{Source, add, add_identifiers, locale};
use anyhow::Context as _;
use hayagriva::archive::locales;
use hayagriva::citationberg::IndependentStyle;
use hayagriva::types::{Person, PersonRole, PersonsWithRoles, Publisher};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Entry, Library};

const STYLE: &str = include_str!("../styles/gost.csl");
const RUSSIAN: &str = "ru";
const ENGLISH: &str = "en";

/// What the style must know before it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Manner {
    language: String,
    authors: Authors,
}

/// Where the authors of a source stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Authors {
    /// Up to three head the entry.
    First,
    /// More stand behind the title.
    BehindTitle,
}

/// Writes every source of a library.
pub fn write(library: &Library) -> anyhow::Result<BTreeMap<String, Source>> {
    let mut groups: BTreeMap<Manner, Vec<Entry>> = BTreeMap::new();
    for entry in library.iter() {
        groups.entry(Manner::of(entry)).or_default().push(prepared(entry, language(entry)));
    }
    let mut sources = BTreeMap::new();
    if groups.is_empty() {
        // The languages, which are unpacked all at once, would cost a build 30 ms for nothing.
        return Ok(sources);
    }
    let locales = locales();
    for (manner, entries) in &groups {
        let style = manner.style()?;
        let locale = locale(&manner.language, &locales);
        let mut driver = BibliographyDriver::new();
        for entry in entries {
            driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(entry)], &style, &locales));
        }
        let request = BibliographyRequest { style: &style, locale, locale_files: &locales };
        let list = driver.finish(request).bibliography.context("the style describes no list of sources")?;
        for item in list.items {
            let mut source = Source::default();
            add(&item.content, &mut source);
            let entry = library.get(&item.key).context("the list has a source that is not in the file")?;
            add_identifiers(entry, &mut source);
            sources.insert(item.key, source);
        }
    }
    Ok(sources)
}

/// Translators and editors of a Russian source who cannot be declined.
pub fn undeclined(entry: &Entry) -> Vec<Person> {
    if language(entry) == RUSSIAN { undeclined_of(entry) } else { Vec::new() }
}

fn undeclined_of(entry: &Entry) -> Vec<Person> {
    let translators = entry.affiliated().into_iter().flatten().filter(|group| group.role == PersonRole::Translator);
    let people = entry.editors().unwrap_or_default().iter().chain(translators.flat_map(|group| &group.names));
    let mut undeclined: Vec<Person> = people.filter(|person| genitive(person).is_none()).cloned().collect();
    undeclined.extend(entry.parents().iter().flat_map(undeclined_of));
    undeclined
}

/// True when the address of a source is what leads to it.
pub fn is_shown(entry: &Entry) -> bool {
    entry.doi().is_none() && entry.arxiv().is_none()
}

impl Manner {
    fn of(entry: &Entry) -> Self {
        const FIRST: usize = 3;
        let authors = entry.authors().map_or(0, <[Person]>::len);
        let authors = if authors <= FIRST { Authors::First } else { Authors::BehindTitle };
        Self { language: language(entry).to_owned(), authors }
    }

    fn style(&self) -> anyhow::Result<IndependentStyle> {
        let (heading, behind) = match self.authors {
            Authors::First => ("<text macro=\"heading\"/>", ""),
            Authors::BehindTitle => ("", "<text macro=\"behind\"/>"),
        };
        let style = STYLE.replace("{heading}", heading).replace("{behind}", behind);
        IndependentStyle::from_xml(&style).context("reading the style of the list of sources")
    }
}

/// The language that a source names, or that of its letters.
fn language(entry: &Entry) -> &str {
    if let Some(language) = entry.language() {
        return language.language.as_str();
    }
    let title = entry.title().map(ToString::to_string).unwrap_or_default();
    match title.chars().find(|letter| letter.is_alphabetic()) {
        Some(letter) if ('\u{400}'..'\u{500}').contains(&letter) => RUSSIAN,
        _ => ENGLISH,
    }
}

/// The source as the style wants it: people in their case, the place with the publisher.
fn prepared(entry: &Entry, language: &str) -> Entry {
    let mut entry = entry.clone();
    if let Some(authors) = entry.authors() {
        let authors = authors.iter().map(persons::whole).collect();
        entry.set_authors(authors);
    }
    if language == RUSSIAN {
        let declined = |people: &[Person]| -> Vec<Person> {
            people.iter().map(|person| genitive(person).unwrap_or_else(|| person.clone())).collect()
        };
        if let Some(editors) = entry.editors().map(declined) {
            entry.set_editors(editors);
        }
        if let Some(groups) = entry.affiliated() {
            let groups = groups.iter().map(|group| match group.role {
                PersonRole::Translator => PersonsWithRoles::new(declined(&group.names), PersonRole::Translator),
                _ => group.clone(),
            });
            let groups = groups.collect();
            entry.set_affiliated(groups);
        }
    }
    if let Some(publisher) = entry.publisher().filter(|publisher| publisher.location().is_none()) {
        let publisher = Publisher::new(publisher.name().cloned(), entry.location().cloned());
        entry.set_publisher(publisher);
    } else if let (None, Some(location)) = (entry.publisher(), entry.location()) {
        let publisher = Publisher::new(None, Some(location.clone()));
        entry.set_publisher(publisher);
    }
    let parents = entry.parents().iter().map(|parent| prepared(parent, language)).collect();
    entry.set_parents(parents);
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> String {
        let sources = write(&hayagriva::io::from_yaml_str(text).unwrap()).unwrap();
        let lines = sources.iter().map(|(key, source)| format!("{key}: {}", source.html.replace('\u{a0}', "⍽")));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn more_than_three_authors_stand_behind_the_title() {
        let of = |authors: &str| {
            format!(
                "type: book\n  title: Анализ данных\n  author: [{authors}]\n  publisher: {{ name: Наука, location: Москва }}\n  date: 2024\n  page-total: 320\n"
            )
        };
        let (three, four) = ("\"Первов, А. Б.\", \"Вторых, В. Г.\", \"Третьяк, Д. Е.\"", "\"Четвёркин, Ж. З.\"");
        insta::assert_snapshot!(list(&format!(
            "а1:\n  {}а3:\n  {}а4:\n  {}а5:\n  {}",
            of("\"Первов, А. Б.\""),
            of(three),
            of(&format!("{three}, {four}")),
            of(&format!("{three}, {four}, \"Пятый, И. К.\""))
        )));
    }

    #[test]
    fn translators_and_editors_stand_in_their_case_with_initials_first() {
        insta::assert_snapshot!(list(
            "а:\n  type: book\n  title: Введение в обучение\n  author: \"de la Fuente, H.\"\n  editor: \"Редакторов, А. Б.\"\n  location: Санкт-Петербург\n  \
             publisher: Издательство\n  date: 2023\n  edition: 2\n  page-total: 412\n  affiliated: { role: translator, names: \"Словарёв, А. А.\" }\n\
             б:\n  type: book\n  title: Обучение\n  author: \"Бишоп, К.\"\n  affiliated: { role: translator, names: [\"с англ. А. Б. Черных\", \"И. К. Щербины\"] }\n  date: 2020\n\
             в:\n  type: chapter\n  title: Глава\n  author: \"Зуева, Д.\"\n  page-range: 12-40\n  parent: { type: anthology, title: Сборник, editor: \"Петрова-Иванова, О. П.\", publisher: { name: МГУ, location: Москва }, date: 1999 }\n\
             г:\n  type: book\n  title: Learning\n  author: \"Шмидт, Й.\"\n  editor: [\"Smith, J. A.\", \"Doe, B.\"]\n  affiliated: { role: translator, names: \"Roe, C.\" }\n  edition: 3\n  date: 2001\n"
        ));
    }

    #[test]
    fn volumes_pages_and_issues_speak_the_language_of_the_source() {
        insta::assert_snapshot!(list(
            "а:\n  type: book\n  title: Искусство\n  author: \"Кнут, Д.\"\n  volume-total: 4\n  volume: 2\n  date: 2013\n  page-total: 832\n\
             б:\n  type: book\n  title: The Art\n  author: \"Knuth, D.\"\n  volume-total: 4\n  volume: 2\n  edition: 3\n  date: 1997\n  page-total: 762\n\
             в:\n  type: article\n  title: Bedingt konvergente Reihen\n  language: de\n  author: \"Steinitz, E.\"\n  date: 1913\n  page-range: 128-176\n  parent: { type: periodical, title: Journal, volume: 143 }\n\
             г:\n  type: article\n  title: Méthode générale\n  language: fr\n  author: [\"Б, Б.\", \"В, В.\", \"Г, Г.\", \"Д, Д.\", \"Е, Е.\"]\n  date: 1847\n  page-range: 536\n  parent: { type: periodical, title: Comptes rendus, volume: 25, issue: 2-3 }\n\
             д:\n  type: article\n  title: A theory\n  author: [\"B, B.\", \"C, C.\", \"D, D.\", \"E, E.\", \"F, F.\"]\n  date: 1984\n  page-range: \"43:1-43:23\"\n  parent: { type: proceedings, title: Conference, volume: 27, issue: 11 }\n\
             е:\n  type: thesis\n  title: Сходимость методов\n  genre: дис. … канд. физ.-мат. наук\n  author: \"Ляпунов, А. М.\"\n  date: 1985\n  location: Москва\n"
        ));
    }

    #[test]
    fn what_is_read_online_says_where_and_when() {
        insta::assert_snapshot!(list(
            "а:\n  type: web\n  title: Почему работает импульс\n  author: \"Го, Г.\"\n  date: 2017\n  url: { value: \"https://a.ru/б\", date: 2026-11-02 }\n\
             б:\n  type: web\n  title: Why\n  date: 2017\n  url: https://a.ru/\n  note: На английском языке\n\
             в:\n  type: report\n  title: Models\n  author: \"A, B.\"\n  date: 2019\n  publisher: OpenAI\n  url: { value: \"https://o.ai\", date: 2026-11-02 }\n"
        ));
    }
}
