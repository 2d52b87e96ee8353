#!/usr/bin/env bash
# Guess: a Russian word has as many syllables as vowels, and textstat, which has constants of Flesch's formula for Russian, counts so.
# textstat 0.7.13 counts the places where pyphen 0.18.1 would break a line. No line begins or ends with a single letter, so «имя» has
# one syllable and «идея» one of its three; «сегодня» is right by luck. A text of such words is told to be easier than it is: its
# reading ease by the same formula is 129.5 instead of 56.0, above the top of the scale. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet textstat==0.7.13 pyphen==0.18.1

cat > "$work/seen" <<'SEEN'
word vowels syllables
молоко 3 3
сегодня 3 3
имя 2 1
идея 3 1
обучение 5 3
своё 2 1
reading ease: 129.5 and 56.0 by vowels
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import textstat

textstat.set_lang("ru")
print("word vowels syllables")
for word in "молоко сегодня имя идея обучение своё".split():
    print(word, sum(letter in "аеёиоуыэюя" for letter in word), textstat.syllable_count(word))

text = "Моя идея своя. Твоё имя моё. Её обучение идёт."
words = textstat.lexicon_count(text)
sentences = textstat.sentence_count(text)
vowels = sum(letter in "аеёиоуыэюя" for letter in text.lower())
by_vowels = 206.835 - 1.3 * words / sentences - 60.1 * vowels / words
print("reading ease:", round(textstat.flesch_reading_ease(text), 1), "and", round(by_vowels, 1), "by vowels")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: textstat 0.7.13 hears one syllable in «имя» and in «идея», and three in «обучение»"
