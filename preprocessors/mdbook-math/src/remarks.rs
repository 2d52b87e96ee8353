//! What KaTeX accepts and does not set as it is written: for an author these are mistakes.

use std::ops::Range;

use crate::engine::Remark;
use crate::tex::Mistake;

/// The mistakes in `tex` that KaTeX remarked upon, each once.
pub fn mistakes(tex: &str, remarks: &[Remark]) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    mistakes.extend(glued_words(tex, remarks));
    for remark in joined(remarks) {
        let Some(mistake) = mistake(tex, &remark) else { continue };
        if !mistakes.iter().any(|other| other.message == mistake.message) {
            mistakes.push(mistake);
        }
    }
    // KaTeX says of a sign that it does not know it, and then without a place that its fonts have none.
    let (known, unplaced): (Vec<_>, Vec<_>) =
        mistakes.into_iter().partition(|mistake| mistake.code != "sign-without-font");
    let is_new = |mistake: &Mistake| !known.iter().any(|other| other.range == mistake.range);
    let unplaced: Vec<_> = unplaced.into_iter().filter(is_new).collect();
    known.into_iter().chain(unplaced).collect()
}

/// The remarks, those about the letters of one word as one.
fn joined(remarks: &[Remark]) -> Vec<Remark> {
    let mut joined: Vec<Remark> = Vec::new();
    for remark in remarks {
        let word = joined.last_mut().filter(|last| {
            let follows = last.place.as_ref().zip(remark.place.as_ref()).is_some_and(|(a, b)| a.end == b.start);
            follows && remark.code == "signNotInFont" && (&last.code, &last.font) == (&remark.code, &remark.font)
        });
        match word {
            Some(word) => {
                word.message.push_str(&remark.message);
                word.place = word.place.clone().zip(remark.place.clone()).map(|(a, b)| a.start..b.end);
                word.others.retain(|font| remark.others.contains(font));
            }
            None => joined.push(remark.clone()),
        }
    }
    joined
}

fn mistake(tex: &str, remark: &Remark) -> Option<Mistake> {
    let range = remark.place.clone().unwrap_or(0..tex.len());
    let say = |code, message: &str, help: &str| Some(Mistake::new(code, message, range.clone()).help(help));
    match remark.code.as_str() {
        // It is `trust` that allows these, and a command without trust is refused elsewhere.
        "htmlExtension" => None,
        "unicodeTextInMathMode" if remark.mode != "math" || tex[range.clone()].chars().any(is_cyrillic) => None,
        "unicodeTextInMathMode" => say(
            "text-in-formula",
            &format!("`{}` is a letter of words, not of formulas", &tex[range.clone()]),
            r"put it into `\text{…}`",
        ),
        "unknownSymbol" => unknown(tex, range.clone(), &remark.mode),
        "symbolNotInFont" => without_font(tex, &remark.message),
        "signNotInFont" => Some(sign_not_in_font(remark, range.clone())),
        "fontInFont" => Some(font_in_font(remark, range.clone())),
        "commentAtEnd" => {
            let at = tex.rfind('%').map_or(range.clone(), |at| at..tex.len());
            let message = "a `%` hides the end of the formula";
            Some(Mistake::new("comment-in-formula", message, at).help(r"a per cent sign is `\%`"))
        }
        "newLineInDisplayMode" => {
            let at = tex.find(r"\\").map_or(range.clone(), |at| at..at + 2);
            let message = r"`\\` breaks no line in a formula of one line";
            Some(
                Mistake::new("line-break", message, at)
                    .help(r"put the lines between `\begin{aligned}` and `\end{aligned}`"),
            )
        }
        // A code of a newer KaTeX, or one that needs no advice of ours.
        _ => Some(Mistake::new("katex", remark.message.clone(), range.clone())),
    }
}

/// Russian words in a formula lose the spaces between them; mostly it is prose between two dollars.
fn glued_words(tex: &str, remarks: &[Remark]) -> Option<Mistake> {
    let letters = remarks.iter().filter(|remark| remark.code == "unicodeTextInMathMode" && remark.mode == "math");
    letters
        .filter_map(|remark| remark.place.clone())
        .filter(|place| tex[place.clone()].chars().any(is_cyrillic))
        .find_map(|place| {
            let range = neighbour_before(tex, &place).map(|before| before..place.end);
            let range = range.or_else(|| neighbour_after(tex, &place).map(|after| place.start..after))?;
            let message = "words in a formula lose their spaces";
            let help = r"put words into `\text{…}`; if this is no formula, write `\$` for its dollars";
            Some(Mistake::new("words-in-formula", message, range).help(help))
        })
}

