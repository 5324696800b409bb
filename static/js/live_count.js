// The button says what the present choices would find. It asks for the very page that pressing it opens, so that
// page is often already in the browser's cache; it never moves focus, and says a new total once, politely.
const PAUSE = 300;

export function liveCount(form) {
  const button = form.querySelector(".filters-foot .button");
  const status = form.querySelector("[role=status]");
  let waiting;
  let asked;

  const words = (total) => (total === 1 ? "1 result" : `${total.toLocaleString("en-GB")} results`);
  const show = (total) => {
    button.textContent = total ? `Show ${words(total)}` : "Nothing matches: show what's close";
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address, { signal: asked.signal });
      const found = /data-total="(\d+)"/.exec(await answer.text());
      if (!found) throw new TypeError("The answer has no total");
      show(Number(found[1]));
      status.textContent = words(Number(found[1]));
    } catch (problem) {
      if (problem.name !== "AbortError") button.textContent = "Update results";
    }
  };

  const fresh = () => {
    if (form.dataset.total > 0) show(Number(form.dataset.total));
  };

  fresh();
  // Back to these results: the boxes say again what was found with them.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    form.reset();
    fresh();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
