// Opens the device's own sheet, from which an address goes to a chat or a friend; where there is none, no button is shown.
export function sendOn(button) {
  const box = document.getElementById(button.dataset.copy);
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: box.value }).catch(() => {}));
}
