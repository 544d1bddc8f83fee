// Shows matching questions while one is typed. Without this script, the form works as well.
const form = document.querySelector('form[role="search"]');
const [field, found, count] = ['q', 'found', 'count'].map((id) => document.getElementById(id));
const PAUSE = 150;
let timer;
let request;

function show(html) {
  found.innerHTML = html;
  const number = found.querySelectorAll('a').length;
  // The links in the list lead from the root; this page may be deeper.
  for (const link of found.querySelectorAll('a')) {
    link.setAttribute('href', form.dataset.root + link.getAttribute('href').replace(/^\.\//, ''));
  }
  const questions = number === 1 ? '1 question' : `${number} questions`;
  count.textContent = number ? `${questions} found. Press Enter for the answer.` : '';
}

async function search() {
  request?.abort();
  const typed = field.value.trim();
  if (!typed) return show('');
  request = new AbortController();
  try {
    const query = new URLSearchParams({ q: typed });
    const answer = await fetch(`${form.dataset.index}?${query}`, { signal: request.signal });
    if (answer.ok) show(await answer.text());
  } catch (error) {
    // Another letter was typed, or there is no network; the button still asks.
    if (error.name !== 'AbortError') show('');
  }
}

field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE);
});
form.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  clearTimeout(timer);
  request?.abort();
  show('');
  field.focus();
});
