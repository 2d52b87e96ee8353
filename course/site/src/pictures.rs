//! Pictures that say nothing: `![декоративная](…)` is shown to who sees it, and passed over by who has the page read out.

use page::outline::What;
use page::{Edit, Outline, escape};

/// The description of a picture that has none.
const NOTHING: &str = "декоративная";

/// Puts such pictures as HTML, in which an empty description is one; mdBook would make a button without a name of it.
pub fn decorative(text: &str, outline: &Outline) -> Vec<Edit> {
    let pictures = outline.pieces.iter().enumerate().filter_map(|(index, piece)| match &piece.what {
        What::Picture(picture) if outline.words(text, index) == NOTHING => Some((piece, picture)),
        _ => None,
    });
    let html = |address: &str| format!("<img src=\"{}\" alt=\"\">", escape::text(address));
    pictures.map(|(piece, picture)| Edit::new(piece.range.clone(), html(&picture.address))).collect()
}

#[cfg(test)]
mod tests {
    use page::apply;

    use super::*;

    #[test]
    fn a_decorative_picture_has_an_empty_description() {
        let page = "![декоративная](а_б.svg \"титул\") и [![декоративная](в.svg)](г.md), ![декоративная рамка](д.svg), `![декоративная](е)`\n";
        insta::assert_snapshot!(apply(page, &decorative(page, &Outline::of(page))));
    }
}
