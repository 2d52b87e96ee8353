// What the page does when it is pressed, hovered or printed; all of it can be read without.
'use strict';

const root = document.documentElement;
const remember = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
  } catch { /* a reader without storage chooses again on the next page */ }
};

const theme = (() => {
  const button = document.getElementById('theme');
  const names = { auto: 'как в системе', light: 'светлая', dark: 'тёмная' };
  const show = () => {
    const choice = root.dataset.theme ?? 'auto';
    button.dataset.choice = choice;
    button.title = 'Тема: ' + names[choice];
    button.setAttribute('aria-label', button.title);
    const paper = getComputedStyle(root).backgroundColor;
    if (choice !== 'auto') document.querySelectorAll('meta[name="theme-color"]').forEach(meta => { meta.content = paper; });
  };
  const next = () => {
    const choices = Object.keys(names);
    const choice = choices[(choices.indexOf(button.dataset.choice) + 1) % choices.length];
    if (choice === 'auto') delete root.dataset.theme; else root.dataset.theme = choice;
    remember('theme', choice === 'auto' ? null : choice);
    show();
  };
  button.addEventListener('click', next);
  show();
  return { next };
})();

const contents = (() => {
  const button = document.getElementById('contents-toggle');
  const panel = document.getElementById('contents');
  const wide = matchMedia('(min-width: 72rem)');
  const isOpen = () => root.classList.contains('contents-open');
  const set = open => {
    root.classList.toggle('contents-open', open);
    button.setAttribute('aria-expanded', open);
    if (wide.matches) remember('contents', open ? null : 'closed');
  };
  const toggle = () => {
    set(!isOpen());
    if (isOpen() && !wide.matches) panel.querySelector('.active, a')?.focus();
  };
  const close = () => {
    if (!isOpen() || wide.matches) return;
    set(false);
    button.focus();
  };
  button.setAttribute('aria-expanded', isOpen());
  button.addEventListener('click', toggle);
  panel.addEventListener('click', event => {
    if (event.target.closest('a') && !wide.matches) set(false);
  });
  document.getElementById('content').addEventListener('click', () => {
    if (!wide.matches && isOpen()) set(false);
  });
  return { toggle, close };
})();

// Scripts that are loaded when they are first asked for.
const loaded = new Map();
const load = source => {
  if (!loaded.has(source)) {
    loaded.set(source, new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement('script'), { src: source, async: false, onload: resolve });
      script.onerror = () => {
        loaded.delete(source);
        reject(new Error(source));
      };
      document.head.append(script);
    }));
  }
  return loaded.get(source);
};

const search = (() => {
  const button = document.getElementById('search-open');
  if (!button) return { open() {} };
  const sources = button.dataset.scripts.split(' ');
  const scripts = () => Promise.all(sources.map(load));
  const open = async () => {
    await scripts();
    globalThis.bookSearch.open(load(button.dataset.index));
  };
  button.addEventListener('click', open);
  for (const event of ['pointerenter', 'pointerdown', 'focus']) button.addEventListener(event, scripts, { once: true });
  // The dialog is there when it is asked for; the index, which is larger, is not taken before.
  addEventListener('load', () => {
    if (location.protocol === 'file:' || navigator.connection?.saveData) return;
    (globalThis.requestIdleCallback ?? setTimeout)(() => {
      for (const href of sources) document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', as: 'script', href }));
    });
  });
  const found = new URLSearchParams(location.search).get('find');
  if (found) scripts().then(() => globalThis.bookSearch.mark(found.split(' ')));
  return { open };
})();

// A browser lays out what is near the window only after it has painted: what is around the target of an address is laid out before,
// or the target would move. Browsers look one and a half windows ahead.
const near = hash => {
  root.classList.remove('deep');
  const target = document.getElementById(anchor(hash));
  const blocks = [...document.getElementById('content').children];
  const at = blocks.findIndex(block => block.contains(target));
  if (at < 0) return;
  const top = place => blocks[place].getBoundingClientRect().top;
  const layOut = (from, step, distance) => {
    for (let place = from; blocks[place]; place += step) {
      blocks[place].classList.add('near');
      if ((place - from) % 8 === 0 && Math.abs(top(place) - top(from)) > distance) return;
    }
  };
  for (const block of blocks) block.classList.remove('near');
  layOut(0, 1, 3 * innerHeight);
  layOut(at, -1, 2 * innerHeight);
  layOut(at, 1, 3 * innerHeight);
};
near(location.hash);
addEventListener('hashchange', () => near(location.hash));
document.addEventListener('click', ({ target }) => {
  const link = target.closest?.('a[href*="#"]');
  if (link?.pathname === location.pathname) near(link.hash);
}, true);

