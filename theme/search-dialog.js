// The search as the reader sees it: a dialog, and the found words marked on the page that is opened.
'use strict';

Object.assign(globalThis.bookSearch, (() => {
  const { create, normal, stem, grouped, excerpt, FEW } = globalThis.bookSearch;
  const MOST = 12;

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
  const matcher = (stems, typed) => {
    const wanted = new Set(stems);
    return word => {
      const plain = normal(word);
      return wanted.has(stem(plain)) || (typed.length > 1 && plain.startsWith(typed));
    };
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

  // Texts of a page's sections and its terms, from a script of its own: a page that is opened from disk can ask for nothing else.
  const texts = new Map();
  const waiting = new Map();
  globalThis.bookTexts = (url, sections, terms) => texts.set(url, { sections, terms });
  const textsOf = url => {
    if (!globalThis.bookIndex.texts) return Promise.resolve(null);
    if (!waiting.has(url)) {
      waiting.set(url, new Promise(resolve => {
        const name = url.replace(/\.html$/, '.js').split('/').map(encodeURIComponent).join('/');
        const script = element('script', { src: `${path_to_root}search/text/${name}`, onerror: () => resolve(null) });
        script.onload = () => resolve(texts.get(url));
        document.head.append(script);
      }));
    }
    return waiting.get(url);
  };

  let dialog, input, status, terms, list, index, shown;
  const address = ({ url, id }, find) => path_to_root + url.split('/').map(encodeURIComponent).join('/')
    + (find ? '?find=' + encodeURIComponent(find) : '') + (id ? '#' + encodeURIComponent(id) : '');

  const link = (result, find, isFound) => {
    const name = result.heading ?? 'Вся лекция';
    const place = element('a', { href: address(result, result.isPlanned ? '' : find) },
      element('span', { className: 'heading' }, ...marked(name, isFound)));
    const quoted = element('span', { className: 'excerpt' });
    place.append(quoted);
    return { item: element('li', {}, place), quoted, result };
  };

  /// Texts come later than results, for what is still shown.
  const quote = (links, isFound) => {
    const mine = shown = {};
    for (const { quoted, result } of links) {
      textsOf(result.url).then(found => {
        const text = found?.sections[result.number - result.first];
        if (shown === mine && text) quoted.replaceChildren(...marked(excerpt(text, isFound), isFound));
      });
    }
  };
  const explain = (found, isFound) => {
    terms.replaceChildren();
    for (const term of found.slice(0, 2)) {
      const [name, original] = term.title;
      const meaning = element('span');
      const said = element('p', {}, element('a', { href: address(term) }, element('dfn', {}, name)), ' ');
      if (original !== name) said.append(element('span', { lang: 'en' }, `(${original})`), ' ');
      said.append(meaning);
      textsOf(term.url).then(texts => {
        if (texts?.terms[term.id]) meaning.replaceChildren('— ', ...marked(texts.terms[term.id], isFound));
      });
      terms.append(said);
    }
  };

  const group = ({ title, isPlanned, results }, find, isFound, links) => {
    const points = element('ul');
    const add = result => {
      const made = link(result, find, isFound);
      links.push(made);
      points.append(made.item);
    };
    results.slice(0, FEW).forEach(add);
    const where = element('p', { className: 'where' }, isPlanned ? 'Ещё не написано, есть в программе курса' : title);
    const item = element('li', { className: isPlanned ? 'group planned' : 'group' }, where, points);
    const rest = results.slice(FEW, FEW + 8);
    if (!rest.length) return item;
    const name = `Ещё ${plural(rest.length, ['раздел', 'раздела', 'разделов'])} этой страницы`;
    const more = element('button', { type: 'button', className: 'more' }, name);
    more.addEventListener('click', () => {
      const from = links.length;
      rest.forEach(add);
      more.remove();
      quote(links, isFound);
      links[from].item.firstChild.focus();
    });
    item.append(more);
    return item;
  };

  const listed = words => words.map(word => `«${word}»`).join(', ');
  const said = ({ results, missing, slips }, groups) => {
    const nowhere = words => `${words.length > 1 ? 'Слов' : 'Слова'} ${listed(words)} в книге нет`;
    if (!results.length) return missing.length ? nowhere(missing) : 'Ничего не найдено';
    const parts = [];
    if (missing.length) parts.push(nowhere(missing));
    if (slips.length) parts.push(`${nowhere(slips.map(([word]) => word))}, показано похожее`);
    const where = groups.length > 1 ? ` на ${groups.length} ${groups.length % 10 === 1 && groups.length % 100 !== 11 ? 'странице' : 'страницах'}` : '';
    parts.push(plural(results.length, ['раздел', 'раздела', 'разделов']) + where);
    return parts.join('. ');
  };

  const show = () => {
    const query = input.value;
    try { sessionStorage.setItem('query', query); } catch { /* it is typed again */ }
    shown = null;
    if (!query.trim() || !index) {
      list.replaceChildren();
      terms.replaceChildren();
      status.textContent = query.trim() ? 'Указатель загружается…' : '';
      return;
    }
    const found = index.find(query);
    const typed = normal(query.match(/[\p{L}\p{N}]+$/u)?.[0] ?? '');
    const isFound = matcher(found.stems, typed);
    const groups = grouped(found.results);
    const find = found.stems.slice(0, 8).join(' ');
    const links = [];
    explain(found.terms, isFound);
    list.replaceChildren(...groups.slice(0, MOST).map(one => group(one, find, isFound, links)));
    quote(links, isFound);
    status.textContent = said(found, groups);
  };

  const build = () => {
    input = element('input', { type: 'search', autocomplete: 'off', spellcheck: false, placeholder: 'Слово, термин, фамилия' });
    input.setAttribute('aria-label', 'Искать в книге');
    status = element('p');
    status.setAttribute('role', 'status');
    terms = element('div', { className: 'terms' });
    list = element('ol');
    const close = element('button', { type: 'button' }, 'Закрыть');
    dialog = element('dialog', { className: 'search' }, element('div', { className: 'query' }, input, close), status, terms, list);
    dialog.setAttribute('aria-label', 'Поиск по книге');
    document.body.append(dialog);

    input.addEventListener('input', show);
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => {
      if (event.target === dialog || event.target.closest('a')) dialog.close();
    });
    dialog.addEventListener('keydown', event => {
      const links = [...dialog.querySelectorAll('li a, .more')];
      const at = links.indexOf(document.activeElement);
      if (event.key === 'Enter' && at < 0 && event.target === input) links[0]?.click();
      const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      (links[next] ?? (next < 0 ? input : links.at(-1)))?.focus();
    });
  };

  /// Opens at once; results come when the index, which `loading` waits for, is there.
  const open = loading => {
    if (!dialog) build();
    if (dialog.open) return;
    dialog.showModal();
    try { input.value ||= sessionStorage.getItem('query') ?? ''; } catch { /* nothing was asked yet */ }
    input.select();
    show();
    loading.then(() => {
      index ??= create(globalThis.bookIndex);
      show();
    }, () => { status.textContent = 'Указатель не загрузился: проверьте связь и откройте поиск снова'; });
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
