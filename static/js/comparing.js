// The button under a list says how many are chosen to compare.
export function comparing(form) {
  const words = form.querySelector("button span");
  const count = () => {
    const chosen = [...form.elements].filter((box) => box.checked).length;
    words.textContent = chosen ? `Compare ${chosen} chosen` : "Compare chosen";
  };
  for (const box of form.elements) box.addEventListener("change", count);
  count();
}
