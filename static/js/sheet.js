// A popover sheet covers the page on small screens: it closes when focus leaves it or the screen grows past it.
export function sheet(element) {
  if (!element.hidePopover) return;
  const close = () => element.matches(":popover-open") && element.hidePopover();
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) close();
  });
  matchMedia("(min-width: 60rem)").addEventListener("change", close);
  matchMedia("(min-width: 62rem)").addEventListener("change", close);
}
