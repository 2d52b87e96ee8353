#!/usr/bin/env bash
# Guess: what decides the language of a page for a corpus knows the first sentence of a Russian primer, «мама мыла раму», and the plain
# sentences of a textbook.
# Four of five call the primer Belarusian, where it would be spelt alike: none weighs how much more Russian there is. «Сумма равна
# нулю» is Bulgarian for two and Serbian for one, «кот» Macedonian for four, and one takes «Градиент направлен в сторону роста
# функции.» for Bulgarian. Whoever keeps the Russian lines of a corpus by one of these loses short ones, each its own: no two agree on
# the seven lines. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet langid==1.1.6 py3langid==0.4.0 langdetect==1.0.9 lingua-language-detector==2.1.1
(cd "$work" && npm install --silent --no-audit --no-fund franc-min@6.2.0)

cat > "$work/lines" <<'LINES'
мама мыла раму
кот
норма
Сумма равна нулю
Градиент направлен в сторону роста функции.
Метод опорных векторов
Доказательство
LINES
cat > "$work/seen" <<'SEEN'
мама мыла раму: langid be py3langid be langdetect ru lingua be franc be
кот: langid mk py3langid mk langdetect mk lingua mk franc bg
норма: langid ru py3langid bg langdetect bg lingua bg franc bos
Сумма равна нулю: langid bg py3langid bg langdetect ru lingua ru franc sr
Градиент направлен в сторону роста функции.: langid bg py3langid ru langdetect ru lingua ru franc ru
Метод опорных векторов: langid ru py3langid ru langdetect ru lingua ru franc ru
Доказательство: langid ru py3langid ru langdetect ru lingua ru franc ru
SEEN
cat > "$work/npm.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { franc } from "franc-min";
const short = { rus: "ru", bel: "be", bul: "bg", mkd: "mk", srp: "sr", ukr: "uk" };
const lines = readFileSync("lines", "utf8").trim().split("\n");
console.log(lines.map((line) => short[franc(line, { minLength: 1 })] ?? franc(line, { minLength: 1 })).join(" "));
JS
(cd "$work" && node npm.mjs > npm.txt)
"$work/venv/bin/python" - "$work" > "$work/now" <<'PYTHON'
import sys
import warnings

warnings.filterwarnings("ignore")
import langdetect
import langid
import py3langid
from lingua import LanguageDetectorBuilder

folder = sys.argv[1]
lines = open(f"{folder}/lines", encoding="utf-8").read().split("\n")[:-1]
langdetect.DetectorFactory.seed = 0
lingua = LanguageDetectorBuilder.from_all_languages().build()
said = {
    "langid": [langid.classify(line)[0] for line in lines],
    "py3langid": [py3langid.classify(line)[0] for line in lines],
    "langdetect": [langdetect.detect(line) for line in lines],
    "lingua": [lingua.detect_language_of(line).iso_code_639_1.name.lower() for line in lines],
    "franc": open(f"{folder}/npm.txt").read().split(),
}
for number, line in enumerate(lines):
    print(line + ":", *(f"{name} {answers[number]}" for name, answers in said.items()))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: four detectors of five call «мама мыла раму» Belarusian"
