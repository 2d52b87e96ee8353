//! A dozen classes for the hundreds of scopes that grammars know.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What a scope is drawn as; a class of `theme/css/code.css`.
pub type Class = &'static str;

/// Scopes by prefix, the first that fits wins; an empty class leaves the text plain.
const CLASSES: &[(&str, Class)] = &[
    ("comment", "c"),
    ("constant", "n"),
    ("entity.name.function", "f"),
    ("entity.name.section", "t"),
    ("entity.name.tag.yaml", "a"),
    ("entity.name.tag", "k"),
    ("entity.name", "t"),
    ("entity.other.attribute-name", "a"),
    ("entity.other.inherited-class", "t"),
    ("keyword.operator.word", "k"),
    ("keyword.operator.logical.python", "k"),
    ("keyword.operator", ""),
    ("keyword", "k"),
    ("markup.bold", "k"),
    ("markup.deleted", "del"),
    ("markup.heading", "t"),
    ("markup.inserted", "ins"),
    ("markup.italic", "a"),
    ("markup.raw", "s"),
    ("meta.annotation", "a"),
    ("punctuation.definition.variable", "a"),
    ("punctuation.prompt", "c"),
    ("storage.modifier.lifetime", "a"),
    ("storage", "k"),
    ("string", "s"),
    ("support.function", "f"),
    ("support.macro", "m"),
    ("support.type.property-name", "a"),
    ("support", "t"),
    ("variable.function", "f"),
    ("variable.key", "a"),
    ("variable.language", "k"),
    ("variable.other.readwrite.shell", "a"),
];

static TABLE: LazyLock<Vec<(Scope, Class)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("short names fit into a scope");
    CLASSES.iter().map(|(name, class)| (scope(name), *class)).collect()
});

/// The class of the innermost scope that has one.
pub fn of(stack: &[Scope]) -> Class {
    let class = |scope: &Scope| TABLE.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.iter().rev().find_map(class).unwrap_or_default()
}
