// What a page asks of KaTeX: the markup of a formula, and all that KaTeX would only tell a console.
'use strict';

/** Sets a formula. A place is two UTF-16 offsets in `tex`; what stands in the body of a macro has none. */
function typeset(tex, options) {
  const remarks = [];
  const strict = (code, message, token) => {
    remarks.push({ code, message: message.toWellFormed(), place: place(token?.loc, tex) });
    return 'ignore';
  };
  try {
    const tree = katex.__renderToDomTree(tex, { ...options, strict });
    mathOf(tree).forEach(refine);
    const modes = new Map();
    for (const node of katex.__parse(tex, { ...options, strict: 'ignore' })) inspect(node, { tex, remarks, modes });
    for (const remark of remarks) remark.mode = modes.get(String(remark.place)) ?? 'math';
    return { markup: tree.toMarkup(), remarks };
  } catch (error) {
    return error instanceof katex.ParseError
      ? { error: error.rawMessage.toWellFormed(), place: placeOfError(error, tex) }
      : { gaveUp: String(error) };
  }
}

function place(loc, tex) {
  return loc && loc.lexer.input === tex ? [loc.start, loc.end] : undefined;
}

/** An error has a position and does not say in which text, but its message shows what stands there. */
function placeOfError({ rawMessage, message, position, length }, tex) {
  if (position === undefined) return undefined;
  const loc = { lexer: { input: tex }, start: position, end: position + length };
  return new katex.ParseError(rawMessage, { loc }).message === message ? place(loc, tex) : undefined;
}

function mathOf(node) {
  return node.type === 'math' ? [node] : (node.children ?? []).flatMap(mathOf);
}

const APPLICATION = '\u2061';
const NARROW_SPACE = '\u202f';
const SPACES = [' ', '\u00a0', '\u2009', NARROW_SPACE];
const SCRIPTS = ['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover'];
const TOKENS = ['mi', 'mn', 'mo', 'mtext'];
const IMPLYING_A_ROW = ['math', 'msqrt', 'mstyle', 'mtd', 'mpadded', 'mphantom', 'menclose'];
const OF_FIXED_LENGTH = [...SCRIPTS, 'mfrac', 'mroot'];

/** Makes the MathML valid, drops from it what HTML does not need, and makes one number of groups of digits. */
function refine(node) {
  if (node.children === undefined) return;
  const children = node.children.filter(child => child.type !== 'annotation');
  children.forEach(refine);
  if (node.type === 'math') delete node.attributes.xmlns;
  if (OF_FIXED_LENGTH.includes(node.type)) {
    node.children = children.map(child => asOne(child, node.constructor));
    return;
  }
  node.children = children.flatMap(child => (isFragment(child) || child.type === 'semantics' ? child.children : [child]));
  if (TOKENS.includes(node.type) && node.children.some(child => child.type !== undefined)) {
    [node.type, node.attributes] = ['mrow', {}];
  }
  joinDigits(node.children);
  const [row, ...others] = node.children;
  const isImplied = IMPLYING_A_ROW.includes(node.type) && row?.type === 'mrow' && !others.length;
  if (isImplied && !row.classes.length && !Object.keys(row.attributes).length) node.children = row.children;
}

/** `\max` is a name and the sign of its application, which in an index applies to nothing and would be a third part. */
function asOne(node, MathNode) {
  const row = node.children;
  if (!isFragment(node) && node.type !== 'mrow') return node;
  if (row.at(-1)?.type === 'mo' && row.at(-1).toText() === APPLICATION) row.pop();
  if (row.length === 1) return row[0];
  return isFragment(node) ? new MathNode('mrow', row) : node;
}

function isFragment(node) {
  return node.children !== undefined && node.type === undefined;
}

