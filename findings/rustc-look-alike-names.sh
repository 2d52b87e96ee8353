#!/usr/bin/env bash
# Guess: rustc warns of a Latin letter inside a Cyrillic name, and leaves names wholly in Cyrillic alone.
# rustc 1.95.0: mixed_script_confusables judges the crate, not the name. A crate whose only Cyrillic name is «рост» is warned, as all its
# letters look like Latin ones; «вес» is not, because of its «в». One more name with such a letter anywhere («ж») silences it, for
# «cт» with a Latin c too. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

cat > "$work/seen" <<'SEEN'
рост: consists solely of mixed script confusables
вес: no warning
рост, ж: no warning
cт (Latin c): consists solely of mixed script confusables
cт (Latin c), ж: no warning
SEEN
try() { # what to call it, then the names
  {
    echo 'fn main() {'
    for name in "${@:2}"; do echo "let $name = 1; println!(\"{}\", $name);"; done
    echo '}'
  } > "$work/main.rs"
  RUSTUP_TOOLCHAIN=1.95.0 rustc --edition 2024 --emit=metadata -o "$work/out" "$work/main.rs" 2> "$work/said"
  echo "$1: $(grep --only-matching --max-count=1 'consists solely.*' "$work/said" || echo 'no warning')"
}
{
  try рост рост
  try вес вес
  try 'рост, ж' рост ж
  try 'cт (Latin c)' cт
  try 'cт (Latin c), ж' cт ж
} > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: rustc 1.95.0 warns of «рост» alone and not of «cт» with a Latin c beside «ж»"
