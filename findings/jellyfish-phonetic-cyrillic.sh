#!/usr/bin/env bash
# Guess: a phonetic code asked of a Cyrillic name raises an error, or returns the name as it is.
# jellyfish 1.3.0: nobody complains. Metaphone of every Cyrillic word is the empty string, so all names are equal;
# Soundex keeps the first letter and three zeros, so names are equal by their first letter; NYSIIS and the match rating
# codex return the word in capitals, so only equal words are equal. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet jellyfish==1.3.0

cat > "$work/seen" <<'SEEN'
metaphone ['', '', '']
soundex ['П000', 'П000', 'М000']
nysiis ['ПУШКИН', 'ПЕТРОВ', 'МОСКВА']
match_rating_codex ['ПУШКИН', 'ПЕТРОВ', 'МОСКВА']
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import jellyfish

for code in ("metaphone", "soundex", "nysiis", "match_rating_codex"):
    print(code, [getattr(jellyfish, code)(name) for name in ("Пушкин", "Петров", "Москва")])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: jellyfish 1.3.0 gives all Cyrillic names one Metaphone code, the empty one, without an error"
