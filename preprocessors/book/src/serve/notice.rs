//! What the server adds to pages: the script that reloads them, the reason why they are old, pages of its own.

use std::sync::OnceLock;

use tera::{Context, Tera};

use super::published::State;

/// A page of the site with the script, and with the failure on top.
pub fn with_script(html: &str, state: &State) -> String {
    let live = fill("live.html", &[("version", &state.version), ("failure", &failure(state))]);
    match html.rfind("</body>") {
        Some(at) => format!("{}{live}{}", &html[..at], &html[at..]),
        None => format!("{html}{live}"),
    }
}

/// Why there is no newer site; empty when this is the newest.
pub fn failure(state: &State) -> String {
    state.failure.as_ref().map(|text| fill("failure.html", &[("text", text)])).unwrap_or_default()
}

/// There is no such page.
pub fn not_found(path: &str) -> String {
    let text = format!("В книге нет страницы «{path}».");
    fill("notice.html", &[("title", "Такой страницы нет"), ("text", &text)])
}

/// There is no site yet.
pub fn not_built() -> String {
    let text = "Первая сборка компилирует программы страниц. Книга откроется сама, когда будет готова.";
    fill("notice.html", &[("title", "Книга собирается"), ("text", text)])
}

/// The request came from elsewhere, or asked for more than a page.
pub fn refused() -> String {
    let text = "Этот сервер только показывает книгу, и только на том компьютере, где он запущен.";
    fill("notice.html", &[("title", "Запрос отклонён"), ("text", text)])
}

fn fill(template: &str, values: &[(&'static str, &str)]) -> String {
    static TEMPLATES: OnceLock<Tera> = OnceLock::new();
    let templates = TEMPLATES.get_or_init(|| {
        let mut tera = Tera::new();
        tera.add_raw_templates([
            ("live.html", include_str!("../../templates/live.html")),
            ("failure.html", include_str!("../../templates/failure.html")),
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
    use super::*;

    #[test]
    fn a_failure_is_text_and_nothing_else() {
        let state = State {
            version: "7-1".into(),
            failure: Some("error: `<script>alert(1)</script>`\n --> src/а.md & \"б\"".into()),
            ..State::default()
        };
        insta::assert_snapshot!(with_script("<html><body><p>текст</p></body></html>", &state));
    }

    #[test]
    fn an_address_is_shown_as_text() {
        assert!(not_found("<b>").contains("«&lt;b&gt;»"));
    }
}
