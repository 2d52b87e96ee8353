//! What the server adds to pages: the script that reloads them, the reason why they are old, what a build is at, pages of its own.

use std::sync::OnceLock;

use tera::{Context, Tera};

use super::published::State;
use super::words::Words;

/// A page of the site with the script and what is to be said on top of it.
pub fn with_script(html: &str, state: &State) -> String {
    let live = fill("live.html", &[("version", &state.version), ("over", &over(state))]);
    match html.rfind("</body>") {
        Some(at) => format!("{}{live}{}", &html[..at], &html[at..]),
        None => format!("{html}{live}"),
    }
}

/// What lies over a page: why there is no newer one, what is being built, what a check has found.
pub fn over(state: &State) -> String {
    let words = state.words;
    let mut over = String::new();
    if let Some(failure) = &state.failure {
        let counts = words.counts(failure.errors, failure.warnings);
        let shown = if state.folder.is_some() { words.old_page } else { words.no_page };
        let title = format!("{counts}: {shown}");
        over.push_str(&fill("failure.html", &[("title", &title), ("text", &failure.text)]));
    }
    match (&state.building, &state.check) {
        (Some(what), _) => {
            let line = format!("{} {what}", words.building);
            over.push_str(&fill("line.html", &[("text", line.trim_end())]));
        }
        // The messages on top say more.
        (None, Some(found)) if state.failure.is_none() => {
            let title = format!("{} {}", words.check, words.counts(found.errors, found.warnings));
            over.push_str(&fill("found.html", &[("title", &title), ("text", &found.text)]));
        }
        (None, _) => {}
    }
    over
}

/// There is no such page.
pub fn not_found(words: &Words, path: &str) -> String {
    notice(words, words.not_found, &words.not_found_text.replace("{}", path))
}

/// There is no site yet.
pub fn not_built(words: &Words) -> String {
    notice(words, words.not_built, words.not_built_text)
}

/// The request came from elsewhere, or asked for more than a page.
pub fn refused(words: &Words) -> String {
    notice(words, words.refused, words.refused_text)
}

fn notice(words: &Words, title: &str, text: &str) -> String {
    let values =
        [("language", words.language), ("title", title), ("text", text), ("to_the_beginning", words.to_the_beginning)];
    fill("notice.html", &values)
}

fn fill(template: &str, values: &[(&'static str, &str)]) -> String {
    static TEMPLATES: OnceLock<Tera> = OnceLock::new();
    let templates = TEMPLATES.get_or_init(|| {
        let mut tera = Tera::new();
        tera.add_raw_templates([
            ("live.html", include_str!("../../templates/live.html")),
            ("failure.html", include_str!("../../templates/failure.html")),
            ("found.html", include_str!("../../templates/found.html")),
            ("line.html", include_str!("../../templates/line.html")),
            ("notice.html", include_str!("../../templates/notice.html")),
        ])
        .expect("the templates are part of the program");
        tera
    });
    let mut context = Context::new();
    for (name, value) in values {
        context.insert(*name, value);
    }
    templates.render(template, &context).expect("the templates know their values")
}

#[cfg(test)]
mod tests {
    use super::super::published::{Messages, Published};
    use super::*;

    fn state(language: &str, change: impl FnOnce(&mut State)) -> State {
        let mut state = Published::new(Words::of(Some(language))).now();
        state.version = "7-1".into();
        change(&mut state);
        state
    }

    #[test]
    fn a_failure_is_text_and_nothing_else() {
        let state = state("ru", |state| {
            state.folder = Some("сайт".into());
            let text = "error: `<script>alert(1)</script>`\n --> src/а.md & \"б\"".into();
            state.failure = Some(Messages { errors: 2, warnings: 1, text });
        });
        insta::assert_snapshot!(with_script("<html><body><p>текст</p></body></html>", &state));
    }

    #[test]
    fn a_build_says_what_it_is_at_and_a_check_what_it_found() {
        let building = state("ru", |state| state.building = Some("src/глава/<b>.md".into()));
        let checked = state("ru", |state| {
            let text = "ошибка: <b>\n --> src/а.md".into();
            state.check = Some(Messages { errors: 1, warnings: 12, text });
        });
        let nothing = state("ru", |_| {});
        insta::assert_snapshot!([over(&building), over(&checked), over(&nothing)].join("\n---\n"));
    }

    #[test]
    fn an_address_is_shown_as_text() {
        assert!(not_found(Words::of(Some("ru")), "<b>").contains("«&lt;b&gt;»"));
        assert!(not_found(Words::of(Some("en")), "<b>").contains("“&lt;b&gt;”"));
    }
}
