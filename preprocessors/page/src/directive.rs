//! mdBook's directives, `{{#include …}}`, where they are meant as text: the step `links` comes after the cells and looks everywhere.

/// Code in which mdBook finds no directive of its own; the words of one that cannot be hidden are the error.
///
/// A backslash before a directive hides it and everything up to the last braces of its line; mdBook takes the backslash away again. A
/// directive that is broken over lines, or with a blank before its `#`, has no such escape.
pub fn hide(code: &str) -> Result<String, String> {
    let lines: Vec<String> = code.lines().map(hide_line).collect();
    match find(&lines.iter().map(|line| without_hidden(line)).collect::<Vec<&str>>().join("\n")) {
        Some(found) => Err(found.to_owned()),
        None => Ok(lines.join("\n")),
    }
}

/// The first directive of a text.
pub fn find(text: &str) -> Option<&str> {
    text.match_indices("{{").find_map(|(at, braces)| {
        let inside = text[at + braces.len()..].trim_start().strip_prefix('#')?;
        let rest = inside.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
        let target = rest.trim_start();
        let closing = target.find('}')?;
        let is_one = rest.len() < inside.len() && target.len() < rest.len() && closing > 0;
        let end = text.len() - target.len() + closing;
        (is_one && text[end..].starts_with("}}")).then(|| &text[at..end + 2])
    })
}

fn hide_line(line: &str) -> String {
    match line.find("{{#").filter(|at| line[*at..].contains("}}")) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    }
}

/// The part of a line in which mdBook still looks for directives: what stands before the escape, when there is one.
fn without_hidden(line: &str) -> &str {
    match line.find("\\{{#").filter(|at| line[*at..].contains("}}")) {
        Some(at) => &line[..at],
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_found_as_mdbook_finds_them() {
        assert_eq!(find("а {{#include б.rs}}"), Some("{{#include б.rs}}"));
        assert_eq!(find("{{ \n #title а б}}"), Some("{{ \n #title а б}}"));
        for none in
            ["{{#include}}", "{{#include }}", "{{# include а}}", "{{include а}}", "{{#include а}", "{#include а}}"]
        {
            assert_eq!(find(none), None, "{none}");
        }
    }

    #[test]
    fn code_with_directives_is_hidden_or_refused() {
        assert_eq!(hide("а {{#include б}} {{#include в}}\nг").as_deref(), Ok("а \\{{#include б}} {{#include в}}\nг"));
        assert_eq!(hide("format!(\"{{}}\")").as_deref(), Ok("format!(\"{{}}\")"));
        assert_eq!(hide("{{ #include б}}").as_deref(), Err(&"{{ #include б}}".to_owned()));
        assert_eq!(hide("{{#include\nб}}").as_deref(), Err(&"{{#include\nб}}".to_owned()));
    }
}