/** `1\,000\,001{,}5` is one number, and so is the base of `10\,000^2`. */
function joinDigits(row) {
  for (let at = 0; at + 2 < row.length; ) {
    const [head, space, next] = row.slice(at, at + 3);
    const tail = SCRIPTS.includes(next.type) ? next.children[0] : next;
    const isOne = head.type === 'mn' && /^\d{1,3}(\u202f\d{3})*$/.test(head.toText())
      && SPACES.includes(space.toText()) && tail.type === 'mn' && /^\d{3}([.,]\d*)?$/.test(tail.toText())
      && head.attributes.mathvariant === tail.attributes.mathvariant;
    if (isOne) {
      const TextNode = tail.children[0].constructor;
      tail.children = [...head.children, new TextNode(NARROW_SPACE), ...tail.children];
      row.splice(at, 2);
    } else {
      at += 1;
    }
  }
}

/** Walks through what KaTeX has read: which letters are words, and which signs it would set without their font. */
function inspect(node, { tex, remarks, modes, font, mode }) {
  if (node === null || typeof node !== 'object') return;
  if (node.type === 'font') {
    const lost = lostFont(node, font);
    if (lost) remarks.push({ code: 'fontInFont', ...lost, place: place(firstLoc(node), tex) });
    font = node.font;
  }
  if (node.type === 'text') [font, mode] = [undefined, 'text'];
  // A name is set upright, as a word, whatever its letters are.
  if (node.type === 'operatorname') [font, mode] = ['mathrm', 'name'];
  const where = place(node.loc, tex);
  if (mode && where && node.text !== undefined) modes.set(String(where), mode);
  const sign = font && mode === undefined ? signOf(node, font) : undefined;
  if (sign !== undefined && !has(font, sign)) {
    const others = FONTS.filter(other => has(other, sign));
    remarks.push({ code: 'signNotInFont', message: sign, font, others, place: where });
  }
  for (const [name, child] of Object.entries(node)) if (name !== 'loc') inspect(child, { tex, remarks, modes, font, mode });
}

/** Of two fonts KaTeX takes the inner one: the outer one is lost when it has nothing else, or would have made it bold. */
function lostFont({ font, body }, outer) {
  while (body.type === 'ordgroup' && body.body.length === 1) [body] = body.body;
  const isBold = [font, body.font].every(name => CLASSES.boldsymbol.includes(name));
  if (['font', 'text'].includes(body.type) && body.font !== font && !isBold) return { font, message: body.font.replace('\\', '') };
  return outer === 'boldsymbol' && !CLASSES.boldsymbol.includes(font) ? { font: outer, message: font } : undefined;
}

function firstLoc(node) {
  if (node === null || typeof node !== 'object') return undefined;
  return node.loc ?? Object.values(node).reduce((found, child) => found ?? firstLoc(child), undefined);
}

/** The sign that a font changes: a letter or a digit; a bold one changes the signs of operations too. */
function signOf(node, font) {
  const text = node.type === 'op' && node.symbol ? node.name : node.text;
  const isLetter = ['mathord', 'textord'].includes(node.type) && leaves(text).every(leaf => /[\p{L}\p{N}]/u.test(leaf.text));
  const isBold = font === 'boldsymbol' && ['mathord', 'textord', 'atom', 'op'].includes(node.type);
  return isLetter || isBold ? text : undefined;
}

const FONTS = ['mathbf', 'boldsymbol', 'mathrm', 'mathcal', 'mathfrak', 'mathscr', 'mathbb', 'mathsf', 'mathtt'];
const CLASSES = { boldsymbol: ['boldsymbol', 'mathbf'], mathit: ['mathit', 'mathnormal'] };

/** Whether KaTeX takes the sign from the font: it marks those that it does, and all Cyrillic ones, of which it has none. */
function has(font, sign) {
  const isMarked = leaf => (CLASSES[font] ?? [font]).some(name => leaf.classes.includes(name));
  return leaves(`\\${font}{${sign}}`).every(leaf => isMarked(leaf) && !/\p{Script=Cyrillic}/u.test(leaf.text));
}

const known = new Map();

/** The characters that KaTeX sets, with their classes. */
function leaves(tex) {
  const below = node => (node.text !== undefined ? [node] : (node.children ?? []).flatMap(below));
  if (!known.has(tex)) known.set(tex, below(katex.__renderToHTMLTree(tex, { strict: 'ignore' })));
  return known.get(tex);
}
