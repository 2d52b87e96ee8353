//! Numbers that a value in a sentence takes from `format!`: Rust writes them with a point and a hyphen, whatever the book's language.

use diagnostic::{Diagnostic, Place};
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, LitStr, Macro};

use crate::review::Code;
use crate::words::Words;

/// A warning for each of them, where the language writes numbers otherwise.
pub(crate) fn check(code: &Code<'_>, words: &Words) -> Vec<Diagnostic> {
    let comma = words.signs.decimal.prose;
    if comma == "." {
        return Vec::new();
    }
    let written = code
        .inlines
        .iter()
        .filter(|(inline, expression)| inline.place == page::InlinePlace::Prose && writes(expression));
    let warning = |(inline, _): &(&page::Inline, Expr)| {
        let message = format!("Rust writes the numbers of this text, with a point in place of «{comma}»");
        Diagnostic::warning("number-as-text", message, Place::new(&code.page.path, inline.range.clone()))
            .help("make a value of the number alone, as in `=x:.2`, or say `.replace('.', \",\")` of it")
    };
    written.map(warning).collect()
}

/// Whether a text is made of a number with decimals that nobody changes afterwards.
fn writes(value: &Expr) -> bool {
    let mut texts = Texts { decimals: false, replaced: false };
    texts.visit_expr(value);
    texts.decimals && !texts.replaced
}

struct Texts {
    decimals: bool,
    replaced: bool,
}

impl<'ast> Visit<'ast> for Texts {
    fn visit_macro(&mut self, call: &'ast Macro) {
        if call.path.is_ident("format") {
            let text =
                call.tokens.clone().into_iter().next().and_then(|first| syn::parse2::<LitStr>(first.into()).ok());
            self.decimals |= text.is_some_and(|text| has_decimals(&text.value()));
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.replaced |= call.method == "replace";
        visit::visit_expr_method_call(self, call);
    }
}

/// `{:.2}`, `{x:+.1}`, `{:e}`, but not `{:.0}`.
fn has_decimals(text: &str) -> bool {
    text.replace("{{", "").split('{').skip(1).any(|hole| {
        let format = hole.split('}').next().unwrap_or_default().split_once(':').map_or("", |(_, format)| format);
        let decimals = format.split_once('.').map_or("", |(_, decimals)| decimals);
        format.ends_with(['e', 'E']) || decimals.starts_with(|digit| matches!(digit, '1'..='9' | '*'))
    })
}

#[cfg(test)]
mod tests {
    use crate::words::Words;

    #[test]
    fn a_number_that_rust_writes_into_a_sentence_is_told() {
        let told = |value: &str, language: &str| {
            let text = format!("```rust cell\nlet шаг = 1.5;\nassert!(шаг > 1.0);\n```\n\nОн равен `={value}`.\n");
            let (page, wrong) = page::read("src/а.md", &text, &[]);
            assert!(wrong.is_empty(), "{wrong:?}");
            let told = crate::review::check(&page, &crate::traps::Traps::default(), Words::of(Some(language)));
            told.into_iter().filter(|told| told.code == "number-as-text").count()
        };
        for value in [
            r#"format!("{:.2}", шаг)"#,
            r#"if шаг > 1.0 { format!("λ = {шаг:+.1}") } else { "нет".into() }"#,
            r#"format!("{шаг:e}")"#,
        ] {
            assert_eq!((told(value, "ru"), told(value, "en")), (1, 0), "{value}");
        }
        for value in [
            r#"format!("{:.0}", шаг)"#,
            "шаг:.2",
            r#"format!("{шаг:.2}").replace('.', ",")"#,
            r#"format!("{{x:.2}} {шаг}")"#,
        ] {
            assert_eq!(told(value, "ru"), 0, "{value}");
        }
    }
}
