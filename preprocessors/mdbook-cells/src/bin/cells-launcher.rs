//! A launcher and nothing else, for the tests of the engine.

fn main() {
    engine::main_if_asked();
}
