//! Russian.

use super::{Pair, Signs, Words};

pub(super) static WORDS: Words = Words {
    code: "ru",
    signs: Signs {
        decimal: Pair { prose: ",", formula: "{,}" },
        group: Pair { prose: "\u{202f}", formula: r"\," },
        percent: Pair { prose: "\u{a0}%", formula: r"\,\%" },
        times: Pair { prose: "\u{a0}·\u{a0}", formula: r" \cdot " },
    },
    figure: "Рис.",
    table: "Таблица",
    listing: "Листинг",
    source: "Код",
    check: "Проверка: сошлось",
    show_all: "Показать всё:",
    data: "Данные графика",
    data_of_default: "Данные графика (при исходных значениях)",
    cell: "ячейка",
    toggle: ["нет", "да"],
    controls: "Ручки рисунка",
    play: "Проиграть:",
    lines: |count| match (count % 10, count % 100) {
        (_, 11..=14) => "строк",
        (1, _) => "строка",
        (2..=4, _) => "строки",
        _ => "строк",
    },
    bytes: ["КБ", "МБ"],
    times: ["нс", "мкс", "мс", "с"],
    panic: |line, message| match line {
        Some(line) => format!("паника в строке {line}: {message}"),
        None => format!("паника: {message}"),
    },
};