// Copying a block.
for (const pre of document.querySelectorAll('pre.code')) {
  const block = document.createElement('div');
  block.className = 'code-block';
  const button = document.createElement('button');
  button.className = 'copy';
  button.type = 'button';
  const say = (name, icon) => {
    button.title = name;
    button.setAttribute('aria-label', name);
    button.innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true">${icon}</svg>`;
  };
  const idle = () => {
    say('Копировать', '<path d="M7 6.5V3h10v10h-3.5M3 7h10v10H3z"/>');
    delete button.dataset.done;
  };
  idle();
  pre.replaceWith(block);
  block.append(pre, button);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      say('Скопировано', '<path d="m4 10.5 4 4 8-9"/>');
      button.dataset.done = '';
    } catch {
      getSelection().selectAllChildren(pre);
      say('Выделено: нажмите Ctrl+C', '<path d="M4 6h12M4 10h12M4 14h7"/>');
    }
    setTimeout(idle, 2000);
  });
}

// Check boxes of a list are not named by their items.
for (const box of document.querySelectorAll('main li input[type="checkbox"][disabled]')) {
  box.setAttribute('aria-label', box.checked ? 'Сделано' : 'Не сделано');
}

// What is wider than its column can be scrolled by keyboard; what is not, is no stop for it.
const WIDE = {
  pre: 'Код или вывод',
  '.table-wrapper, .output-table, .output-html, .output-data': 'Таблица',
  '.output-svg': 'Рисунок',
  '.katex-display, .output-latex, main :is(p, td, figcaption, summary):has(.katex), li.wide': 'Формула',
};
const ALL = Object.keys(WIDE).join(', ');
const FORMULAS = 'li:has(> .math-inline, > .katex)';
const inside = (block, selector) => [...block.querySelectorAll(selector), ...(block.matches(selector) ? [block] : [])];
const isWide = element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
// Everything is measured before anything is changed: a change between two measurements is a layout.
const markWide = blocks => {
  const items = blocks.flatMap(block => inside(block, FORMULAS));
  for (const item of items) item.classList.remove('wide');
  for (const item of items.filter(item => item.scrollWidth > item.clientWidth + 1)) item.classList.add('wide');
  const elements = blocks.flatMap(block => inside(block, ALL));
  const scrolls = elements.map(element => isWide(element) && /auto|scroll/.test(getComputedStyle(element).overflow));
  for (const [at, element] of elements.entries()) {
    if (scrolls[at]) {
      element.tabIndex = 0;
      if (!element.matches('li, td, figcaption, summary, [role]')) {
        element.setAttribute('role', 'group');
        element.setAttribute('aria-label', Object.entries(WIDE).find(([selector]) => element.matches(selector))[1]);
        element.dataset.wide = '';
      }
    } else {
      element.removeAttribute('tabindex');
      if (element.dataset.wide !== undefined) {
        element.removeAttribute('role');
        element.removeAttribute('aria-label');
        delete element.dataset.wide;
      }
    }
  }
};
// Only blocks near the window: to measure what is far would lay it out.
(() => {
  const main = document.getElementById('content');
  const near = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
    }
    markWide(entries.filter(entry => entry.isIntersecting).map(entry => entry.target));
  }, { rootMargin: '50%' });
  for (const block of main.children) observer.observe(block);
  new ResizeObserver(() => requestAnimationFrame(() => markWide([...near]))).observe(main);
  main.addEventListener('toggle', event => markWide([event.target]), true);
})();

