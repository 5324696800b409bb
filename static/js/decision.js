// Shows the reasons only when Return is chosen, and lets the button repeat the decision.
export function decision(form) {
  const button = form.querySelector(".button[type=submit]");
  const reasons = form.querySelector(".decision-reasons");
  const undecided = button.textContent;
  const update = () => {
    const chosen = form.elements.decision.value;
    const ticked = reasons.querySelector(":checked") || [...reasons.querySelectorAll("[name=note]")].some((note) => note.value);
    reasons.hidden = chosen !== "return" && !ticked;
    button.textContent = button.getAttribute(`data-words-${chosen}`) ?? undecided;
  };
  form.addEventListener("change", update);
  update();
}
