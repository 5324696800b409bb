// The lines for another site follow the choices above them: the page that the form's button opens is read for them.
import { copy } from "./copy.js";

export function liveLines(form) {
  let asked = 0;
  form.addEventListener("change", async () => {
    const mine = ++asked;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked || !answer.ok) return;
      const shown = document.getElementById("lines-shown");
      shown.replaceChildren(...page.getElementById("lines-shown").childNodes);
      for (const control of shown.querySelectorAll("[data-copy]")) copy(control);
      history.replaceState(null, "", address);
    } catch {
      // The button is still there.
    }
  });
}
