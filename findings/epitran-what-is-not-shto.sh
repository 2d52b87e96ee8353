#!/usr/bin/env bash
# Guess: a transcriber that knows «его» as «ево», «сегодня» and «мягкий» knows «что» as «што», the commonest of these words.
# epitran writes «что», «чтобы» and «конечно» by their letters, sounds no vowel otherwise without stress («молоко» keeps three о), and
# «счастье» begins with s. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet epitran==1.35.3

cat > "$work/seen" <<'SEEN'
его jevo
сегодня sʲivodnʲa
мягкий mʲaxkij
солнце solnt͡se
друг druk
что t͡ɕʲto
чтобы t͡ɕʲtobɨ
конечно konʲet͡ɕʲno
счастье st͡ɕʲastʲe
молоко moloko
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import epitran

russian = epitran.Epitran("rus-Cyrl")
for word in "его сегодня мягкий солнце друг что чтобы конечно счастье молоко".split():
    print(word, russian.transliterate(word))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: «что» is read by its letters"
