// Draws who holds what with MapLibre, each actor in a colour of its own. The list beside it says the same without it.
import * as maplibre from "./vendor/maplibre-gl.mjs";
import { feature } from "./vendor/topojson.mjs";

maplibre.setWorkerUrl(new URL("./vendor/maplibre-gl-worker.mjs", import.meta.url).href);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const box = document.getElementById("control-map");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const NEAR = 2; // UCDP's where_prec: from 3 on the place is a district, a province, a country

function features(points) {
  return {
    type: "FeatureCollection",
    features: points.map((one) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [one.lon, one.lat] },
      properties: { ...one, fought: one.state === "besieges" || one.state === "contests" || one.doubted, wide: one.precision > NEAR },
    })),
  };
}

function style(world, points) {
  const part = (name) => ({ type: "geojson", data: feature(world, world.objects[name]) });
  const sides = ["match", ["get", "side"], ...Array.from({ length: 7 }, (_, n) => [n, colour(`--side-${n}`)]).flat(), colour("--side-7")];
  return {
    version: 8,
    sources: { land: part("admin0"), countries: part("labels0"), held: { type: "geojson", data: features(points) } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "land", paint: { "line-color": colour("--border"), "line-width": 0.8 } },
      { id: "held", type: "circle", source: "held", filter: ["!=", ["get", "state"], "lost"], paint: {
        "circle-color": sides, "circle-radius": ["case", ["get", "wide"], 13, 7], "circle-opacity": ["case", ["get", "wide"], 0.3, 0.85],
        "circle-stroke-color": ["case", ["get", "fought"], colour("--ink"), sides], "circle-stroke-width": ["case", ["get", "fought"], 2.5, 1] } },
      { id: "countries", type: "symbol", source: "countries", minzoom: 2, layout: { "text-field": ["get", "name"], "text-font": ["system-ui", "sans-serif"], "text-size": 12, "symbol-sort-key": ["-", 0, ["get", "size"]] },
        paint: { "text-color": colour("--soft"), "text-halo-color": colour("--land"), "text-halo-width": 1.2 } },
      { id: "names", type: "symbol", source: "held", filter: ["!=", ["get", "state"], "lost"], minzoom: 4.5, layout: { "text-field": ["get", "place"], "text-font": ["system-ui", "sans-serif"], "text-size": 12, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.9 },
        paint: { "text-color": colour("--ink"), "text-halo-color": colour("--paper"), "text-halo-width": 1.6 } },
    ],
  };
}

function within(points) {
  const bounds = new maplibre.LngLatBounds();
  points.forEach((one) => bounds.extend([one.lon, one.lat]));
  return points.length ? bounds : [[-30, -35], [75, 60]];
}

async function draw() {
  const [world, held] = await Promise.all(["/static/world-far.json", box.dataset.source].map((address) => fetch(address).then((answer) => answer.json())));
  const map = new maplibre.Map({
    container: box.querySelector(".map-canvas"), style: style(world, held.points), bounds: within(held.points), fitBoundsOptions: { padding: 40, maxZoom: 7 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 12, renderWorldCopies: false,
    fadeDuration: still.matches ? 0 : 150, locale: { "Map.Title": box.dataset.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
    if (button.dataset.zoom === "all") map.fitBounds(within(held.points), { padding: 40, maxZoom: 7, animate: !still.matches });
    else map[button.dataset.zoom === "in" ? "zoomIn" : "zoomOut"]({ animate: !still.matches });
  });
  const popup = new maplibre.Popup({ maxWidth: "min(22rem, 86vw)", offset: 12 });
  map.on("click", "held", (event) => {
    const body = document.createElement("div");
    for (const said of new Set(event.features.map((one) => one.properties.said))) {
      const line = document.createElement("p");
      line.textContent = said;
      line.dir = "auto";
      body.append(line);
    }
    popup.setLngLat(event.features[0].geometry.coordinates).setDOMContent(body).addTo(map);
    popup.getElement().querySelector("button").setAttribute("aria-label", box.dataset.close);
  });
  map.on("mousemove", "held", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "held", () => { map.getCanvas().style.cursor = ""; });
  map.once("load", () => { box.dataset.ready = "yes"; });
}

if (box) draw().catch(() => { box.querySelector(".map-fault").hidden = false; box.querySelector(".map-canvas").hidden = true; });
