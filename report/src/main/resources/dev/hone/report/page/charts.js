const root = document.documentElement;
const charts = new Map();
const dark = matchMedia("(prefers-color-scheme: dark)");

const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();

/* ---- charts ---- */

/* Half up, as the page's numbers are; 56.75 may stand as 56.7499999. */
const clean = (value, digits) => {
  if (value == null) return "";
  const unit = 10 ** digits;
  return ((Math.sign(value) * Math.round(Number((Math.abs(value) * unit).toPrecision(12)))) / unit).toFixed(digits);
};

function read(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

function range(factor, low, high) {
  if (!isFinite(low)) return [0, factor === 100 ? 100 : 1];
  const pad = Math.max((high - low) * 0.08, factor === 100 ? 2 : 1e-6);
  return factor === 100
    ? [Math.max(-2, low - pad), Math.min(102.5, high + pad)]
    : [low - pad, high + pad];
}

function trialData(data, axis) {
  const factor = data.factor;
  const scaled = (value) => (value == null ? null : value * factor);
  const points = data.points
    .map((p) => ({ ...p, x: p[axis], y: scaled(p.score), lo: scaled(p.lower), hi: scaled(p.upper), top: scaled(p.best) }))
    .sort((a, b) => a.x - b.x || a.trial - b.trial);
  return points;
}

function mark(ctx, point, x, y, ratio) {
  const r = 4.5 * ratio;
  ctx.lineWidth = 1.8 * ratio;
  ctx.beginPath();
  if (point.choice === "baseline") {
    ctx.rect(x - r, y - r, 2 * r, 2 * r);
    ctx.fill();
  } else if (point.choice === "promoted" || point.full && point.choice !== "random" && point.choice !== "guided") {
    ctx.moveTo(x, y - 1.4 * r);
    ctx.lineTo(x + 1.4 * r, y);
    ctx.lineTo(x, y + 1.4 * r);
    ctx.lineTo(x - 1.4 * r, y);
    ctx.closePath();
    ctx.fill();
  } else if (point.choice === "random") {
    ctx.arc(x, y, r, 0, 7);
    ctx.fillStyle = color("paper");
    ctx.fill();
    ctx.stroke();
  } else {
    ctx.arc(x, y, r, 0, 7);
    ctx.fill();
  }
}

function tone(point) {
  if (point.choice === "baseline") return color("ink");
  if (point.choice === "random") return color("random");
  if (point.choice === "promoted" || point.full && point.choice !== "guided") return color("full");
  return color("accent");
}

function drawTrials(u, points) {
  const ctx = u.ctx;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left - 8 * ratio, u.bbox.top, u.bbox.width + 16 * ratio, u.bbox.height);
  ctx.clip();
  for (const point of points) {
    if (point.y == null) continue;
    const x = u.valToPos(point.x, "x", true);
    ctx.strokeStyle = ctx.fillStyle = tone(point);
    if (point.lo != null) {
      ctx.globalAlpha = 0.4;
      ctx.lineWidth = 1.4 * ratio;
      ctx.beginPath();
      ctx.moveTo(x, u.valToPos(point.lo, "y", true));
      ctx.lineTo(x, u.valToPos(point.hi, "y", true));
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    mark(ctx, point, x, u.valToPos(point.y, "y", true), ratio);
  }
  ctx.restore();
}

function sentence(point, factor) {
  const digits = factor === 100 ? 1 : 3;
  const interval = point.lo == null ? "" : " (" + clean(point.lo, digits) + " to " + clean(point.hi, digits) + ")";
  const score = point.y == null ? "no score" : clean(point.y, digits) + interval + " on " + point.examples + (point.examples === 1 ? " example" : " examples");
  const best = point.top == null ? "" : "; best so far " + clean(point.top, digits) + " on " + point.bestExamples;
  return "Trial " + point.trial + ", " + point.choice + (point.what ? " (" + point.what + ")" : "") + ": " + score + best + "; " + point.calls + " calls";
}

function options(element, width, axisName, more) {
  const axis = { stroke: color("soft"), grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1 }, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif" };
  return {
    width,
    height: Math.max(160, element.clientHeight),
    padding: [12, 14, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false }, points: { show: false } },
    axes: [{ ...axis, label: axisName, labelSize: 22, size: 30, gap: 4, values: (u, all) => all.map((v) => (Number.isInteger(v) ? String(v) : "")) }, { ...axis, size: 52 }],
    ...more,
  };
}

function padded(min, max) {
  const pad = Math.max(0.6, (max - min) * 0.03);
  return [min - pad, max + pad];
}

