//! What is other every time is told without being run.

use mdbook_cells::config::Config;
use mdbook_cells::draft::Draft;
use mdbook_cells::review;
use mdbook_cells::traps::Traps;

/// The texts that warnings of a page point at, and their codes.
fn told(text: &str) -> Vec<String> {
    let draft = Draft::read([("src/урок.md".to_owned(), text)].into_iter(), &Config::default(), &[]);
    assert!(draft.diagnostics.is_empty(), "{:?}", draft.diagnostics);
    let found = draft.readable().flat_map(|page| review::check(page, &Traps::default(), Config::default().words));
    let found = found.filter(|found| ["unstable", "allow"].contains(&&*found.code));
    found.map(|found| format!("{}: {}", found.message, &text[found.place.range])).collect()
}

fn cell(code: &str) -> String {
    format!("```rust cell\nuse std::collections::{{BTreeMap, BTreeSet, HashMap, HashSet}};\n{code}\n```\n")
}

#[test]
fn hash_maps_that_are_shown_are_told() {
    let shown = [
        "let длины: HashMap<&str, usize> = [\"река\", \"парк\"].iter().map(|имя| (*имя, имя.len())).collect();\nдлины",
        "let м = HashMap::from([(1, 2)]);\nprintln!(\"есть {м:?}\");",
        "let м = HashMap::from([(1, 2)]);\nprintln!(\"{:#?} {}\", м, 1);",
        "let множество = [1, 2].into_iter().collect::<HashSet<_>>();\nshow!(множество);",
        "fn частоты(слова: &[&str]) -> HashMap<String, usize> { HashMap::new() }\nчастоты(&[])",
        "let м = HashMap::from([(1, 2)]);\nfor (ключ, число) in &м { println!(\"{ключ} {число}\"); }",
        "let м = HashMap::from([(1, 2)]);\nlet ключи: Vec<_> = м.keys().copied().collect();\nключи",
        "let м = HashMap::from([(1, 2)]);\nм.keys().map(|к| к.to_string()).collect::<Vec<_>>().join(\", \")",
        "let м = HashMap::from([(1, 2)]);\nlet mut строки = Vec::new();\nfor (к, _) in м.iter() { строки.push(*к); }\nprintln!(\"{строки:?}\");",
        "#[derive(Debug)]\nstruct Словарь { слова: HashMap<String, u32> }\nlet с = Словарь { слова: HashMap::new() };\nformat!(\"{:?}\", с)",
        "fn печать(м: &HashMap<u8, u8>) { println!(\"{м:?}\"); }\nпечать(&HashMap::new());",
        "let м = HashMap::from([(1, 2)]);\ndbg!(&м);",
        "let а = HashSet::from([1]);\nlet б = HashSet::from([2]);\nprintln!(\"{:?}\", а.union(&б).collect::<Vec<_>>());",
        "let м = vec![HashMap::from([(1, 2)])];\nм",
    ];
    for code in shown {
        let told = told(&cell(code));
        assert_eq!(told.len(), 1, "{code}\n{told:?}");
        assert!(told[0].starts_with("a hash map or set has another order every time: "), "{told:?}");
    }
    let value = format!("{}\nПорядок `=м:?` не тот.\n", cell("let м = HashMap::from([(1, 2)]);"));
    assert_eq!(told(&value), ["a hash map or set has another order every time: `=м:?`"]);
}

#[test]
fn hash_maps_whose_order_nobody_sees_are_not_told() {
    let right = [
        "let м = HashMap::from([(1, 2)]);\nprintln!(\"{:?} {}\", м[&1], м.len());",
        "let м = HashMap::from([(1, 2)]);\nlet mut ключи: Vec<_> = м.keys().collect();\nключи.sort();\nключи",
        "let м = HashMap::from([(1, 2)]);\nlet порядок: BTreeMap<_, _> = м.into_iter().collect();\nпорядок",
        "let м = HashMap::from([(1, 2)]);\nм.keys().collect::<BTreeSet<_>>()",
        "let м = HashMap::from([(1, 2)]);\nlet сумма: i32 = м.values().sum();\nсумма",
        "let м = HashMap::from([(1, 2)]);\nlet м = м.len();\nprintln!(\"{м:?} {{м:?}}\");",
        "let м = HashMap::from([(1, 2)]);\nlet mut всего = 0;\nfor (_, число) in &м { всего += число; }\nвсего",
        "let м = HashMap::from([(1, 2)]);\nassert_eq!(м, HashMap::from([(1, 2)]));",
    ];
    for code in right {
        assert_eq!(told(&cell(code)), [""; 0], "{code}");
    }
}

#[test]
fn clocks_addresses_and_what_is_of_the_machine_are_told() {
    let cases = [
        ("std::time::SystemTime::now()", "a clock", "std::time::SystemTime::now"),
        ("use std::time::Instant;\nlet начало = Instant::now();\nначало.elapsed()", "a clock", "Instant::now"),
        ("let x = 1;\nprintln!(\"{:p}\", &x);", "an address", "&x"),
        ("let x = Box::new(1);\nformat!(\"лежит {x:p}\")", "an address", "\"лежит {x:p}\""),
        ("let x = 1;\n&x as *const i32 as usize", "an address", "&x as *const i32 as usize"),
        ("let x = vec![1];\nlet где = x.as_ptr();\nprintln!(\"{где:?}\");", "an address", "\"{где:?}\""),
        ("let x = 1;\nprintln!(\"{:?}\", &x as *const _);", "an address", "&x as *const _"),
        ("std::process::id()", "this is of the process", "std::process::id"),
    ];
    for (code, what, place) in cases {
        let told = told(&cell(code));
        assert_eq!(told.len(), 1, "{code}: {told:?}");
        assert!(told[0].starts_with(what) && told[0].ends_with(&format!(": {place}")), "{told:?}");
    }
}

#[test]
fn an_exception_excuses_the_next_cell_and_one_that_excuses_nothing_is_told() {
    let one = cell("let м = HashMap::from([(1, 2)]);\nм");
    assert_eq!(told(&format!("<!-- allow: unstable — один ключ -->\n\n{one}")), [""; 0]);
    let second = "```rust cell\nм\n```\n";
    assert_eq!(told(&format!("<!-- allow: unstable — один ключ -->\n\n{one}\n{second}")).len(), 1);
    let idle = told("<!-- allow: unstable — забыто -->\n\n```rust cell\n1\n```\n");
    assert_eq!(idle, ["nothing here is against the rule `unstable`: unstable"]);
    let value =
        format!("{}\nОдин `=м:?`. <!-- allow: unstable — один ключ -->\n", cell("let м = HashMap::from([(1, 2)]);"));
    assert_eq!(told(&value), [""; 0]);
}

#[test]
fn an_exception_on_a_page_without_code_is_told() {
    assert_eq!(
        told("Слова.\n\n<!-- allow: unstable — так и есть -->\nСлово.\n"),
        ["nothing here is against the rule `unstable`: unstable"]
    );
}
