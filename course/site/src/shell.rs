//! What others see of the site before they open it: descriptions, addresses and data for search engines in the heads of pages, the list
//! of all pages, the feed of changes.
//!
//! mdBook fills every page into one template and knows nothing of a page but its text. The head is a partial of that template, which this
//! step writes: a case for each page, chosen by its path.

use page::escape;
use serde_json::{Value, json};

use crate::changes::Change;
use crate::settings::Settings;

/// A page as others see it.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Its file inside src.
    pub path: String,
    /// Title without number.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// For lectures: number, how hard from 1 to 3, minutes.
    pub lecture: Option<(String, Option<usize>, Option<u32>)>,
}

/// The book that the pages are of.
#[derive(Clone, Debug, Default)]
pub struct Site<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it is about.
    pub about: &'a str,
    /// Who wrote it.
    pub authors: &'a [String],
    /// Its language.
    pub language: &'a str,
}

const LEVELS: [&str; 3] = ["начальный", "средний", "повышенный"];

/// What a book with a manifest has in the head of every page.
pub const INSTALLED: &str = r#"<link rel="apple-touch-icon" href="{{ path_to_root }}icons/icon-180.png">
<script>
// Opened from disk a page has neither.
if (location.protocol !== 'file:') {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: '{{ path_to_root }}manifest.webmanifest' }));
  if (location.protocol === 'https:' && navigator.serviceWorker) {
    addEventListener('load', () => navigator.serviceWorker.register('{{ path_to_root }}sw.js').catch(() => {}));
  }
}
</script>
"#;

/// The partial: for each page what its head has.
pub fn head(site: &Site<'_>, settings: &Settings, cards: &[Card]) -> String {
    cards
        .iter()
        .map(|card| format!("{{{{#if (eq path \"{}\")}}}}\n{}{{{{/if}}}}\n", card.path, one(site, settings, card)))
        .collect()
}

fn one(site: &Site<'_>, settings: &Settings, card: &Card) -> String {
    let is_first = card.path == "index.md";
    let title = if is_first { site.title } else { &card.title };
    let mut lines = vec![
        meta("name", "description", &card.about),
        meta("property", "og:type", if is_first { "website" } else { "article" }),
        meta("property", "og:site_name", site.title),
        meta("property", "og:title", title),
        meta("property", "og:description", &card.about),
        meta("property", "og:locale", "ru_RU"),
    ];
    lines.extend(site.authors.iter().map(|author| meta("name", "author", author)));
    if let Some(root) = settings.address() {
        let address = address(root, &card.path);
        lines.push(format!("<link rel=\"canonical\" href=\"{}\">", escape::text(&address)));
        lines.push(meta("property", "og:url", &address));
        lines.push(meta("property", "og:image", &format!("{root}icons/course.png")));
        lines.push(meta("name", "twitter:card", "summary_large_image"));
    }
    let data = data(site, settings, card).to_string().replace("</", "<\\/").replace("{{", "{ {");
    lines.push(format!("<script type=\"application/ld+json\">{data}</script>"));
    lines.iter().flat_map(|line| ["  ", line, "\n"]).collect()
}

fn meta(kind: &str, name: &str, content: &str) -> String {
    // Braces would mean something to the template.
    let content = escape::text(content).replace('{', "&#123;").replace('}', "&#125;");
    format!("<meta {kind}=\"{name}\" content=\"{content}\">")
}

/// schema.org: the course, or a lecture of it.
fn data(site: &Site<'_>, settings: &Settings, card: &Card) -> Value {
    let is_first = card.path == "index.md";
    let authors: Vec<Value> = site.authors.iter().map(|name| json!({"@type": "Person", "name": name})).collect();
    let mut course = json!({"@type": "Course", "name": site.title, "description": site.about, "inLanguage": site.language, "isAccessibleForFree": true});
    let mut value = match is_first {
        true => course,
        false => {
            if let Some(root) = settings.address() {
                course["url"] = root.into();
            }
            let kind = if card.lecture.is_some() { "LearningResource" } else { "WebPage" };
            json!({"@type": kind, "name": card.title, "description": card.about, "inLanguage": site.language, "isPartOf": course})
        }
    };
    value["@context"] = "https://schema.org".into();
    value["license"] = "https://creativecommons.org/licenses/by/4.0/".into();
    if !authors.is_empty() {
        value["author"] = authors.into();
    }
    if let Some(root) = settings.address() {
        value["url"] = address(root, &card.path).into();
    }
    if let Some(version) = &settings.version {
        value["dateModified"] = version.as_str().into();
    }
    if let Some((number, level, minutes)) = &card.lecture {
        value["position"] = number.as_str().into();
        value["learningResourceType"] = "лекция".into();
        if let Some(level) = level.and_then(|level| LEVELS.get(level - 1)) {
            value["educationalLevel"] = (*level).into();
        }
        if let Some(minutes) = minutes {
            value["timeRequired"] = format!("PT{minutes}M").into();
        }
    }
    value
}

