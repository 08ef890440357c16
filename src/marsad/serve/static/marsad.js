// Lights what belongs together in the reader, takes dropped files, and answers the review desk's keys. Nothing here is needed to read.
"use strict";

const tree = new Map();
for (const node of document.querySelectorAll(".node")) {
  tree.set(node.dataset.claim, {
    total: node.dataset.total, parts: node.dataset.parts.split(" ").filter(Boolean),
  });
}
const marks = [...document.querySelectorAll(".text [data-claims]")];

function show(claim, kind) {
  for (const mark of marks) {
    // Of parts and totals only the words themselves: they share places and days with what is pointed at.
    const counts = kind === "lit-self" || mark.classList.contains("claim");
    if (counts && mark.dataset.claims.split(" ").includes(claim)) mark.classList.add(kind);
  }
  for (const node of document.querySelectorAll(".node")) {
    if (node.dataset.claim === claim) node.querySelector(".leaf").classList.add(kind);
  }
}

function light(claim) {
  dark();
  const node = tree.get(claim);
  if (node) {
    for (const part of node.parts) show(part, "lit-part");
    if (node.total) show(node.total, "lit-total");
  }
  show(claim, "lit-self");
}

function dark() {
  for (const kind of ["lit-self", "lit-part", "lit-total"]) {
    for (const one of document.querySelectorAll("." + kind)) one.classList.remove(kind);
  }
}

function follow(element, claim) {
  element.addEventListener("pointerenter", () => light(claim));
  element.addEventListener("focusin", () => light(claim));
  element.addEventListener("pointerleave", dark);
  element.addEventListener("focusout", dark);
}
for (const mark of marks) follow(mark, mark.dataset.claims.split(" ").filter(Boolean).at(-1));
for (const node of document.querySelectorAll(".node")) follow(node.querySelector(".leaf"), node.dataset.claim);

const form = document.getElementById("reader-form");
if (form) {
  const drop = document.getElementById("drop");
  const file = form.elements.file;
  for (const kind of ["dragover", "dragenter"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  form.addEventListener("dragleave", () => drop.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove("over");
    file.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  file.addEventListener("change", () => { if (file.files.length) form.requestSubmit(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

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
