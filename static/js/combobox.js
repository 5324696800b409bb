// Offers ways to go on while somebody types: an editable combobox with a list, chosen from by hand (WAI-ARIA APG). What
// is typed stays as typed until an offer is taken, by Enter or by pressing it; Enter with none chosen just sends the form.
const PAUSE = 120;
const SHORTEST = 2;
const LONGEST = 200;
const SVG = "http://www.w3.org/2000/svg";

const plain = (text) => text.normalize("NFKD").replace(/[\p{M}'’‘ʼ`]/gu, "").toLowerCase();
const words = (text) => text.match(/[\p{L}\p{N}'’‘ʼ`]+/gu) ?? [];

const status = made("p", "visually-hidden", { role: "status" });

export function combobox(box) {
  const input = box.querySelector("input");
  const list = made("ul", "combobox-list", { id: `${input.id}-offers`, role: "listbox", "aria-label": "Suggestions" });
  list.hidden = true;
  list.tabIndex = -1; // or Tab would stop at it where it scrolls
  box.append(list);
  // One for every field, and in none of their forms, which may have a status of their own.
  if (!status.isConnected) document.body.append(status);

  // The browser's own suggestions would lie over these.
  input.removeAttribute("list");
  input.autocomplete = "off";
  described(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });

  let waiting;
  let asked;
  let active = -1;
  let taking = false;

  const isOpen = () => !list.hidden;

  const activate = (place) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    activate(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  };

  const show = (offers, typed) => {
    // Who has gone to one already while more letters were asked for keeps it, if it is still offered.
    const kept = list.children[active]?.dataset.text;
    activate(-1);
    list.replaceChildren(...offers.map((offer, place) => drawn(offer, typed, `${list.id}-${place}`)));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    const said = offers.length === 1 ? "1 suggestion" : `${offers.length} suggestions`;
    status.textContent = isOpen() ? said : "";
    if (kept) activate(offers.findIndex(({ text }) => text === kept));
  };

  const ask = async (then) => {
    clearTimeout(waiting);
    asked?.abort();
    const typed = input.value;
    if (typed.trim().length < SHORTEST || typed.length > LONGEST) return close();
    const asking = (asked = new AbortController());
    try {
      const address = `${box.dataset.complete}?${new URLSearchParams([[input.name, typed]])}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new TypeError("No suggestions came");
      const offers = await answer.json();
      if (asking !== asked || asking.signal.aborted || document.activeElement !== input) return;
      show(offers, typed);
      then?.();
    } catch (problem) {
      if (problem.name !== "AbortError") close();
    }
  };

  const take = (option) => {
    input.value = option.dataset.text;
    close();
    taking = true; // others may want to know that the field has changed
    input.dispatchEvent(new Event("input", { bubbles: true }));
    taking = false;
    if ("searches" in box.dataset) input.form.requestSubmit();
  };

  // Past either end stands the field itself.
  const step = (by) => {
    const count = list.children.length + 1;
    activate(((active + 1 + by + count) % count) - 1);
  };

  const keys = {
    ArrowDown: (event) => {
      if (!isOpen()) ask(event.altKey ? undefined : () => isOpen() && activate(0));
      else if (!event.altKey) step(1);
      return true;
    },
    ArrowUp: (event) => {
      if (event.altKey) close();
      else if (isOpen()) step(-1);
      else ask(() => isOpen() && activate(list.children.length - 1));
      return true;
    },
    Enter: () => {
      const option = list.children[active];
      if (option) take(option);
      else close();
      return Boolean(option);
    },
    Escape: () => {
      const wasOpen = isOpen();
      close();
      return wasOpen;
    },
    // These move in what is typed, as in any field.
    ArrowLeft: () => activate(-1),
    ArrowRight: () => activate(-1),
    Home: () => activate(-1),
    End: () => activate(-1),
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (keys[event.key]?.(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (taking || event.isComposing) return;
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);

  // Pressing in the list leaves the field focused; letting go over an offer takes it.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

function described(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function made(tag, className, attributes = {}, text = "") {
  return described(Object.assign(document.createElement(tag), { className, textContent: text }), attributes);
}

function drawn({ text, detail, drawing }, typed, id) {
  const option = made("li", `combobox-offer ${drawing}`, { id, role: "option", "aria-selected": "false" });
  option.dataset.text = text;
  const svg = document.createElementNS(SVG, "svg");
  described(svg, { class: drawing.startsWith("k-") ? "glyph" : "icon", "aria-hidden": "true" });
  svg.append(described(document.createElementNS(SVG, "use"), { href: `#${drawing}` }));
  const said = made("span", "combobox-said");
  said.append(made("span", "combobox-text"), " ");
  said.firstChild.append(...marked(text, typed));
  if (detail) said.append(made("span", "combobox-detail", {}, detail));
  option.append(svg, said);
  return option;
}

// Splits a text into words and what lies between, with the beginning of each that was typed in bold.
function marked(text, typed) {
  const begun = words(typed).map(plain).sort((one, other) => other.length - one.length);
  return text.split(/([\p{L}\p{N}'’‘ʼ`]+)/u).flatMap((part) => {
    const beginning = begun.find((letters) => letters && plain(part).startsWith(letters));
    if (!beginning) return part;
    let end = 1;
    while (plain(part.slice(0, end)).length < beginning.length) end += 1;
    return [made("b", "", {}, part.slice(0, end)), part.slice(end)];
  });
}
