#!/usr/bin/env bash
# Guess: a date library with a Russian locale can write both «5 марта 2026» and a heading «март 2026».
# arrow 1.4.0 and pendulum 3.3.0 know one form, the genitive: "MMMM YYYY" is «марта 2026». So does %B of chrono, the Rust crate. babel 2.19.0
# has both, as MMMM and LLLL. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet arrow==1.4.0 pendulum==3.3.0 babel==2.19.0

cat > "$work/seen" <<'SEEN'
arrow 5 марта 2026 / марта 2026
pendulum 5 марта 2026 / марта 2026
babel 5 марта 2026 / март 2026
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from datetime import date

import arrow
import pendulum
from babel.dates import format_date

for name, moment in (("arrow", arrow.get(2026, 3, 5)), ("pendulum", pendulum.datetime(2026, 3, 5))):
    print(name, moment.format("D MMMM YYYY", locale="ru"), "/", moment.format("MMMM YYYY", locale="ru"))
day = date(2026, 3, 5)
print("babel", format_date(day, "d MMMM y", locale="ru"), "/", format_date(day, "LLLL y", locale="ru"))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: arrow 1.4.0 and pendulum 3.3.0 write «марта 2026» for a heading"
