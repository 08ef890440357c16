// Draws the map on a canvas: Natural Earth's boundaries (shipped), circles by number, rings where a place is not exact.
"use strict";

const box = document.getElementById("map");
const canvas = box.querySelector("canvas");
const tip = box.querySelector(".map-tip");
const pen = canvas.getContext("2d");
const view = { x: 0, y: 0, scale: 1 };
let land = [], lines = [], places = [], days = [], shown = [], drawn = [], wanted = 0;

const RAD = Math.PI / 180;
const FARTHEST = 84;
// Mercator, in degrees of longitude, so that shapes keep their form at every zoom.
const up = (lat) => -Math.log(Math.tan(Math.PI / 4 + Math.max(-FARTHEST, Math.min(FARTHEST, lat)) * RAD / 2)) / RAD;

function unpack(topology) {
  const [sx, sy] = topology.transform.scale, [tx, ty] = topology.transform.translate;
  const arcs = topology.arcs.map((arc) => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * sx + tx, up((y += dy) * sy + ty)]);
  });
  const arc = (number) => (number < 0 ? arcs[~number].slice().reverse() : arcs[number]);
  const ring = (numbers) => numbers.flatMap((number, at) => (at ? arc(number).slice(1) : arc(number)));
  const shape = (points) => {
    let w = 1e9, e = -1e9, n = 1e9, s = -1e9;
    for (const [x, y] of points) { w = Math.min(w, x); e = Math.max(e, x); n = Math.min(n, y); s = Math.max(s, y); }
    return { points, w, e, n, s };
  };
  land = topology.objects.admin0.geometries.flatMap((one) =>
    (one.type === "Polygon" ? [one.arcs] : one.arcs || []).map((polygon) => polygon.map((rings) => shape(ring(rings)))));
  lines = topology.objects.lines1.geometries.flatMap((one) =>
    !one.type ? [] : (one.type === "LineString" ? [one.arcs] : one.arcs).map((numbers) => shape(ring(numbers))));
}

function size() {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

const toX = (x) => (x - view.x) * view.scale + canvas.clientWidth / 2;
const toY = (y) => (y - view.y) * view.scale + canvas.clientHeight / 2;

function visible(one) {
  return toX(one.e) > 0 && toX(one.w) < canvas.clientWidth && toY(one.s) > 0 && toY(one.n) < canvas.clientHeight;
}

function trace(points) {
  let lastX = -1e9, lastY = -1e9;
  points.forEach(([x, y], at) => {
    const px = toX(x), py = toY(y);
    if (!at) pen.moveTo(px, py);
    // Points closer than a pixel change nothing.
    else if (Math.abs(px - lastX) + Math.abs(py - lastY) > 1 || at === points.length - 1) pen.lineTo(px, py);
    else return;
    lastX = px; lastY = py;
  });
}

function draw() {
  wanted = 0;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  pen.lineJoin = "round";
  pen.beginPath();
  for (const polygon of land) if (visible(polygon[0])) for (const ring of polygon) trace(ring.points);
  pen.fillStyle = colour("--land");
  pen.fill("evenodd");
  if (view.scale > 8) {
    pen.beginPath();
    for (const line of lines) if (visible(line)) trace(line.points);
    pen.strokeStyle = colour("--province");
    pen.lineWidth = 1;
    pen.stroke();
  }
  pen.beginPath();
  for (const polygon of land) if (visible(polygon[0])) for (const ring of polygon) trace(ring.points);
  pen.strokeStyle = colour("--border");
  pen.lineWidth = 1;
  pen.stroke();
  circles(colour);
}

// Circles that would cover one another are drawn as one, with their sum.
function gathered() {
  const cell = 26, cells = new Map();
  for (const place of shown) {
    const x = toX(place.x), y = toY(place.y);
    if (x < -60 || y < -60 || x > canvas.clientWidth + 60 || y > canvas.clientHeight + 60) continue;
    const isArea = place.precision > 2;
    const key = isArea ? "a" + place.number : `${Math.round(x / cell)} ${Math.round(y / cell)}`;
    const group = cells.get(key);
    if (!group) cells.set(key, { x, y, people: place.people, incidents: place.incidents, places: [place], isArea });
    else {
      group.people += place.people; group.incidents += place.incidents; group.places.push(place);
      if (place.people > group.places[0].people) { group.x = x; group.y = y; group.places.unshift(group.places.pop()); }
    }
  }
  return [...cells.values()].sort((a, b) => b.isArea - a.isArea || b.people - a.people);
}

function circles(colour) {
  drawn = gathered();
  const ink = colour("--dead");
  pen.font = "600 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const group of drawn) {
    const core = 3.5 + Math.min(30, 1.7 * Math.sqrt(group.people));
    group.radius = core;
    pen.beginPath();
    if (group.isArea) {
      const reach = group.places[0].reach / 111 / Math.cos(group.places[0].lat * RAD) * view.scale;
      group.radius = Math.max(core, Math.min(reach, 260));
      pen.arc(group.x, group.y, group.radius, 0, 7);
      pen.fillStyle = ink; pen.globalAlpha = 0.07; pen.fill();
      pen.globalAlpha = 0.6; pen.setLineDash([4, 4]); pen.lineWidth = 1.25; pen.strokeStyle = ink; pen.stroke();
      pen.setLineDash([]);
    } else {
      pen.arc(group.x, group.y, core, 0, 7);
      pen.fillStyle = ink; pen.globalAlpha = 0.55; pen.fill();
      pen.globalAlpha = 1; pen.lineWidth = 1; pen.strokeStyle = ink; pen.stroke();
    }
    pen.globalAlpha = 1;
    if (core > 12 || group.isArea) {
      pen.fillStyle = group.isArea ? ink : colour("--paper");
      pen.fillText(group.people.toLocaleString("en"), group.x, group.y);
    }
  }
  labels(colour("--ink"), colour("--sea"));
}

