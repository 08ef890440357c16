// Lights what belongs together in a report, and takes dropped files. Nothing here is needed to read.
const KINDS = ["lit-self", "lit-part", "lit-total", "lit-sum"];
const nodes = new Map();   // claim or statement -> its leaf, its total, its parts, its incident
const words = new Map();   // claim or statement -> its words in the text
const sums = new Map();    // total -> the lines of its sums
const incidents = new Map();
const tree = document.querySelector(".tree");
const pinned = document.getElementById("pinned");
const narrow = matchMedia("(max-width: 60rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function put(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}
for (const one of document.querySelectorAll(".tree [data-claim]")) {
  const leaf = one.classList.contains("leaf") ? one : one.querySelector(".leaf");
  nodes.set(one.dataset.claim, {
    leaf, total: one.dataset.total, incident: one.dataset.incident,
    parts: (one.dataset.parts || "").split(" ").filter(Boolean),
  });
}
for (const one of document.querySelectorAll(".text [data-claims]")) {
  for (const claim of one.dataset.claims.split(" ").filter(Boolean)) put(words, claim, one);
}
for (const one of document.querySelectorAll("[data-sum]")) put(sums, one.dataset.sum, one);
for (const one of document.querySelectorAll(".incidents [data-incident]")) incidents.set(one.dataset.incident, one);

let lit = [];
function mark(element, kind) {
  if (element) { element.classList.add(kind); lit.push(element); }
}
function dark() {
  for (const one of lit) one.classList.remove(...KINDS);
  lit = [];
}
function show(claim, kind) {
  for (const one of words.get(claim) || []) {
    // Of parts and totals only the words themselves: they share places and days with what is pointed at.
    if (kind === "lit-self" || one.classList.contains("claim")) mark(one, kind);
  }
  mark(nodes.get(claim) && nodes.get(claim).leaf, kind);
}
function light(claim) {
  dark();
  const node = nodes.get(claim);
  if (node) {
    for (const part of node.parts) show(part, "lit-part");
    if (node.total) show(node.total, "lit-total");
    for (const line of [...(sums.get(claim) || []), ...(sums.get(node.total) || [])]) mark(line, "lit-sum");
    mark(incidents.get(node.incident), "lit-total");
  }
  show(claim, "lit-self");
}
function bring(claim) {
  const node = nodes.get(claim);
  if (!node || narrow.matches) return;
  const [box, leaf] = [tree.getBoundingClientRect(), node.leaf.getBoundingClientRect()];
  if (leaf.top >= box.top && leaf.bottom <= Math.min(box.bottom, innerHeight)) return;
  tree.scrollBy({ top: leaf.top - box.top - box.height / 3, behavior: calm.matches ? "auto" : "smooth" });
}
function pin(claim) {
  const node = nodes.get(claim);
  if (!node) return false;
  const leaf = node.leaf.cloneNode(true);
  leaf.removeAttribute("tabindex");
  leaf.removeAttribute("id");
  leaf.classList.remove(...KINDS);
  const row = document.createElement("p");
  row.className = "row";
  const there = document.createElement("a");
  there.href = `#tree-${claim}`;
  there.textContent = pinned.dataset.there;
  there.addEventListener("click", () => { pinned.hidden = true; });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = pinned.dataset.close;
  close.addEventListener("click", () => { pinned.hidden = true; dark(); });
  row.append(there, close);
  pinned.replaceChildren(leaf, row);
  pinned.hidden = false;
  return true;
}

// One listener for all marks: a long report has thousands.
function claimOf(event) {
  const mark = event.target.closest && event.target.closest(".text [data-claims], .tree .leaf, .incidents [data-incident]");
  if (!mark) return null;
  if (mark.dataset.claims) return mark.dataset.claims.split(" ").filter(Boolean).at(-1) || null;
  if (mark.dataset.incident && !mark.closest(".node")) return `incident ${mark.dataset.incident}`;
  const node = mark.closest("[data-claim]");
  return node ? node.dataset.claim : null;
}
function pointed(event) {
  const claim = claimOf(event);
  if (!claim) return narrow.matches ? undefined : dark();
  if (!claim.startsWith("incident ")) {
    light(claim);
    if (event.target.closest(".text")) bring(claim);
    return undefined;
  }
  dark();
  const number = claim.slice(9);
  mark(incidents.get(number), "lit-total");
  for (const [name, node] of nodes) if (node.incident === number) show(name, "lit-part");
  return undefined;
}
if (tree) {
  const reader = document.querySelector(".reader");
  reader.addEventListener("pointerover", pointed);
  reader.addEventListener("focusin", pointed);
  reader.addEventListener("pointerleave", () => { if (!narrow.matches) dark(); });
  reader.addEventListener("focusout", () => { if (!narrow.matches) dark(); });
  reader.addEventListener("click", (event) => {
    const number = event.target.closest(".text a.number");
    if (!number) return;
    const claim = number.dataset.claims;
    light(claim);
    if (narrow.matches) {
      if (!pin(claim)) return;
      event.preventDefault();
      const hidden = number.getBoundingClientRect().bottom + 24 - pinned.getBoundingClientRect().top;
      if (hidden > 0) scrollBy({ top: hidden, behavior: calm.matches ? "auto" : "smooth" });
      return;
    }
    event.preventDefault();
    bring(claim);
    nodes.get(claim)?.leaf.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pinned.hidden) { pinned.hidden = true; dark(); }
  });
}

for (const button of document.querySelectorAll("button[data-busy]")) {
  button.form.addEventListener("submit", () => {
    // After the form is sent, so that the button's own value goes with it.
    setTimeout(() => {
      button.dataset.calm = button.textContent;
      button.disabled = true;
      button.textContent = button.dataset.busy;
    });
  });
  // Who goes back finds the page as it was kept, with the button still busy.
  addEventListener("pageshow", (event) => {
    if (!event.persisted || !button.disabled) return;
    button.disabled = false;
    button.textContent = button.dataset.calm;
  });
}

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
