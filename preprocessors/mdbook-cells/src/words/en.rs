//! English.

use super::{Pair, Signs, Words};

pub(super) static WORDS: Words = Words {
    code: "en",
    signs: Signs {
        decimal: Pair { prose: ".", formula: "." },
        group: Pair { prose: ",", formula: "{,}" },
        percent: Pair { prose: "%", formula: r"\%" },
        times: Pair { prose: "\u{a0}×\u{a0}", formula: r" \times " },
    },
    figure: "Figure",
    table: "Table",
    listing: "Listing",
    source: "Code",
    check: "Check: passed",
    show_all: "Show all:",
    data: "Data of the plot",
    data_of_default: "Data of the plot (at the initial values)",
    cell: "cell",
    toggle: ["off", "on"],
    controls: "Controls of the figure",
    play: "Play:",
    lines: |count| if count == 1 { "line" } else { "lines" },
    bytes: ["KB", "MB"],
    times: ["ns", "µs", "ms", "s"],
    panic: |line, message| match line {
        Some(line) => format!("panic in line {line}: {message}"),
        None => format!("panic: {message}"),
    },
};
