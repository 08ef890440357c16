// Draws the charts that the page describes (Vega-Lite, shipped), in the page's own colours; lets days be chosen by drawing them.
// Beside each chart stands a table of the same figures: nothing here is needed to read.
import { View, compile, expressionInterpreter, parse } from "./vendor/vega.mjs";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const AXIS = 34;
const DAY = 86400000;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
// The page names colours as the style sheet does, so that light and dark are decided in one place.
const coloured = (text) => text.replace(/var\((--[a-z-]+)\)/g, (_, name) => colour(name));

function config() {
  const soft = colour("--soft"), line = colour("--line"), ink = colour("--ink");
  return {
    background: null, font: FONT, view: { stroke: null }, concat: { spacing: 12 },
    axis: { labelColor: soft, labelFontSize: 12, tickColor: line, domainColor: line, gridColor: line, gridOpacity: 0.7, labelPadding: 5, titleColor: soft, titleFontWeight: 400, titleFontSize: 12, labelLimit: 220 },
    axisX: { grid: false, labelOverlap: true, tickCount: 7 },
    axisY: { domain: false, ticks: false },
    axisYQuantitative: { minExtent: AXIS, maxExtent: AXIS }, axisQuantitative: { format: ",d" },
    title: { color: ink, fontSize: 13, fontWeight: 400 },
    legend: { labelColor: soft, titleColor: soft, labelFontSize: 12, titleFontWeight: 400, orient: "top", labelLimit: 260 },
    bar: { discreteBandSize: { band: 0.78 } }, text: { color: ink, fontSize: 12 },
  };
}

// "container" is as wide as the page leaves room for; Vega-Lite itself knows that only for single charts.
function fitted(spec, width) {
  if (Array.isArray(spec)) return spec.map((one) => fitted(one, width));
  if (spec === null || typeof spec !== "object") return spec;
  return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, name === "width" && value === "container" ? width : fitted(value, width)]));
}

class Chart {
  constructor(box) {
    this.box = box;
    this.width = 0;
    new ResizeObserver(() => { if (Math.abs(box.clientWidth - this.width) > 8) this.draw(); }).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  async draw() {
    this.width = this.box.clientWidth;
    const left = Number(this.box.dataset.left || AXIS) + 14;
    const spec = fitted(JSON.parse(coloured(this.box.dataset.spec)), Math.max(120, this.width - left));
    spec.padding = { left: 0, right: 8, top: 4, bottom: 2 };
    spec.autosize = { type: "pad" };
    this.view?.finalize();
    const runtime = parse(compile(spec, { config: config() }).spec, null, { ast: true });
    this.view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", hover: true, container: this.box });
    await this.view.runAsync();
    // The chart is one picture with words of its own; its parts are read in the table.
    this.box.querySelector("svg").setAttribute("aria-hidden", "true");
    if (this.box.dataset.days) this.choose();
    this.box.dataset.ready = "yes";
  }

  // Drawn days go into the two fields, and with the button's release into the address.
  choose() {
    const form = document.getElementById(this.box.dataset.days);
    let drawn = null;
    this.view.addSignalListener("days", (_, days) => {
      drawn = days.from || null;
      if (!drawn) return;
      // Days are whole, and the last one is in.
      const [first, after] = drawn.map((moment) => Math.round(moment / DAY));
      form.elements.since.value = day(first);
      form.elements.until.value = day(Math.max(first, after - 1));
    });
    const released = () => { if (drawn) form.requestSubmit(); };
    this.box.addEventListener("pointerdown", () => { drawn = null; window.addEventListener("pointerup", () => setTimeout(released, 60), { once: true }); });
  }
}

function day(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

for (const box of document.querySelectorAll(".vega")) new Chart(box);
