//! KaTeX's error messages, with what to write.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use diagnostic::{any_of, as_latin, near};

use crate::engine::SOURCES;
use crate::tex::Mistake;

/// The mistake for which KaTeX refuses `tex`. Without a place it is the whole formula. `macros` are the book's own commands.
pub fn refused(message: String, place: Option<Range<usize>>, tex: &str, macros: &[String]) -> Mistake {
    let range = place.unwrap_or(0..tex.len());
    let help = match message.strip_prefix("Undefined control sequence: ") {
        Some(command) => undefined(command, &range, tex, macros),
        None => help(&message),
    };
    let mistake = Mistake::new("katex", message, range);
    help.into_iter().fold(mistake, Mistake::help)
}

/// The mistake of a formula that KaTeX stumbles over.
pub fn gave_up(reason: &str, tex: &str) -> Mistake {
    Mistake::new("katex", format!("KaTeX gives up: {reason}"), 0..tex.len())
        .help("make the formula simpler: it may be nested too deeply")
}

fn help(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("Got function '") {
        let command = rest.split('\'').next().unwrap_or_default();
        return Some(format!("put it into braces: `{{{command}}}`"));
    }
    if let Some(name) = message.strip_prefix("No such environment: ") {
        let meant = near(name, ENVIRONMENTS.iter().map(String::as_str));
        return Some(if meant.is_empty() {
            "lines stand in `aligned`, cases in `cases`, a matrix in `pmatrix` or `bmatrix`".to_owned()
        } else {
            did_you_mean(&meant)
        });
    }
    HELPS.iter().find(|(begins, _)| message.starts_with(begins)).map(|(_, help)| (*help).to_owned())
}

/// How messages begin, and what to do; of two that fit, the first.
const HELPS: [(&str, &str); 22] = [
    (r"\tag works only in display equations", r"put the formula between `$$` and `$$`, on lines of their own"),
    (r"Expected '\right', got", r"every `\left` has its `\right`; `\right.` closes it and draws nothing"),
    (
        r"Expected 'EOF', got '\right'",
        r"nothing was opened by `\left` that this closes; `\left.` opens it and draws nothing",
    ),
    (
        "Expected 'EOF', got '&'",
        r"columns stand between `\begin{aligned}` and `\end{aligned}`, or in a matrix; the sign itself is `\&`",
    ),
    ("Expected 'EOF', got '}'", "nothing was opened that this brace closes: remove it, or write `\\}` for the sign"),
    ("Expected 'EOF', got '#'", r"the sign itself is `\#`"),
    (r"Expected 'EOF', got '\end'", r"nothing was begun here that this ends: write its `\begin{…}`, or remove it"),
    (r"Expected 'EOF', got '\middle'", r"it stands between `\left` and `\right`"),
    (r"\middle without preceding \left", r"it stands between `\left` and `\right`"),
    ("Expected '}', got", "a brace is open: every `{` has its `}`"),
    ("Unexpected end of input in a macro argument, expected '}'", "a brace is open: every `{` has its `}`"),
    (
        "Unexpected end of input in a macro argument, expected ']'",
        "a bracket is open: every `[` of a command has its `]`",
    ),
    (
        r"Multiple \tag",
        r"one formula has one number: put the label after `\end{aligned}`, or write `align*` in place of `aligned` for a number a line",
    ),
    ("Double superscript", "put the inner one into braces: `{a^b}^c`, `a^{b^c}`"),
    ("Double subscript", "put the inner one into braces: `{a_b}_c`, `a_{b_c}`"),
    ("Expected group after '_'", r"write what stands below, as in `x_1` or `x_{ij}`; the sign itself is `\_`"),
    ("Expected group after '^'", "write what stands above, as in `x^2` or `x^{-1}`"),
    ("Expected group as", "the command wants what it is about behind it, in braces"),
    (
        "Limit controls must follow",
        r"`\limits` stands directly behind a sign such as `\sum` or `\int`, or behind `\mathop{…}`",
    ),
    (r"Expected & or \\", r"columns are parted by `&` and lines by `\\`; every `\begin{…}` has its `\end{…}`"),
    ("Unexpected character: '\\'", r"a command has a name behind its backslash; the sign itself is `\backslash`"),
    (r"Mismatch: \begin{", r"what was begun last is ended first: write the same name into `\end{…}`"),
];

