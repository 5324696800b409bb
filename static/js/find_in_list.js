// A box above a long list of options leaves the rows that hold the typed words. Chosen rows always stay.
export function findInList(fieldset) {
  const box = fieldset.querySelector(".facet-find input");
  const rows = [...fieldset.querySelectorAll(".options > li")];
  const more = fieldset.querySelector(".more");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  box.addEventListener("input", () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const label = plain(row.querySelector(".option-label").textContent);
      row.hidden = !row.querySelector(":checked") && !words.every((word) => label.includes(word));
    }
    fieldset.classList.toggle("is-searched", words.length > 0);
    if (more) more.open = words.length > 0;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