function labels(ink, halo) {
  const taken = drawn.filter((one) => !one.isArea).map((one) => [one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius]);
  pen.font = "12px system-ui, sans-serif";
  pen.textAlign = "start";
  for (const group of drawn.slice(0, 80)) {
    const more = group.places.length - 1;
    const name = group.places[0].name + (more ? ` +${more}` : ""), width = pen.measureText(name).width;
    const x = group.isArea ? group.x - width / 2 : group.x + group.radius + 4, y = group.isArea ? group.y + 14 : group.y;
    const mine = [x, y - 8, x + width, y + 8];
    const free = taken.every(([w, n, e, s]) => mine[2] < w || mine[0] > e || mine[3] < n || mine[1] > s);
    if (!free || group.people === 0) continue;
    taken.push(mine);
    pen.strokeStyle = halo; pen.lineWidth = 3; pen.strokeText(name, x, y);
    pen.fillStyle = ink; pen.fillText(name, x, y);
  }
}

function redraw() { if (!wanted) wanted = requestAnimationFrame(draw); }

function fit() {
  const some = shown.length ? shown : [{ x: -170, y: up(72) }, { x: 175, y: up(-55) }];
  const xs = some.map((p) => p.x), ys = some.map((p) => p.y);
  const w = Math.min(...xs), e = Math.max(...xs), n = Math.min(...ys), s = Math.max(...ys);
  view.x = (w + e) / 2; view.y = (n + s) / 2;
  const wide = canvas.clientWidth / Math.max(e - w, 3), high = canvas.clientHeight / Math.max(s - n, 3);
  view.scale = Math.max(1.2, Math.min(wide, high) * 0.72);
  redraw();
}

function zoom(by, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = Math.max(1.2, Math.min(4000, view.scale * by));
  const dx = x - canvas.clientWidth / 2, dy = y - canvas.clientHeight / 2;
  view.x += dx / view.scale - dx / scale;
  view.y += dy / view.scale - dy / scale;
  view.scale = scale;
  redraw();
}

