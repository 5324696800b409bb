// Leaves empty answers out of the address, so that a search reads as what was asked.
export function tidy(form) {
  form.addEventListener("formdata", ({ formData }) => {
    const answered = [...formData].filter(([, value]) => value !== "");
    for (const name of new Set(formData.keys())) formData.delete(name);
    for (const [name, value] of answered) formData.append(name, value);
  });
}
