//! HTML and SVG that a program shows, made safe: balanced, without scripts, without requests.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// HTML without scripts and styles, balanced, with links to the book only.
pub fn html(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .link_rel(None)
        .url_schemes(["https", "mailto", "data"].into())
        .add_generic_attributes(["class", "lang", "dir"]);
    crate::escape::markup(&cleaner.clean(html).to_string())
}

/// An SVG element without scripts, styles and outside references; what is wrong with it otherwise.
pub fn svg(svg: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(svg);
    let mut writer = Writer::new(Vec::new());
    let mut depth = 0_usize;
    let mut elements = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| format!("the SVG is not well-formed: {error}"))?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                check_element(element)?;
                if depth == 0 && (elements > 0 || element.local_name().as_ref() != b"svg") {
                    return Err("the picture must be one `<svg>` element".into());
                }
                elements += 1;
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) if text.iter().all(u8::is_ascii_whitespace) => continue,
            Event::Text(_) | Event::GeneralRef(_) if depth > 0 => {}
            Event::Comment(_) | Event::Decl(_) => continue,
            Event::Eof => break,
            _ => return Err("the SVG holds something that is not an element or a text".into()),
        }
        writer.write_event(event).map_err(|error| format!("the SVG cannot be written: {error}"))?;
    }
    if elements == 0 || depth > 0 {
        return Err("the picture must be one `<svg>` element".into());
    }
    let clean = String::from_utf8(writer.into_inner()).map_err(|_| "the SVG is not UTF-8".to_owned())?;
    Ok(crate::escape::markup(&clean))
}

fn check_element(element: &BytesStart<'_>) -> Result<(), String> {
    let name = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
    if ["script", "style", "foreignObject", "iframe", "animate", "set", "handler"].contains(&name.as_str()) {
        return Err(format!("the SVG must not hold `<{name}>`"));
    }
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| format!("the SVG is not well-formed: {error}"))?;
        let key = String::from_utf8_lossy(attribute.key.as_ref()).to_lowercase();
        let value = String::from_utf8_lossy(&attribute.value).trim().to_lowercase();
        let leaves = key.ends_with("href") && !(value.starts_with('#') || value.starts_with("data:image/"));
        if key.starts_with("on") || leaves || value.contains("javascript:") || value.contains("url(http") {
            return Err(format!("the SVG must not hold the attribute `{key}`"));
        }
    }
    Ok(())
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
    fn an_svg_that_could_run_or_ask_for_something_is_refused() {
        let good = "<svg viewBox=\"0 0 1 1\">\n<g id=\"a\"><text>шаг &lt; 1</text></g>\n<use href=\"#a\"/></svg>";
        assert_eq!(
            svg(good).unwrap(),
            "<svg viewBox=\"0 0 1 1\"><g id=\"a\"><text>шаг &lt; 1</text></g><use href=\"#a\"/></svg>"
        );
        for bad in [
            "<svg><script/></svg>",
            "<svg onload=\"x\"/>",
            "<svg><image href=\"https://a.b\"/></svg>",
            "<svg></svg></div>",
            "<svg>",
            "<p/>",
            "<svg/><svg/>",
            "",
        ] {
            assert!(svg(bad).is_err(), "{bad}");
        }
    }
}
