// Cards: what a link inside of the book leads to, shown over the page. On a phone it is a sheet from below, on a desk a note beside the
// link. A place of this page is a copy, one of another page that page in a frame that shows nothing else (`?card=`): frames work from
// disk, where nothing can be fetched. Loaded when a link is first pointed at or pressed.
'use strict';

globalThis.bookCards = (() => {
  const main = document.getElementById('content');
  const KINDS = {
    fig: 'Рисунок', tbl: 'Таблица', lst: 'Листинг', eq: 'Формула', src: 'Источник', term: 'Термин', fn: 'Сноска', ex: 'Упражнение', lecture: 'Лекция',
  };
  const WHOLE = 'figure, .sources > li, .term-entry, .math-display, .katex-display, .footnote-definition li, dt';
  const LEFT_OUT = '.copy, .cell-code, .knobs, .live-data, a[href^="#fr-"], .backs, .solved, .output-data, .lecture-head > details';
  // Blocks of a section or of a lecture: who wants more opens the page.
  const MOST = 8;
  const isHere = url => url.pathname === location.pathname;

  const kind = url => {
    if (url.hash.length < 2) return 'Лекция';
    const name = anchor(url.hash);
    return Object.entries(KINDS).find(([begin]) => name.startsWith(`${begin}-`))?.[1] ?? 'Раздел';
  };

  // The heading and what stands under it.
  const section = heading => {
    const level = Number(heading.tagName[1]);
    const blocks = [heading];
    for (let next = heading.nextElementSibling; next && blocks.length < MOST; next = next.nextElementSibling) {
      if (/^H[1-6]$/.test(next.tagName) && Number(next.tagName[1]) <= level) break;
      blocks.push(next);
    }
    return blocks;
  };
  const lecture = () => {
    const title = main.querySelector('h1');
    const facts = [main.querySelector('.lecture-place'), title, main.querySelector('.lecture-head')].filter(Boolean);
    const short = document.getElementById('short');
    return short ? [...facts, ...section(short)] : [...facts, ...section(title).slice(1, 4).filter(block => !facts.includes(block))];
  };
  // What is shown of a place of this page.
  const shown = name => {
    if (!name) return lecture();
    const target = document.getElementById(name);
    if (!target || !main.contains(target) || target === main) return [];
    const whole = target.closest(WHOLE) ?? target.closest('.callout') ?? target.closest('blockquote')
      ?? target.querySelector(':scope > .katex-display, :scope > .katex');
    if (whole) return [whole];
    let block = target;
    while (block.parentElement !== main && !/^H[1-6]$/.test(block.tagName)) block = block.parentElement;
    if (!block.textContent.trim()) {
      while (block && !/^H[1-6]$/.test(block.tagName)) block = block.previousElementSibling;
      if (!block) return [];
    }
    return /^H[1-6]$/.test(block.tagName) ? section(block) : [block];
  };
  const bare = parts => {
    for (const part of parts) {
      if (part.querySelector('.cell-output')) part.querySelectorAll(':scope > pre, :scope > .code-block').forEach(code => code.remove());
      if (part.querySelector('.output-svg, .output-png, .output-table')) part.querySelectorAll('.output-stream').forEach(stream => stream.remove());
      part.querySelectorAll(LEFT_OUT).forEach(left => left.remove());
    }
    return parts.filter(part => !part.matches(LEFT_OUT)).flatMap(part => (part.tagName === 'LI' ? [...part.childNodes] : [part]));
  };
  const copies = (name, link) => {
    const parts = shown(name);
    if (parts.some(part => part.contains(link))) return [];
    const copied = parts.map(part => part.cloneNode(true));
    for (const part of copied) {
      for (const named of [part, ...part.querySelectorAll('[id]')]) named.removeAttribute('id');
      part.querySelectorAll('[tabindex]').forEach(stop => stop.removeAttribute('tabindex'));
    }
    return bare(copied);
  };

  // In a frame: nothing is left but the place, whose height and links the page around it is told.
  if (document.documentElement.classList.contains('card')) {
    const tell = words => parent.postMessage(words, '*');
    const parts = bare(shown(anchor(location.hash)));
    main.replaceChildren(...parts);
    document.body.replaceChildren(main);
    document.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      tell({ follow: link.href });
    });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape') tell({ close: true });
    });
    new ResizeObserver(() => tell({ height: Math.ceil(main.getBoundingClientRect().height) })).observe(main);
    return {};
  }

  const frames = new Map();
  const frame = (url, ready) => {
    const { href } = url;
    const place = new URL(href);
    place.search = `?card=${document.documentElement.dataset.theme ?? ''}`;
    const made = Object.assign(document.createElement('iframe'), { src: place.href, title: kind(url), className: 'card-frame' });
    frames.set(made, ready);
    return made;
  };
  addEventListener('message', ({ source, data }) => {
    for (const [made, ready] of frames) {
      if (!made.isConnected) frames.delete(made);
      else if (made.contentWindow === source) {
        if (data.height) {
          made.style.height = `${data.height}px`;
          ready?.();
        }
        if (data.follow && preview.contains(made)) location.href = data.follow;
        else if (data.follow) follow(data.follow);
        if (data.close) {
          dialog.close();
          preview.hidden = true;
        }
      }
    }
  });

  // The sheet.
  const make = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const button = (className, name, sign) => {
    const made = make('button', { className, type: 'button', title: name }, sign);
    made.setAttribute('aria-label', name);
    return made;
  };
  const [back, close] = [button('card-back', 'Назад', '←'), button('card-close', 'Закрыть', '×')];
  const title = make('h2', { id: 'card-title' });
  const page = make('a', { className: 'card-page' });
  const top = make('header', {}, back, title, page, close);
  const body = make('div', { className: 'card-body', tabIndex: -1 });
  const dialog = make('dialog', { className: 'card-sheet' }, top, body);
  dialog.setAttribute('aria-labelledby', 'card-title');
  document.body.append(dialog);

  const stack = [];
  let opener = null;
  const draw = parts => {
    const url = new URL(stack.at(-1));
    title.textContent = kind(url);
    page.href = url.href;
    page.textContent = isHere(url) ? 'К этому месту' : 'Открыть страницу';
    back.hidden = stack.length < 2;
    body.replaceChildren(...(parts ?? (isHere(url) ? copies(anchor(url.hash)) : [frame(url)])));
    body.scrollTop = 0;
    body.focus({ preventScroll: true });
  };
  // A card over a card goes back to it; the system's way back closes the sheet.
  const follow = href => {
    const url = new URL(href);
    const isInside = url.protocol === location.protocol && url.host === location.host && /\.html$|\/$/.test(url.pathname);
    const parts = isInside && isHere(url) ? copies(anchor(url.hash)) : null;
    if (!isInside || parts?.length === 0) {
      leave(href);
      return;
    }
    if (!dialog.open) {
      opener = document.activeElement;
      stack.length = 0;
      preview.hidden = true;
      history.pushState({ card: true }, '');
      dialog.showModal();
    }
    stack.push(href);
    draw(parts);
  };
  // The page takes the place of the card in the history, so that the way back leads to where the card was opened.
  const leave = href => {
    const isOpen = dialog.open;
    if (isOpen) {
      history.replaceState(null, '');
      dialog.close();
      location.replace(href);
    } else {
      location.href = href;
    }
  };
  dialog.addEventListener('close', () => {
    // The event comes late: the next card may be open.
    if (dialog.open) return;
    body.replaceChildren();
    dialog.style.transform = '';
    if (history.state?.card) history.back();
    opener?.focus({ preventScroll: true });
  });
  addEventListener('popstate', () => {
    if (dialog.open && !history.state?.card) dialog.close();
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog) return dialog.close();
    const link = event.target.closest('a[href]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === page) leave(link.href); else follow(link.href);
  });
  close.addEventListener('click', () => dialog.close());
  back.addEventListener('click', () => {
    stack.pop();
    draw();
  });

  // Swiped down, the sheet closes.
  const FAR = 80;
  let from = null;
  dialog.addEventListener('touchstart', event => {
    from = body.contains(event.target) && body.scrollTop > 0 ? null : event.touches[0].clientY;
  }, { passive: true });
  const moved = event => (from === null ? 0 : Math.max(0, event.changedTouches[0].clientY - from));
  dialog.addEventListener('touchmove', event => {
    dialog.style.transform = moved(event) ? `translateY(${moved(event)}px)` : '';
  }, { passive: true });
  dialog.addEventListener('touchend', event => {
    if (moved(event) > FAR) dialog.close();
    dialog.style.transform = '';
  });

  // On a desk: beside the link.
  const preview = make('aside', { className: 'preview', hidden: true });
  preview.setAttribute('aria-label', 'Куда ведёт ссылка');
  document.body.append(preview);
  let timer;
  const hide = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { preview.hidden = true; }, 200);
  };
  const place = link => {
    const at = link.getBoundingClientRect();
    const [above, under] = [at.top - 72, innerHeight - at.bottom - 24];
    preview.style.maxHeight = `${Math.max(above, under)}px`;
    const box = preview.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - box.width - 16));
    const below = box.height <= under || under >= above;
    preview.style.left = `${left + scrollX}px`;
    preview.style.top = `${(below ? at.bottom + 6 : at.top - box.height - 6) + scrollY}px`;
    preview.style.visibility = '';
  };
  const show = link => {
    clearTimeout(timer);
    const url = new URL(link.href);
    const parts = isHere(url) ? copies(anchor(url.hash), link) : [frame(url, () => place(link))];
    if (!parts.length) return;
    // It is looked at, while the focus stays in the text.
    if (!isHere(url)) parts[0].tabIndex = -1;
    // A frame is seen when it has its height.
    preview.style.visibility = isHere(url) ? '' : 'hidden';
    preview.replaceChildren(...parts);
    preview.hidden = false;
    place(link);
    if (!isHere(url)) preview.style.visibility = 'hidden';
  };
  preview.addEventListener('mouseenter', () => clearTimeout(timer));
  preview.addEventListener('mouseleave', hide);
  main.addEventListener('pointerout', hide);
  main.addEventListener('focusout', hide);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') preview.hidden = true;
  });

  return {
    open: link => follow(link.href),
    point: link => {
      clearTimeout(timer);
      timer = setTimeout(show, 150, link);
    },
    show,
  };
})();
