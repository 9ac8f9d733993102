// What the page does beyond being read: the reader's own times, the bars by key and finger, and news as it happens.
// Everything here only improves what is there already; without it the page says the same. What it says itself is `says`,
// which the file of the page's language defines before this one.

const main = () => document.getElementById('main');
const link = document.getElementById('link');
const live = document.getElementById('live');
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- Time: the reader's zone and clock format, corrected by the server's clock ---

let skew = 0;
// A page of the past stands still: ages are told as they were told then.
const isPast = 'past' in main().dataset;
const now = () => isPast ? Date.parse(main().dataset.now) : Date.now() + skew;
const locale = says.locale(navigator.language);
const form = options => new Intl.DateTimeFormat(locale, options);
// Twelve hours are written without a zero before them, twenty-four with one: 9:54 AM, 09:54.
const hour = form({ hour: 'numeric' }).resolvedOptions().hour12 ? 'numeric' : '2-digit';
const forms = {
  h: form({ hour, minute: '2-digit' }),
  z: form({ hour, minute: '2-digit', timeZoneName: 'short' }),
  x: form({ year: 'numeric', month: 'short', day: 'numeric', hour, minute: '2-digit', timeZoneName: 'short' }),
  full: form({ dateStyle: 'full', timeStyle: 'long' }),
};
const day = date => date.toDateString();

const words = {
  s: (at, before) => day(at) === day(new Date(now())) ? (before.time ?? '') + forms.z.format(at) : (before.day ?? '') + forms.x.format(at),
  h: at => forms.h.format(at),
  zone: at => forms.z.formatToParts(at).find(part => part.type === 'timeZoneName').value,
  x: at => forms.x.format(at),
  ago: at => says.ago(now() - at),
  for: at => says.lasting(now() - at),
  due: at => says.due(at - now()),
};

function tellTimes(root = document) {
  for (const time of all('time[data-t]', root)) {
    const at = new Date(time.dateTime), text = words[time.dataset.t](at, time.dataset);
    if (time.textContent !== text) time.textContent = text;
    time.title = forms.full.format(at);
    if (time.dataset.t === 'due') time.parentElement.classList.toggle('late', at < now());
  }
  const zone = document.getElementById('zone');
  if (zone) zone.textContent = says.yourZone;
}

// --- Bars: one tab stop a strip; arrows walk, the day is spoken; hover and tap show the same ---

const to = id => `/incidents/${id}${isPast ? location.search : ''}`;

function strip(box) {
  const count = +box.dataset.days, first = new Date(`${box.dataset.from}T12:00:00Z`);
  const rows = new Map(all('tr[data-i]', box).map(row => [+row.dataset.i, row]));
  const shown = () => Math.max(1, Math.round(count * box.clientWidth / box.querySelector('svg').clientWidth));
  const dayForm = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  let tip, at, index = +(box.dataset.at ?? count - 1);

  const told = i => {
    const row = rows.get(i), date = dayForm.format(new Date(+first + i * 86400000));
    if (i < +box.dataset.absent) return { date, times: [says.notWatched], incidents: [] };
    if (!row) return { date, times: [says.operational], incidents: [] };
    return {
      date,
      times: row.cells[1].textContent.split(', '),
      incidents: all('span', row.cells[2]).map(span => ({ id: span.dataset.id, title: span.textContent })),
    };
  };

  function show(i) {
    box.dataset.at = index = Math.min(count - 1, Math.max(count - shown(), i));
    const { date, times, incidents } = told(index);
    tip ??= box.appendChild(Object.assign(document.createElement('div'), { className: 'tip' }));
    at ??= box.appendChild(Object.assign(document.createElement('div'), { className: 'at' }));
    const heading = Object.assign(document.createElement('b'), { textContent: date });
    const lines = times.map(text => Object.assign(document.createElement('span'), { textContent: text }));
    const links = incidents.map(({ id, title }) =>
      Object.assign(document.createElement('a'), { href: to(id), textContent: title, tabIndex: -1 }));
    tip.replaceChildren(heading, ...lines, ...links);
    const pitch = box.clientWidth / shown(), left = (index - count + shown()) * pitch;
    at.style.left = `${left}px`;
    at.style.width = `${pitch}px`;
    tip.style.left = `${Math.max(0, Math.min(box.clientWidth - tip.offsetWidth, left + pitch / 2 - tip.offsetWidth / 2))}px`;
    box.setAttribute('aria-valuenow', index + 1);
    box.setAttribute('aria-valuetext', [date, ...times, ...incidents.map(incident => incident.title)].join(', '));
  }

  function hide() {
    tip?.remove();
    at?.remove();
    tip = at = undefined;
  }

  const under = event => {
    const { left, width } = box.getBoundingClientRect();
    return count - shown() + Math.floor((event.clientX - left) / width * shown());
  };
  const keys = { ArrowLeft: () => index - 1, ArrowRight: () => index + 1, Home: () => 0, End: () => count - 1,
    PageUp: () => index - 7, PageDown: () => index + 7 };

  // A slider is what screen readers pass arrow keys to, and its value text is what they speak.
  box.tabIndex = 0;
  box.setAttribute('role', 'slider');
  box.setAttribute('aria-label', says.days(box.dataset.name));
  box.setAttribute('aria-valuemin', 1);
  box.setAttribute('aria-valuemax', count);
  box.setAttribute('aria-valuenow', count);
  box.setAttribute('aria-valuetext', `${told(count - 1).date}, ${told(count - 1).times.join(', ')}`);
  box.setAttribute('aria-readonly', 'true');
  box.querySelector('svg').setAttribute('aria-hidden', 'true');
  box.onkeydown = event => {
    if (event.key === 'Escape') return hide();
    if (event.key === 'Enter') return void told(index).incidents[0] && location.assign(to(told(index).incidents[0].id));
    if (!keys[event.key]) return;
    event.preventDefault();
    show(keys[event.key]());
  };
  box.onfocus = () => show(index);
  box.onblur = hide;
  box.onpointermove = event => tip?.contains(event.target) || show(under(event));
  box.onpointerdown = event => tip?.contains(event.target) || show(under(event));
  box.onpointerleave = event => event.pointerType === 'mouse' && document.activeElement !== box && hide();
}