/// Where the letter begins that only spaces part from the one at `place`; a letter of a command is none.
fn neighbour_before(tex: &str, place: &Range<usize>) -> Option<usize> {
    let before = tex[..place.start].trim_end();
    let letter = before.chars().next_back().filter(|letter| letter.is_alphanumeric())?;
    let is_command = before.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).ends_with('\\');
    (before.len() < place.start && !is_command).then(|| before.len() - letter.len_utf8())
}

fn neighbour_after(tex: &str, place: &Range<usize>) -> Option<usize> {
    let rest = tex[place.end..].trim_start();
    let letter = rest.chars().next().filter(|letter| letter.is_alphanumeric())?;
    let start = tex.len() - rest.len();
    (start > place.end).then(|| start + letter.len_utf8())
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

/// Signs of Russian text that belong into `\text{…}` and are right there.
const OF_TEXT: &str = "«»„“”‘’–—№₽€§‰½¼¾•°";

fn unknown(tex: &str, range: Range<usize>, mode: &str) -> Option<Mistake> {
    let sign = tex[range.clone()].chars().next()?;
    if mode != "math" && OF_TEXT.contains(sign) {
        return None;
    }
    let message = match sign {
        '\u{a0}'
        | '\u{ad}'
        | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => {
            format!("an invisible character, U+{:04X}, in a formula", u32::from(sign))
        }
        _ => format!("`{sign}` is no sign of formulas: it would be set as text"),
    };
    Some(Mistake::new("unknown-sign", message, range).help(in_place_of(sign)))
}

/// What to write in place of a sign that KaTeX does not know.
fn in_place_of(sign: char) -> String {
    let help = match sign {
        '‖' => r"a norm is `\|x\|`",
        '–' | '—' | '‐' | '‑' | '‒' => "a minus is `-`, a dash stands in the text",
        '′' | '’' => "a prime is `'`",
        '″' => "two primes are `''`",
        '∆' => r"an increment is `\Delta`",
        '•' => r"a product is `\cdot`",
        'µ' => r"the letter is `\mu`, a unit is `\text{мкм}`",
        '∎' => r"the end of a proof is `\blacksquare`",
        '½' | '¼' | '¾' => r"a fraction is `\tfrac12`",
        '\u{a0}' => "a space that breaks no line is `~`",
        '\u{2000}'..='\u{200a}' | '\u{202f}' => r"a narrow space is `\,`",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            "delete it"
        }
        _ if OF_TEXT.contains(sign) => r"put it into `\text{…}`, or outside of the formula",
        _ => r"write the command of the sign, or put it outside of the formula",
    };
    help.to_owned()
}

/// KaTeX names the sign and not its place.
fn without_font(tex: &str, message: &str) -> Option<Mistake> {
    let sign = message.split('\'').nth(1).unwrap_or_default();
    if sign.chars().all(|letter| OF_TEXT.contains(letter)) {
        return None;
    }
    let range = tex.find(sign).map_or(0..tex.len(), |at| at..at + sign.len());
    let message = format!("the fonts of formulas have no `{sign}`");
    Some(
        Mistake::new("sign-without-font", message, range)
            .help("write the command of the sign, or put it outside of the formula"),
    )
}

fn sign_not_in_font(remark: &Remark, range: Range<usize>) -> Mistake {
    let (font, sign) = (command(&remark.font), remark.message.as_str());
    let message = format!("`{font}` has no `{sign}`: it would be set as if `{font}` were not there");
    let other = kindred(&remark.font).iter().find(|other| remark.others.iter().any(|font| font == **other));
    let help = match other {
        _ if sign.chars().any(is_cyrillic) => {
            format!(r"Russian letters stand in `\text{{{sign}}}` or `\textbf{{{sign}}}`")
        }
        Some(other) => format!("write `{}{{{sign}}}`", command(other)),
        None => format!("drop `{font}`: KaTeX has no such form of this sign"),
    };
    Mistake::new("sign-not-in-font", message, range).help(help)
}

/// The fonts that may be meant when another one lacks a sign.
fn kindred(font: &str) -> &'static [&'static str] {
    match font {
        "mathbf" => &["boldsymbol"],
        "mathbb" => &["mathbf", "boldsymbol"],
        "mathcal" | "mathscr" => &["mathfrak"],
        "mathfrak" => &["mathcal", "mathscr"],
        _ => &[],
    }
}

fn font_in_font(remark: &Remark, range: Range<usize>) -> Mistake {
    let (outer, inner) = (command(&remark.font), command(&remark.message));
    let message =
        format!("`{outer}` is lost on `{inner}`: of two fonts one inside the other KaTeX takes the inner one");
    let help = match inner.as_str() {
        r"\text" => r"in words it is `\textbf{…}`, `\textit{…}`".to_owned(),
        _ => format!("leave one of them: `{inner}{{…}}`"),
    };
    Mistake::new("font-in-font", message, range).help(help)
}

/// The command as authors write it.
fn command(font: &str) -> String {
    format!(r"\{font}")
}