function drawTrialChart(element, data) {
  const radio = document.querySelector('input[name="' + element.dataset.axis + '"]:checked');
  const axis = radio ? radio.value : "trial";
  const points = trialData(data, axis);
  const all = points.flatMap((p) => [p.y, p.lo, p.hi, p.top]).filter((v) => v != null);
  const limits = range(data.factor, Math.min(...all), Math.max(...all));
  const reading = document.getElementById(element.id + "-reading");
  const say = (index) => {
    const text = index == null || !points[index] ? "" : sentence(points[index], data.factor);
    if (reading && reading.textContent !== text) reading.textContent = text;
  };
  const chart = new uPlot(
    options(element, element.clientWidth, axis === "trial" ? "trial" : "calls of the whole run", {
      scales: { x: { time: false, range: (u, min, max) => padded(min, max) }, y: { range: () => limits } },
      series: [
        {},
        { stroke: color("good"), width: 2.5, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false }, spanGaps: true },
        { stroke: "transparent", paths: () => null, points: { show: false } },
      ],
      hooks: { draw: [(u) => drawTrials(u, points)], setCursor: [(u) => say(u.cursor.idx)] },
    }),
    [points.map((p) => p.x), points.map((p) => p.top), points.map((p) => p.y)],
    element,
  );
  return { chart, points, say };
}

function drawBestChart(element, data) {
  const xs = [...new Set(data.runs.flatMap((r) => r.points.map((p) => p.calls)))].sort((a, b) => a - b);
  const lines = data.runs.map((run) => {
    const at = new Map(run.points.map((p) => [p.calls, p.best * data.factor]));
    return xs.map((x) => (at.has(x) ? at.get(x) : null));
  });
  const all = lines.flat().filter((v) => v != null);
  const limits = range(data.factor, Math.min(...all), Math.max(...all));
  const chart = new uPlot(
    options(element, element.clientWidth, "calls of the run", {
      scales: { x: { time: false, range: (u, min, max) => padded(min, max) }, y: { range: () => limits } },
      series: [{}, ...data.runs.map((run, i) => ({ stroke: color("l" + (i % 6)), width: 2.5, dash: i < 6 ? [] : [6, 4], paths: uPlot.paths.stepped({ align: 1 }), spanGaps: true, points: { show: true, size: 5 } }))],
    }),
    [xs, ...lines],
    element,
  );
  return { chart, points: [], say: () => {} };
}

function draw(element) {
  const data = read(element.dataset.chart);
  const old = charts.get(element);
  if (!data || element.clientWidth === 0) return;
  const at = old ? old.index : null;
  const made = data.kind === "trials" ? drawTrialChart(element, data) : drawBestChart(element, data);
  if (old) old.chart.destroy();
  charts.set(element, { ...made, index: at, width: element.clientWidth });
  element.dataset.drawn = String(made.points.length);
}

function drawAll() {
  for (const element of charts.keys()) if (!element.isConnected) charts.delete(element);
  document.querySelectorAll("[data-chart]").forEach(draw);
}

const sizes = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const known = charts.get(entry.target);
    if (known && known.width !== entry.target.clientWidth) {
      known.width = entry.target.clientWidth;
      known.chart.setSize({ width: known.width, height: Math.max(160, entry.target.clientHeight) });
    }
  }
});

/* What scrolls sideways can be reached by the keyboard; what does not is no stop. */
const tables = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

function observe() {
  document.querySelectorAll("[data-chart]").forEach((element) => sizes.observe(element));
  document.querySelectorAll(".table").forEach((element) => tables.observe(element));
}

document.addEventListener("change", (event) => {
  if (event.target.matches('.switch input[type="radio"]')) {
    const section = event.target.closest("section");
    section.querySelectorAll("[data-chart]").forEach(draw);
    remember();
  }
});

document.addEventListener("keydown", (event) => {
  const element = event.target;
  const known = charts.get(element);
  if (!known || !known.points.length) return;
  const last = known.points.length - 1;
  const from = known.index == null ? -1 : known.index;
  const to = { ArrowRight: Math.min(last, from + 1), ArrowLeft: Math.max(0, from < 0 ? last : from - 1), Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  known.index = to;
  const point = known.points[to];
  known.chart.setCursor({ left: known.chart.valToPos(point.x, "x"), top: 0 }, false);
  known.say(to);
});

dark.addEventListener("change", drawAll);
addEventListener("beforeprint", () => {
  root.classList.add("paper");
  document.querySelectorAll("details").forEach((d) => {
    if (!d.open && !d.closest("section[id$=examples]")) {
      d.dataset.closed = "1";
      d.open = true;
    }
  });
  drawAll();
});
addEventListener("afterprint", () => {
  root.classList.remove("paper");
  document.querySelectorAll("details[data-closed]").forEach((d) => {
    delete d.dataset.closed;
    d.open = false;
  });
  drawAll();
});
