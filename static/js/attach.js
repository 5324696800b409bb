// Attaches small behaviours, by name, to the elements that ask for them.
export function attach(behaviours) {
  for (const element of document.querySelectorAll("[data-enhance]")) {
    for (const name of element.dataset.enhance.split(" ")) behaviours[name]?.(element);
  }
}
