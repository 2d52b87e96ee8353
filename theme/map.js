// The map of the course: what is read, what can be read next, what the lecture under the pointer builds on, and what builds on it.
'use strict';

(() => {
  const map = document.querySelector('.course-map');
  if (!map) return;
  const rows = new Map([...map.querySelectorAll('[data-lecture]')].map(row => [row.dataset.lecture, row]));
  const arcs = [...map.querySelectorAll('.arcs path')].map(arc => arc.dataset);
  const isRead = row => marks.has(marks.of(row.querySelector('a')));
  // What is not written yet does not stand in the way, but what it builds on does.
  const isReady = id => arcs.filter(({ to }) => to === id).every(({ from }) => {
    const row = rows.get(from);
    return row.matches('.planned') ? isReady(from) : isRead(row);
  });
  const summary = Object.assign(document.createElement('p'), { className: 'map-marks' });
  const mark = () => {
    let [read, solved] = [0, 0];
    for (const [id, row] of rows) {
      row.querySelector('.marks')?.remove();
      if (row.matches('.planned')) continue;
      const done = marks.within(marks.of(row.querySelector('a')));
      const states = [isRead(row) && 'прочитана', !isRead(row) && isReady(id) && 'можно читать', done && `решено ${done} из ${row.dataset.exercises}`];
      row.classList.toggle('read', isRead(row));
      row.classList.toggle('next', Boolean(states[1]));
      read += isRead(row);
      solved += done;
      const words = states.filter(Boolean).join(', ');
      if (!words) continue;
      const told = Object.assign(document.createElement('span'), { className: 'marks', title: words });
      if (done) told.append(`${done}/${row.dataset.exercises}`);
      const spoken = Object.assign(document.createElement('span'), { className: 'visually-hidden', textContent: ` ${words}` });
      told.append(spoken);
      row.querySelector('a').after(told);
    }
    summary.hidden = !marks.size;
    summary.firstChild?.replaceWith(`Прочитано лекций: ${read}, решено упражнений: ${solved}. Обведены те, к которым всё прочитано. `);
  };
  const forget = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Забыть отметки' });
  forget.addEventListener('click', () => {
    marks.clear();
    mark();
  });
  summary.append('', forget);
  mark();
  if (marks.size) map.before(summary);
  const light = row => {
    for (const lit of map.querySelectorAll('.needed, .leads, .lit')) lit.classList.remove('needed', 'leads', 'lit');
    if (!row) return;
    const { lecture } = row.dataset;
    row.classList.add('lit');
    for (const arc of map.querySelectorAll('.arcs path')) {
      const { from, to } = arc.dataset;
      if (from !== lecture && to !== lecture) continue;
      const kind = to === lecture ? 'needed' : 'leads';
      arc.classList.add(kind);
      map.querySelector(`[data-lecture="${to === lecture ? from : to}"]`)?.classList.add(kind);
    }
  };
  const row = event => event.target.closest?.('[data-lecture]');
  map.addEventListener('mouseover', event => light(row(event)));
  map.addEventListener('mouseleave', () => light(null));
  map.addEventListener('focusin', event => light(row(event)));
  map.addEventListener('focusout', () => light(null));
})();
