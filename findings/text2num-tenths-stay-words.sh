#!/usr/bin/env bash
# Guess: what turns numbers in words into digits, and lists Russian among its languages, reads «две целых пять десятых».
# text2num 2.5.1 makes «2.5 десятых» of it, takes «пять минус три» for «5» and a negative number, and leaves every case but the
# nominative as words: «двадцати пяти». From 3.0 on, rewritten, it refuses Russian. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
for version in 2.5.1 3.1.0; do
    python3 -m venv "$work/$version"
    "$work/$version/bin/pip" install --quiet "text2num==$version"
done

cat > "$work/seen" <<'SEEN'
2.5.1
двадцать пять тысяч триста → 25300
две целых пять десятых → 2.5 десятых
пять минус три → 5 -3
около двадцати пяти → около двадцати пяти
полтора часа → полтора часа
3.1.0
unsupported language ru
SEEN
for version in 2.5.1 3.1.0; do
    echo "$version"
    "$work/$version/bin/python" - <<'PYTHON'
from text_to_num import alpha2digit

try:
    for text in (
        "двадцать пять тысяч триста",
        "две целых пять десятых",
        "пять минус три",
        "около двадцати пяти",
        "полтора часа",
    ):
        print(text, "→", alpha2digit(text, "ru"))
except ValueError as error:
    print(error)
PYTHON
done > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: tenths stay words, and 3.1.0 knows no Russian"
