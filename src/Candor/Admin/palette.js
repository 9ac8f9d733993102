// The command palette: Ctrl + K (or Cmd + K) lists every place that can be gone to, by the words of its name. The list is
// that of /go, which does the same without a script.

const id = "palette";
const words = text => text.toLowerCase().split(/\s+/).filter(Boolean);

const open = async () => {
  if (document.getElementById(id)) return;
  const dialog = Object.assign(document.createElement("dialog"), { id });
  dialog.setAttribute("aria-label", "Go to");
  const input = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", spellcheck: false, placeholder: "Go to …" });
  const list = Object.assign(document.createElement("ul"), { id: "palette-list" });
  const count = Object.assign(document.createElement("p"), { className: "q" });
  const attributes = { role: "combobox", "aria-label": "Go to", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Places");
  count.setAttribute("role", "status");
  count.textContent = "Looking …";
  dialog.append(input, count, list);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();

  let places = [], shown = [], chosen = 0;

  const choose = next => {
    shown[chosen]?.option.setAttribute("aria-selected", "false");
    chosen = shown.length ? (next + shown.length) % shown.length : 0;
    const option = shown[chosen]?.option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option?.id ?? "");
  };

  const filter = () => {
    const asked = words(input.value);
    shown = places.filter(place => asked.every(word => place.text.includes(word)));
    list.replaceChildren(...shown.map(place => place.option));
    count.textContent = shown.length === 0 ? "Nothing has all of these words." : shown.length === 1 ? "1 place" : `${shown.length} places`;
    for (const place of shown) place.option.setAttribute("aria-selected", "false");
    choose(0);
  };

  const go = place => {
    if (!place) return;
    dialog.close();
    if (place.path) location.assign(place.path); else place.act();
  };

  const made = (name, what, path, act) => {
    const option = Object.assign(document.createElement("li"), { id: `palette-${places.length}` });
    option.setAttribute("role", "option");
    option.append(name, " ", Object.assign(document.createElement("span"), { className: "q", textContent: what }));
    const place = { option, path, act, text: `${name} ${what}`.toLowerCase() };
    option.addEventListener("click", () => go(place));
    places.push(place);
  };

  input.addEventListener("input", filter);
  input.addEventListener("keydown", event => {
    const moves = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: Math.min(chosen + 8, shown.length - 1), PageUp: Math.max(chosen - 8, 0) };
    if (event.key in moves) choose(moves[event.key]);
    else if (event.key === "Enter") go(shown[chosen]);
    else return;
    event.preventDefault();
  });

  const composer = document.getElementById("composer");
  if (composer) made("Write an update", "on this page", null, () => composer.elements.body.focus());
  for (const heading of document.querySelectorAll("main details.more > summary")) {
    made(heading.textContent.trim(), "on this page", null, () => { heading.parentElement.open = true; heading.focus(); });
  }
  try {
    const answer = await fetch("/go", { headers: { "X-Candor-Part": "1" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll(".places a")) made(link.textContent, link.nextElementSibling?.textContent ?? "", link.getAttribute("href"));
    filter();
  } catch {
    filter();
    count.textContent = "The list cannot be read at the moment.";
  }
};

addEventListener("keydown", event => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  open();
});
