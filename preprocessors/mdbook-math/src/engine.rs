//! KaTeX in QuickJS, an engine a thread: TeX in, markup and remarks out.

use std::ops::Range;

use anyhow::{Context as _, anyhow};
use rquickjs::{CatchResultExt as _, Context, Ctx, Function, Object, Runtime};

/// The version of `katex/katex.min.js`.
pub const VERSION: &str = "0.19.1";

/// KaTeX as its authors published it, chemistry, and what we ask of both.
pub const SOURCES: [&str; 3] =
    [include_str!("../katex/katex.min.js"), include_str!("../katex/mhchem.min.js"), include_str!("engine.js")];

/// How much of a thread's stack KaTeX may take; deeper formulas are refused.
const STACK: usize = 1 << 20;

/// What KaTeX makes of a formula.
#[derive(Debug)]
pub enum Answer {
    /// The formula is set.
    Typeset {
        /// HTML and MathML, as the options ask for.
        markup: String,
        /// What would have gone to a console.
        remarks: Vec<Remark>,
    },
    /// The formula is wrong.
    Refused {
        /// KaTeX's sentence without its position.
        message: String,
        /// Bytes of the TeX.
        place: Option<Range<usize>>,
    },
    /// KaTeX itself stumbled over the formula.
    GaveUp(String),
}

/// Something that KaTeX accepts and does not set as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// KaTeX's word for it, or that of `engine.js`.
    pub code: String,
    /// A sentence of KaTeX; of `engine.js` the sign, or the font that is taken.
    pub message: String,
    /// Bytes of the TeX; none for what stands in the body of a macro.
    pub place: Option<Range<usize>>,
    /// `math`, or where words may stand: `text`, `name`.
    pub mode: String,
    /// The font that is not taken, without its backslash.
    pub font: String,
    /// Fonts that have the sign.
    pub others: Vec<String>,
}

/// Sets a formula with KaTeX's `options`, which are JSON.
pub fn typeset(tex: &str, options: &str) -> anyhow::Result<Answer> {
    thread_local! {
        static ENGINE: anyhow::Result<Context> = start();
    }
    ENGINE.with(|engine| {
        let engine = engine.as_ref().map_err(|error| anyhow!("starting KaTeX: {error:#}"))?;
        engine.with(|ctx| ask(&ctx, tex, options)).context("asking KaTeX")
    })
}

fn start() -> anyhow::Result<Context> {
    let runtime = Runtime::new()?;
    runtime.set_max_stack_size(STACK);
    let context = Context::full(&runtime)?;
    context.with(|ctx| {
        for source in SOURCES {
            ctx.eval::<(), _>(source).catch(&ctx).map_err(|error| anyhow!("{error}"))?;
        }
        anyhow::Ok(())
    })?;
    Ok(context)
}

fn ask(ctx: &Ctx<'_>, tex: &str, options: &str) -> anyhow::Result<Answer> {
    let typeset: Function<'_> = ctx.globals().get("typeset")?;
    let answer = typeset.call::<_, Object<'_>>((tex, ctx.json_parse(options)?)).catch(ctx);
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Ok(Answer::GaveUp(error.to_string())),
    };
    if let Some(reason) = answer.get("gaveUp")? {
        return Ok(Answer::GaveUp(reason));
    }
    if let Some(message) = answer.get("error")? {
        return Ok(Answer::Refused { message, place: place(&answer, tex)? });
    }
    let remarks: Vec<Object<'_>> = answer.get("remarks")?;
    let remarks = remarks.iter().map(|remark| read(remark, tex)).collect::<rquickjs::Result<_>>()?;
    Ok(Answer::Typeset { markup: answer.get("markup")?, remarks })
}

fn read(remark: &Object<'_>, tex: &str) -> rquickjs::Result<Remark> {
    let word = |name| Ok::<_, rquickjs::Error>(remark.get::<_, Option<String>>(name)?.unwrap_or_default());
    Ok(Remark {
        code: word("code")?,
        message: word("message")?,
        place: place(remark, tex)?,
        mode: word("mode")?,
        font: word("font")?,
        others: remark.get::<_, Option<Vec<String>>>("others")?.unwrap_or_default(),
    })
}

fn place(holder: &Object<'_>, tex: &str) -> rquickjs::Result<Option<Range<usize>>> {
    let units: Option<Vec<usize>> = holder.get("place")?;
    Ok(units.map(|units| byte_of(tex, units[0])..byte_of(tex, units[1])))
}

/// The byte at which the UTF-16 unit `unit` of a text begins.
fn byte_of(text: &str, unit: usize) -> usize {
    let mut units = 0;
    let before = |letter: &char| {
        units += letter.len_utf16();
        units <= unit
    };
    text.chars().take_while(before).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_source() {
        assert!(SOURCES[0].contains(&format!("version:\"{VERSION}\"")));
    }

    #[test]
    fn units_of_javascript_are_bytes_of_tex() {
        assert_eq!([0, 2, 3, 4, 9].map(|unit| byte_of("𝔼ш x", unit)), [0, 4, 6, 7, 8]);
    }

    #[test]
    fn a_place_in_a_macro_is_none() {
        let refused = |tex: &str| match typeset(tex, r#"{"throwOnError":true,"macros":{"\\M":"\\нет"}}"#).unwrap() {
            Answer::Refused { place, .. } => place,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(r"шаг + \M"), None);
        assert_eq!(refused(r"шаг + \foo"), Some(9..13));
    }
}
