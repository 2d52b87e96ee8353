// Live figures: what the reader turns is put together from the states that the page carries. Without this script, and on paper,
// a figure shows its default state.
'use strict';
(() => {
  const root = document.getElementById('content');
  if (!root?.querySelector('.live-data') || /print\.html$/.test(location.pathname)) return;

  const inputs = new Map();
  const followers = [];

  // Numbers in the base-64 digits of source maps.
  const CODES = {};
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, at) => { CODES[digit] = at; });
  const numbers = digits => {
    const found = [];
    let [number, shift] = [0, 0];
    for (const digit of digits) {
      const code = CODES[digit];
      number |= (code & 31) << shift;
      shift += 5;
      if (code & 32) continue;
      found.push(number & 1 ? -(number >> 1) : number >> 1);
      [number, shift] = [0, 0];
    }
    return found;
  };

  // Paths of all states: tenths of a pixel, as differences from the state before, `order` times.
  const paths = (shape, order, digits) => {
    const letters = shape.replace(/([a-z])(\d+)/gi, (_, letter, count) => letter.repeat(count));
    const width = 2 * letters.replaceAll('z', '').length;
    let rows;
    const decode = () => {
      const all = numbers(digits);
      for (; order > 0; order--) for (let at = width; at < all.length; at++) all[at] += all[at - width];
      return all;
    };
    return state => {
      rows ??= decode();
      let [path, at, end] = ['', state * width, letters.length];
      // Lines without length at the end are there to make all states equally long.
      if (/^Ml+$/.test(letters)) while (end > 2 && !rows[at + 2 * end - 2] && !rows[at + 2 * end - 1]) end--;
      for (const letter of letters.slice(0, end)) path += letter === 'z' ? letter : `${letter}${rows[at++] / 10} ${rows[at++] / 10}`;
      return path;
    };
  };

  const values = (different, places) => state => different[places ? places[state] : state];

  // What changes in an element: an attribute, or (0) its inside.
  const slot = (element, name, get) => {
    let shown;
    return state => {
      const value = get(state);
      if (value === shown) return;
      shown = value;
      if (name === 0) element.innerHTML = value;
      else if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    };
  };

  // The number of the state that the inputs are in.
  const stateOf = ({ names, states }) => {
    const turned = names.map(name => inputs.get(name).at);
    if (states) return states.findIndex(state => state.every((value, at) => value === null || value === turned[at]));
    return names.reduce((state, name, at) => state * inputs.get(name).labels.length + turned[at], 0);
  };

  for (const script of root.querySelectorAll('.live-data')) {
    const figure = script.closest('figure');
    const [definitions, names, states, slots] = JSON.parse(script.textContent);
    for (const [name, at, labels] of definitions) {
      if (!inputs.has(name)) inputs.set(name, { name, at, labels, default: at, controls: [] });
    }
    const apply = slots.map(([mark, name, first, second, third]) => {
      const element = figure.querySelector(`[data-live="${mark}"]`);
      return slot(element, name, third === undefined ? values(first, second) : paths(first, second, third));
    });
    followers.push({ names, states, apply });
    for (const control of figure.querySelectorAll('[data-input]')) inputs.get(control.dataset.input).controls.push(control);
  }
  for (const element of root.querySelectorAll('span.value[data-live]')) {
    const [names, states, different, places] = JSON.parse(element.dataset.live);
    followers.push({ names, states, apply: [slot(element, 0, values(different, places))] });
  }
  for (const follower of followers) follower.shown = stateOf(follower);

  // Controls follow at once, everything else with the next frame.
  let frame = 0;
  const draw = () => {
    frame = 0;
    for (const follower of followers) {
      const state = stateOf(follower);
      if (state === follower.shown || state < 0) continue;
      follower.shown = state;
      follower.apply.forEach(apply => apply(state));
    }
  };
  const turn = (input, at) => {
    input.at = at;
    for (const control of input.controls) {
      if (control.type === 'checkbox') control.checked = at === 1;
      else if (control.type === 'radio') control.checked = Number(control.value) === at;
      else if (control.type === 'range') {
        control.value = at;
        control.setAttribute('aria-valuetext', input.labels[at]);
        control.nextElementSibling.textContent = input.labels[at];
      } else control.selectedIndex = at;
    }
    frame ||= requestAnimationFrame(draw);
  };

  // The state is kept in the address: `#fig-knob?шаг=0,02`.
  const keep = control => {
    const turned = [...inputs.values()].filter(input => input.at !== input.default);
    const words = turned.map(input => `${encodeURIComponent(input.name)}=${encodeURIComponent(input.labels[input.at])}`);
    history.replaceState(history.state, '', `#${encodeURIComponent(control.closest('figure').id)}?${words.join('&')}`);
  };
  // A reader may have typed what is no text.
  const text = word => {
    try {
      return decodeURIComponent(word);
    } catch {
      return word;
    }
  };
  const recall = () => {
    const [id, words] = location.hash.slice(1).split('?');
    if (words === undefined) return;
    const kept = new Map(words.split('&').map(word => word.split('=').map(text)));
    for (const input of inputs.values()) {
      const at = input.labels.indexOf(kept.get(input.name));
      turn(input, at < 0 ? input.default : at);
    }
    document.getElementById(text(id))?.scrollIntoView();
  };

  // Frames are played until their end, from the beginning when they are there already.
  const SLOWEST = 400;
  const WHOLE = 6000;
  let played = null;
  const stop = () => {
    if (!played) return;
    cancelAnimationFrame(played.frame);
    played.button.setAttribute('aria-pressed', 'false');
    keep(played.button);
    played = null;
  };
  const play = button => {
    const input = inputs.get(button.dataset.play);
    const last = input.labels.length - 1;
    if (input.at === last) turn(input, 0);
    const [from, pace] = [input.at, Math.min(SLOWEST, WHOLE / last)];
    let begun;
    const step = now => {
      begun ??= now;
      const at = Math.min(last, from + Math.floor((now - begun) / pace));
      if (at !== input.at) turn(input, at);
      if (at === last) stop(); else played.frame = requestAnimationFrame(step);
    };
    played = { button, frame: requestAnimationFrame(step) };
    button.setAttribute('aria-pressed', 'true');
  };

  // Behind the knobs of a figure: back to the values that the text speaks of, and a link to what is seen.
  const isRussian = document.documentElement.lang.startsWith('ru');
  const button = (knobs, name, sign, press) => {
    const made = Object.assign(document.createElement('button'), { type: 'button', className: 'knob-tool', title: name, textContent: sign });
    made.setAttribute('aria-label', name);
    made.addEventListener('click', () => press(made));
    knobs.append(made);
  };
  for (const knobs of root.querySelectorAll('.knobs')) {
    button(knobs, isRussian ? 'Вернуть исходные значения' : 'Back to the initial values', '↺', made => {
      stop();
      for (const { dataset } of knobs.querySelectorAll('[data-input]')) turn(inputs.get(dataset.input), inputs.get(dataset.input).default);
      keep(made);
    });
    button(knobs, isRussian ? 'Скопировать ссылку на это состояние' : 'Copy a link to this state', '#', async made => {
      keep(made);
      try {
        await navigator.clipboard.writeText(location.href);
        made.textContent = '✓';
      } catch {
        made.textContent = '…';
        made.title = isRussian ? 'Ссылка — в строке адреса' : 'The link is in the address bar';
      }
      setTimeout(() => { made.textContent = '#'; }, 2000);
    });
  }

  root.addEventListener('input', ({ target }) => {
    const input = inputs.get(target.dataset.input);
    if (!input) return;
    stop();
    turn(input, target.type === 'checkbox' ? Number(target.checked) : target.matches('select') ? target.selectedIndex : Number(target.value));
  });
  root.addEventListener('change', ({ target }) => {
    if (target.dataset.input) keep(target);
  });
  root.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-play]');
    if (!button) return;
    const again = played?.button !== button;
    stop();
    if (again) play(button);
  });
  addEventListener('hashchange', recall);
  recall();

  // On paper: what the text speaks of.
  const before = new Map();
  addEventListener('beforeprint', () => {
    stop();
    for (const input of inputs.values()) {
      before.set(input, input.at);
      turn(input, input.default);
    }
    draw();
  });
  addEventListener('afterprint', () => {
    before.forEach((at, input) => turn(input, at));
    before.clear();
  });
})();