#[cfg(test)]
mod tests {
    use crate::html::Style;
    use crate::render::render;
    use crate::settings::tests::read;

    /// What is said of formulas, a line each.
    fn said(formulas: &[&str]) -> String {
        let settings = read("").unwrap();
        let said = formulas.iter().flat_map(|tex| {
            let mistakes = render(tex, Style::Display, &settings).unwrap().err().unwrap_or_default();
            let line = |mistake: crate::tex::Mistake| {
                let help = mistake.help.unwrap_or_default();
                format!("{tex}\n    {} at {:?}\n    {help}", mistake.message, &tex[mistake.range])
            };
            let lines: Vec<String> = mistakes.into_iter().map(line).collect();
            if lines.is_empty() { vec![format!("{tex}\n    right")] } else { lines }
        });
        said.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_sign_that_a_font_has_not_is_a_mistake() {
        insta::assert_snapshot!(said(&[
            r"\mathbb{1}[x > 0]",
            r"\mathbf{x + \theta}",
            r"\mathcal{l}",
            r"\mathscr{La}",
            r"\mathbb{а}",
            r"\mathrm{шаг}",
            r"\mathbf{яя}",
            r"\mathrm{\mu}",
            r"{\bf x\theta}",
            r"\Bbb{1}",
            r"\bm{\sum} x",
            r"a \boldsymbol{\leqslant} b",
        ]));
    }

    #[test]
    fn a_font_inside_a_font_is_a_mistake_when_one_is_lost() {
        insta::assert_snapshot!(said(&[
            r"\boldsymbol{\mathcal{L}}",
            r"\bm{x_{\mathrm{max}}}",
            r"\mathbf{\mathit{x}}",
            r"\mathbf{\text{шаг}}",
            r"\mathbf{x_{\mathrm{max}}}",
            r"\bm{\mathbf{x}}",
            r"\text{а \textbf{б}}",
        ]));
    }

    #[test]
    fn right_fonts_are_no_mistake() {
        let right = [
            r"\mathbb{R}, \mathbb{E}_x, \mathbb k",
            r"\mathcal{L}', \mathcal{N}(\mu, \sigma^2)",
            r"\mathfrak{Sg} \mathscr{L} \mathsf{A\Sigma} \mathtt{x_1} \mathsfit{x}",
            r"\mathbf{w}, \mathbf{1}, \mathbf{\Theta}, \mathbf{\nabla}, \mathbf{\%}",
            r"\boldsymbol{\theta}, \bm{\theta + 1 = \nabla}, \boldsymbol{\log x}",
            r"\mathrm{recall@}k, \mathrm{d}x, \mathrm{\Gamma}, \mathit{\theta 1}",
            r"\text{шаг}, x_{\text{нов}}, x_{нов}, Д_{кт}, \textbf{я}",
            r"\operatorname{ранг} A, \operatorname*{argmax}_{w}",
        ];
        assert_eq!(said(&right), right.map(|tex| format!("{tex}\n    right")).join("\n"));
    }

    #[test]
    fn a_sign_that_katex_does_not_know_is_a_mistake_with_what_to_write() {
        insta::assert_snapshot!(said(&[
            "‖x‖",
            "5–3",
            "«a»",
            r"№\,7",
            "f″ + f′",
            "5 ₽",
            "5\u{202f}000",
            "5\u{200b}0",
            "\u{a0}x",
            "∆x",
            "é",
            "😀",
            r"\text{😀}",
            r"\char`‱",
            r"\text{«шаг» № 5, 7 ₽ — „да“ ½}",
        ]));
    }

    #[test]
    fn what_katex_tells_a_console_is_a_mistake() {
        insta::assert_snapshot!(said(&["5 %", r"a \\ b", r"\sout{x}", r"\'e", "x % шаг\n y"]));
    }

    #[test]
    fn words_without_their_spaces_are_a_mistake() {
        insta::assert_snapshot!(said(&[", а не 10", r"\frac{число верных}{n}", ", а AU", "2 шага"]));
    }

    #[test]
    fn words_may_stand_wherever_tex_reads_words() {
        let right = [
            r"\text{число верных}",
            r"x_{нов} + шаг \cdot 2",
            r"x = y \tag*{без скобок}",
            r"\colorbox{aqua}{два слова}",
            r"\fcolorbox{red}{aqua}{два слова}",
            r"\raisebox{0.5em}{два слова}",
            r"\textcolor{red}{\text{два слова}}",
            r"\fbox{два слова} \hbox{два слова}",
            r"\texttt{два слова} \textsf{два слова} \textit{два слова}",
            r"\newcommand{\T}[1]{\text{#1}} \T{два слова}",
            "a % два слова\n b",
            r"\overbrace{x}^{\text{два слова}}",
        ];
        assert_eq!(said(&right), right.map(|tex| format!("{tex}\n    right")).join("\n"));
    }
}
