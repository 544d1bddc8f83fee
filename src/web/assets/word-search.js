// Searches the questions of a site of files. It compares words and knows no meaning: unlike the
// bot, it cannot say that there is no answer.
const form = document.querySelector('form[role="search"]');
const [field, found, count] = ['q', 'found', 'count'].map((id) => document.getElementById(id));
const MOST = 10;
let index;

const words = (text) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

async function load() {
  const { entries } = await (await fetch(form.dataset.index)).json();
  const rows = entries.map(([id, question, more]) => ({
    id,
    question,
    title: new Set(words(question)),
    all: [...new Set([...words(question), ...words(more)])],
  }));
  const inHowMany = new Map();
  for (const row of rows) for (const word of row.all) inHowMany.set(word, (inHowMany.get(word) ?? 0) + 1);
  return { rows, inHowMany };
}

// A word counts the more the fewer questions have it. One that is not finished counts half.
function score({ rows, inHowMany }, row, typed) {
  let sum = 0;
  typed.forEach((word, place) => {
    const weight = Math.log(1 + rows.length / (inHowMany.get(word) ?? 1));
    if (row.title.has(word)) sum += 2 * weight;
    else if (row.all.includes(word)) sum += weight;
    else if (word.length > 2 || place === typed.length - 1) {
      const begun = row.all.find((other) => other.startsWith(word));
      if (begun) sum += 0.5 * Math.log(1 + rows.length / inHowMany.get(begun));
    }
  });
  return sum;
}

function show(rows) {
  const list = document.createElement('ul');
  for (const row of rows) {
    const link = document.createElement('a');
    link.href = `${form.dataset.root}e/${encodeURIComponent(row.id)}/`;
    link.textContent = row.question;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  const note = document.createElement('p');
  note.textContent = 'This search only compares words. What it lists may not answer your question.';
  found.replaceChildren(...(rows.length ? [list, note] : []));
}

async function search() {
  const typed = [...new Set(words(field.value))];
  if (!typed.length) {
    show([]);
    count.textContent = '';
    return;
  }
  try {
    index ??= load();
    const known = await index;
    const scored = known.rows.map((row) => ({ row, points: score(known, row, typed) }));
    const best = scored.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
    const rows = best.slice(0, MOST).map(({ row }) => row);
    show(rows);
    count.textContent = rows.length ? `${rows.length} found` : 'No question has these words.';
  } catch {
    index = undefined;
    count.textContent = 'The list of questions could not be loaded.';
  }
}

form.hidden = false;
field.addEventListener('input', search);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
const asked = new URLSearchParams(location.search).get('q');
if (asked) {
  field.value = asked;
  search();
}
