#!/usr/bin/env bash
# Guess: a tokenizer trained twice on one text is one tokenizer; nothing in the training of `tokenizers` is said to be random.
# That holds for BPE alone. WordPiece and Unigram give another numbering of the same tokens each time, in one process and on one
# thread, so a model trained on one of them reads nonsense through the other. WordPiece, trained by BPE with marked ends of words,
# breaks its ties otherwise each time: the vocabularies themselves differ, and so do the pieces of a word. Keep the file.
# Seen on 2026-11-30 in eight trainings each: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet tokenizers==0.23.3

cat > "$work/seen" <<'SEEN'
bpe: one numbering, one vocabulary
unigram: several numberings, one vocabulary
wordpiece: several numberings, several vocabularies
SEEN
RAYON_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false "$work/venv/bin/python" - > "$work/now" <<'PYTHON'
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

words = "мама мыла раму а рама была мала и мыло мялось в руке у мамы Миши мышь ушла шурша шуршала мышь у рамы".split()
lines = [" ".join(words[i:] + words[:i]) for i in range(len(words))]
usual = {"vocab_size": 60, "show_progress": False}
ways = {
    "bpe": lambda: (models.BPE(), trainers.BpeTrainer(**usual)),
    "unigram": lambda: (models.Unigram(), trainers.UnigramTrainer(unk_token="?", special_tokens=["?"], **usual)),
    "wordpiece": lambda: (models.WordPiece(unk_token="?"), trainers.WordPieceTrainer(special_tokens=["?"], **usual)),
}


def trained(way):
    model, trainer = ways[way]()
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer.get_vocab()


for way in ways:
    found = [trained(way) for _ in range(8)]
    numberings = {tuple(sorted(vocabulary.items())) for vocabulary in found}
    vocabularies = {frozenset(vocabulary) for vocabulary in found}
    count = lambda some, one, many: f"one {one}" if len(some) == 1 else f"several {many}"
    print(f"{way}: {count(numberings, 'numbering', 'numberings')}, {count(vocabularies, 'vocabulary', 'vocabularies')}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: only BPE is trained alike twice"
