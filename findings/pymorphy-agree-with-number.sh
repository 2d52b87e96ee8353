#!/usr/bin/env bash
# Guess: make_agree_with_number gives «5 лет», «5 человек» and «1,5 часа», and words without a singular are left as they are.
# pymorphy3 2.0.6: «5 годов», «5 людей», «1,5 часов» (2,5 is right, its whole part being 2); for
# «сутки» and «ножницы» with 2 it raises AttributeError. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142

cat > "$work/seen" <<'SEEN'
5 годов
5 людей
21 человек
1.5 часов
2.5 часа
5 суток
2 сутки: AttributeError
2 ножницы: AttributeError
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import pymorphy3

morph = pymorphy3.MorphAnalyzer()
pairs = [(5, "год"), (5, "человек"), (21, "человек"), (1.5, "час"), (2.5, "час"), (5, "сутки"), (2, "сутки"), (2, "ножницы")]
for number, word in pairs:
    try:
        print(number, morph.parse(word)[0].make_agree_with_number(number).word)
    except AttributeError as error:
        print(number, f"{word}: {type(error).__name__}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: pymorphy3 2.0.6 counts «5 годов», «5 людей», «1,5 часов»"
