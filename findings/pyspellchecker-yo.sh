#!/usr/bin/env bash
# Guess: a spell checker with a Russian dictionary knows «ёлка» in one of its spellings, and inflected forms of common words.
# pyspellchecker 0.9.1 is a list of frequent forms: it knows neither «ёлка» nor «елка» and mends them to «пока» and «ела»,
# «моделями» to «модели», «кто-то» to «киото». Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pyspellchecker==0.9.1

cat > "$work/seen" <<'SEEN'
ёлка False пока
елка False ела
моделями False модели
кто-то False киото
ребёнок True ребёнок
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from spellchecker import SpellChecker

checker = SpellChecker(language="ru")
for word in "ёлка елка моделями кто-то ребёнок".split():
    print(word, word in checker, checker.correction(word))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: pyspellchecker 0.9.1 mends «ёлка» to «пока» and «кто-то» to «киото»"
