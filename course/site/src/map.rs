//! The map, the syllabus and heads of lectures, filled in from their templates.

use std::sync::OnceLock;

use tera::{Context, Delimiters, Tera};

use crate::arcs::arcs;
use crate::course::{Course, Entry, Part, Section};
use page::escape;

/// What the head of a lecture holds besides the course's own data.
#[derive(Clone, Debug, Default)]
pub struct HeadTexts {
    /// Markdown: what the reader should know before.
    pub needs: String,
    /// Markdown: where it is used.
    pub leads: String,
}

/// The map of the course as HTML without blank lines; `to_root` leads to its pages, `syllabus` to the one with all points.
pub fn map(course: &Course, to_root: &str, syllabus: Option<&str>) -> String {
    let (arcs, rows) = arcs(course);
    let mut context = Context::new();
    context.insert("parts", &course.parts);
    context.insert("totals", &course.totals);
    context.insert("reading", &duration(course.totals.minutes));
    context.insert("arcs", &arcs);
    context.insert("rows", &rows);
    context.insert("to_root", to_root);
    context.insert("syllabus", &syllabus);
    dense(&fill("map.html", &context))
}

/// The whole syllabus as Markdown.
pub fn syllabus(course: &Course, to_root: &str) -> String {
    let mut context = Context::new();
    context.insert("parts", &course.parts);
    context.insert("to_root", to_root);
    fill("syllabus.md", &context)
}

/// Where a lecture stands in the course: before its title.
pub fn place((part, chapter): (&Part, &Section), map: Option<&str>) -> String {
    let mut context = Context::new();
    context.insert("part", part);
    context.insert("chapter", &chapter.title);
    context.insert("map", &map);
    dense(&fill("place.html", &context)) + "\n\n"
}

/// What is known of a lecture: under its title, as Markdown in HTML.
pub fn facts(lecture: &Entry, texts: &HeadTexts) -> String {
    let mut context = Context::new();
    context.insert("lecture", lecture);
    context.insert("needs", &texts.needs);
    context.insert("leads", &texts.leads);
    format!("{}\n\n", fill("head.md", &context).trim())
}

/// The anchor of a point.
pub fn point(id: &str) -> String {
    let mut context = Context::new();
    context.insert("id", id);
    fill("point.html", &context).trim().to_owned()
}

/// How to take the code of a lecture away.
pub fn take(id: &str) -> String {
    let mut context = Context::new();
    context.insert("id", id);
    format!("\n\n{}\n", fill("take.html", &context).trim())
}

fn fill(name: &str, context: &Context) -> String {
    templates().render(name, context).expect("the templates fit what they are filled with")
}

fn templates() -> &'static Tera {
    static TEMPLATES: OnceLock<Tera> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let mut tera = Tera::new();
        // Tera's own comments begin like the ids of headings.
        let delimiters = Delimiters { comment_start: "<#".into(), comment_end: "#>".into(), ..Delimiters::default() };
        tera.set_delimiters(delimiters).expect("the delimiters differ");
        tera.set_escape_fn(|text, to| to.write_all(escape::text(text).as_bytes()));
        tera.autoescape_on(vec![".html", ".md"]);
        let all = [
            ("map.html", include_str!("../templates/map.html")),
            ("syllabus.md", include_str!("../templates/syllabus.md")),
            ("place.html", include_str!("../templates/place.html")),
            ("head.md", include_str!("../templates/head.md")),
            ("point.html", include_str!("../templates/point.html")),
            ("take.html", include_str!("../templates/take.html")),
        ];
        for (name, text) in all {
            tera.add_raw_template(name, text).expect("the template is part of the program");
        }
        tera
    })
}

/// HTML without the blank lines that would end it in Markdown.
fn dense(html: &str) -> String {
    html.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Minutes as a reader counts them.
fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}\u{a0}мин"),
        (hours, 0) => format!("{hours}\u{a0}ч"),
        (hours, minutes) => format!("{hours}\u{a0}ч {minutes}\u{a0}мин"),
    }
}