/// The address of a page of the site that lies at `root`.
fn address(root: &str, path: &str) -> String {
    let page = path.strip_suffix(".md").map_or_else(|| path.to_owned(), |page| format!("{page}.html"));
    let page = if page == "index.html" { String::new() } else { page };
    let safe = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    format!("{root}{}", page.bytes().map(safe).collect::<String>())
}

/// The list of all pages; only a site whose address is known has one.
pub fn sitemap(settings: &Settings, cards: &[Card]) -> Option<String> {
    let root = settings.address()?;
    let dated = settings.version.as_ref().map(|version| format!("<lastmod>{}</lastmod>", escape::text(version)));
    let dated = dated.unwrap_or_default();
    let urls = cards
        .iter()
        .map(|card| format!("  <url><loc>{}</loc>{dated}</url>\n", escape::text(&address(root, &card.path))));
    let urls: String = urls.collect();
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    ))
}

/// The feed of what changed.
pub fn feed(site: &Site<'_>, settings: &Settings, changes: &[Change]) -> Option<String> {
    let (root, latest) = (settings.address()?, changes.first()?);
    let entries: String = changes
        .iter()
        .enumerate()
        .map(|(number, change)| {
            let link = address(root, change.page.as_deref().unwrap_or("index.md"));
            format!(
                "  <entry><id>{root}#change-{}-{}</id><title>{}</title><updated>{}T00:00:00Z</updated><link href=\"{}\"/></entry>\n",
                change.date,
                changes.len() - number,
                escape::text(&change.text),
                change.date,
                escape::text(&link)
            )
        })
        .collect();
    let author = if site.authors.is_empty() { "Авторы курса".to_owned() } else { site.authors.join(", ") };
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n  <id>{root}</id>\n  <title>{}</title>\n  \
         <updated>{}T00:00:00Z</updated>\n  <author><name>{}</name></author>\n  <link rel=\"self\" href=\"{root}feed.xml\"/>\n  <link href=\"{root}\"/>\n{entries}</feed>\n",
        site.language,
        escape::text(site.title),
        latest.date,
        escape::text(&author)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards() -> Vec<Card> {
        vec![
            Card {
                path: "index.md".into(),
                title: "О курсе".into(),
                about: "Курс «о том, о сём».".into(),
                lecture: None,
            },
            Card {
                path: "a/нормы.md".into(),
                title: "Нормы".into(),
                about: "Длина {{x}} & \"угол\" </script>.".into(),
                lecture: Some(("1.1".into(), Some(2), Some(40))),
            },
        ]
    }

    const SITE: Site<'_> = Site { title: "Книга", about: "Курс.", authors: &[], language: "ru" };

    #[test]
    fn the_head_of_a_page_says_what_it_is_about() {
        insta::assert_snapshot!(head(&SITE, &Settings::default(), &cards()));
    }

    #[test]
    fn addresses_are_said_where_the_site_has_one() {
        let settings =
            Settings { address: Some("https://example.org/курс".into()), version: Some("2026-12-01".into()) };
        assert_eq!(sitemap(&Settings::default(), &cards()), None);
        insta::assert_snapshot!(head(&SITE, &settings, &cards()[1..]));
        insta::assert_snapshot!(sitemap(&settings, &cards()).unwrap_or_default());
    }

    #[test]
    fn what_changed_is_a_feed() {
        let settings = Settings { address: Some("https://example.org/".into()), version: None };
        let changes = [Change {
            date: "2026-12-01".into(),
            page: Some("a/нормы.md".into()),
            text: "Новый раздел <о мерах>".into(),
        }];
        assert_eq!(feed(&SITE, &settings, &[]), None);
        insta::assert_snapshot!(feed(&SITE, &settings, &changes).unwrap_or_default());
    }
}
