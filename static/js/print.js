// A button that opens the device's own print dialogue.
export function print(button) {
  button.addEventListener("click", () => window.print());
}
