// Draws the map with MapLibre on Natural Earth's boundaries, both shipped: circles by number, areas where a place is not
// exact, clusters with their sums, a window of time. The list of places says the same without it.
import * as maplibre from "./vendor/maplibre-gl.mjs";
import { feature } from "./vendor/topojson.mjs";

maplibre.setWorkerUrl(new URL("./vendor/maplibre-gl-worker.mjs", import.meta.url).href);
// The worker starts while the data are on their way.
maplibre.prewarm();

const DAY = 86400000;
const LOCAL = ["system-ui", "sans-serif"];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const box = document.getElementById("map");
const isSmall = "small" in box.dataset;
const words = box.dataset;
const LANGUAGE = document.documentElement.lang || "en";
const number = new Intl.NumberFormat(LANGUAGE);
const dayWords = new Intl.DateTimeFormat(LANGUAGE === "en" ? "en-GB" : LANGUAGE, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const count = (one, many, n) => (n === 1 ? one : many).replace("{}", number.format(n));

// ---- what is drawn -------------------------------------------------------------------------------------------------

const people = ["get", "best"];
// Area by number, so that the eye adds rightly; a place where nobody was killed keeps a dot.
const radius = ["min", 34, ["+", 3.5, ["*", 1.7, ["sqrt", people]]]];

function layers() {
  const dead = colour("--dead"), ink = colour("--ink"), soft = colour("--soft"), sea = colour("--sea"), paper = colour("--paper");
  const label = (size) => ({ "text-font": LOCAL, "text-size": size });
  return [
    { id: "sea", type: "background", paint: { "background-color": sea } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land"), "fill-antialias": false } },
    { id: "provinces", type: "line", source: "provinces", minzoom: 3, paint: { "line-color": colour("--province"), "line-width": 0.8 } },
    { id: "borders", type: "line", source: "land", paint: { "line-color": colour("--border"), "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.1] } },
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": dead, "fill-opacity": 0.1 } },
    { id: "edges", type: "line", source: "areas", paint: { "line-color": dead, "line-width": 1.2, "line-opacity": 0.75, "line-dasharray": [3, 2.5] } },
    { id: "countries", type: "symbol", source: "countries", minzoom: isSmall ? 3.5 : 2, filter: [">", ["get", "size"], ["interpolate", ["linear"], ["zoom"], 2, 60, 4, 8, 5, 0.9, 7, -1]],
      layout: { ...label(["interpolate", ["linear"], ["zoom"], 2, 11, 6, 14]), "text-field": ["get", "name"], "text-max-width": 7, "text-padding": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] },
      paint: { "text-color": soft, "text-halo-color": colour("--land"), "text-halo-width": 1.2, "text-opacity": ["interpolate", ["linear"], ["zoom"], 6, 0.9, 8, 0.5] } },
    { id: "names", type: "symbol", source: "names", minzoom: 5.5, layout: { ...label(11), "text-field": ["get", "name"], "text-max-width": 7, "text-padding": 8 },
      paint: { "text-color": soft, "text-halo-color": colour("--land"), "text-halo-width": 1.2, "text-opacity": 0.75 } },
    { id: "circles", type: "circle", source: "told", paint: { "circle-color": dead, "circle-opacity": 0.62, "circle-radius": radius, "circle-stroke-color": dead, "circle-stroke-width": 1 } },
    { id: "sums", type: "symbol", source: "middles", layout: { ...label(12), "text-field": ["get", "said"], "text-max-width": 9, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.2, "symbol-sort-key": ["-", 0, people] },
      paint: { "text-color": dead, "text-halo-color": paper, "text-halo-width": 1.8 } },
    { id: "places", type: "symbol", source: "told", filter: ["!", ["has", "point_count"]],
      layout: { ...label(12), "text-field": ["get", "name"], "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": ["+", 0.4, ["/", radius, 12]], "text-justify": "auto", "symbol-sort-key": ["-", 0, people], "text-optional": true },
      paint: { "text-color": ink, "text-halo-color": paper, "text-halo-width": 1.6 } },
    // Numbers come first: whatever would cover one is left out.
    { id: "numbers", type: "symbol", source: "told", filter: [">", people, 24], layout: { ...label(12), "text-field": ["number-format", people, { locale: LANGUAGE }], "text-allow-overlap": true, "text-padding": 6 },
      paint: { "text-color": colour("--on-dead"), "text-halo-color": dead, "text-halo-width": 1 } },
  ];
}

const NOTHING = { type: "FeatureCollection", features: [] };

function style(far, drawn) {
  const source = (data, more = {}) => ({ type: "geojson", data, ...more });
  const part = (name) => source(feature(far, far.objects[name]));
  const sum = (name) => ["+", ["get", name]];
  return {
    version: 8,
    sources: {
      land: part("admin0"), countries: part("labels0"), provinces: source(NOTHING), names: source(NOTHING),
      areas: source(drawn.areas), middles: source(drawn.middles),
      told: source(drawn.told, {
        cluster: true, clusterRadius: 30, clusterMaxZoom: 11,
        clusterProperties: { best: sum("best"), incidents: sum("incidents") },
      }),
    },
    layers: layers().filter((layer) => layer.type !== "symbol"),
  };
}

// ---- what is told, in columns --------------------------------------------------------------------------------------

class Told {
  constructor(columns) {
    this.first = Date.parse(columns.first + "T00:00:00Z");
    this.days = columns.days;
    this.places = columns.places;
    this.rows = Object.fromEntries(Object.entries(columns.told).map(([name, values]) => [name, Int32Array.from(values)]));
    this.size = columns.places.key.length;
    this.sums = {};
  }

  // Adds up what came in a window of days, per place; what has no day counts only where the window is everything.
  within(from, until) {
    const { place, day, incidents, low, best, high } = this.rows;
    const isAll = from <= 0 && until >= this.days - 1;
    const sums = { incidents: new Int32Array(this.size), low: new Int32Array(this.size), best: new Int32Array(this.size), high: new Int32Array(this.size) };
    for (let at = 0; at < place.length; at++) {
      if (isAll || (day[at] >= from && day[at] <= until)) {
        const to = place[at];
        sums.incidents[to] += incidents[at];
        sums.low[to] += low[at];
        sums.best[to] += best[at];
        sums.high[to] += high[at];
      }
    }
    this.sums = sums;
    return sums;
  }

  day(at) { return new Date(this.first + at * DAY); }
  iso(at) { return this.day(at).toISOString().slice(0, 10); }
}

// The province or the country itself where the map knows it; else a circle as wide as the doubt.
class Areas {
  constructor() {
    this.world = null;
    this.known = new Map();
  }

  know(world) {
    this.world = world;
    this.unpacked = {};
    this.ids = null;
    this.known.clear();
  }

  of(told, at) {
    if (!this.known.has(at)) this.known.set(at, this.make(told.places, at));
    return this.known.get(at);
  }

  make(places, at) {
    const point = [places.lon[at], places.lat[at]];
    const found = places.precision[at] === 6 ? this.country(places.country[at], point) : places.precision[at] === 4 ? this.province(places.key[at], point) : null;
    return found ? found.geometry : around(point, Math.max(places.reach[at], 8));
  }

  country(code, point) {
    const shapes = this.shapes("admin0");
    return shapes.find((one) => code && one.properties.adm0_a3 === code) || shapes.find((one) => holds(one, point));
  }

  province(key, point) {
    const shapes = this.shapes("admin1");
    this.ids ||= new Map(shapes.filter((one) => one.properties.place).map((one) => [String(one.properties.place), one]));
    return this.ids.get(key) || shapes.find((one) => holds(one, point));
  }

  // Shapes are unpacked once, each with the box that it lies in.
  shapes(name) {
    this.unpacked[name] ||= feature(this.world, this.world.objects[name]).features.filter((one) => one.geometry).map((one) => ({ ...one, box: boxOf(one.geometry) }));
    return this.unpacked[name];
  }
}

const polygonsOf = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function boxOf(geometry) {
  let w = 180, s = 90, e = -180, n = -90;
  for (const [x, y] of polygonsOf(geometry).flatMap((rings) => rings[0])) { w = Math.min(w, x); e = Math.max(e, x); s = Math.min(s, y); n = Math.max(n, y); }
  return [w, s, e, n];
}

function holds({ box: [w, s, e, n], geometry }, [x, y]) {
  if (x < w || x > e || y < s || y > n) return false;
  return polygonsOf(geometry).some((rings) => {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i], [xj, yj] = ring[j];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
    }
    return inside;
  });
}

function around([lon, lat], km) {
  const ring = [];
  for (let at = 0; at <= 48; at++) {
    const turn = (at / 48) * 2 * Math.PI;
    ring.push([lon + (km / 111.32 / Math.cos(lat * Math.PI / 180)) * Math.cos(turn), lat + (km / 110.57) * Math.sin(turn)]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

// ---- the map -------------------------------------------------------------------------------------------------------

const PADDING = isSmall ? 24 : { top: 40, bottom: 40, left: 40, right: 72 };
const MOST_AREAS = 300;
const isArea = (precision) => precision > 2;

class Page {
  constructor(far, told) {
    this.told = told;
    this.areas = new Areas();
    this.map = new maplibre.Map({
      container: box.querySelector(".map-canvas"), style: style(far, this.drawn(0, told.days - 1)), bounds: this.bounds(), fitBoundsOptions: { padding: PADDING, maxZoom: 7 },
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false, maxZoom: 13, minZoom: 0.4, renderWorldCopies: false,
      interactive: !isSmall, hash: isSmall ? false : "at", fadeDuration: still.matches ? 0 : 150, cooperativeGestures: false,
      locale: { "Map.Title": words.label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.once("load", () => this.ready());
    this.popup = new maplibre.Popup({ maxWidth: "min(22rem, 86vw)", closeButton: true, offset: 14 });
  }

  bounds() {
    const { lon, lat } = this.told.places;
    if (!lon.length) return [[-30, -35], [75, 60]];
    const box = new maplibre.LngLatBounds();
    lon.forEach((x, at) => box.extend([x, lat[at]]));
    return box;
  }

  ready() {
    box.dataset.ready = "yes";
    performance.mark("map-ready");
    this.name();
    this.refine();
    if (isSmall) return;
    this.map.on("click", (event) => this.pointed(event.point));
    this.map.on("mousemove", (event) => { this.map.getCanvas().style.cursor = this.at(event.point) ? "pointer" : ""; });
    for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    this.map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "0") this.zoom("all");
      else if (event.key === "Enter") this.pointed(this.map.project(this.map.getCenter()), 60);
    });
    this.list = new List(this);
    new Slider(this);
  }

  // Words take time to be set: circles do not wait for them.
  name() {
    let under = "circles";
    for (const layer of layers()) {
      if (layer.id === under) under = undefined;
      if (layer.type === "symbol") this.map.addLayer(layer, under);
    }
  }

  // The provinces and finer coasts come when the first look is drawn: they are large.
  async refine() {
    const answer = await fetch("/static/world.json");
    if (!answer.ok) return;
    const world = await answer.json();
    const part = (name) => feature(world, world.objects[name]);
    this.areas.know(world);
    for (const [name, from] of [["land", "admin0"], ["provinces", "lines1"], ["names", "labels1"]]) this.map.getSource(name).setData(part(from));
    this.show(...this.window);
    await this.map.once("idle");
    box.dataset.fine = "yes";
    performance.mark("map-fine");
  }

  zoom(how) {
    if (how === "all") this.map.fitBounds(this.bounds(), { padding: PADDING, maxZoom: 7, animate: !still.matches });
    else this.map[how === "in" ? "zoomIn" : "zoomOut"]({ animate: !still.matches });
  }

  // Returns what a window of days puts on the map, by source.
  drawn(from, until) {
    const { told } = this, { places } = told, sums = told.within(from, until);
    const out = { told: [], areas: [], middles: [] };
    // Places that lie somewhere in one province are one area with one sum.
    const shapes = new Map();
    for (let at = 0; at < told.size; at++) {
      if (!sums.incidents[at]) continue;
      const properties = { at, best: sums.best[at], incidents: sums.incidents[at], name: places.name[at] };
      const geometry = { type: "Point", coordinates: [places.lon[at], places.lat[at]] };
      if (!isArea(places.precision[at])) out.told.push({ type: "Feature", properties, geometry });
      else if (this.areas.world) {
        // Areas come with the provinces, right after the first look.
        const shape = this.areas.of(told, at);
        if (shapes.has(shape)) shapes.get(shape).properties.best += properties.best;
        else shapes.set(shape, { type: "Feature", properties, geometry });
      }
    }
    // More outlines than these are a thicket, and slow to draw: those with most people stand; the list has them all.
    const most = [...shapes].sort((a, b) => b[1].properties.best - a[1].properties.best).slice(0, MOST_AREAS);
    for (const [shape, middle] of most) {
      middle.properties.said = `${number.format(middle.properties.best)}\n${middle.properties.name}`;
      out.middles.push(middle);
      out.areas.push({ type: "Feature", properties: middle.properties, geometry: shape });
    }
    this.window = [from, until];
    return Object.fromEntries(Object.entries(out).map(([name, features]) => [name, { type: "FeatureCollection", features }]));
  }

  show(from, until) {
    for (const [name, data] of Object.entries(this.drawn(from, until))) this.map.getSource(name).setData(data);
    this.list?.update();
  }

  at(point, reach = 4) {
    const near = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const found = this.map.queryRenderedFeatures(near, { layers: ["circles", "numbers", "sums", "areas"] });
    // What is drawn on top is meant; of areas the smallest, which has the highest doubt about it last.
    return found.find((one) => one.layer.id !== "areas") || found.sort((a, b) => this.told.places.reach[a.properties.at] - this.told.places.reach[b.properties.at])[0];
  }

  async pointed(point, reach) {
    const found = this.at(point, reach);
    if (!found) return;
    if (found.properties.cluster) {
      const source = this.map.getSource("told");
      const zoom = await source.getClusterExpansionZoom(found.properties.cluster_id);
      this.map.easeTo({ center: found.geometry.coordinates, zoom: Math.min(zoom, 12.5), animate: !still.matches });
    } else this.open(found.properties.at);
  }

  // Says in words what stands at a place, with the newest sentences and where they lead.
  async open(at) {
    const { places, sums } = this.told;
    const centre = [places.lon[at], places.lat[at]];
    const body = document.createElement("div");
    const line = (tag, text, className = "") => { const one = document.createElement(tag); one.textContent = text; one.className = className; one.dir = "auto"; return one; };
    body.className = "map-said";
    body.append(line("h3", places.name[at]));
    if (places.within[at]) body.append(line("p", places.within[at], "muted"));
    const doubt = sums.low[at] === sums.high[at] ? "" : ` (${number.format(sums.low[at])}–${number.format(sums.high[at])})`;
    body.append(line("p", `${count(words.single, words.many, sums.best[at])}${doubt}, ${count(words.incident, words.incidents, sums.incidents[at])}`, "strong"));
    if (isArea(places.precision[at])) body.append(line("p", words.somewhere, "muted"));
    const list = document.createElement("ul");
    body.append(list);
    this.popup.setLngLat(centre).setDOMContent(body).addTo(this.map);
    this.popup.getElement().querySelector("button").setAttribute("aria-label", words.close);
    const answer = await fetch(this.placeAddress(at));
    if (!answer.ok) return;
    const said = await answer.json();
    for (const one of said.incidents) {
      const item = document.createElement("li"), link = line("a", one.sentence);
      link.href = one.link;
      item.append(line("span", one.day, "muted"), " ", link);
      list.append(item);
    }
    if (said.more) list.append(line("li", count(words.further, words.more, said.more), "muted"));
    // It has grown: it may fit better on the other side.
    this.popup.setLngLat(centre);
  }

  placeAddress(at) {
    const address = new URL(words.place, location.href);
    address.searchParams.set("key", this.told.places.key[at]);
    const [from, until] = this.window;
    if (from > 0 || until < this.told.days - 1) {
      address.searchParams.set("since", this.told.iso(from));
      address.searchParams.set("until", this.told.iso(until));
    }
    return address;
  }

  go(at) {
    const { places } = this.told;
    const zoom = Math.max(this.map.getZoom(), { 6: 4, 5: 5, 4: 5.5, 3: 7 }[places.precision[at]] || 7.5);
    this.map.easeTo({ center: [places.lon[at], places.lat[at]], zoom, offset: [0, 120], animate: !still.matches });
    this.open(at);
  }
}

// ---- the list beside it --------------------------------------------------------------------------------------------

class List {
  constructor(page) {
    this.page = page;
    this.rows = new Map([...document.querySelectorAll("#places [data-key]")].map((row) => [row.dataset.key, row]));
    page.told.places.key.forEach((key, at) => {
      const button = this.rows.get(key)?.querySelector("button");
      if (button) {
        button.hidden = false;
        button.addEventListener("click", () => { page.go(at); box.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" }); });
      }
    });
  }

  update() {
    const { places, sums } = this.page.told;
    places.key.forEach((key, at) => {
      const row = this.rows.get(key);
      if (!row) return;
      row.hidden = !sums.incidents[at];
      row.querySelector("[data-incidents]").textContent = number.format(sums.incidents[at]);
      row.querySelector("[data-best]").textContent = number.format(sums.best[at]);
      row.querySelector("[data-doubt]").textContent = sums.low[at] === sums.high[at] ? "" : `${number.format(sums.low[at])}–${number.format(sums.high[at])}`;
    });
  }
}

// ---- the window of time --------------------------------------------------------------------------------------------

class Slider {
  constructor(page) {
    this.page = page;
    this.from = document.getElementById("from");
    this.until = document.getElementById("until");
    this.said = document.getElementById("window");
    this.play = document.getElementById("play");
    this.everywhere = document.getElementById("everywhere");
    if (!this.from || page.told.days < 2) return;
    this.last = page.told.days - 1;
    this.from.max = this.until.max = this.last;
    this.until.value = this.last;
    document.getElementById("slider").hidden = false;
    this.restore();
    for (const one of [this.from, this.until]) {
      one.addEventListener("input", () => this.moved());
      one.addEventListener("change", () => this.keep());
    }
    for (const [id, way] of [["earlier", -1], ["later", 1]]) document.getElementById(id).addEventListener("click", () => { this.step(way); this.keep(); });
    // Who asked for less motion steps by hand.
    this.play.hidden = still.matches;
    this.play.addEventListener("click", () => (this.running ? this.stop() : this.start()));
    this.moved();
  }

  get ends() { return [+this.from.value, +this.until.value].sort((a, b) => a - b); }

  set(from, until) {
    this.from.value = Math.max(0, from);
    this.until.value = Math.min(this.last, until);
    this.moved();
  }

  moved() {
    const [from, until] = this.ends, { told } = this.page;
    if (from !== this.page.window[0] || until !== this.page.window[1]) {
      // What it says is of the days before.
      this.page.popup.remove();
      this.page.show(from, until);
    }
    const { best, incidents } = told.sums, all = (numbers) => numbers.reduce((sum, n) => sum + n, 0);
    for (const one of [this.from, this.until]) one.setAttribute("aria-valuetext", dayWords.format(told.day(+one.value)));
    this.said.textContent = `${dayWords.formatRange(told.day(from), told.day(until))}: ${count(words.single, words.many, all(best))}, ${count(words.incident, words.incidents, all(incidents))}`;
  }

  // The window stands in the address, so that the view can be shared as it is seen.
  keep() {
    const [from, until] = this.ends, { told } = this.page;
    const hash = new URLSearchParams(location.hash.slice(1));
    const isAll = from === 0 && until === this.last;
    for (const [name, at] of [["from", from], ["until", until]]) isAll ? hash.delete(name) : hash.set(name, told.iso(at));
    history.replaceState(history.state, "", "#" + decodeURIComponent(hash.toString()));
    const address = new URL(location.href);
    address.hash = "";
    for (const [name, at] of [["since", from], ["until", until]]) address.searchParams.set(name, told.iso(at));
    this.everywhere.href = address;
    this.everywhere.hidden = isAll;
  }

  restore() {
    const hash = new URLSearchParams(location.hash.slice(1)), { told } = this.page;
    const at = (name, other) => (hash.get(name) ? Math.round((Date.parse(hash.get(name) + "T00:00:00Z") - told.first) / DAY) : other);
    this.from.value = at("from", 0);
    this.until.value = at("until", this.last);
    this.keep();
  }

  step(way) {
    let [from, until] = this.ends;
    if (from === 0 && until === this.last) { until = Math.max(0, Math.round(this.last / 8)); if (way < 0) { from = this.last - until; until = this.last; } this.set(from, until); return true; }
    const wide = until - from;
    const to = Math.min(Math.max(0, from + way * (wide + 1)), this.last - wide);
    this.set(to, to + wide);
    return to !== from;
  }

  start() {
    this.play.textContent = this.play.dataset.pause;
    this.running = setInterval(() => { if (!this.step(1)) this.stop(); }, 900);
    if (this.ends[1] === this.last) this.set(0, Math.round(this.last / 8));
  }

  stop() {
    clearInterval(this.running);
    this.running = 0;
    this.play.textContent = this.play.dataset.play;
    this.keep();
  }
}

// ---- the start -----------------------------------------------------------------------------------------------------

function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

async function begin() {
  if (!canDraw()) {
    box.dataset.ready = "no";
    box.querySelector(".map-fault").hidden = false;
    return;
  }
  const [far, told] = await Promise.all(["/static/world-far.json", words.source].map((address) => fetch(address).then((answer) => answer.json())));
  const page = new Page(far, new Told(told));
  // Colours follow the browser's scheme while the page stands open.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const layer of layers()) for (const [name, value] of Object.entries(layer.paint || {})) page.map.setPaintProperty(layer.id, name, value);
  });
}

begin();
