//! This crate as text: a tool that carries it needs no registry to build it, and what it builds speaks as the tool hears.

/// The files of the package but for its manifest, by their path in it.
pub const FILES: [(&str, &str); 19] = [
    ("src/channel.rs", include_str!("channel.rs")),
    ("src/codec.rs", include_str!("codec.rs")),
    ("src/event.rs", include_str!("event.rs")),
    ("src/fail.rs", include_str!("fail.rs")),
    ("src/fields.rs", include_str!("fields.rs")),
    ("src/file.rs", include_str!("file.rs")),
    ("src/input.rs", include_str!("input.rs")),
    ("src/lib.rs", include_str!("lib.rs")),
    ("src/live.rs", include_str!("live.rs")),
    ("src/macros.rs", include_str!("macros.rs")),
    ("src/nature.rs", include_str!("nature.rs")),
    ("src/prelude.rs", include_str!("prelude.rs")),
    ("src/rich.rs", include_str!("rich.rs")),
    ("src/session.rs", include_str!("session.rs")),
    ("src/show.rs", include_str!("show.rs")),
    ("src/sources.rs", include_str!("sources.rs")),
    ("src/steps.rs", include_str!("steps.rs")),
    ("src/timing.rs", include_str!("timing.rs")),
    ("src/wire.rs", include_str!("wire.rs")),
];

/// A manifest for a copy of the package.
pub const MANIFEST: &str = concat!(
    "[package]\nname = \"kernel\"\nversion = \"",
    env!("CARGO_PKG_VERSION"),
    "\"\nedition = \"2024\"\npublish = false\n"
);
