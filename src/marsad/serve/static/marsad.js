// Answers the review desk's keys. Nothing here is needed to read.
"use strict";

const cases = [...document.querySelectorAll(".case")];
if (cases.length || document.getElementById("undo")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const at = cases.indexOf(document.activeElement.closest(".case"));
    if (event.key === "j" || event.key === "k") {
      const next = cases[Math.max(0, Math.min(cases.length - 1, at + (event.key === "j" ? 1 : -1)))];
      if (next) { next.focus(); event.preventDefault(); }
      return;
    }
    const place = event.key === "z" ? document.getElementById("undo") : cases[Math.max(at, 0)];
    const button = place && place.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });
}
