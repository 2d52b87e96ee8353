#!/usr/bin/env python3
"""Cuts the fonts of the site out of the full ones. Not part of the build: run it by hand when a glyph is missing.

    npm install @expo-google-fonts/literata@0.4 @expo-google-fonts/jetbrains-mono@0.4
    pip install fonttools brotli
    python3 theme/fonts.py node_modules theme/fonts
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

RUSSIAN = {0x401, *range(0x410, 0x450), 0x451}
BASE = {*range(0x20, 0x7F), *RUSSIAN} | set(map(ord, "\xa0§«\xad°±·»×éöü\u0301\u2009\u202f‐‑–—’“„…№−"))
NAMES = set(map(ord, "©ÉÖÜßàáäåçèêíîñóøŁłćčšž"))
SIGNS = set(map(ord, "‘”†‰′″²³¹⁰⁴⁵⁶⁷⁸⁹⁻₽←→≈≠≤≥∞√"))
GREEK = set(map(ord, "ΔΣΩαβγδεζηθικλμνξοπρςστυφχψω"))
BOXES = set(map(ord, "←→∂∑√∞≈≠≤≥│─┌┐└┘├┤┼²"))

FONTS = [
    ("literata/400Regular/Literata_400Regular.ttf", "text-regular", BASE | NAMES | SIGNS, ["kern", "mark", "tnum"]),
    ("literata/400Regular_Italic/Literata_400Regular_Italic.ttf", "text-italic", BASE, ["kern"]),
    ("literata/600SemiBold/Literata_600SemiBold.ttf", "text-bold", BASE, ["kern"]),
    ("jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf", "code", BASE | GREEK | BOXES, []),
]


def alias(font, new, old):
    """Gives the character `new` the glyph of `old` when it has none."""
    for table in font["cmap"].tables:
        if table.isUnicode() and old in table.cmap:
            table.cmap.setdefault(new, table.cmap[old])


def add_superscript_minus(font):
    """Literata has superscript digits but no superscript minus; numbers like 10⁻⁷ need one."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    if 0x207B in cmap or 0x2077 not in cmap:
        return
    seven, minus, scale = cmap[0x2077], cmap[0x2212], 0.62
    bounds, height = font["glyf"][minus], font["glyf"][seven]
    middle = (bounds.yMin + bounds.yMax) / 2 * scale
    pen = TTGlyphPen(glyphs)
    up = (height.yMin + height.yMax) / 2 - middle
    glyphs[minus].draw(TransformPen(pen, (scale, 0, 0, scale, 0, up)))
    font["glyf"]["minus.superior"] = pen.glyph()
    font["hmtx"]["minus.superior"] = (round(font["hmtx"][minus][0] * scale), round(bounds.xMin * scale))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x207B] = "minus.superior"


def cut(source, target, characters, features):
    font = TTFont(source)
    alias(font, 0x202F, 0x2009)
    alias(font, 0x2011, 0x2010)
    add_superscript_minus(font)
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "GDEF", "STAT", "gasp", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    missing = sorted(characters - set(font.getBestCmap()))
    font["head"].modified = font["head"].created
    font.flavor = "woff2"
    font.save(target)
    print(target, target.stat().st_size, "bytes; without", " ".join(map(chr, missing)) or "nothing")


def main():
    packages, out = Path(sys.argv[1]) / "@expo-google-fonts", Path(sys.argv[2])
    for source, name, characters, features in FONTS:
        cut(packages / source, out / f"{name}.woff2", characters, features)


main()
