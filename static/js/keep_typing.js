// Saves what was typed when somebody leaves by another way than a button: a link, the back button, closing the page.
export function keepTyping(form) {
  let typed = false;
  form.addEventListener("input", () => (typed = true));
  form.addEventListener("submit", () => (typed = false));
  addEventListener("pagehide", () => {
    if (!typed) return;
    typed = false;
    const body = new URLSearchParams(new FormData(form));
    fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  });
  // A page that the browser kept alive knows nothing of what was saved since.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
