/* ---- following a run ---- */

const life = root.dataset.life;
const word = document.getElementById("live-word");
const button = document.getElementById("live-pause");
const KEY = "hone-report:" + location.pathname;
let paused = false;

function state() {
  const open = {};
  document.querySelectorAll("details[id]").forEach((d) => (open[d.id] = d.open));
  const radios = [...document.querySelectorAll(".switch input:checked")].map((r) => r.id);
  const focus = document.activeElement && document.activeElement.id;
  return { open, radios, focus, y: scrollY, paused };
}

function remember() {
  if (life !== "FILE") return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state()));
  } catch (e) {
    /* without storage the page begins at its top */
  }
}

function restore(known) {
  for (const [id, open] of Object.entries(known.open || {})) {
    const details = document.getElementById(id);
    if (details && details.tagName === "DETAILS") details.open = open;
  }
  for (const id of known.radios || []) {
    const radio = document.getElementById(id);
    if (radio && radio.type === "radio") radio.checked = true;
  }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) || null;
  } catch (e) {
    return null;
  }
}

function tell(text) {
  if (word && word.textContent !== text) word.textContent = text;
}

function setPaused(value) {
  paused = value;
  if (button) {
    button.setAttribute("aria-pressed", String(value));
    button.textContent = value ? "Go on" : "Pause";
  }
  tell(value ? "Paused" : following());
}

/* A run that was killed says nothing any more; one that waits for its model may, later. */
function following() {
  const updated = root.dataset.updated;
  const quiet = Date.now() - Date.parse(updated) > 120000;
  return quiet ? "No news since " + updated.replace("T", " ").replace("Z", " UTC") : "Following the run";
}

if (button) {
  button.addEventListener("click", () => {
    setPaused(!paused);
    remember();
    if (!paused) step();
  });
}

const known = recall();
if (known) {
  restore(known);
  if (life === "FILE") history.scrollRestoration = "manual";
  if (known.paused && life === "FILE") setPaused(true);
}

drawAll();
observe();

if (known && known.y !== undefined) {
  scrollTo({ top: known.y, behavior: "instant" });
  const focused = known.focus && document.getElementById(known.focus);
  if (focused) focused.focus({ preventScroll: true });
  if (life !== "FILE") sessionStorage.removeItem(KEY);
}

const raw = new Map();
document.querySelectorAll("[data-part]").forEach((part) => raw.set(part.id, null));

function replace(part, fresh) {
  const before = state();
  const drawn = new Map([...part.querySelectorAll("[data-chart]")].map((c) => [c.id, c]));
  const next = document.importNode(fresh, true);
  next.querySelectorAll("[data-chart]").forEach((empty) => {
    const old = drawn.get(empty.id);
    if (old) empty.replaceWith(old);
  });
  part.replaceWith(next);
  restore(before);
  next.querySelectorAll("[data-chart]").forEach(draw);
  const focused = before.focus && document.getElementById(before.focus);
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

function take(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  let last = null;
  page.querySelectorAll("[data-part]").forEach((fresh) => {
    const part = document.getElementById(fresh.id);
    const text = fresh.outerHTML;
    if (!part) {
      const at = last && document.getElementById(last);
      if (at) at.after(document.importNode(fresh, true));
    } else if (raw.get(fresh.id) !== text) {
      replace(part, fresh);
    }
    raw.set(fresh.id, text);
    last = fresh.id;
  });
  document.title = page.title;
  root.dataset.updated = page.documentElement.dataset.updated;
  document.querySelectorAll("[data-chart]").forEach((element) => {
    if (!charts.has(element)) draw(element);
  });
  observe();
  return page.documentElement.dataset.life;
}

let version = null;
let failures = 0;
let timer = 0;

async function poll() {
  const answer = await fetch("changes", { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const now = await answer.text();
  if (now !== version) {
    const page = await (await fetch("./", { cache: "no-store" })).text();
    if (paused) return true; // pressed meanwhile: what is shown stays
    const ended = take(page) === "STILL";
    version = now;
    root.dataset.version = now;
    if (ended) {
      tell("The run has ended");
      if (button) button.hidden = true;
      root.dataset.life = "STILL";
      return false;
    }
  }
  return true;
}

async function step() {
  clearTimeout(timer);
  if (paused) return;
  if (life === "SERVED") {
    let more = true;
    try {
      more = document.hidden || (await poll());
      if (more && !paused) tell(following());
      failures = 0;
    } catch (e) {
      failures++;
      if (failures >= 3) tell("No news: the run, or what serves this page, has ended");
    }
    if (more) timer = setTimeout(step, Math.min(10000, 1000 * (1 + failures)));
  } else if (life === "FILE") {
    timer = setTimeout(() => {
      if (paused) return;
      if (document.hidden || String(getSelection()).length > 0) {
        step();
      } else {
        remember();
        location.reload();
      }
    }, 3000);
  }
}

if (life === "SERVED" || life === "FILE") {
  if (!paused) tell(following());
  step();
}
