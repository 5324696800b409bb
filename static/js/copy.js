// Copies what stands in a box, or a link's own words, and says so. Without it a link leads to where the box is.
export function copy(control) {
  const box = document.getElementById(control.dataset.copy);
  const words = control.lastElementChild?.tagName === "SPAN" ? control.lastElementChild : control.lastChild;
  const before = words.textContent;
  words.parentElement.setAttribute("aria-live", "polite");
  control.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(control.dataset.words ?? box.value.trim());
      words.textContent = "Copied";
      setTimeout(() => (words.textContent = before), 3000);
    } catch {
      // The browser lets nobody copy but the person: one key is left to press.
      if (box) box.select();
      else location.assign(control.href);
    }
  });
}
