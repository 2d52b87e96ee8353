//! What is wrong with a page, and how it was looked at.

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Width of the window in pixels.
    pub width: u32,
    /// The reader's system is dark.
    pub is_dark: bool,
    /// Over HTTP, not from disk.
    pub is_served: bool,
}

/// A desk, by day, from disk: the view in which a page is also used.
pub const DESK: View = View { width: 1280, is_dark: false, is_served: false };

impl View {
    /// Every width with every scheme and every way.
    pub fn all() -> Vec<Self> {
        let widths = [1280, 360].into_iter();
        let schemes = widths.flat_map(|width| [false, true].map(|is_dark| Self { width, is_dark, ..DESK }));
        schemes.flat_map(|view| [false, true].map(|is_served| Self { is_served, ..view })).collect()
    }

    /// Half of them, in which any two choices still meet: what depends on all three is rare, and each costs a load of the page.
    pub fn cover() -> Vec<Self> {
        Self::all().into_iter().filter(|view| view.is_served == (view.is_dark == (view.width == DESK.width))).collect()
    }

    /// What `prefers-color-scheme` says.
    pub fn scheme(self) -> &'static str {
        if self.is_dark { "dark" } else { "light" }
    }
}

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = if self.is_served { "http" } else { "file" };
        write!(f, "{way}, {}, {} px", self.scheme(), self.width)
    }
}

/// Something wrong with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The page's path from the site's root.
    pub page: String,
    /// How it was looked at.
    pub view: View,
    /// What is wrong.
    pub text: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}): {}", self.page, self.view, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_half_of_the_views_any_two_choices_meet() {
        let cover = View::cover();
        assert!(cover.len() == 4 && cover.contains(&DESK));
        for view in View::all() {
            assert!(cover.iter().any(|seen| seen.width == view.width && seen.is_dark == view.is_dark));
            assert!(cover.iter().any(|seen| seen.width == view.width && seen.is_served == view.is_served));
            assert!(cover.iter().any(|seen| seen.is_dark == view.is_dark && seen.is_served == view.is_served));
        }
    }
}