// What a link inside of the book leads to is shown in a card, whose script is loaded when a link is first pointed at.
(() => {
  const main = document.getElementById('content');
  const [script, style] = main.dataset.cards?.split(' ') ?? [];
  if (!script) return;
  // Lists whose links are there to be followed, and what is no page of the book.
  const LINK = 'a[href]:not(.header, .exercise, [href^="#fr-"], [download], .course-map li:not(.planned) *, .chapter-title ~ * *, .cited-in *, .backs *, .lecture-head > details *)';
  const inner = event => {
    const link = event.target.closest?.(LINK);
    return link && link.host === location.host && link.protocol === location.protocol && link.pathname.endsWith('.html') ? link : null;
  };
  const isNarrow = matchMedia('(max-width: 40rem)');
  let isTouched = false;
  main.addEventListener('pointerdown', ({ pointerType }) => { isTouched = pointerType === 'touch'; });
  const cards = async () => {
    if (!document.querySelector('link[data-cards]')) {
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style });
      sheet.dataset.cards = '';
      document.head.append(sheet);
      await new Promise(done => { sheet.onload = sheet.onerror = done; });
    }
    await load(script);
    return globalThis.bookCards;
  };
  if (root.classList.contains('card')) return cards();
  main.addEventListener('click', event => {
    const link = inner(event);
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!isNarrow.matches && !isTouched) return;
    event.preventDefault();
    cards().then(shown => shown.open(link), () => { location.href = link.href; });
  });
  let pointed = null;
  const point = how => async event => {
    const link = pointed = inner(event);
    if (!link || isNarrow.matches || event.pointerType === 'touch' || (how === 'show' && !link.matches(':focus-visible'))) return;
    const shown = await cards();
    if (pointed === link) shown[how](link);
  };
  main.addEventListener('pointerover', point('point'));
  main.addEventListener('focusin', point('show'));
  main.addEventListener('pointerout', () => { pointed = null; });
  main.addEventListener('focusout', () => { pointed = null; });
})();

// Footnotes stand beside their sentences where the margin is wide enough; the list at the end of the page stays for everybody else.
(() => {
  const references = [...document.querySelectorAll('main .footnote-reference a')];
  if (!references.length) return;
  const [main, page] = [document.getElementById('content'), document.querySelector('.page')];
  const GAP = 32;
  const WIDEST = 250;
  const notes = references.map(reference => {
    const target = document.getElementById(anchor(reference.hash));
    const note = document.createElement('aside');
    note.className = 'sidenote';
    note.setAttribute('aria-hidden', 'true');
    const copy = target?.cloneNode(true);
    copy?.querySelectorAll('a[href^="#fr-"]').forEach(back => back.remove());
    copy?.querySelectorAll('[id]').forEach(part => part.removeAttribute('id'));
    copy?.querySelectorAll('a').forEach(link => { link.tabIndex = -1; });
    const number = document.createElement('sup');
    number.textContent = reference.textContent;
    note.append(number, ...(copy?.childNodes ?? []));
    return { reference, note };
  });
  const place = () => {
    const [column, sheet] = [main.getBoundingClientRect(), page.getBoundingClientRect()];
    const room = Math.min(WIDEST, document.documentElement.clientWidth - column.right - 2 * GAP);
    let free = 0;
    for (const { reference, note } of notes) {
      if (room < 170 || !reference.checkVisibility()) {
        note.remove();
        continue;
      }
      if (!note.isConnected) page.append(note);
      note.style.width = `${room}px`;
      note.style.left = `${column.right - sheet.left + GAP}px`;
      const top = Math.max(free, reference.getBoundingClientRect().top - sheet.top - 4);
      note.style.top = `${top}px`;
      free = top + note.getBoundingClientRect().height + 12;
    }
  };
  new ResizeObserver(() => requestAnimationFrame(place)).observe(main);
})();

// What is read and solved is kept on this device: pages of lectures, and exercises as places of them.
const marks = (() => {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem('marks'));
  } catch { /* there are none */ }
  const all = new Set(Array.isArray(kept) ? kept : []);
  const home = new URL(path_to_root || './', location.href).pathname;
  const save = () => remember('marks', all.size ? JSON.stringify([...all]) : null);
  return {
    of: link => link.pathname.slice(home.length),
    has: mark => all.has(mark),
    within: page => [...all].filter(mark => mark.startsWith(`${page}#`)).length,
    get size() { return all.size; },
    set: (mark, on) => {
      if (on) all.add(mark); else all.delete(mark);
      save();
    },
    clear: () => {
      all.clear();
      save();
    },
  };
})();
(() => {
  const here = marks.of(location);
  const box = (mark, className, words) => {
    const label = Object.assign(document.createElement('label'), { className });
    const input = Object.assign(document.createElement('input'), { type: 'checkbox', checked: marks.has(mark), autocomplete: 'off' });
    input.addEventListener('change', () => marks.set(mark, input.checked));
    label.append(input, ` ${words}`);
    return label;
  };
  for (const link of document.querySelectorAll('#contents a[href]')) {
    if (marks.has(marks.of(link))) link.classList.add('read');
  }
  const main = document.getElementById('content');
  if (!main.querySelector('.lecture-head')) return;
  main.append(box(here, 'read-mark', 'Лекция прочитана'));
  for (const exercise of main.querySelectorAll('.exercise')) {
    let answer = exercise.parentElement;
    while (answer && !answer.matches('details')) answer = answer.nextElementSibling;
    answer?.before(box(`${here}#${exercise.id}`, 'solved', 'Решено'));
  }
})();

