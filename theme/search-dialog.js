// The search as the reader sees it: a dialog, and the found words marked on the page that is opened.
'use strict';

Object.assign(globalThis.bookSearch, (() => {
  const { create, normal, stem } = globalThis.bookSearch;
  const MOST = 40;

  const plural = (number, [one, few, many]) => {
    const [tens, units] = [number % 100, number % 10];
    if (tens > 10 && tens < 20) return `${number} ${many}`;
    if (units === 1) return `${number} ${one}`;
    return `${number} ${units > 1 && units < 5 ? few : many}`;
  };

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /// Words of a text with their places; stress marks and soft hyphens belong to the word.
  const WORD = /[\p{L}\p{N}\u0301\u00ad]+/gu;
  /// A form of a found word: the same stem, or a word whose beginning was typed.
  const matcher = (stems, typed) => word => {
    const plain = normal(word);
    return stems.includes(stem(plain)) || (typed.length > 1 && plain.startsWith(typed));
  };
  const marked = (text, isFound) => {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(WORD)) {
      if (!isFound(match[0])) continue;
      parts.push(text.slice(end, match.index), element('mark', {}, match[0]));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  };

  let dialog, input, status, list, index;

  const link = ({ url, id, title, heading }, found, isFound) => {
    const address = path_to_root + url.split('/').map(encodeURIComponent).join('/')
      + '?find=' + encodeURIComponent(found.join(' ')) + (id ? '#' + encodeURIComponent(id) : '');
    const place = element('a', { href: address }, element('span', { className: 'where' }, ...marked(title, isFound)));
    if (heading) place.append(element('span', { className: 'heading' }, ...marked(heading, isFound)));
    return element('li', {}, place);
  };

  const show = () => {
    const query = input.value;
    try { sessionStorage.setItem('query', query); } catch { /* it is typed again */ }
    if (!query.trim()) {
      list.replaceChildren();
      status.textContent = '';
      return;
    }
    const { results, stems } = index.find(query);
    const typed = normal(query.match(/[\p{L}\p{N}]+$/u)?.[0] ?? '');
    const isFound = matcher(stems, typed);
    list.replaceChildren(...results.slice(0, MOST).map(result => link(result, stems.slice(0, 8), isFound)));
    const count = plural(results.length, ['раздел', 'раздела', 'разделов']);
    if (!results.length) status.textContent = 'Ничего не найдено';
    else if (results.length > MOST) status.textContent = `${count}, показаны первые ${MOST}`;
    else status.textContent = count;
  };

  const build = () => {
    index = create(globalThis.bookIndex);
    input = element('input', { type: 'search', autocomplete: 'off', spellcheck: false, placeholder: 'Слово, термин, фамилия' });
    input.setAttribute('aria-label', 'Искать в книге');
    status = element('p');
    status.setAttribute('role', 'status');
    list = element('ol');
    const close = element('button', { type: 'button' }, 'Закрыть');
    dialog = element('dialog', { className: 'search' }, element('div', { className: 'query' }, input, close), status, list);
    dialog.setAttribute('aria-label', 'Поиск по книге');
    document.body.append(dialog);

    input.addEventListener('input', show);
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => {
      if (event.target === dialog || event.target.closest('a')) dialog.close();
    });
    dialog.addEventListener('keydown', event => {
      const links = [...list.querySelectorAll('a')];
      const at = links.indexOf(document.activeElement);
      if (event.key === 'Enter' && at < 0 && event.target === input) links[0]?.click();
      const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      (links[next] ?? (next < 0 ? input : links.at(-1)))?.focus();
    });
  };

  const open = () => {
    if (!dialog) build();
    if (dialog.open) return;
    dialog.showModal();
    try { input.value ||= sessionStorage.getItem('query') ?? ''; } catch { /* nothing was asked yet */ }
    input.select();
    show();
  };

  /// Marks the forms of the words on this page, with buttons to go from one to the next.
  const mark = stems => {
    const isFound = matcher(stems.filter(Boolean), '');
    const main = document.getElementById('content');
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, {
      acceptNode: node => (node.parentElement.closest('.katex, svg, script, style, .preview') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const parts = marked(text.data, isFound);
      if (parts.length > 1) text.replaceWith(...parts);
    }
    const marks = [...main.querySelectorAll('mark')];
    if (!marks.length) return;
    let current = -1;
    const count = element('span', {}, plural(marks.length, ['место', 'места', 'мест']));
    const go = step => {
      current = (current + step + marks.length) % marks.length;
      for (let box = marks[current].closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
      marks.forEach((place, at) => place.classList.toggle('current', at === current));
      marks[current].scrollIntoView({ block: 'center' });
      count.textContent = `${current + 1} из ${marks.length}`;
    };
    const button = (name, text, act) => {
      const made = element('button', { type: 'button', title: name, onclick: act }, text);
      made.setAttribute('aria-label', name);
      return made;
    };
    const clear = () => {
      for (const place of marks) {
        const parent = place.parentNode;
        place.replaceWith(...place.childNodes);
        parent.normalize();
      }
      bar.remove();
      document.removeEventListener('keydown', escape);
    };
    const escape = event => {
      if (event.key === 'Escape') clear();
    };
    const bar = element('aside', { className: 'found' }, count,
      button('Предыдущее место', '↑', () => go(current < 0 ? 0 : -1)),
      button('Следующее место', '↓', () => go(1)),
      button('Убрать выделение', '×', clear));
    bar.setAttribute('aria-label', 'Найденное на странице');
    main.after(bar);
    document.addEventListener('keydown', escape);
    if (!location.hash) go(1);
  };

  return { open, mark };
})());
