// Shows the card as it would be with what stands in the form now. Without script it is as it was last saved.
const PAUSE = 400;

export function livePreview(form) {
  const place = document.getElementById("preview");
  const state = document.querySelector("[data-preview-state] span");
  if (!place) return;
  let waiting;
  let asked;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal });
      if (!answer.ok) return;
      place.innerHTML = await answer.text();
      if (state) state.textContent = "As you type";
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}
