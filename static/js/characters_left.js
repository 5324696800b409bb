// Says under a box how many characters are left, as the server would; readers hear it when they pause.
export function charactersLeft(box) {
  const said = box.parentElement.querySelector("[data-left]");
  if (!said) return;
  const most = Number(box.dataset.most);
  said.setAttribute("aria-live", "polite");
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const left = most - box.value.length;
      const number = Math.abs(left).toLocaleString("en-GB");
      said.textContent = left >= 0 ? `You have ${number} characters left` : `You have ${number} characters too many`;
    }, 300);
  });
}
