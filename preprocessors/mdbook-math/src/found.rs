//! What is found on a page.

use std::ops::Range;

/// Everything found on a page, each list in its order.
#[derive(Debug, Default)]
pub struct Found {
    pub formulas: Vec<Formula>,
    pub references: Vec<Reference>,
    pub headings: Vec<Heading>,
    /// Dollars in the text that are part of no formula and not escaped.
    pub dollars: Vec<Dollar>,
    /// `\name{` in the text, outside of formulas.
    pub commands: Vec<Range<usize>>,
    /// Blocks of HTML, in which Markdown sees no formulas.
    pub html: Vec<Range<usize>>,
}

/// `$…$` or `$$…$$`.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The formula with its dollars.
    pub range: Range<usize>,
    /// The TeX without the prefixes of the quotes and lists around it.
    pub tex: String,
    pub kind: Kind,
    /// It is all that a heading, a link, the head of a column or a summary has, which is named by it.
    pub sole: bool,
}

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a sentence.
    Inline,
    /// On its own.
    Display,
    /// In the text that replaces a picture, where no HTML can be.
    Alt,
    /// In the text of a link that is named by it, so that it cannot change.
    Name,
}

/// A link to a labelled formula, `[формула](../b.md#eq-x)`.
#[derive(Debug)]
pub struct Reference {
    pub range: Range<usize>,
    /// Where the number goes.
    pub number_at: usize,
    pub text: LinkText,
    /// The page as the link names it; empty for the page itself.
    pub page: String,
    pub label: String,
}

/// The text of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkText {
    Empty,
    Words,
    /// `[text]` names the address too, so that it cannot be added to.
    Name,
}

/// A heading of Markdown.
#[derive(Debug)]
pub struct Heading {
    pub range: Range<usize>,
    /// Where its words end.
    pub end: usize,
    pub id: Option<String>,
    /// The text that mdBook would make an id of, without formulas.
    pub text: String,
    /// Formulas stand in it.
    pub formulas: bool,
    /// It has `{.class}` or `{key=value}`.
    pub attributes: bool,
}

/// A `$` of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dollar {
    pub at: usize,
    pub table: bool,
}
