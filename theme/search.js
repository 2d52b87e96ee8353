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

  const singular = word => (/^[a-z]{3,}s$/.test(word) && !/[sui]s$/.test(word) ? word.slice(0, -1) : word);
  const stem = word => {
    if (!/^[а-я]/.test(word)) return singular(word);
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
      const isTied = part => /^\p{N}/u.test(part) || [...part].length === 1;
      if (parts.some(isTied) && !parts.every(isTied)) found.push(word);
      found.push(...parts.filter(part => part.length > 1 && (!/^\p{N}/u.test(part) || /^[0-9]{4}$/.test(part))));
    }
    return found;
  };

  // What is written otherwise and means the same.

  const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
  const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё';
  const onKeys = (from, to) => text => [...text.toLowerCase()].map(letter => to[from.indexOf(letter)] ?? letter).join('');
  /// What the same keys give on the other keyboard.
  const otherLayout = text => (/[а-яё]/i.test(text) ? onKeys(RUSSIAN, LATIN) : onKeys(LATIN, RUSSIAN))(text);

  const SOUNDS = {
    а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'j', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
    р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'C', ш: 'S', щ: 'S', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'u', я: 'a',
  };
  const SPELLINGS = [
    [/tion/g, 'Sn'], [/sch|sh/g, 'S'], [/tch|ch/g, 'C'], [/ph/g, 'f'], [/dg|g(?=[eiy])/g, 'j'], [/ck/g, 'k'], [/c(?=[eiy])/g, 's'],
    [/c/g, 'k'], [/qu/g, 'kv'], [/q/g, 'k'], [/x/g, 'ks'], [/ew|ow|aw/g, 'u'], [/w/g, 'v'], [/th/g, 't'], [/y/g, 'i'],
  ];
  /// How a word sounds, roughly, whichever letters it is written in.
  const sound = word => {
    const heard = /[а-я]/.test(word)
      ? [...word].map(letter => SOUNDS[letter] ?? letter).join('').replace(/dj/g, 'j').replace(/tC/g, 'C').replace(/Sen$/, 'Sn')
      : SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), word);
    return heard.replace(/(.)\1+/g, '$1');
  };
  const skeleton = heard => (/^[aeiou]/.test(heard) ? 'a' : '') + heard.replace(/[aeiou]/g, '').replace(/z/g, 's').replace(/(.)\1+/g, '$1');

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
  /// A bit for each letter of a word: words that differ in many are not measured.
  const letters = word => {
    let mask = 0;
    for (let at = 0; at < word.length; at++) mask |= 1 << word.charCodeAt(at) % 31;
    return mask;
  };
  const bits = mask => {
    let count = 0;
    for (let rest = mask; rest; rest &= rest - 1) count++;
    return count;
  };

  // The index.

  const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';
  const VALUES = Object.fromEntries([...DIGITS].map((digit, at) => [digit, at]));
  const WEIGHTS = [1, 1.7, 3, 6];
  /// How sure it is that an entry means the word.
  const NEAR = { same: 1, sounds: 0.85, derived: 0.5, typed: 0.45, slip: 0.6 };

  const create = data => {
    const stems = [];
    const postings = [];
    /// Words of which only the places are named where they are said often.
    const common = [];
    let before = '';
    for (const entry of data.words ? data.words.split(',') : []) {
      const space = entry.indexOf(' ');
      before = before.slice(0, parseInt(entry[0], 36)) + entry.slice(1, space);
      stems.push(before);
      common.push(entry[space + 1] === '.');
      postings.push(entry.slice(space + (common.at(-1) ? 2 : 1)));
    }
    const stop = new Set(data.stop.split(' '));
    const sections = [];
    data.pages.forEach(([url, title, headings], page) => {
      const first = sections.length;
      sections.push({ url, title, page, first, number: sections.length, words: title });
      for (const [id, heading, isPlanned] of headings) {
        sections.push({ url, id, title, heading, page, first, number: sections.length, isPlanned: !!isPlanned, words: heading });
      }
    });
    /// What is counted: tests see that a query does not look at everything.
    const work = { compared: 0, read: 0 };

    const places = at => {
      const found = [];
      let [section, value] = [0, 0];
      for (const digit of postings[at]) {
        const number = VALUES[digit];
        value = value * 32 + number % 32;
        if (number >= 32) continue;
        section += value >> 2;
        found.push([section, value & 3]);
        value = 0;
      }
      work.read += found.length;
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

    // Stems by how they sound, in the other letters; made when it is first asked for, a first letter at a time.
    const heard = new Map();
    const sounding = (script, sounds) => {
      const name = script + sounds[0];
      if (!heard.has(name)) {
        const found = new Map();
        for (let at = 0; at < stems.length; at++) {
          if (/[а-я]/.test(stems[at][0]) !== (script === 'russian') || !/\p{L}/u.test(stems[at][0])) continue;
          const other = sound(stems[at]);
          if (skeleton(other)[0] !== sounds[0]) continue;
          const key = skeleton(other);
          if (!found.has(key)) found.set(key, []);
          found.get(key).push([at, other]);
        }
        heard.set(name, found);
      }
      return heard.get(name);
    };
    const alike = word => {
      if (!/^\p{L}/u.test(word)) return [];
      const isRussian = /[а-я]/.test(word);
      const found = [];
      for (const form of new Set([word, stem(word)])) {
        const own = sound(form);
        const bones = skeleton(own);
        if (bones.replace('a', '').length < 2) continue;
        for (const [at, other] of sounding(isRussian ? 'latin' : 'russian', bones).get(bones) ?? []) {
          work.compared++;
          if (bones.length > 3 || distance(own, other, 2) <= Math.max(own.length, other.length) / 3) found.push(at);
        }
      }
      return found;
    };

    const masks = new Int32Array(stems.length);
    stems.forEach((word, at) => { masks[at] = letters(word); });
    /// Stems that a slip of the finger makes of this one.
    const similar = word => {
      const wanted = stem(word);
      if (wanted.length < 4) return [];
      let most = wanted.length < 8 ? 1 : 2;
      let found = [];
      const mask = letters(wanted);
      for (let at = 0; at < stems.length; at++) {
        const candidate = stems[at];
        if (Math.abs(candidate.length - wanted.length) > most || candidate.length < 4) continue;
        if (bits(masks[at] ^ mask) > 2 * most) continue;
        work.compared++;
        const far = distance(wanted, candidate, most);
        if (far > most) continue;
        if (far < most) [most, found] = [far, []];
        found.push(at);
      }
      return found;
    };

    /// Entries for a word and how near they are: its forms, words made from it, words that sound so, words that begin with it while it
    /// is being typed.
    const looked = new Map();
    const known = (word, isLast) => {
      const name = `${word}${isLast ? '…' : ''}`;
      if (looked.has(name)) return looked.get(name);
      const found = new Map();
      const add = (list, near) => list.forEach(at => { if (!found.has(at)) found.set(at, near); });
      const own = stem(word);
      add(exact(word), NEAR.same);
      add(alike(word), NEAR.sounds);
      if (own.length > 4) add(beginning(own), NEAR.derived);
      if (isLast && word.length > 1) add(beginning(word), NEAR.typed);
      looked.set(name, found);
      return found;
    };
    const entries = (word, isLast) => {
      const found = known(word, isLast);
      if (found.size) return { found };
      const slips = similar(word);
      return { found: new Map(slips.map(at => [at, NEAR.slip])), isSlip: slips.length > 0 };
    };
    /// What was typed, or what the same keys are on the other keyboard when only that is in the book.
    const isKnown = word => stop.has(word) || names.has(stem(word)) || known(word, true).size > 0;
    const meaning = query => {
      const typed = query.split(/\s+/);
      const [own, other] = [typed.map(words), typed.map(text => words(otherLayout(text)))];
      const count = lists => lists.filter(list => list.length && list.every(isKnown)).length;
      if (!count(own) && count(other)) return other.flat();
      return typed.flatMap((_, at) => (!own[at].every(isKnown) && other[at].length && other[at].every(isKnown) ? other[at] : own[at]));
    };

    // Names of the same: terms with their originals, and what the book says besides.
    const stemmed = text => words(text).filter(word => !stop.has(word)).map(stem);
    const terms = (data.terms ?? []).map(([all, section, page, id]) => {
      const named = all.split('|').flatMap(name => name.replace(/\(.*?\)/g, '').split(', ')).map(name => ({ name, stems: stemmed(name) }));
      return { names: named, section, page, id, url: data.pages[page][0], title: all.split('|').slice(0, 2) };
    });
    const groups = [...terms.map(term => term.names), ...(data.same ?? []).map(list => list.map(name => ({ name, stems: stemmed(name) })))];
    /// Groups by the first stem of each name.
    const names = new Map();
    groups.forEach((group, number) => group.forEach(({ stems: [first] }) => {
      if (!first) return;
      if (!names.has(first)) names.set(first, new Set());
      names.get(first).add(number);
    }));
    // Names by how they sound.
    let soundingNames;
    const numbersOf = first => {
      if (names.has(first) || first.length < 3) return names.get(first) ?? [];
      const bones = word => skeleton(sound(word));
      if (!soundingNames) {
        soundingNames = new Map();
        for (const name of names.keys()) soundingNames.set(bones(name), [...soundingNames.get(bones(name)) ?? [], name]);
      }
      const isRussian = /[а-я]/.test(first);
      const other = (soundingNames.get(bones(first)) ?? []).find(name => /[а-я]/.test(name) !== isRussian && bones(name).length > 2);
      return other ? names.get(other) : [];
    };
    // Names that are typed as one word.
    const joined = new Map(groups.flat().filter(({ name }) => /[\s-]/.test(name)).map(({ name }) => [normal(name).replace(/[\s-]+/g, ''), name]));
    // Words of terms: who remembers half of a name.
    const halves = new Map();
    terms.forEach((term, number) => {
      for (const word of new Set(term.names.filter(({ stems }) => stems.length > 1).flatMap(({ stems }) => stems))) {
        halves.set(word, halves.has(word) ? null : number);
      }
    });
    const termsOf = group => (group < terms.length ? terms[group] : null);

    const seen = new Map();
    for (const { heading } of sections) if (heading) seen.set(heading, (seen.get(heading) ?? 0) + 1);
    const isTemplate = section => (seen.get(section.heading) ?? 0) > 3;
    const headings = new Map();
    /// Stems of a heading; what stands in front of a colon is its subject.
    const headingStems = section => {
      if (!headings.has(section.number)) {
        const subject = section.words.split(/[:(]/)[0];
        headings.set(section.number, { all: new Set(stemmed(section.words)), subject: new Set(stemmed(subject)) });
      }
      return headings.get(section.number);
    };

    /// The query, and the query with other names of what it names; the terms that it is.
    const variants = asked => {
      const own = asked.map(stem);
      const found = [{ words: asked, near: 1 }];
      const explained = new Set();
      own.forEach((first, at) => {
        for (const number of numbersOf(first)) {
          for (const { stems: name } of groups[number]) {
            const is = (part, offset) => own[at + offset] === part || (name.length === 1 && !names.has(first) && skeleton(sound(part)) === skeleton(sound(first)));
            if (!name.length || !name.every(is)) continue;
            const term = termsOf(number);
            if (term && name.length === own.length) explained.add(term);
            for (const other of groups[number]) {
              if (other.stems === name || !other.stems.length) continue;
              const replaced = words(other.name).filter(word => !stop.has(word));
              found.push({ words: [...asked.slice(0, at), ...replaced, ...asked.slice(at + name.length)], near: 0.9 });
            }
          }
        }
      });
      const half = own.length === 1 && found.length === 1 ? halves.get(own[0]) ?? null : null;
      if (half !== null) {
        for (const { name, stems } of groups[half]) if (!stems.includes(own[0])) found.push({ words: words(name).filter(word => !stop.has(word)), near: 0.6 });
      }
      // Another name may be the name of a term.
      for (const variant of found.slice(1)) {
        const stems = variant.words.map(stem);
        for (const number of names.get(stems[0]) ?? []) {
          const is = groups[number].some(({ stems: name }) => name.length === stems.length && name.every((part, at) => stems[at] === part));
          if (is && termsOf(number)) explained.add(termsOf(number));
        }
      }
      return { variants: found.slice(0, 8), explained: [...explained] };
    };

    const score = (asked, isOpen, total, stemsFound) => {
      const scores = new Map();
      const slips = [];
      const missing = [];
      /// How much each word says.
      const weights = [];
      asked.forEach((word, number) => {
        const { found, isSlip } = entries(word, isOpen && number === asked.length - 1);
        if (!found.size) missing.push(word);
        if (isSlip) slips.push([word, stems[[...found.keys()][0]]]);
        const best = new Map();
        for (const [at, near] of found) {
          stemsFound.add(stems[at]);
          for (const [section, weight] of places(at)) {
            const value = WEIGHTS[weight] * near;
            if (value > (best.get(section) ?? 0)) best.set(section, value);
          }
        }
        const isCommon = [...found].some(([at, near]) => near === NEAR.same && common[at]);
        const rare = isCommon ? 0.8 : Math.log(1 + sections.length / (best.size + 1)) + 0.2;
        weights.push(found.size ? rare : 1);
        for (const [section, value] of best) {
          const score = scores.get(section) ?? { section, value: 0, words: new Set(), weight: 0 };
          score.value += value * rare;
          score.weight += rare;
          score.words.add(number);
          scores.set(section, score);
        }
      });
      return { scores, slips, missing, weights };
    };

    /// Sections that hold the words of the query, best first; the stems by which they were found; terms that the query is; words that
    /// are nowhere, and words in whose place similar ones were looked for.
    const find = query => {
      work.compared = 0;
      work.read = 0;
      looked.clear();
      // A letter that stands alone is of the next word: p value, q learning.
      const typed = meaning(query.replace(/(?<![\p{L}\p{N}-])([a-z])\s+(?=\p{L}{2})/giu, '$1-'));
      const whole = typed.flatMap(word => (joined.has(word) && !isKnown(word) ? words(joined.get(word)) : [word]));
      const meant = whole.filter(word => !stop.has(word));
      const asked = meant.length ? meant : whole;
      const isOpen = /[\p{L}\p{N}]$/u.test(query);
      const stemsFound = new Set();
      const best = new Map();
      let [missing, slips] = [[], []];
      const { variants: ways, explained } = variants(asked);
      ways.forEach((way, number) => {
        const made = score(way.words, isOpen && number === 0, sections.length, stemsFound);
        if (number === 0) ({ missing, slips } = made);
        const own = way.words.map(stem);
        for (const found of made.scores.values()) {
          const section = sections[found.section];
          const title = headingStems(sections[section.first]);
          const heading = headingStems(section);
          const sum = list => list.reduce((total, weight) => total + weight, 0);
          const covered = sum(made.weights.filter((_, at) => found.words.has(at) || title.all.has(own[at]))) / sum(made.weights);
          const inHeading = own.filter(word => heading.all.has(word)).length;
          const share = stems => own.filter(word => stems.has(word)).length ** 2 / (own.length * Math.max(1, stems.size));
          const said = Math.max(share(heading.all), share(heading.subject));
          let value = found.value / Math.sqrt(own.length) * covered ** 3 * way.near * (1 + 1.5 * said);
          if (isTemplate(section) && !inHeading) value *= 0.4;
          if (value > (best.get(found.section)?.value ?? 0)) best.set(found.section, { section: found.section, value, covered });
        }
      });
      const top = Math.max(0, ...[...best.values()].map(found => found.value));
      for (const term of explained) {
        const found = best.get(term.section) ?? { section: term.section, value: 0, covered: 1 };
        best.set(term.section, { ...found, value: Math.max(found.value, top * 0.5) + top * 0.6 });
      }
      if (ways.length > 1 && best.size) missing = [];
      const covered = Math.max(0, ...[...best.values()].map(found => found.covered));
      const results = [...best.values()].filter(found => found.covered >= covered * 0.6)
        .sort((a, b) => b.value - a.value || a.section - b.section)
        .map(found => ({ ...sections[found.section], value: found.value }));
      return { results, stems: [...stemsFound], terms: explained, missing, slips, work: { ...work } };
    };
    return { find };
  };

  /// Results as they are shown: by lectures, the best first, and the best of each; what is planned stands alone.
  const grouped = results => {
    const groups = new Map();
    for (const result of results) {
      const name = result.isPlanned ? `${result.url}#${result.id}` : result.url;
      if (!groups.has(name)) groups.set(name, { ...result, results: [] });
      groups.get(name).results.push(result);
    }
    return [...groups.values()];
  };
  const FEW = 2;

  /// The piece of a text in which most of what is looked for stands together, from the beginning of a sentence where one is near.
  const excerpt = (text, isFound, most = 200) => {
    const places = [];
    for (const match of text.matchAll(/[\p{L}\p{N}\u0301\u00ad]+/gu)) {
      if (isFound(match[0])) places.push([match.index, stem(normal(match[0]))]);
    }
    let [start, best] = [0, 0];
    places.forEach(([at], first) => {
      const near = places.slice(first).filter(([other]) => other < at + most * 0.7);
      const value = new Set(near.map(([, word]) => word)).size + near.length / 100;
      if (value > best) [start, best] = [at, value];
    });
    const before = text.slice(Math.max(0, start - most / 2), start);
    const sentence = before.match(/^.*[.!?…]\s+(?=\p{Lu})/su)?.[0].length;
    if (start > most / 2) start = Math.max(0, start - most / 2) + (sentence ?? (before.match(/^\S*\s+/u)?.[0].length ?? 0));
    else start = 0;
    const piece = text.slice(start, start + most).replace(/\s+\S*$/u, '');
    const isWhole = start + most >= text.length;
    return (start > 0 && sentence === undefined ? '… ' : '') + (isWhole ? text.slice(start) : `${piece} …`);
  };

  return { stem, words, create, normal, grouped, excerpt, FEW };
})();
