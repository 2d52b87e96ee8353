//! What the server says on pages, in the language of the book.

use std::path::Path;

use diagnostic::Titles;
use mdbook_driver::config::Config;

/// The words of a language.
#[derive(Debug)]
pub struct Words {
    /// The code of the language.
    pub language: &'static str,
    /// The first build is running.
    pub not_built: &'static str,
    /// What happens then.
    pub not_built_text: &'static str,
    /// There is no such page.
    pub not_found: &'static str,
    /// In a sentence, with the address for `{}`.
    pub not_found_text: &'static str,
    /// The request is refused.
    pub refused: &'static str,
    /// Why.
    pub refused_text: &'static str,
    /// A link to the first page.
    pub to_the_beginning: &'static str,
    /// A build is running.
    pub building: &'static str,
    /// What `check` would say.
    pub check: &'static str,
    /// The old page is shown.
    pub old_page: &'static str,
    /// There is no old page.
    pub no_page: &'static str,
    /// The build is over and has not said why.
    pub silent: &'static str,
    /// What the lines of a message are called.
    pub titles: Titles,
    /// The messages themselves: English and this language by turns.
    pub messages: &'static str,
    errors: [&'static str; 3],
    warnings: [&'static str; 3],
    plural: fn(usize) -> usize,
}

impl Words {
    /// The words for a language of book.toml.
    pub fn of(language: Option<&str>) -> &'static Self {
        match language {
            Some(language) if language.starts_with("ru") => &RUSSIAN,
            _ => &ENGLISH,
        }
    }

    /// The words for the book in a folder.
    pub fn of_book(root: &Path) -> &'static Self {
        let config = Config::from_disk(root.join("book.toml")).unwrap_or_default();
        Self::of(config.book.language.as_deref())
    }

    /// `2 ошибки, 1 предупреждение`.
    pub fn counts(&self, errors: usize, warnings: usize) -> String {
        let counted = |count: usize, forms: [&str; 3]| format!("{count}\u{a0}{}", forms[(self.plural)(count)]);
        match (errors, warnings) {
            (errors, 0) => counted(errors, self.errors),
            (0, warnings) => counted(warnings, self.warnings),
            (errors, warnings) => format!("{}, {}", counted(errors, self.errors), counted(warnings, self.warnings)),
        }
    }
}

static RUSSIAN: Words = Words {
    language: "ru",
    not_built: "Книга собирается",
    not_built_text: "Первая сборка компилирует программы страниц. Книга откроется сама, когда будет готова.",
    not_found: "Такой страницы нет",
    not_found_text: "В книге нет страницы «{}».",
    refused: "Запрос отклонён",
    refused_text: "Этот сервер только показывает книгу, и только на том компьютере, где он запущен.",
    to_the_beginning: "К началу книги",
    building: "собирается…",
    check: "проверка нашла:",
    old_page: "показана прежняя страница",
    no_page: "показывать пока нечего",
    silent: "ошибка: сборка закончилась и ничего не сказала",
    titles: Titles {
        error: "ошибка", warning: "предупреждение", note: "почему", help: "что делать"
    },
    messages: include_str!("messages/ru.txt"),
    errors: ["ошибка", "ошибки", "ошибок"],
    warnings: ["предупреждение", "предупреждения", "предупреждений"],
    plural: |count| match (count % 100, count % 10) {
        (11..=14, _) => 2,
        (_, 1) => 0,
        (_, 2..=4) => 1,
        _ => 2,
    },
};

static ENGLISH: Words = Words {
    language: "en",
    not_built: "The book is being built",
    not_built_text: "The first build compiles the programs of the pages. The book opens by itself when it is ready.",
    not_found: "There is no such page",
    not_found_text: "The book has no page “{}”.",
    refused: "The request was refused",
    refused_text: "This server only shows the book, and only on the machine on which it runs.",
    to_the_beginning: "To the beginning of the book",
    building: "building…",
    check: "a check has found",
    old_page: "this is the page as it was before",
    no_page: "there is nothing to show yet",
    silent: "error: the build ended without a word",
    titles: Titles::ENGLISH,
    messages: "",
    errors: ["error", "errors", "errors"],
    warnings: ["warning", "warnings", "warnings"],
    plural: |count| usize::from(count != 1),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        let russian = Words::of(Some("ru-RU"));
        let said: Vec<String> =
            [(1, 0), (2, 1), (5, 21), (0, 11), (12, 104), (0, 1)].map(|(e, w)| russian.counts(e, w)).to_vec();
        assert_eq!(
            said.join("; ").replace('\u{a0}', " "),
            "1 ошибка; 2 ошибки, 1 предупреждение; 5 ошибок, 21 предупреждение; 11 предупреждений; \
             12 ошибок, 104 предупреждения; 1 предупреждение"
        );
        assert_eq!(Words::of(None).counts(2, 1).replace('\u{a0}', " "), "2 errors, 1 warning");
    }
}
