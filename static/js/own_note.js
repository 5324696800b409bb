// A note of one's own beside something saved: it stays on this device and is never sent.
const NOTE = "note-";

export function ownNote(part) {
  const box = part.querySelector("textarea");
  const name = NOTE + part.dataset.listing;
  try {
    box.value = localStorage.getItem(name) ?? "";
    box.addEventListener("input", () => (box.value ? localStorage.setItem(name, box.value) : localStorage.removeItem(name)));
    document.querySelector("[data-clears-notes]")?.addEventListener("click", forgetAll);
    const ruled = part.parentElement.querySelector(".ruled");
    const print = () => (ruled.textContent = box.value);
    box.addEventListener("input", print);
    print();
  } catch {
    part.remove(); // a browser that keeps nothing keeps no notes
  }
}

// Also those of what was removed before: they wait there for an undo.
function forgetAll() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(NOTE)) localStorage.removeItem(name);
}
