#!/usr/bin/env bash
# Guess: a typographer for Russian makes «10–20» of 10-20 and «−5» of -5, and no number becomes another one.
# typograf 7.8.0 takes two full stops for a slip of the finger: the interval 0..1 becomes the number 0.1, in backticks too (only <code>
# is left alone), so a page about a range says something else. A hyphen between years becomes a dash only where «гг.» follows, other ranges
# keep it, a minus stays a hyphen, and a subtraction with blanks gets an em dash. Seen on 2026-12-01: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit typograf@7.8.0 >/dev/null

cat > seen <<'SEEN'
шаг из отрезка 0..1 => шаг из отрезка 0.1
индекс из `0..10` => индекс из `0.10`
от -0.5..0.5 => от -0.5.0.5
<code>0..1</code> => <code>0..1</code>
0.5 - 0.3 = 0.2 => 0.5 — 0.3 = 0.2
10-20 слоёв => 10-20 слоёв
2020-2023 гг. => 2020–2023 гг.
при x = -5 => при x = -5
SEEN
node - > now <<'JS'
const Typograf = require("typograf");
const russian = new Typograf({ locale: ["ru", "en-US"] });
const lines = ["шаг из отрезка 0..1", "индекс из `0..10`", "от -0.5..0.5", "<code>0..1</code>", "0.5 - 0.3 = 0.2", "10-20 слоёв", "2020-2023 гг.", "при x = -5"];
for (const line of lines) console.log(`${line} => ${russian.execute(line)}`.replaceAll("\u00a0", " "));
JS
diff seen now
echo "confirmed: the interval from 0 to 1 becomes a tenth"
