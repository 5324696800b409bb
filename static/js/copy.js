// A button that copies what stands in a box, and says so.
export function copy(button) {
  const box = document.getElementById(button.dataset.copy);
  const words = button.lastChild;
  const before = words.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.value.trim());
      words.textContent = "Copied";
      setTimeout(() => (words.textContent = before), 3000);
    } catch {
      box.select(); // the browser lets nobody copy but the person: one key is left to press
    }
  });
}
