// A copied formula is its TeX, once, and a number is the number: a page has each formula twice, to be seen and to be heard.
'use strict';

const FORMULA = '[data-tex]';

/** What is put in place of a formula that is copied. */
const copied = formula => {
  const math = formula.querySelector('math');
  const number = math?.querySelector('mn');
  if (number && math.textContent === number.textContent) return number.textContent;
  const dollars = formula.matches('.katex-display') ? '$$' : '$';
  return dollars + formula.dataset.tex + dollars;
};

/** A formula is selected as a whole. */
const whole = range => {
  const formula = node => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(FORMULA);
  const [first, last] = [formula(range.startContainer), formula(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  return range;
};

document.addEventListener('copy', event => {
  const selection = getSelection();
  if (selection.isCollapsed || event.defaultPrevented || event.target.closest?.('input, textarea')) return;
  const part = document.createElement('div');
  part.append(whole(selection.getRangeAt(0).cloneRange()).cloneContents());
  const formulas = part.querySelectorAll(FORMULA);
  if (!formulas.length) return;
  for (const formula of formulas) formula.replaceWith(copied(formula));
  // Only what stands in the page has lines; it is gone before anything is painted.
  document.body.append(part);
  event.clipboardData.setData('text/plain', part.innerText.trim());
  event.clipboardData.setData('text/html', part.innerHTML);
  part.remove();
  event.preventDefault();
});
