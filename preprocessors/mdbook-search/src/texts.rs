//! The texts of a page's sections as a script of its own: what results are quoted from, asked for when they are shown.

use serde_json::{Value, json};

use crate::Page;
use crate::counts::Counts;

/// Where these scripts are written, inside of src: mdBook publishes what lies there under its own name.
pub const TEXTS: &str = "search/text";

/// The name of a page's script and the script, which tells `bookTexts` of the page: texts of sections, definitions of terms.
pub fn script(page: &Page, counts: &Counts) -> (String, String) {
    let name = format!("{}.js", page.url.strip_suffix(".html").unwrap_or(&page.url));
    let sections: Vec<&str> = counts.sections.iter().map(|section| section.shown.as_str()).collect();
    let terms: serde_json::Map<String, Value> =
        counts.terms.iter().map(|term| (term.id.clone(), json!(term.definition))).collect();
    let value = json!([page.url, sections, terms]);
    (name, format!("globalThis.bookTexts?.(...{value});\n"))
}