// --- News: told by a stream, fetched as a page, changed in place ---

const freshMs = 90000, pollMs = 60000;
const rendered = Date.parse(main().dataset.now);
let knownAt = rendered, etag = null, asking = null, again = false, wait = 1000;

// What a focused element is, whatever came or went around it.
const nameOf = e => e.dataset.name ?? e.getAttribute('href') ?? (e.id || e.parentElement.id);

// Forms, each with what it is folded into: what a reader has touched in one stays, whatever comes or goes around it.
const formsIn = root => [...new Set(all('form', root).map(form => form.closest('details') ?? form))];
const placeOf = (held, root) => {
  const names = [];
  for (let e = held; e !== root; e = e.parentElement) {
    names.unshift(`${e.tagName}#${e.id}`, e.getAttribute('aria-labelledby') ?? '');
  }
  return names.join();
};

const foldsIn = held => [held, ...all('details', held)].filter(e => e.tagName === 'DETAILS');

// Nothing of a reader's is in it: every field says what the page says.
const isAsServed = held => all('input,textarea', held).every(e => e.value === e.defaultValue && e.checked === e.defaultChecked)
  && all('select', held).every(e => e.selectedIndex === Math.max(0, [...e.options].findIndex(option => option.defaultSelected)));

// A form that somebody is in, or has written in. One that was only looked at is made anew, as open as it was.
function heldForms(before, after) {
  const offered = formsIn(after), kept = [];
  for (const held of formsIn(before).filter(held => held.dataset.touched || held.contains(document.activeElement))) {
    const same = offered.find(one => placeOf(one, after) === placeOf(held, before));
    if (same && (held.contains(document.activeElement) || !isAsServed(held))) kept.push({ held, same });
    else if (same) {
      const folds = foldsIn(same);
      foldsIn(held).forEach((fold, i) => { if (folds[i]) folds[i].open = fold.open; });
      same.dataset.touched = 1;
    }
  }
  return kept;
}

