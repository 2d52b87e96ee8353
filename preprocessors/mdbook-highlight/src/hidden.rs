//! Lines of Rust that a reader does not see: `# use std::fmt;`, as mdBook and rustdoc hide them.

use std::borrow::Cow;

/// The code without its hidden lines; `##` is how a line begins that is shown with one `#`.
pub fn visible(code: &str) -> Cow<'_, str> {
    if !code.lines().any(|line| line.trim_start().starts_with('#')) {
        return Cow::Borrowed(code);
    }
    let mut shown = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let words = line.trim_start();
        let blank = &line[..line.len() - words.len()];
        match words.strip_prefix('#').map(|rest| (rest, rest.trim_end_matches('\n'))) {
            Some((_, hidden)) if hidden.is_empty() || hidden.starts_with(' ') => {}
            Some((rest, _)) if rest.starts_with('#') => shown.extend([blank, rest]),
            _ => shown.push_str(line),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_hidden_as_mdbook_hides_them() {
        let code = "# use std::fmt;\n#\n#[derive(Debug)]\n#![allow(x)]\n    # скрыто();\n    ## заголовок\n##\nlet x = 1; # нет\n#шаг\n# }";
        assert_eq!(visible(code), "#[derive(Debug)]\n#![allow(x)]\n    # заголовок\n#\nlet x = 1; # нет\n#шаг\n");
        assert_eq!(visible("let β = 1;\n"), "let β = 1;\n");
    }
}
