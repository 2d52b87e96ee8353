#!/usr/bin/env bash
# Guess: the Russian parser of chrono-node understands «в 5 вечера» and «5-го марта», or finds nothing in them.
# chrono-node 2.10.3: it finds the wrong thing. «в 5 вечера» is five in the morning, «5-го марта в 18:30» the first of March,
# «1 мая — 5 мая» two dates and no range. Seen on 2026-11-30 with 2026-11-29 for today: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --prefix "$work" chrono-node@2.10.3

cat > "$work/seen" <<'SEEN'
в 5 вечера: «в 5 вечера» 29.11.2026, 05:00
5-го марта в 18:30: «марта в 18:30» 01.03.2027, 18:30
1 мая — 5 мая: «1 мая» 01.05.2027, 12:00; «5 мая» 05.05.2027, 12:00
SEEN
cat > "$work/try.js" <<'JS'
const chrono = require('chrono-node')

const today = new Date(2026, 10, 29, 12)
const show = (date) => date.toLocaleString('ru', { dateStyle: 'short', timeStyle: 'short' }).replace(/\.(\d\d),/, '.20$1,')
for (const text of ['в 5 вечера', '5-го марта в 18:30', '1 мая — 5 мая']) {
  const found = chrono.ru.parse(text, today).map((it) => `«${it.text.trim()}» ${show(it.start.date())}`)
  console.log(`${text}: ${found.join('; ')}`)
}
JS
node "$work/try.js" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: chrono-node 2.10.3 reads «в 5 вечера» as 05:00 and «5-го марта» as the first of March"
