//! Paths of files of the book as pages write them: with forward slashes, from the root, from src, or from another page.

use std::path::Path;

/// Path of a file of src from the book's root.
pub fn from_root(src: &Path, file: &str) -> String {
    src.join(file).components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The way from one file to another, both inside src.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len() - 1;
    let common = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folders - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lead_to_each_other_by_relative_paths() {
        assert_eq!(relative("math/a/b.md", "math/a/c.md"), "c.md");
        assert_eq!(relative("math/a/b.md", "math/d/c.md"), "../d/c.md");
        assert_eq!(relative("a.md", "math/d/c.md"), "math/d/c.md");
        assert_eq!(relative("x/y/a.md", "c.md"), "../../c.md");
        assert_eq!(relative("глава/а/b.md", "глава/а"), "../а");
    }
}
