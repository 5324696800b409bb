// Leads back to the very results the reader came from, with their words, filters and page.
export function back(link) {
  if (!document.referrer) return;
  const from = new URL(document.referrer);
  if (from.origin !== location.origin || from.pathname !== link.pathname || !from.search) return;
  link.href = from.href;
  link.querySelector("span").textContent = "Back to your results";
}
