#!/usr/bin/env bash
# Guess: Python-Markdown renders a numbered list and a bulleted one after it as CommonMark does, and gives Russian headings Russian ids.
# Markdown 3.11.3: a list that begins with «1990.» begins with 1; bullets after a numbered list become its next numbers; the toc
# extension drops all but ASCII from ids, so that «Веса внимания» is #_1 and «BERT и веса» is #bert. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet Markdown==3.11.3 markdown-it-py==4.3.0

cat > "$work/seen" <<'SEEN'
lists: <ol><li><li><li> CommonMark: <ol start="1990"><li><ul><li><li>
headings: <h1 id="_1"><h1 id="_2"><h1 id="bert">
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import re

from markdown import markdown
from markdown_it import MarkdownIt


def tags(html):
    return "".join(re.findall(r"<[^/p][^>]*>", html))


text = "1990. год\n\n- первое\n- второе\n"
print("lists:", tags(markdown(text)), "CommonMark:", tags(MarkdownIt().render(text)))
print("headings:", tags(markdown("# Веса внимания\n\n# Слои\n\n# BERT и веса", extensions=["toc"])))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: Markdown 3.11.3 numbers the bullets that follow a numbered list and numbers Russian headings"
