//! KaTeX's error messages, with what to write.

use std::ops::Range;

use crate::tex::Mistake;

/// The mistake for which KaTeX refuses `tex`. Without a place it is the whole formula.
pub fn refused(message: String, place: Option<Range<usize>>, tex: &str) -> Mistake {
    let help = help(&message, tex);
    let mistake = Mistake::new("katex", message, place.unwrap_or(0..tex.len()));
    help.into_iter().fold(mistake, Mistake::help)
}

/// The mistake of a formula that KaTeX stumbles over.
pub fn gave_up(reason: &str, tex: &str) -> Mistake {
    Mistake::new("katex", format!("KaTeX gives up: {reason}"), 0..tex.len())
        .help("make the formula simpler: it may be nested too deeply")
}

fn help(message: &str, tex: &str) -> Option<String> {
    if let Some(command) = message.strip_prefix("Undefined control sequence: ") {
        return undefined(command, tex);
    }
    if let Some(rest) = message.strip_prefix("Got function '") {
        let command = rest.split('\'').next().unwrap_or_default();
        return Some(format!("put it into braces: `{{{command}}}`"));
    }
    let help = match message {
        r"\tag works only in display equations" => r"put the formula between `$$` and `$$`, on lines of their own",
        r"Expected '\right', got 'EOF'" => r"every `\left` has its `\right`; `\right.` closes it and draws nothing",
        "Expected 'EOF', got '&'" => {
            r"columns stand between `\begin{aligned}` and `\end{aligned}`, or in a matrix; the sign itself is `\&`"
        }
        "Expected 'EOF', got '}'" => {
            "nothing was opened that this brace closes: remove it, or write `\\}` for the sign"
        }
        r"Multiple \tag" => {
            r"one formula has one number: put the label after `\end{aligned}`, or write `align*` in place of `aligned` for a number a line"
        }
        "Double superscript" | "Double subscript" => "put the inner one into braces: `{a^b}^c`, `a^{b^c}`",
        _ => return None,
    };
    Some(help.to_owned())
}

fn undefined(command: &str, tex: &str) -> Option<String> {
    let help = match command {
        // A page before this one failed to put its value here: that has been said.
        r"\val" => return None,
        r"\ref" | r"\eqref" | r"\autoref" | r"\cref" => {
            let label = tex.split_once(&format!("{command}{{")).and_then(|(_, rest)| rest.split_once('}'));
            let label = label.map_or("eq-x", |(label, _)| label);
            return Some(format!("a formula is referred to by a link outside of formulas: `[формула](#{label})`"));
        }
        r"\cite" => "a source is cited outside of formulas: `[@key]`",
        _ => {
            r"a definition (`\def`, `\newcommand`) holds in its own formula; one for the whole book stands in the file that `macros` of [preprocessor.katex] names"
        }
    };
    Some(help.to_owned())
}
