//! HTML and SVG that a program shows, made safe: balanced, without scripts, without requests.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// HTML without scripts and styles, balanced; its links lead where a reader clicks, and nothing is loaded from elsewhere.
pub fn html(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .link_rel(None)
        .url_schemes(["https", "mailto", "data"].into())
        .add_generic_attributes(["class", "lang", "dir"])
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("img", "src") => (is_picture(value) || is_of_book(value)).then_some(value.into()),
            (_, "href" | "src" | "cite") if has_scheme(value, "data") => None,
            _ => Some(value.into()),
        });
    page::escape::markup(&cleaner.clean(html).to_string())
}

fn is_picture(address: &str) -> bool {
    has_scheme(address, "data") && address.trim_start()[4..].to_lowercase().starts_with(":image/")
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address.trim_start().split_once(':').is_some_and(|(before, _)| before.eq_ignore_ascii_case(scheme))
}

/// A path from the page; a browser takes `//a` and `\\a` for another server.
fn is_of_book(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    !path.contains([':', '\\']) && !path.trim_start().starts_with('/')
}

/// An SVG element without scripts, styles and outside references, its ids beginning with `prefix` so that two pictures of a page
/// never share one; or what is wrong with it.
pub fn svg(svg: &str, prefix: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(svg);
    let mut writer = Writer::new(Vec::new());
    let mut depth = 0_usize;
    let mut elements = 0_usize;
    loop {
        let mut event = reader.read_event().map_err(|error| not_well_formed(&error))?;
        match &mut event {
            Event::Start(element) | Event::Empty(element) => {
                *element = clean(element, prefix)?;
                if depth == 0 && (elements > 0 || element.name().as_ref() != b"svg") {
                    return Err("the picture must be one `<svg>` element".into());
                }
                elements += 1;
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if text.contains(&b'\n') && text.iter().all(u8::is_ascii_whitespace) => continue,
            Event::Text(_) | Event::GeneralRef(_) if depth > 0 => {}
            Event::Comment(_) | Event::Decl(_) => continue,
            Event::Text(text) if text.iter().all(u8::is_ascii_whitespace) => continue,
            Event::Eof => break,
            _ => return Err("the SVG holds something that is not an element or a text".into()),
        }
        writer.write_event(event).map_err(|error| format!("the SVG cannot be written: {error}"))?;
    }
    if elements == 0 || depth > 0 {
        return Err("the picture must be one `<svg>` element".into());
    }
    let clean = String::from_utf8(writer.into_inner()).map_err(|_| "the SVG is not UTF-8".to_owned())?;
    Ok(page::escape::markup(&clean))
}

/// The elements of a picture that does not move and asks for nothing; those whose names begin with `fe` are parts of filters.
const ELEMENTS: [&str; 26] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// The element with attributes that were looked at, on one line.
fn clean(element: &BytesStart<'_>, prefix: &str) -> Result<BytesStart<'static>, String> {
    let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
    let is_filter = name.starts_with("fe") && name != "feImage" && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !ELEMENTS.contains(&&*name) && !is_filter {
        return Err(format!("the SVG must not hold `<{name}>`"));
    }
    let mut clean = BytesStart::new(name);
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| not_well_formed(&error))?;
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = attribute.unescape_value().map_err(|error| not_well_formed(&error))?;
        // A browser ends names elsewhere than XML does.
        let is_name = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
        let foreign = element.name().as_ref() != b"image" && is_picture(&value) && key.ends_with("href");
        if !is_name || foreign || is_outgoing(&key.to_lowercase(), &value.to_lowercase()) {
            return Err(format!("the SVG must not hold the attribute `{key}` with such a value"));
        }
        clean.push_attribute((&*key, &*own(&key, &value, prefix)));
    }
    Ok(clean)
}

/// Whether an attribute could run something or ask somebody for something.
fn is_outgoing(key: &str, value: &str) -> bool {
    let reference = key.ends_with("href") && !value.trim_start().starts_with('#') && !is_picture(value);
    let mut addresses = value.split("url(").skip(1);
    let asks = addresses.any(|address| !address.trim_start_matches([' ', '"', '\'']).starts_with('#'));
    let hidden = key == "style" && ["\\", "image(", "image-set(", "src(", "@"].iter().any(|word| value.contains(word));
    key.starts_with("on") || reference || asks || hidden || value.contains("javascript:")
}

/// The value of an attribute in which every id of the picture has its prefix.
fn own(key: &str, value: &str, prefix: &str) -> String {
    match key {
        "id" => format!("{prefix}{value}"),
        "aria-labelledby" | "aria-describedby" => {
            value.split_whitespace().map(|id| format!("{prefix}{id}")).collect::<Vec<_>>().join(" ")
        }
        key if key.ends_with("href") => value.replacen('#', &format!("#{prefix}"), usize::from(!is_picture(value))),
        _ => ["url(#", "url('#", "url(\"#"]
            .iter()
            .fold(value.to_owned(), |value, mark| value.replace(mark, &format!("{mark}{prefix}"))),
    }
}