fn undefined(command: &str, place: &Range<usize>, tex: &str, macros: &[String]) -> Option<String> {
    let help = match command {
        // A page before this one failed to put its value here: that has been said.
        r"\val" if tex.get(place.end..).is_some_and(|behind| behind.starts_with('{')) => return None,
        r"\val" => r"braces stand right behind it: `\val{x}`",
        r"\ref" | r"\eqref" | r"\autoref" | r"\cref" => {
            let label = tex.split_once(&format!("{command}{{")).and_then(|(_, rest)| rest.split_once('}'));
            let label = label.map_or("eq-x", |(label, _)| label);
            return Some(format!("a formula is referred to by a link outside of formulas: `[формула](#{label})`"));
        }
        r"\cite" => "a source is cited outside of formulas: `[@key]`",
        _ => {
            let written = word(place, tex).unwrap_or(command);
            if let Some(latin) = as_latin(written) {
                let meant = like(&latin, macros).into_iter().next().unwrap_or(latin);
                return Some(format!("`{written}` has a Cyrillic letter that looks Latin: write `{meant}`"));
            }
            if !written.is_ascii() {
                return Some(r"commands have Latin letters; words stand in `\text{…}`".to_owned());
            }
            let mut meant = like(command, macros);
            meant.extend(glued(command, macros));
            if !meant.is_empty() {
                return Some(did_you_mean(&meant.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            r"a definition (`\def`, `\newcommand`) holds in its own formula; one for the whole book stands in the file that `macros` of [preprocessor.katex] names"
        }
    };
    Some(help.to_owned())
}

fn did_you_mean(names: &[&str]) -> String {
    format!("did you mean {}?", any_of(names))
}

/// The command with all the letters that its author wrote; for KaTeX it ends before a Cyrillic one.
fn word<'a>(place: &Range<usize>, tex: &'a str) -> Option<&'a str> {
    let letters = tex.get(place.start..)?.strip_prefix('\\')?;
    let length = letters.find(|letter: char| !letter.is_alphabetic()).unwrap_or(letters.len());
    tex.get(place.start..place.start + 1 + length)
}

/// The commands that one may have been meant to be; of `\Alpha` and `\alpha` the one that begins like it comes first.
fn like(command: &str, macros: &[String]) -> Vec<String> {
    const LONGER: usize = 2;
    let name = |command: &str| command.trim_start_matches('\\').to_owned();
    let written = name(command);
    // Of a name that is much longer nobody writes the beginning by a slip.
    let known = known(macros).map(name).filter(|known| known.len() <= written.len() + LONGER);
    let known: BTreeSet<String> = known.collect();
    let mut like = near(&written, known.iter().map(String::as_str));
    like.sort_by_key(|known| known.chars().next() != written.chars().next());
    like.into_iter().map(|name| format!(r"\{name}")).collect()
}

fn known(macros: &[String]) -> impl Iterator<Item = &str> {
    COMMANDS.iter().chain(macros).map(String::as_str)
}

/// `\alpha x`, when a letter stands behind a command without a space.
fn glued(command: &str, macros: &[String]) -> Option<String> {
    const SHORTEST: usize = 3;
    let is_it = |name: &&str| name.len() >= SHORTEST && command.starts_with(name) && name.len() + 1 == command.len();
    let name = known(macros).filter(is_it).max_by_key(|name| name.len())?;
    Some(format!("{name} {}", &command[name.len()..]))
}

/// What KaTeX knows, from the strings of its sources: it keeps no list that could be asked for.
static COMMANDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let strings = SOURCES.iter().flat_map(|source| source.split('"'));
    let names = strings.filter_map(|string| string.strip_prefix(r"\\"));
    names.filter(|name| is_name(name)).map(|name| format!(r"\{name}")).collect()
});

static ENVIRONMENTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lists = SOURCES[0].split("names:[").skip(1).filter_map(|rest| rest.split_once(']'));
    let names = lists.flat_map(|(list, _)| list.split(','));
    names.map(|name| name.trim_matches('"')).filter(|name| is_name(name)).map(str::to_owned).collect()
});

fn is_name(name: &str) -> bool {
    let letters = name.strip_suffix('*').unwrap_or(name);
    !letters.is_empty() && letters.bytes().all(|letter| letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::html::Style;
    use crate::render::render;
    use crate::settings::tests::read;

    #[test]
    fn a_formula_that_katex_refuses_is_told_with_what_to_write() {
        let settings = read("").unwrap();
        let told = [
            r"\aplha + 1",
            r"\val(x)",
            r"\val x",
            r"\alfa",
            r"\alphax + y",
            r"\lamda_\max",
            r"\mathb{R}",
            r"\sigmа",
            r"\сos x",
            r"\operatornam{ранг}",
            r"\неведомое",
            r"\xyzzyq",
            r"\begin{alinged} a \end{alinged}",
            r"\begin{tabular} a \end{tabular}",
            r"\begin{cases} a \end{pmatrix}",
            r"\begin{pmatrix} 1 & 2",
            r"\frac{1}{2",
            r"\sqrt[3{x}",
            r"{a + b",
            r"\left( x",
            r"x \right)",
            r"a \middle| b",
            "x_",
            "x^",
            r"\sqrt",
            r"x \limits_1",
            "a & b",
            "50#",
            r"a^b^c + x_1_2",
            r"\frac12}",
            "\\",
        ]
        .map(|tex| {
            let mistakes = render(tex, Style::Display, &settings).unwrap().unwrap_err();
            let told = mistakes.into_iter().map(|mistake| {
                let help = mistake.help.unwrap_or_else(|| "NOTHING TO DO".to_owned());
                format!("{tex}\n    {} at {:?}\n    {help}", mistake.message, &tex[mistake.range])
            });
            told.collect::<Vec<_>>().join("\n")
        });
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn a_command_of_the_book_is_proposed_too() {
        let message = r"Undefined control sequence: \losss".to_owned();
        let told = super::refused(message, Some(0..6), r"\losss x", &[r"\loss".to_owned()]);
        assert!(told.help.unwrap().contains(r"`\loss`"));
    }
}
