// The list of what to fix is the first thing said after a form comes back.
export function errorSummary(box) {
  box.tabIndex = -1;
  box.focus();
}
