// Saves and removes without leaving the page: the button says so, the header counts, and it is read out.
// One press after another, also on other cards: each brings the cookie that the one before it set.
let pressed = Promise.resolve();

export function saving(form) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.after(said);

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || form.dataset.plainly) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, button));
    pressed = pressed.then(() => send(button, body));
  });

  async function send(button, body) {
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const { count, saved, problem } = await answer.json();
      show(button, saved.includes(Number(button.value)));
      for (const badge of document.querySelectorAll("[data-saved-count]")) {
        badge.textContent = count;
        badge.hidden = !count;
      }
      said.textContent = problem ?? (button.name === "remove" ? "Saved" : "Removed");
      if (problem) alertBeside(button, problem);
    } catch {
      form.dataset.plainly = "yes";
      form.requestSubmit(button);
    }
  }

  function show(button, isSaved) {
    button.name = isSaved ? "remove" : "save";
    button.classList.toggle("is-saved", isSaved);
    button.querySelector("span").textContent = isSaved ? "Saved" : "Save";
    const filled = button.querySelector("use");
    filled.setAttribute("href", isSaved && document.getElementById("i-bookmark-filled") ? "#i-bookmark-filled" : "#i-bookmark");
  }

  function alertBeside(button, problem) {
    const words = document.createElement("p");
    words.className = "note is-warn";
    words.textContent = problem;
    button.parentElement.append(words);
  }
}