/// A formula that stays between its dollars and that no later step takes for something else.
pub fn latex(latex: &str) -> Result<String, String> {
    let line = latex.split_whitespace().collect::<Vec<&str>>().join(" ");
    if line.contains('$') {
        return Err("a shown formula holds a `$`".into());
    }
    let mut depth = 0_usize;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => return Err("the formula ends in a backslash".into()),
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1).ok_or("the formula closes a brace that it does not open")?,
            _ => {}
        }
    }
    if depth > 0 {
        return Err("the formula does not close a brace that it opens".into());
    }
    // The same to TeX; mdBook's directives begin with two braces, HTML with an angle.
    Ok(line.replace("{{", "{ {").replace("{{", "{ {").replace('<', r"\lt ").replace('>', r"\gt "))
}

fn not_well_formed(error: &dyn std::fmt::Display) -> String {
    format!("the SVG is not well-formed: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_comes_out_balanced_and_without_scripts() {
        let cleaned = html("<b>шаг</div><script>alert(1)</script>\n\n<p onclick=x>{{#include a}}");
        assert_eq!(cleaned, "<b>шаг&#10;&#10;<p>&#123;&#123;#include a&#125;&#125;</p></b>");
    }

    #[test]
    fn html_loads_nothing_from_elsewhere() {
        let kept = "<img src=\"рис.png\"><img src=\"data:image/png;base64,AA==\"><a href=\"https://a.b\">в</a>";
        assert_eq!(html(kept), kept);
        for gone in ["https://a.b/c.png", "//a.b/c.png", "/\\a.b/c.png", "\\\\a.b/c.png", "data:text/html,x"] {
            assert_eq!(html(&format!("<img src=\"{gone}\">")), "<img>", "{gone}");
        }
        assert_eq!(html("<a href=\"data:text/html,x\">в</a>"), "<a>в</a>");
    }

    #[test]
    fn an_svg_comes_out_on_one_line_with_ids_of_its_own() {
        let written = "<svg\n  viewBox=\"0 0 1 1\"\n>\n<defs><clipPath id=\"a\"/></defs><text>шаг &lt; 1 <tspan>b</tspan> \
                       <tspan>c</tspan></text><g clip-path=\"url(#a)\"/><use href=\"#a\"/></svg>";
        assert_eq!(
            svg(written, "о1-").unwrap(),
            "<svg viewBox=\"0 0 1 1\"><defs><clipPath id=\"о1-a\"/></defs><text>шаг &lt; 1 <tspan>b</tspan> \
             <tspan>c</tspan></text><g clip-path=\"url(#о1-a)\"/><use href=\"#о1-a\"/></svg>"
        );
    }

    #[test]
    fn an_svg_that_could_run_or_ask_for_something_is_refused() {
        for bad in [
            "<svg><script/></svg>",
            "<svg onload=\"x\"/>",
            "<svg><image href=\"https://a.b\"/></svg>",
            "<svg><rect fill=\"url( https://a.b)\"/></svg>",
            "<svg><rect fill=\"url(&quot;//a.b)\"/></svg>",
            "<svg><rect style=\"background:u\\72l(//a.b)\"/></svg>",
            "<svg><rect style=\"background:image-set('//a.b' 1x)\"/></svg>",
            "<svg><a href=\"&#106;avascript:x\"/></svg>",
            "<svg><foreignObject/></svg>",
            "<svg><p>шаг</p></svg>",
            "<svg><x:script/></svg>",
            "<svg><![CDATA[<script>]]></svg>",
            "<svg></svg></div>",
            "<svg>",
            "<p/>",
            "<svg/><svg/>",
            "",
            "<svg><SCRIPT>alert(1)</SCRIPT></svg>",
            "<svg a/onload=\"x\"/>",
            "<svg\u{c}onload=\"x\"/>",
            "<svg><fe\u{c}onload=\"x\"/></svg>",
            "<svg ONLOAD=\"x\"/>",
            "<svg><use href=\"data:image/svg+xml,x\"/></svg>",
            "<svg><?x y?></svg>",
            "<!DOCTYPE svg><svg/>",
        ] {
            assert!(svg(bad, "").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_formula_stays_between_its_dollars() {
        assert_eq!(latex("{{a}} <\n b").unwrap(), r"{ {a}} \lt  b");
        assert_eq!(latex("{{{#include x}}}").unwrap(), "{ { {#include x}}}");
        for bad in ["$", r"\$", r"x \", "{", "}", r"\{ {", "a $$ <script>"] {
            assert!(latex(bad).is_err(), "{bad}");
        }
        assert!(latex(r"\{ a \}").is_ok());
    }
}
