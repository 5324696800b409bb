// Changes the scheme at once. The post keeps the choice: the pressed button moves when it is kept, and where the post
// fails the form is sent in the ordinary way.
export function appearance(form) {
  form.addEventListener("submit", async (event) => {
    const chosen = event.submitter;
    if (!chosen) return;
    event.preventDefault();
    const root = document.documentElement;
    if (chosen.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = chosen.value;
    const body = new URLSearchParams([[chosen.name, chosen.value]]);
    try {
      // The answer sends people back to this page, where they are already: it is not followed.
      await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
    } catch {
      const kept = document.createElement("input");
      Object.assign(kept, { type: "hidden", name: chosen.name, value: chosen.value });
      form.append(kept);
      form.submit();
      return;
    }
    for (const button of form.querySelectorAll("[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button === chosen));
    }
  });
}
