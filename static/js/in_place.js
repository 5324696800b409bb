// Sends the forms inside an element without leaving the page, and puts what comes back in its place. The pressed button
// keeps the focus while it is still there; what was done is read out.
export function inPlace(root) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  root.after(said);

  root.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (form.dataset.plainly) return;
    event.preventDefault();
    const data = new FormData(form, submitter);
    const posts = form.method === "post";
    const address = new URL(form.action);
    if (!posts) address.search = new URLSearchParams(data);
    try {
      const answer = await fetch(address, posts ? { method: "POST", body: new URLSearchParams(data) } : {});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(root.id);
      if (!fresh) throw new Error("another page");
      show(fresh, submitter);
      document.title = page.title;
      history.replaceState(null, "", answer.url.split("#")[0]);
    } catch {
      form.dataset.plainly = "yes";
      form.requestSubmit(submitter);
    }
  });

  function show(fresh, submitter) {
    const { id, name, value } = submitter ?? {};
    const place = submitter?.closest("li[id], section[id]")?.id;
    root.replaceChildren(...fresh.childNodes);
    const summary = root.querySelector(".error-summary");
    const note = root.querySelector(".note p");
    if (summary) return summary.focus();
    said.textContent = note?.textContent ?? "";
    const around = (place && document.getElementById(place)) || root;
    const again = (id && document.getElementById(id)) || (name && around.querySelector(`[name="${name}"][value="${value}"]`));
    const next = again || around.querySelector("button, a, input:not([type=hidden])");
    next?.focus();
  }
}
