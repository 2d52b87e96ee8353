// What can be taken from a page: a formula's TeX and the code that checks it, a plot and its data, the page as a source to cite. Loaded
// when it is first asked for; everything is made of what the page already has, so it works from disk too.
'use strict';

globalThis.bookTake = (() => {
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const copyButton = (name, text) => {
    const button = element('button', { type: 'button' }, name);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(text());
        button.textContent = 'Скопировано';
      } catch {
        const shown = button.parentElement.querySelector('pre') ?? button.parentElement.nextElementSibling;
        if (shown) getSelection().selectAllChildren(shown);
        button.textContent = 'Выделено: нажмите Ctrl+C';
      }
      setTimeout(() => { button.textContent = name; }, 2000);
    });
    return button;
  };

  let dialog;
  const show = (title, ...parts) => {
    if (!dialog) {
      dialog = element('dialog', { className: 'help take-dialog' });
      dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
    }
    const close = element('form', { method: 'dialog' }, element('button', {}, 'Закрыть'));
    const heading = element('h2', { id: 'take-title' }, title);
    dialog.setAttribute('aria-labelledby', 'take-title');
    dialog.replaceChildren(heading, ...parts, close);
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  const code = text => {
    const shown = element('pre', { tabIndex: 0 }, element('code', {}, text));
    shown.setAttribute('role', 'group');
    shown.setAttribute('aria-label', 'Код');
    return shown;
  };

  // Formulas.

  let proofs;
  const proofsOfPage = path => proofs ??= new Promise(resolve => {
    const name = path.replace(/\.md$/, '.js').split('/').map(encodeURIComponent).join('/');
    document.head.append(element('script', {
      src: `${path_to_root}proofs/${name}`, onload: () => resolve(globalThis.bookProofs ?? {}), onerror: () => resolve({}),
    }));
  });
  const SUPERSCRIPTS = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
  /// The number that a check compares with: what the two sides may differ by.
  const tolerance = checked => {
    const found = checked.match(/<=?\s*(\d[\d_]*(?:\.\d+)?(?:e-?\d+)?)/);
    if (!found) return checked.includes('==') ? 'точно' : null;
    const [number, power] = found[1].replaceAll('_', '').replace(/\.0$/, '').split('e');
    if (!power) return number.replace('.', ',');
    const factor = Number(number) === 1 ? '' : `${number.replace('.', ',')}·`;
    return `${factor}10${[...power].map(sign => SUPERSCRIPTS[sign] ?? sign).join('')}`;
  };
  const formula = async (display, labels, path) => {
    const tex = display.dataset.tex;
    const name = display.getAttribute('aria-label') || 'Формула';
    const parts = [element('p', {}, copyButton('Скопировать TeX', () => tex)), code(tex)];
    const known = labels.length ? await proofsOfPage(path) : {};
    const checks = [...new Set(labels.flatMap(label => known[label] ?? []))];
    if (checks.length) {
      parts.push(element('h3', {}, 'Чем проверена'), element('p', {},
        'Это выражение вычислено при сборке книги: будь оно ложно, страницы бы не было.'));
      for (const check of checks) {
        const most = tolerance(check);
        parts.push(code(check), element('p', { className: 'tolerance' }, most ? `Допуск: ${most}` : 'Без допуска: верно или неверно'));
      }
    }
    show(name, ...parts);
  };

  // Plots.

  const save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  const nameOf = figure => (figure.id || 'figure').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  const PAINTS = ['fill', 'stroke', 'stop-color', 'color'];
  /// A plot outside of its page: colours and letters that the page gave it, written into it.
  const svg = figure => {
    const shown = figure.querySelector('.output-svg svg');
    const copy = shown.cloneNode(true);
    const [from, to] = [[shown, ...shown.querySelectorAll('*')], [copy, ...copy.querySelectorAll('*')]];
    from.forEach((part, at) => {
      const style = getComputedStyle(part);
      for (const paint of PAINTS) if (part.matches('svg, g, path, line, rect, circle, polyline, polygon, text, tspan, stop, ellipse, use')) to[at].style.setProperty(paint, style.getPropertyValue(paint));
      to[at].removeAttribute('class');
    });
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.style.background = getComputedStyle(document.documentElement).getPropertyValue('background-color');
    copy.style.fontFamily = 'sans-serif';
    save(`${nameOf(figure)}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
  };
  const POWERS = Object.fromEntries(Object.entries(SUPERSCRIPTS).map(([plain, raised]) => [raised, plain]));
  /// A number as programs write it: 9.395·10⁻⁶ is 9.395e-6, a comma is a point, a minus is a hyphen.
  const plain = text => {
    const said = text.trim().replace(/[\u00a0\u202f]/g, ' ');
    const number = said.replace(/−/g, '-').replace(/(\d) (?=\d{3}\b)/g, '$1').replace(/^(-?\d+),(\d+)/, '$1.$2')
      .replace(/·?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, power) => `e${[...power].map(sign => POWERS[sign]).join('')}`).replace(/^(-?)e/, '$11e');
    const value = /^-?[\d.]+(e-?\d+)?$/.test(number) ? number : said;
    return /[",\n;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  const csv = figure => {
    const tables = [...figure.querySelectorAll('.output-data table')];
    const rows = tables.map(table => [...table.rows].map(row => [...row.cells].map(cell => plain(cell.textContent)).join(',')).join('\r\n'));
    save(`${nameOf(figure)}.csv`, 'text/csv;charset=utf-8', `\ufeff${rows.join('\r\n\r\n')}\r\n`);
  };

  // The page.

  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content;
  const page = data => {
    const book = data.isPartOf?.name ?? data.name;
    const authors = (data.author ?? []).map(author => author.name);
    const day = data.dateModified;
    const year = day?.slice(0, 4);
    const address = data.url ?? document.querySelector('link[rel="canonical"]')?.href;
    const who = authors.length ? `${authors.join(', ')}. ` : '';
    const title = data.isPartOf ? `${data.name} // ${book}` : book;
    const gost = `${who}${title}${year ? `. — ${year}` : ''}${address ? `. — URL: ${address} (дата обращения: ДД.ММ.ГГГГ)` : ''}. — Текст : электронный.`;
    const fields = [
      authors.length && `  author = {${authors.join(' and ')}}`,
      `  title = {${data.name}}`, data.isPartOf && `  booktitle = {${book}}`,
      year && `  year = {${year}}`, address && `  url = {${address}}`, '  langid = {russian}',
    ];
    const key = `ml${data.position ? `-${data.position}` : ''}${year ? `-${year}` : ''}`;
    const bibtex = `@${data.isPartOf ? 'inbook' : 'book'}{${key},\n${fields.filter(Boolean).join(',\n')}\n}`;
    const parts = [
      element('p', {}, element('button', { type: 'button', onclick: () => { dialog.close(); print(); } }, 'Страница: PDF или печать')),
      element('h3', {}, 'Как цитировать'),
      element('p', {}, copyButton('Скопировать по ГОСТ', () => gost)), code(gost),
      element('p', {}, copyButton('Скопировать BibTeX', () => bibtex)), code(bibtex),
    ];
    const command = document.querySelector('.take code')?.textContent;
    if (command) parts.push(element('h3', {}, 'Код лекции'), element('p', {}, copyButton('Скопировать команду', () => command)), code(command));
    const facts = [day && `Версия от ${day.split('-').reverse().join('.')}.`, meta('author') && `Авторы: ${authors.join(', ')}.`, 'Текст и рисунки — CC BY 4.0, код — MIT или Apache-2.0.'];
    parts.push(element('p', {}, facts.filter(Boolean).join(' ')));
    show('Взять с собой', ...parts);
  };

  return { formula, svg, csv, page };
})();
