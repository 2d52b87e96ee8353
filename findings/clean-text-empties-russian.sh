#!/usr/bin/env bash
# Guess: `clean(text, lang="ru")` cleans a Russian text and leaves it Russian.
# clean-text 0.7.1 knows two languages, en and de; any other is taken without an error. By default it keeps ASCII only: as installed,
# nothing but signs and digits is left of a Russian text; with Unidecode installed too, whoever brought it, small Latin letters
# («ё» is «io»). A warning on stderr names Unidecode. `to_ascii=False` keeps the letters. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet clean-text==0.7.1

cat > "$work/seen" <<'SEEN'
alone
ru: , ! 5 .
no such language: , ! 5 .
to_ascii=False: привет, мир! ёлка — 5 руб.
with Unidecode
ru: privet, mir! iolka -- 5 rub.
no such language: privet, mir! iolka -- 5 rub.
to_ascii=False: привет, мир! ёлка — 5 руб.
SEEN
cat > "$work/clean.py" <<'PYTHON'
from cleantext import clean

text = "Привет, Мир! Ёлка — 5 руб."
print("ru:", clean(text, lang="ru"))
print("no such language:", clean(text, lang="quenya"))
print("to_ascii=False:", clean(text, lang="ru", to_ascii=False))
PYTHON
{
    echo alone
    "$work/venv/bin/python" "$work/clean.py" 2>"$work/said"
    "$work/venv/bin/pip" install --quiet Unidecode==1.4.0
    echo with Unidecode
    "$work/venv/bin/python" "$work/clean.py"
} > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: nothing, or Latin letters, is left of a Russian text"
