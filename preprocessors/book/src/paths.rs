//! Paths as they are compared and written.

use std::path::{Component, Path, PathBuf};

/// The way from one file to another, both inside src.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let folders = from.len() - 1;
    let common = from[..folders].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folders - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The path without `.` and `..`, as changes are told.
pub fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
        plain
    })
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
