//! What mdBook makes of each page's own Markdown, kept between builds; only what has changed goes through its parsers again.
//!
//! mdBook's renderer keeps the trees of all pages until the last file is written (543 MB with 52 lectures), and makes every
//! page anew. So it gets one page at a time, with a template that is nothing but the page's content; what comes of it is kept
//! in `.book/local/pages` by the name of the page, its path, `[output.html]` and this very program. A page about which mdBook
//! had something to say is not kept. Then mdBook writes the whole site with a mark in the place of every content, and the
//! bodies are put there: the bytes are those of plain mdBook, and nothing of the theme, the navigation or the hashed names of
//! scripts has to be in a key. Where something else sees the content (mdBook's own search, its page of all pages, a template
//! that does more than copy it), mdBook has the whole book at once as ever.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Context as _;
use kept::Kept;
use mdbook_driver::book::{Book, BookItem, Chapter};
use mdbook_driver::config::{Config, HtmlConfig, Search};
use mdbook_html::HtmlHandlebars;
use mdbook_preprocessor::MDBOOK_VERSION;
use mdbook_renderer::{RenderContext, Renderer as _};
use rayon::prelude::*;
use step::Way;
use store::Key;
use tempfile::TempDir;

use crate::linked::{Earlier, Pages};
use crate::mdbook_log::{Said, listen};
use crate::pipeline::Shown;

/// The kind of entry that a body is.
const KIND: &str = "body";

/// Stands for a page's content. It is a comment, which mdBook hands on as it is.
const MARK: &str = "<!-- the content of this page: 6a1f0c52d7 -->";

/// Bodies of pages that were rendered, by their path.
pub struct Bodies {
    kept: Kept,
    bodies: Vec<(PathBuf, Body)>,
    /// What mdBook makes of the mark.
    mark: String,
    /// What mdBook found strange.
    pub said: Vec<Said>,
}

/// Where the body of a page is.
enum Body {
    /// It is so long.
    Stored(Key, u64),
    /// One that mdBook had something to say about: the next build shall hear it too.
    Here(String),
}

impl Body {
    /// What names a page with this body in a shell.
    fn name(&self, shell: &str) -> String {
        let body = match self {
            Self::Stored(key, _) => key.0.as_slice(),
            Self::Here(body) => body.as_bytes(),
        };
        Key::of(&[("shell", shell.as_bytes()), ("body", body)]).to_string()
    }
}

/// Whether the site of a book may be put together of bodies: only where nothing but a page itself shows its content, as it is.
pub fn are_enough(html: &HtmlConfig, theme: &Path) -> bool {
    let templates = ["index.hbs", "head.hbs", "header.hbs"];
    let templates = templates.map(|name| std::fs::read_to_string(theme.join(name)).unwrap_or_default());
    let is_searched = html.search.as_ref().map_or_else(|| Search::default().enable, |search| search.enable);
    !html.print.enable && !is_searched && templates.iter().all(|template| shows_as_it_is(template))
}

/// Whether every tag of a template that names the content is one that copies it.
fn shows_as_it_is(template: &str) -> bool {
    let mut tags = template.split("{{").skip(1).filter_map(|rest| rest.split("}}").next());
    tags.all(|tag| !tag.contains("content") || tag.strip_prefix('{').is_some_and(|name| name.trim() == "content"))
}

impl Bodies {
    /// The bodies of the pages of a book; what is not kept is rendered.
    pub fn of(book: &Book, shown: &Shown, config: &Config, kept: &Kept) -> anyhow::Result<Self> {
        let renderer = Alone::new(config)?;
        let settings = settings(config)?;
        let pages = book.chapters().filter_map(|chapter| Some((chapter.path.clone()?, chapter)));
        let pages = pages.map(|(path, chapter)| Ok((path, chapter, shown.page(chapter)?)));
        let pages: Vec<(PathBuf, &Chapter, Way)> = pages.collect::<anyhow::Result<_>>()?;
        let said = Mutex::new(Vec::new());
        let bodies = pages.par_iter().map(|(path, chapter, page)| {
            let place = path.to_string_lossy();
            let key = kept.key(&[("settings", settings.as_bytes()), ("path", place.as_bytes()), ("page", page.name())]);
            if let Some(length) = kept.length(KIND, &key) {
                return Ok((path.clone(), Body::Stored(key, length)));
            }
            let text = page.text()?;
            let (body, remarks) = listen(|| renderer.render(chapter, text));
            let body = body.with_context(|| format!("writing {} as HTML", path.display()))?;
            if remarks.is_empty() {
                kept.put(KIND, &key, body.as_bytes())?;
                return Ok((path.clone(), Body::Stored(key, body.len() as u64)));
            }
            said.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(remarks);
            Ok((path.clone(), Body::Here(body)))
        });
        let bodies = bodies.collect::<anyhow::Result<Vec<_>>>()?;
        let mark = renderer.render(&Chapter::new("mark", String::new(), "mark.md", Vec::new()), MARK)?;
        let said = said.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(Self { kept: kept.clone(), bodies, mark, said })
    }

    /// Puts the mark in the place of every content; a page without content has none, and templates may ask for that.
    pub fn mark(&self, book: &mut Book) {
        let is_empty = |body: &Body| match body {
            Body::Stored(_, length) => *length == 0,
            Body::Here(body) => body.is_empty(),
        };
        let empty = self.bodies.iter().filter(|(_, body)| is_empty(body)).map(|(path, _)| path);
        let empty: BTreeSet<&PathBuf> = empty.collect();
        book.for_each_chapter_mut(|chapter| {
            let is_empty = chapter.path.as_ref().is_none_or(|path| empty.contains(path));
            if is_empty { "" } else { MARK }.clone_into(&mut chapter.content);
        });
    }

