#!/usr/bin/env bash
# Guess: a list of references in the Vancouver style, that of medicine, begins with the authors, whoever formats it.
# hayagriva 0.10.1, the library behind Typst's bibliographies, leaves them out in its `vancouver` and `vancouver-superscript`
# (`nlm-citation-sequence`): number, title, place. Its `elsevier-vancouver` and `springer-vancouver` have them, as all the other styles
# with a list have. Nothing warns. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
CARGO_TARGET_DIR="$work/target" cargo install --quiet --debug --locked hayagriva@0.10.1 --features cli --root "$work"

cat > "$work/sources.yml" <<'YAML'
huygens1673:
  type: book
  title: Horologium oscillatorium
  author: Huygens, Christiaan
  publisher: { name: Muguet, location: Paris }
  date: 1673
YAML
cat > "$work/seen" <<'SEEN'
vancouver: 1. Horologium oscillatorium. Paris: Muguet; 1673.
vancouver-superscript: 1. Horologium oscillatorium. Paris: Muguet; 1673.
SEEN
for style in vancouver vancouver-superscript; do
    echo "$style: $("$work/bin/hayagriva" --no-fmt "$work/sources.yml" reference --style "$style" | xargs)"
done > "$work/now"
diff "$work/seen" "$work/now"
for style in elsevier-vancouver springer-vancouver ieee apa nature; do
    "$work/bin/hayagriva" --no-fmt "$work/sources.yml" reference --style "$style" | grep -q Huygens
done
echo "confirmed: Vancouver without authors"
