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

// Marks of checked formulas and buttons of plots; what they open is loaded when one of them is first pressed.
(() => {
  const main = document.getElementById('content');
  const source = document.documentElement.dataset.take;
  if (!main || !source) return;
  let loaded;
  const take = () => loaded ??= new Promise((resolve, reject) => {
    const onload = () => resolve(globalThis.bookTake);
    document.head.append(Object.assign(document.createElement('script'), { src: source, onload, onerror: reject }));
  });
  const button = (className, text, name, act) => {
    const made = Object.assign(document.createElement('button'), { type: 'button', className, textContent: text, title: name });
    made.setAttribute('aria-label', name);
    made.addEventListener('click', async event => {
      event.stopPropagation();
      act(await take());
    });
    return made;
  };
  const tools = data => {
    const figure = data.closest('figure');
    const bar = document.createElement('div');
    bar.className = 'plot-tools';
    if (figure.querySelector('.output-svg svg')) bar.append(button('', 'SVG', 'Скачать рисунок: SVG', it => it.svg(figure)));
    bar.append(button('', 'CSV', 'Скачать данные: CSV', it => it.csv(figure)));
    data.before(bar);
  };
  const labels = display => [display, ...display.querySelectorAll(':scope > span[id]')].map(part => part.id).filter(Boolean);
  const checked = () => {
    const found = new Set();
    const comments = document.createTreeWalker(main, NodeFilter.SHOW_COMMENT);
    while (comments.nextNode()) {
      const said = comments.currentNode.data.trim().match(/^checks:(.*)$/s);
      if (said) for (const label of said[1].split(',')) found.add(label.trim());
    }
    return found;
  };
  const { page } = document.documentElement.dataset;
  const mark = () => {
    for (const label of checked()) {
      const display = document.getElementById(label)?.closest('.katex-display');
      if (!display || display.querySelector(':scope > .proof')) continue;
      display.append(button('proof', '✓', 'Проверена: показать, чем', it => it.formula(display, labels(display), page)));
    }
    main.querySelectorAll('figure .output-data').forEach(tools);
  };
  main.addEventListener('click', async event => {
    const display = event.target.closest?.('.katex-display[data-tex]');
    if (!display || event.target.closest('a, button') || !getSelection().isCollapsed) return;
    (await take()).formula(display, labels(display), page);
  });
  main.addEventListener('keydown', async event => {
    if (event.key === 'Enter' && event.target.matches('.katex-display[data-tex]')) (await take()).formula(event.target, labels(event.target), page);
  });
  // The page is read before it is taken away.
  addEventListener('load', () => (globalThis.requestIdleCallback ?? setTimeout)(mark));
  document.getElementById('take')?.addEventListener('click', async () => {
    const data = document.querySelector('script[type="application/ld+json"]');
    (await take()).page(data ? JSON.parse(data.textContent) : { name: document.title });
  });
})();