    /// Puts the bodies into the pages of a site that was written with marks. What is the same in an earlier one is linked.
    pub fn fill(&self, site: &Path, earlier: Earlier<'_>) -> anyhow::Result<()> {
        let before = match earlier {
            Earlier::Site(Some(before)) => Pages::of(before),
            Earlier::Never | Earlier::Site(None) => Pages::default(),
        };
        let first = self.bodies.first().map(|(_, body)| (PathBuf::from("index.md"), body));
        // mdBook writes the first page once more, as the index; that may be the same file.
        let index = first.filter(|(index, _)| self.bodies.iter().all(|(path, _)| path != index));
        let pages = self.bodies.iter().map(|(path, body)| (path, body));
        let pages: Vec<(&PathBuf, &Body)> = pages.chain(index.iter().map(|(path, body)| (path, *body))).collect();
        let written = pages.par_iter().map(|(path, body)| {
            let file = site.join(path).with_extension("html");
            let doing = || format!("writing {}", file.display());
            let shell = std::fs::read_to_string(&file).with_context(doing)?;
            // A file of the book that is called as the page was copied over it.
            let Some((head, foot)) = shell.split_once(&self.mark) else { return Ok(None) };
            let name = body.name(&shell);
            let inside = file.strip_prefix(site).with_context(doing)?.to_owned();
            if before.link(&inside, &name, &file) {
                return Ok(Some((inside, name)));
            }
            let stored;
            let body = match body {
                Body::Here(body) => body.as_bytes(),
                Body::Stored(key, _) => {
                    stored = self.kept.read(KIND, key).with_context(doing)?;
                    &stored
                }
            };
            std::fs::write(&file, [head.as_bytes(), body, foot.as_bytes()].concat()).with_context(doing)?;
            Ok(Some((inside, name)))
        });
        let written = written.collect::<anyhow::Result<Vec<_>>>()?;
        match earlier {
            Earlier::Site(_) => Pages::keep(site, &written.into_iter().flatten().collect()),
            Earlier::Never => Ok(()),
        }
    }
}

/// Everything besides a page that its body follows from.
fn settings(config: &Config) -> anyhow::Result<String> {
    let mut html: Option<toml::Table> = config.get("output.html").context("reading [output.html]")?;
    // Only what stands around a page names files.
    html.iter_mut().for_each(|html| drop(html.remove("hash-files")));
    let html = html.map(|html| html.to_string()).unwrap_or_default();
    Ok(format!("{MDBOOK_VERSION} {:?}\n{html}", config.rust.edition))
}

/// mdBook's renderer for one page without anything around it.
struct Alone {
    folder: TempDir,
    config: Config,
}

impl Alone {
    fn new(config: &Config) -> anyhow::Result<Self> {
        /// With these mdBook has nothing of its own to copy.
        const EMPTY: [&str; 8] = [
            "head.hbs",
            "header.hbs",
            "redirect.hbs",
            "toc.js.hbs",
            "toc.html.hbs",
            "highlight.js",
            "clipboard.min.js",
            "fonts/fonts.css",
        ];
        let folder = tempfile::tempdir().context("making a folder for pages")?;
        let write = |name: &str, text: &str| {
            let path = folder.path().join("theme").join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))
                .and_then(|()| std::fs::write(&path, text))
                .with_context(|| format!("writing {}", path.display()))
        };
        write("index.hbs", "{{{ content }}}")?;
        EMPTY.iter().try_for_each(|name| write(name, ""))?;
        std::fs::create_dir(folder.path().join("src")).context("making a folder for pages")?;
        let mut html = config.html_config().unwrap_or_default();
        (html.theme, html.cname, html.hash_files) = (None, None, false);
        html.input_404 = Some(String::new());
        html.additional_css.clear();
        html.additional_js.clear();
        html.redirect.clear();
        let mut alone = Config::default();
        alone.rust = config.rust.clone();
        alone.set("output.html", html).context("setting how pages are written")?;
        Ok(Self { folder, config: alone })
    }

    fn render(&self, chapter: &Chapter, text: &str) -> anyhow::Result<String> {
        let site = tempfile::tempdir_in(self.folder.path()).context("making a folder for a page")?;
        let alone = Chapter { content: text.to_owned(), sub_items: Vec::new(), ..chapter.clone() };
        let file = site.path().join(alone.path.as_deref().context("a page has a path")?).with_extension("html");
        let book = Book::new_with_items(vec![BookItem::Chapter(alone)]);
        let context = RenderContext::new(self.folder.path(), book, self.config.clone(), site.path());
        HtmlHandlebars::new().render(&context)?;
        std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_template_that_copies_the_content_can_be_filled_later() {
        for template in
            ["<main>{{{ content }}}</main>", "{{{content}}} {{ title }}", "<meta content=\"{{ title }}\">", ""]
        {
            assert!(shows_as_it_is(template), "{template}");
        }
        for template in ["{{ content }}", "{{#if content}}да{{/if}}", "{{&content}}", "{{{ lookup this 'content' }}}"]
        {
            assert!(!shows_as_it_is(template), "{template}");
        }
    }
}