function window_(from, until) {
  shown = [];
  for (const place of places) {
    let people = 0, incidents = 0;
    for (const [day, told] of Object.entries(place.days)) {
      if (days.length < 2 || !day || (day >= days[from] && day <= days[until])) { people += told[0]; incidents += told[1]; }
    }
    if (incidents) shown.push({ ...place, people, incidents });
  }
  redraw();
}

function slider() {
  const from = document.getElementById("from"), until = document.getElementById("until"), said = document.getElementById("window");
  if (days.length < 2) return;
  from.max = until.max = days.length - 1;
  until.value = days.length - 1;
  document.getElementById("slider").hidden = false;
  const moved = () => {
    const ends = [+from.value, +until.value].sort((a, b) => a - b);
    said.textContent = `${days[ends[0]]} to ${days[ends[1]]}`;
    window_(...ends);
  };
  from.addEventListener("input", moved);
  until.addEventListener("input", moved);
  moved();
}

function at(event) {
  const edge = canvas.getBoundingClientRect(), x = event.clientX - edge.left, y = event.clientY - edge.top;
  // The smallest circle under the pointer is meant.
  return drawn.filter((one) => Math.hypot(one.x - x, one.y - y) <= one.radius + 2).sort((a, b) => a.radius - b.radius)[0];
}

function say(group) {
  tip.hidden = !group;
  canvas.style.cursor = group ? "pointer" : "";
  if (!group) return;
  const first = group.places[0], more = group.places.length - 1;
  tip.textContent = `${first.name}${first.within ? ", " + first.within : ""}${more ? ` and ${more} more` : ""}: ` +
    `${group.people.toLocaleString("en")} ${box.dataset.harm}, ${group.incidents} incident${group.incidents === 1 ? "" : "s"}` +
    (group.isArea ? " (somewhere within)" : "");
}

const fingers = new Map();
let moved = false;
canvas.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); moved = false; canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) { say(at(event)); return; }
  if (fingers.size === 1) {
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    if (Math.abs(dx) + Math.abs(dy) > 2) moved = true;
    view.x -= dx / view.scale; view.y -= dy / view.scale;
  } else if (fingers.size === 2) {
    moved = true;
    const [other] = [...fingers.values()].filter((one) => one.pointerId !== event.pointerId);
    const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const edge = canvas.getBoundingClientRect();
    zoom(gap(event) / Math.max(1, gap(before)), (event.clientX + other.clientX) / 2 - edge.left, (event.clientY + other.clientY) / 2 - edge.top);
  }
  fingers.set(event.pointerId, event);
  redraw();
});
for (const kind of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(kind, (event) => {
    fingers.delete(event.pointerId);
    const group = at(event);
    if (kind === "pointerup" && !moved && group) {
      if (group.places.length === 1) location.href = group.places[0].link;
      else zoom(2.5, group.x, group.y);
    }
  });
}
canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
canvas.addEventListener("keydown", (event) => {
  const step = 60 / view.scale;
  const keys = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  if (keys[event.key]) { view.x += keys[event.key][0]; view.y += keys[event.key][1]; redraw(); }
  else if (event.key === "+" || event.key === "=") zoom(1.5);
  else if (event.key === "-") zoom(1 / 1.5);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
});
for (const button of box.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => (button.dataset.zoom === "all" ? fit() : zoom(button.dataset.zoom === "in" ? 1.6 : 1 / 1.6)));
}
window.addEventListener("resize", () => { size(); redraw(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

Promise.all([fetch("/static/world.json"), fetch(box.dataset.source)])
  .then((answers) => Promise.all(answers.map((one) => one.json())))
  .then(([world, told]) => {
    unpack(world);
    places = told.places.map((place, number) => ({ ...place, number, x: place.lon, y: up(place.lat) }));
    days = [...new Set(places.flatMap((place) => Object.keys(place.days)))].filter(Boolean).sort();
    size();
    window_(0, Math.max(0, days.length - 1));
    slider();
    fit();
    box.dataset.ready = "yes";
  });
