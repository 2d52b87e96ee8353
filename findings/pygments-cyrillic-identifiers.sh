#!/usr/bin/env bash
# Guess: a highlighter takes «площадь» for a name in every language whose compiler does.
# Pygments 2.21.0: its lexers of Rust, Swift, and Ruby (and of Lua, Zig and SQL) know ASCII names only and make an error token of each letter
# (in the default style a red box around it); those of Python, Go, Java, C++ and Julia take the word. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet Pygments==2.21.0

cat > "$work/seen" <<'SEEN'
rust: 5 errors
swift: 5 errors
ruby: 5 errors
python: 0 errors
go: 0 errors
java: 0 errors
julia: 0 errors
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from pygments.lexers import get_lexer_by_name
from pygments.token import Error

code = {"rust": "let длина = 5;", "swift": "let длина = 5", "ruby": "длина = 5", "python": "длина = 5"}
code |= {"go": "длина := 5", "java": "int длина = 5;", "julia": "длина = 5"}
for language, line in code.items():
    kinds = [kind for kind, _ in get_lexer_by_name(language).get_tokens(line)]
    print(f"{language}: {kinds.count(Error)} errors")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: Pygments 2.21.0 makes an error of every letter of a Cyrillic name in Rust"