document.getElementById('print').addEventListener('click', () => print());

// On paper everything is open but code; what answers a question or an exercise goes to the end. Each sheet says what it is of.
(() => {
  const main = document.getElementById('content');
  const UNOPENED = '.output-data, .cell-code';
  const make = (name, className, ...children) => {
    const made = Object.assign(document.createElement(name), { className });
    made.append(...children);
    return made;
  };
  const answered = () => {
    const found = [];
    let asks = false;
    for (const block of main.children) {
      if (block.tagName === 'H2') asks = block.id === 'questions' || block.textContent.trim().startsWith('Упражнения');
      if (asks && block.matches('details')) found.push(block);
    }
    return found;
  };
  const named = details => {
    const summary = details.querySelector('summary');
    const number = summary.textContent.trim().match(/^\d+/);
    if (number) return number[0];
    let before = details.previousElementSibling;
    while (before && !before.matches('h2') && !before.matches('p:has(> strong:first-child)')) before = before.previousElementSibling;
    return before?.querySelector('strong')?.textContent.match(/\d+/)?.[0] ?? summary.textContent.trim();
  };

  let undo = [];
  addEventListener('beforeprint', () => {
    for (const details of main.querySelectorAll('details:not([open])')) {
      if (details.matches(UNOPENED)) continue;
      details.open = true;
      undo.push(() => { details.open = false; });
    }
    const sections = new Map();
    for (const details of answered()) {
      let heading = details.previousElementSibling;
      while (heading.tagName !== 'H2') heading = heading.previousElementSibling;
      if (!sections.has(heading)) sections.set(heading, make('section', 'answers', make('h3', '', heading.textContent)));
      const answer = [...details.childNodes].filter(part => part.nodeName !== 'SUMMARY');
      const place = make('div', 'answer', make('strong', 'number', `${named(details)}.`), ...answer);
      sections.get(heading).append(place);
      details.dataset.answered = '';
      undo.push(() => {
        details.append(...answer);
        delete details.dataset.answered;
      });
    }
    if (sections.size) {
      const end = make('section', 'answers', make('h2', '', 'Ответы'), ...sections.values());
      main.append(end);
      undo.push(() => end.remove());
    }
    const head = make('style', '', `@page { @top-center { content: ${JSON.stringify(document.title)} } }`);
    document.head.append(head);
    undo.push(() => head.remove());
  });
  addEventListener('afterprint', () => {
    undo.forEach(step => step());
    undo = [];
  });
})();

// A reader who speaks to the browser, or whose keys are pressed by chance, switches them off.
const keys = (() => {
  const box = document.getElementById('keys-on');
  try { box.checked = localStorage.getItem('keys') !== 'off'; } catch { /* they are on */ }
  box.addEventListener('change', () => remember('keys', box.checked ? null : 'off'));
  document.getElementById('help-open').addEventListener('click', () => document.getElementById('help').showModal());
  return { areOn: () => box.checked };
})();

// Keys by their place on the keyboard, so that they work in the Russian layout too.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.('input:not(.checkbox-img), select, textarea, [contenteditable], dialog')) return;
  if (!keys.areOn() && event.key !== 'Escape') return;
  if (event.key === '?') return document.getElementById('help').showModal();
  if (event.key === 'Escape') {
    document.querySelectorAll('.checkbox-img:checked').forEach(box => { box.checked = false; });
    return contents.close();
  }
  if (event.shiftKey) return;
  if (event.key === '/' || event.code === 'Slash' || event.code === 'KeyS') {
    event.preventDefault();
    return search.open();
  }
  if (event.code === 'KeyC') return contents.toggle();
  if (event.code === 'KeyT') return theme.next();
  if (event.target.closest?.('[tabindex="0"]')) return;
  const neighbour = { ArrowLeft: '.neighbours .previous', ArrowRight: '.neighbours .next' }[event.key];
  if (neighbour) document.querySelector(neighbour)?.click();
});
