#!/usr/bin/env bash
# Guess: lemmatizers agree on ё, and the two spellings of one word («её» and «ее», «ёлки» and «елки») have one lemma.
# pymorphy3 2.0.6 puts the ё in («елки» -> «ёлка»), simplemma 2.0.0 takes it out («ёлки» -> «елка»), so the lemmas of the two
# do not meet. In pymorphy3 «ее» is the pronoun «она» and «её» the adjective «её»; the first parse of «все» is the particle
# «всё». Both take «большая» for a form of «больший»; simplemma leaves words in capitals alone. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142 simplemma==2.0.0

cat > "$work/seen" <<'SEEN'
word pymorphy3 simplemma
ёлки ёлка елка
елки ёлка елка
её её ее
ее она ее
все всё весь
ребёнка ребёнок ребенок
большая больший больший
МОСКВЫ москва МОСКВЫ
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import pymorphy3
import simplemma

morph = pymorphy3.MorphAnalyzer()
print("word pymorphy3 simplemma")
for word in "ёлки елки её ее все ребёнка большая МОСКВЫ".split():
    print(word, morph.parse(word)[0].normal_form, simplemma.lemmatize(word, lang="ru"))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: pymorphy3 2.0.6 gives «ёлка», simplemma 2.0.0 «елка», for both spellings; «ее» and «её» have two lemmas"