// Everything inside is changed but the kept, which are not moved: what is taken out and put back loses its focus.
function exchange(before, after, kept) {
  let place = before.firstChild;
  for (const node of [...after.childNodes]) {
    const stays = kept.find(({ same }) => node.contains(same));
    const old = stays && [...before.childNodes].find(child => child.contains(stays.held));
    if (!old) {
      before.insertBefore(node, place);
      continue;
    }
    while (place && place !== old) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
    if (old !== stays.held) exchange(old, node, kept);
    place = old.nextSibling;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function take(text) {
  const next = new DOMParser().parseFromString(text, 'text/html');
  const before = main(), after = next.getElementById('main');
  if (!after) return;
  const kept = heldForms(before, after);
  // The words around it, and this module's own, are of the language that the page spoke when it was loaded. Whoever is
  // writing is not interrupted for it: that is made up for with the first news after they are done.
  if (next.documentElement.lang !== document.documentElement.lang) {
    if (kept.length === 0) return location.reload();
    before.lang = next.documentElement.lang;
  }
  const headline = before.querySelector('h1')?.textContent, known = new Set(all('[id]', before).map(e => e.id));
  for (const details of all('details[id]', before)) {
    const same = after.querySelector(`#${CSS.escape(details.id)}`);
    if (same && details.dataset.touched) { same.open = details.open; same.dataset.touched = 1; }
  }
  // A reader who is walking along the bars goes on from the same day.
  for (const walked of all('.strip[data-at]', before)) {
    const same = all('.strip', after).find(box => box.dataset.name === walked.dataset.name);
    if (same && same.dataset.from === walked.dataset.from) same.dataset.at = walked.dataset.at;
  }
  const focus = document.activeElement, focused = before.contains(focus) ? nameOf(focus) : null;
  tellTimes(after);
  const news = all('.updates > li, .incident', after).filter(e => e.id ? !known.has(e.id) : !known.has(e.getAttribute('aria-labelledby')));
  news.forEach(e => e.classList.add('new'));
  exchange(before, after, kept);
  before.dataset.now = after.dataset.now;
  document.title = next.title;
  document.querySelector('link[rel=icon]').href = next.querySelector('link[rel=icon]').href;
  ready(before);
  if (focused && document.activeElement !== focus) all('a,summary,[tabindex]', before).find(e => nameOf(e) === focused)?.focus({ preventScroll: true });
  const said = before.querySelector('h1')?.textContent;
  const spoken = [said !== headline && /\D{8}/.test(said) && said.replace(/\d+/g, '') !== headline.replace(/\d+/g, '') ? said : '',
    ...news.map(e => e.textContent)].join(' ').replace(/\s+/g, ' ').trim();
  if (spoken) live.textContent = spoken;
}

// The first time, the browser's own copy will do: all that is wanted of it is its ETag, and it costs no request.
async function ask(cache = 'no-store') {
  if (asking) {
    // What is being fetched may be older than what we were just told of.
    again = true;
    return asking;
  }
  return asking = (async () => {
    try {
      const headers = etag ? { 'If-None-Match': etag } : {};
      const answer = await fetch(location.pathname, { headers, cache });
      // That there is no such page, or no longer, is an answer like any other.
      if (!answer.ok && answer.status !== 304 && answer.status !== 404) throw new Error(answer.status);
      const date = Date.parse(answer.headers.get('Date') ?? '');
      if (date && Math.abs(date - Date.now()) > 5000) skew = date - Date.now();
      if (answer.status !== 304) {
        const text = await answer.text(), first = etag === null;
        etag = answer.headers.get('ETag') ?? '';
        if (!first || text.includes(`data-now="${main().dataset.now}"`) === false) take(text);
      }
      if (cache !== 'force-cache') knownAt = now();
      reached(true);
    } catch {
      reached(false);
    } finally {
      asking = null;
      if (again) {
        again = false;
        ask();
      }
    }
  })();
}

function reached(yes) {
  link.hidden = yes;
  if (yes) return document.documentElement.classList.remove('lost');
  const text = says.lost(forms.z.format(new Date(knownAt)));
  if (link.textContent !== text) link.textContent = text;
  // What nobody has confirmed for three rounds is not shown as well any more.
  if (now() - knownAt > freshMs) document.documentElement.classList.add('lost');
}

function listen() {
  const stream = new EventSource('/events');
  stream.onopen = () => {
    wait = 1000;
    ask();
  };
  stream.addEventListener('changed', event => {
    const { pages, missed, spread_ms: spread } = JSON.parse(event.data);
    // Everybody hears of it at once; so that not everybody comes at once, the server says over how long to spread.
    if (missed || pages.some(page => page.path === location.pathname)) setTimeout(() => ask(), Math.random() * spread);
  });
  stream.onerror = () => {
    ask();
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(listen, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 60000);
  };
}

// --- The page and the monitors: one moment at a time, by a slider; without it, a list of links ---

let retold = null;

function replay(list) {
  const moments = [...list.children], slider = Object.assign(document.createElement('input'), { type: 'range', min: 0, max: moments.length - 1 });
  if (moments.length < 2) return;
  slider.setAttribute('aria-label', says.moment);
  slider.oninput = () => {
    retold = +slider.value;
    moments.forEach((moment, i) => moment.hidden = i !== retold);
    slider.setAttribute('aria-valuetext', moments[retold].textContent.replace(/\s+/g, ' ').trim());
  };
  slider.value = Math.min(retold ?? moments.length - 1, moments.length - 1);
  list.before(slider);
  slider.oninput();
}

function ready(root) {
  all('.moments', root).forEach(replay);
  tellTimes(root);
  all('.strip', root).forEach(strip);
  for (const details of all('details', root)) details.onclick = () => { details.dataset.touched = 1; };
  for (const form of formsIn(root)) form.oninput = form.onclick = () => { form.dataset.touched = 1; };
  // Scripts of single parts of the page bind those again.
  document.dispatchEvent(new Event('candor:ready'));
}

function follow() {
  setInterval(() => tellTimes(), 10000);
  setInterval(() => document.hidden || ask(), pollMs);
  document.addEventListener('visibilitychange', () => document.hidden || ask());
  addEventListener('online', () => ask());
  addEventListener('offline', () => reached(false));
  ask('force-cache').finally(() => 'EventSource' in window && listen());
}

if (rendered - Date.now() > 5000) skew = rendered - Date.now();
ready(document);
if (!isPast) follow();
