// One key for each answer of the review desk. Every key presses a button or follows a link that is there for the mouse too.
"use strict";

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const place = document.getElementById(button.dataset.opens);
    place.open = true;
    const first = place.querySelector("select, input:not([type=hidden]), button");
    if (first) first.focus();
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (found) {
    event.preventDefault();
    found.click();
  }
});
