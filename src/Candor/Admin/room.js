// What the pages of operators do beyond being forms: drafts that survive, sending that is tried again, a live preview,
// and what goes on meanwhile. Without this every form still works.

const who = document.body.dataset.who;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const main = () => document.getElementById("main");
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const composer = () => document.getElementById("composer");

// --- Times that grow ---

const lasting = ms => {
  const minutes = Math.floor(Math.max(0, ms) / 60000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} s`;
  if (hours < 1) return `${minutes} min`;
  if (days < 1) return minutes % 60 ? `${hours}h ${minutes % 60}m` : `${hours}h`;
  return days === 1 ? "1 day" : `${days} days`;
};
const growing = {
  ago: at => Date.now() - at < 10000 ? "just now" : `${lasting(Date.now() - at)} ago`,
  for: at => lasting(Date.now() - at),
  due: at => at < Date.now() ? `overdue by ${lasting(Date.now() - at)}` : `in ${lasting(at - Date.now())}`,
};
const tick = () => {
  for (const time of all("time[data-t]")) {
    const at = new Date(time.dateTime), text = growing[time.dataset.t]?.(at);
    if (text && time.textContent !== text) time.textContent = text;
    if (time.dataset.t === "due") time.parentElement.classList.toggle("late", at < Date.now());
  }
  remind();
};

// The author is reminded before a promise is broken, also in a tab that is not in front.
const title = document.title, remindsBefore = 5 * 60000;
const remind = () => {
  const due = document.querySelector("#now time[data-t=due]");
  const left = due ? new Date(due.dateTime) - Date.now() : Infinity;
  const text = left < 0 ? `Update overdue – ${title}` : left < remindsBefore ? `Update due in ${lasting(left)} – ${title}` : title;
  if (document.title !== text) document.title = text;
};

// --- Drafts: on this device, for this person, for a day ---

const draftOf = form => `draft:${who}:${location.pathname}:${form.id}`;
const fleeting = ["form_token", "seen", "file", "file_alt", "upload", "alt"];
const kept = form => [...new FormData(form)].filter(([name]) => !fleeting.includes(name));
const keep = form => {
  try { localStorage.setItem(draftOf(form), JSON.stringify({ at: Date.now(), values: kept(form) })); } catch { /* A full or closed store keeps nothing. */ }
};
const forget = form => localStorage.removeItem(draftOf(form));
const draftAge = 24 * 3600 * 1000;

const restore = form => {
  let draft;
  try { draft = JSON.parse(localStorage.getItem(draftOf(form))); } catch { return; }
  if (!draft) return;
  if (!(Date.now() - draft.at < draftAge)) return forget(form);
  const given = name => draft.values.filter(one => one[0] === name).map(one => one[1]);
  for (const field of form.elements) {
    if (!field.name || fleeting.includes(field.name)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given(field.name).includes(field.value);
    else if (given(field.name).length) field.value = given(field.name)[0];
  }
  for (const fold of all("details", form)) {
    if (all("input, select, textarea", fold).some(field => field.name !== "key" && field.type !== "checkbox" && field.value)) fold.open = true;
  }
  const note = Object.assign(document.createElement("p"), { className: "draft", textContent: "Your draft is back, as this device kept it. " });
  const discard = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Discard it" });
  discard.addEventListener("click", () => { forget(form); location.reload(); });
  note.append(discard);
  form.prepend(note);
};

// --- Files: sent in chunks while somebody writes; after a cut each goes on from where the server has it ---

const running = new Map();
const uploading = form => running.get(form) ?? [];
const sent = (form, submitter) => {
  const data = new FormData(form, submitter);
  data.delete("file");
  return new URLSearchParams(data);
};
const chunkMost = 512 * 1024, chunkLeast = 32 * 1024, chunkWithin = 60000, beginsWithin = 20000;
let lastInLine = Promise.resolve();

// A request that is over when its time is up, or when nobody wants it any more.
const within = (ms, gone) => {
  const limit = new AbortController();
  setTimeout(() => limit.abort(new DOMException("It took too long.", "TimeoutError")), ms);
  gone.addEventListener("abort", () => limit.abort(gone.reason));
  return limit.signal;
};

const uploaded = async (form, file, row, gone) => {
  const note = row.querySelector(".note"), bar = row.querySelector("progress");
  const token = { "X-Candor-Form": form.elements.form_token.value };
  const key = encodeURIComponent(`${form.elements.key.value} ${file.name} ${file.size} ${file.lastModified}`).slice(0, 255);
  const begin = () => fetch("/uploads", {
    method: "POST", headers: { ...token, "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ name: file.name, bytes: file.size }), signal: within(beginsWithin, gone),
  });
  let state, chunk = chunkMost;
  for (let wait = 1000; row.isConnected && !gone.aborted;) {
    const asked = Date.now();
    try {
      const answer = await (!state ? begin() : fetch(`/uploads/${state.id}`, {
        method: "PATCH", headers: { ...token, "Content-Type": "application/offset+octet-stream", "Upload-Offset": state.offset },
        body: file.slice(state.offset, state.offset + chunk), signal: within(chunkWithin, gone),
      }));
      if (answer.status === 409 && state) {
        state.offset = Number(answer.headers.get("Upload-Offset"));
      } else if (answer.status >= 500 && answer.status !== 507) {
        throw new Error(answer.status);
      } else if (!answer.ok) {
        note.textContent = (await answer.json().catch(() => ({}))).title ?? `The server answered ${answer.status}.`;
        note.classList.add("wrong");
        bar.remove();
        return;
      } else {
        if (state && Date.now() - asked < chunkWithin / 6) chunk = Math.min(chunk * 2, chunkMost);
        state = await answer.json();
        note.textContent = "";
        wait = 1000;
      }
      bar.value = state.offset / file.size;
      if (state.file) {
        row.querySelector("[name=upload]").value = state.id;
        row.querySelector("[name=upload]").disabled = false;
        row.querySelector("label input").name = "alt";
        row.querySelector("span").textContent = state.name;
        bar.remove();
        form.dispatchEvent(new Event("input"));
        return;
      }
    } catch (fault) {
      if (gone.aborted) return;
      // A chunk that does not arrive in its time never will: less at once does.
      const slow = state && fault.name === "TimeoutError";
      if (slow) chunk = Math.max(chunk / 2, chunkLeast);
      note.textContent = slow ? "The connection is slow. It goes on in smaller pieces." : "No connection. It goes on by itself.";
      const comes = (from, what) => new Promise(resolve => from.addEventListener(what, resolve, { once: true }));
      await Promise.race([pause(slow ? 0 : wait), comes(window, "online"), comes(gone, "abort")]);
      wait = Math.min(wait * 2, 15000);
      // What arrived counts, whether or not its answer came: beginning again says how far it is.
      state = undefined;
    }
  }
};

const attach = form => {
  const field = form.elements.file, list = form.querySelector("#uploads");
  if (!field || field.dataset.ready) return;
  field.dataset.ready = "1";
  field.multiple = true;
  form.querySelector("#file-alt").remove();
  const part = (tag, more, ...inside) => { const made = Object.assign(document.createElement(tag), more); made.append(...inside); return made; };
  const drop = (row, gone) => part("button", { type: "button", className: "quiet", textContent: "Remove", onclick: () => { gone?.abort(); row.remove(); form.dispatchEvent(new Event("input")); } });
  for (const row of list.children) row.append(drop(row));
  field.addEventListener("change", () => {
    for (const file of field.files) {
      const row = part("li", {}, part("input", { type: "hidden", name: "upload", disabled: true }), part("span", { textContent: file.name }),
        part("progress", { max: 1, value: 0, ariaLabel: `How much of ${file.name} has arrived` }),
        part("label", { textContent: "What it shows " }, part("input", { maxLength: 500 })), part("span", { className: "note" }));
      row.querySelector(".note").setAttribute("role", "status");
      const gone = new AbortController();
      row.append(drop(row, gone));
      list.append(row);
      // One after the other: on a thin line each is there sooner, and the server writes one at a time anyway.
      const done = lastInLine = lastInLine.then(() => uploaded(form, file, row, gone.signal))
        .catch(() => Object.assign(row.querySelector(".note"), { className: "note wrong", textContent: "This file could not be sent." }))
        .finally(() => running.set(form, uploading(form).filter(one => one.done !== done)));
      running.set(form, [...uploading(form), { done, row, gone, name: file.name }]);
    }
    field.value = "";
  });
};

// --- Sending: tried again with the same key until there is an answer ---

const say = (form, text) => {
  const place = form.querySelector(".sending") ?? document.getElementById("fault");
  place.textContent = text;
  place.hidden = !text;
};

const answerTo = async (form, path, body) => {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    try {
      const answer = await fetch(path, { method: "POST", body, headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20000) });
      if (answer.status !== 503) return answer;
      say(form, "The server cannot take it at the moment. Your text is kept; it is sent again by itself.");
    } catch {
      say(form, "No connection. Your text is kept on this device; it is sent again by itself, and published once.");
    }
    await Promise.race([pause(wait), new Promise(resolve => addEventListener("online", resolve, { once: true }))]);
  }
};

// Words need not wait for files: whoever is asked to wait can publish without them.
const arrived = async form => {
  let without;
  const chosen = new Promise(resolve => { without = resolve; });
  while (uploading(form).length) {
    say(form, `Waiting for ${uploading(form).map(one => one.name).join(", ")} … `);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Publish without the files" });
    button.addEventListener("click", () => {
      for (const one of uploading(form)) { one.gone.abort(); one.row.remove(); }
      without();
    });
    form.querySelector(".sending")?.append(button);
    await Promise.race([chosen, ...uploading(form).map(one => one.done)]);
  }
};

// A file that was refused is said once before the words go without it.
const refused = form => {
  const notes = all("#uploads .note.wrong", form).filter(note => !note.dataset.told);
  for (const note of notes) note.dataset.told = "1";
  if (!notes.length) return false;
  say(form, `Not published yet: ${notes.map(note => note.closest("li").querySelector("span").textContent).join(", ")} would not be there. Press again to publish without it.`);
  notes[0].scrollIntoView({ block: "center" });
  return true;
};

const send = async (form, submitter) => {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  await arrived(form);
  if (refused(form)) return void delete form.dataset.busy;
  const body = sent(form, submitter);
  const texts = all("textarea, input:not([type=hidden])", form);
  for (const text of texts) text.readOnly = true;
  say(form, "Sending …");
  // By its attribute: without one a button's formAction is the page's own address, and a field named "action" hides the form's.
  const answer = await answerTo(form, submitter?.getAttribute("formaction") ?? form.getAttribute("action"), body);
  delete form.dataset.busy;
  for (const text of texts) text.readOnly = false;
  if (answer.status === 401) {
    say(form, "Your session is over. Your text is kept on this device: sign in, and it is here again. ");
    const way = Object.assign(document.createElement("a"), { href: `/sign-in?to=${encodeURIComponent(location.pathname)}`, textContent: "Sign in" });
    form.querySelector(".sending")?.append(way);
  } else if (answer.ok && answer.redirected) {
    forget(form);
    location.assign(answer.url);
  } else if (answer.headers.get("content-type")?.startsWith("text/html")) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    main().replaceWith(page.getElementById("main"));
    enhance();
    (document.querySelector("[aria-invalid=true]") ?? document.querySelector("main .fault:not([hidden])") ?? main()).focus();
    document.getElementById("missed")?.scrollIntoView({ block: "start" });
  } else {
    say(form, (await answer.json().catch(() => ({}))).title ?? `The server answered ${answer.status}. Your text is kept; try again.`);
  }
};

// --- The preview, made by the server as the page will be ---

let previewing;
const preview = async form => {
  previewing?.abort();
  previewing = new AbortController();
  const body = sent(form);
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body, headers: { "X-Candor-Part": "1" }, signal: previewing.signal });
    const place = document.getElementById("preview");
    if (!answer.ok || !place) return;
    place.outerHTML = await answer.text();
    const [told, said] = [document.getElementById("told"), document.querySelector("#preview [data-told]")];
    if (told && said) { told.textContent = said.textContent; said.remove(); }
  } catch { /* The next key stroke asks again. */ }
};

const isSaying = form => (form.elements.body ?? form.elements.text)?.value.trim() && (!form.elements.title || form.elements.title.value.trim());

// --- What goes on meanwhile, and who else is here; an abandoned page stops asking, so that its session can end ---

const asksEvery = 4000, abandonedAfter = 15 * 60000;
let touchedAt = Date.now(), typedAt = 0, failed = 0;

const stale = seen => {
  const form = composer();
  if (!form || form.elements.seen.value === seen || form.querySelector(".stale")) return;
  const note = Object.assign(document.createElement("p"), { className: "stale", role: "status", textContent: "This incident changed while you have it open: read what is new. " });
  const read = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "I have read it" });
  read.addEventListener("click", () => { form.elements.seen.value = document.getElementById("now").dataset.seen; note.remove(); });
  note.append(read);
  form.prepend(note);
};

const lost = text => {
  const note = document.getElementById("lost") ?? Object.assign(document.createElement("p"), { id: "lost", className: "stale", role: "status" });
  if (note.textContent !== text) note.textContent = text;
  if (!note.isConnected) main().prepend(note);
};

const look = async () => {
  const now = document.getElementById("now");
  if (!now?.dataset.live || document.hidden || Date.now() - touchedAt > abandonedAfter) return;
  try {
    const answer = await fetch(`${now.dataset.live}?writing=${Date.now() - typedAt < 20000 ? 1 : 0}`, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return lost("Your session is over. What you write is kept on this device: sign in again in another tab.");
    if (!answer.ok) throw new Error(answer.status);
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["now", "timeline"]) {
      const [before, after] = [document.getElementById(id), parts.getElementById(id)];
      if (before && after && !before.contains(document.activeElement) && before.outerHTML !== after.outerHTML) before.replaceWith(after);
    }
    failed = 0;
    document.getElementById("lost")?.remove();
    stale(document.getElementById("now").dataset.seen);
    tick();
  } catch {
    if (++failed < 2 || document.getElementById("lost")) return;
    const at = new Date(Date.now() - asksEvery * failed).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    lost(`No connection since ${at}. What you write is kept on this device.`);
  }
};

// --- Keys ---

const keys = { n: "/incidents/new", i: "/incidents", h: "/now" };
const keyList = () => {
  const open = document.getElementById("keys");
  if (open) return open.remove();
  const list = document.createElement("dialog");
  list.id = "keys";
  list.setAttribute("aria-label", "Keys");
  for (const [key, does] of [["Ctrl + Enter", "publish"], ["Ctrl + K", "go to …"], ["u", "write an update"], ["n", "open an incident"], ["i", "incidents"], ["h", "what is going on now"], ["?", "this list"]]) {
    const line = document.createElement("p");
    line.append(Object.assign(document.createElement("kbd"), { textContent: key }), ` ${does}`);
    list.append(line);
  }
  const close = Object.assign(document.createElement("button"), { className: "quiet", textContent: "Close" });
  close.addEventListener("click", () => list.remove());
  list.addEventListener("close", () => list.remove());
  list.append(close);
  document.body.append(list);
  list.showModal();
};

addEventListener("keydown", event => {
  touchedAt = Date.now();
  const form = event.target.form ?? event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.matches("[data-draft]")) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) {
    return;
  } else if (event.key === "?") {
    keyList();
  } else if (event.key === "u" && composer()) {
    event.preventDefault();
    composer().elements.body.focus();
  } else if (keys[event.key]) {
    location.assign(keys[event.key]);
  }
});
addEventListener("pointerdown", () => { touchedAt = Date.now(); });

// --- Putting it together ---

function enhance(afresh = false) {
  for (const form of all("form[data-draft]")) {
    let waiting;
    if (afresh) restore(form); else keep(form);
    if (form.dataset.preview && isSaying(form)) preview(form);
    form.addEventListener("input", () => {
      typedAt = Date.now();
      keep(form);
      clearTimeout(waiting);
      if (form.dataset.preview) waiting = setTimeout(() => isSaying(form) && preview(form), 400);
    });
  }
  for (const form of all("form[data-draft]")) attach(form);
  for (const form of all("form[data-draft], form[data-send]")) {
    form.addEventListener("submit", event => {
      // What is to become a template goes to the page for it, as links do; the draft stays.
      if (event.submitter?.id === "save-template") return;
      event.preventDefault();
      if (event.submitter?.id === "show-preview") {
        preview(form).then(() => document.getElementById("preview").scrollIntoView({ block: "start" }));
      } else {
        send(form, event.submitter);
      }
    });
  }
  tick();
}

document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage).filter(one => one.startsWith("draft:"))) localStorage.removeItem(key);
});
enhance(true);
look();
setInterval(look, asksEvery);
setInterval(tick, 1000);
