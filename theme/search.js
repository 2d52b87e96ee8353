// Search in the index that mdbook-search made (preprocessors/mdbook-search): loaded when it is first asked for.
'use strict';

globalThis.bookSearch = (() => {
  // Words and stems: what words.rs does, letter for letter.

  const VOWELS = 'аеиоуыэюя';
  const GERUND = /(?:(?<=[ая])(?:вшись|вши|в)|(?:ив|ыв)(?:шись|ши)?)$/;
  const REFLEXIVE = /с[яь]$/;
  const ADJECTIVE = /(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$/;
  const PARTICIPLE = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|ивш|ывш|ующ)$/;
  const VERB = new RegExp('(?:(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)'
    + '|ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю)$');
  const NOUN = /(?:а|ев|ов|ие|ье|е|иями|ями|ами|еи|ии|и|ией|ей|ой|ий|й|иям|ям|ием|ем|ам|ом|о|у|ах|иях|ях|ы|ь|ию|ью|ю|ия|ья|я)$/;
  const SECOND_REGION = new RegExp(`^(?:[^${VOWELS}]*[${VOWELS}]+[^${VOWELS}]){2}`);

  const stem = word => {
    if (!/^[а-я]/.test(word)) return word;
    const vowel = [...word].findIndex(letter => VOWELS.includes(letter));
    if (vowel < 0) return word;
    const head = word.slice(0, vowel + 1);
    let tail = word.slice(vowel + 1);
    if (GERUND.test(tail)) {
      tail = tail.replace(GERUND, '');
    } else {
      tail = tail.replace(REFLEXIVE, '');
      if (ADJECTIVE.test(tail)) tail = tail.replace(ADJECTIVE, '').replace(PARTICIPLE, '');
      else if (VERB.test(tail)) tail = tail.replace(VERB, '');
      else tail = tail.replace(NOUN, '');
    }
    tail = tail.replace(/и$/, '');
    const second = word.match(SECOND_REGION)?.[0].length ?? word.length;
    const noun = tail.match(/ость?$/);
    if (noun && head.length + noun.index >= second) tail = tail.slice(0, noun.index);
    if (/нн$/.test(tail)) tail = tail.slice(0, -1);
    else if (/ейше?$/.test(tail)) tail = tail.replace(/ейше?$/, '').replace(/нн$/, 'н');
    else tail = tail.replace(/ь$/, '');
    return head + tail;
  };

  const normal = text => text.replace(/[\u0301\u00ad]/g, '').toLowerCase().replaceAll('ё', 'е');
  const RUN = /[\p{Alphabetic}\p{N}\u0301\u00ad\u2010-]+/gu;

  const words = text => {
    const found = [];
    for (const [run] of text.matchAll(RUN)) {
      const word = normal(run).replace(/^-+|-+$/g, '');
      const parts = word.split('-').filter(Boolean);
      const numbers = parts.filter(part => /^\p{N}/u.test(part));
      if (numbers.length && numbers.length < parts.length) found.push(word);
      found.push(...parts.filter(part => part.length > 1 && (!/^\p{N}/u.test(part) || /^[0-9]{4}$/.test(part))));
    }
    return found;
  };

  // The index.

  const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
  const WEIGHTS = [1, 1.7, 3.5, 8];
  const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
  const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё';
  const otherLayout = word => normal([...word].map(letter => RUSSIAN[LATIN.indexOf(letter)] ?? letter).join(''));

  /// Letters to add, drop, replace or swap to make one word of the other; `most` + 1 when it takes more.
  const distance = (a, b, most) => {
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  const create = data => {
    const stems = [];
    const postings = [];
    let before = '';
    for (const entry of data.words ? data.words.split(',') : []) {
      const space = entry.indexOf(' ');
      before = before.slice(0, parseInt(entry[0], 36)) + entry.slice(1, space);
      stems.push(before);
      postings.push(entry.slice(space + 1));
    }
    const stop = new Set(data.stop.split(' '));
    const sections = [];
    data.pages.forEach(([url, title, headings], page) => {
      const first = sections.length;
      sections.push({ url, title, page, first });
      for (const [id, heading] of headings) sections.push({ url, id, title, heading, page, first });
    });

    const places = at => {
      const found = [];
      let [section, value] = [0, 0];
      for (const digit of postings[at]) {
        const number = DIGITS.indexOf(digit);
        value = value * 32 + number % 32;
        if (number >= 32) continue;
        section += value >> 2;
        found.push([section, value & 3]);
        value = 0;
      }
      return found;
    };
    const lowerBound = word => {
      let [low, high] = [0, stems.length];
      while (low < high) {
        const middle = low + high >> 1;
        if (stems[middle] < word) low = middle + 1; else high = middle;
      }
      return low;
    };
    const exact = word => {
      const at = lowerBound(stem(word));
      return stems[at] === stem(word) ? [at] : [];
    };
    const beginning = word => {
      const found = [];
      for (let at = lowerBound(word); at < stems.length && stems[at].startsWith(word); at++) found.push(at);
      return found;
    };
    const similar = word => {
      const wanted = stem(word);
      if (wanted.length < 4) return [];
      let most = wanted.length < 8 ? 1 : 2;
      let found = [];
      stems.forEach((candidate, at) => {
        if (Math.abs(candidate.length - wanted.length) > most || candidate.length < 3) return;
        const far = distance(wanted, candidate, most);
        if (far > most) return;
        if (far < most) [most, found] = [far, []];
        found.push(at);
      });
      return found;
    };

    /// Entries for a word: its forms, words made from it, words that begin with it while it is being typed; failing that, similar ones.
    const known = (word, isLast) => {
      const own = stem(word);
      return [...new Set([...exact(word), ...(own.length > 4 ? beginning(own) : []), ...(isLast ? beginning(word) : [])])];
    };
    const entries = (word, isLast) => {
      const found = known(word, isLast);
      return found.length ? found : similar(word);
    };
    /// What was typed, or what the same keys are in Russian when only that is in the book.
    const meaning = typed => {
      const isKnown = list => list.some(word => known(word, true).length);
      const other = words(otherLayout(typed.toLowerCase()));
      return isKnown(words(typed)) || !isKnown(other) ? words(typed) : other;
    };

    /// Sections that hold the words of the query, best first, and the stems by which they were found.
    const find = query => {
      const asked = query.split(/\s+/).flatMap(meaning);
      const meant = asked.filter(word => !stop.has(word));
      const used = meant.length ? meant : asked;
      const isOpen = /[\p{L}\p{N}]$/u.test(query);
      const scores = new Map();
      const stemsFound = new Set();
      used.forEach((word, number) => {
        const found = entries(word, isOpen && number === used.length - 1);
        const best = new Map();
        const own = stem(word);
        for (const at of found) {
          stemsFound.add(stems[at]);
          const near = stems[at] === own ? 1 : 0.6;
          for (const [section, weight] of places(at)) {
            best.set(section, Math.max(best.get(section) ?? 0, WEIGHTS[weight] * near));
          }
        }
        const rare = Math.log(1 + sections.length / (best.size + 1)) + 0.2;
        for (const [section, weight] of best) {
          const score = scores.get(section) ?? { section, value: 0, words: new Set() };
          score.value += weight * rare;
          score.words.add(number);
          scores.set(section, score);
        }
      });
      // A section speaks of what its page's title says.
      for (const score of scores.values()) {
        const title = scores.get(sections[score.section].first);
        if (!title || title === score) continue;
        for (const number of title.words) {
          if (!score.words.has(number)) score.value += 0.3;
          score.words.add(number);
        }
      }
      const all = [...scores.values()];
      const most = Math.max(0, ...all.map(score => score.words.size));
      const results = all.filter(score => score.words.size === most)
        .sort((a, b) => b.value - a.value || a.section - b.section)
        .map(score => sections[score.section]);
      return { results, stems: [...stemsFound] };
    };
    return { find };
  };

  return { stem, words, create, normal };
})();
