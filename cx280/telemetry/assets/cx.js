/* cx.js: what visitors do on a website, told to cx280. docs/guides/script.md says how to use it.
   Keeps nothing but session storage, sends no cookie, throws nothing into the page.
   Built by scripts/build_assets.py; tests/telemetry hold it to its size. */
(() => {
  const d = document, w = window, n = navigator, me = d.currentScript, now = Date.now;
  if (w.cx?.call) return; // loaded twice counts once
  w.cx = () => {};
  if (n.globalPrivacyControl || n.doNotTrack == 1) return;

  const to = new URL("v1/events", me.src);
  const asked = (me.dataset.queries || "").split(",");
  const quiet = (act) => (...given) => { try { act(...given); } catch {} }; // the page never hears of it
  const on = (type, act) => addEventListener(type, quiet(act), true);

  // An address of mail, and seven digits in a row or nine with marks between: a date stays.
  const redact = (text) => text
    .replace(/[^\s/?&=@]+(@|%40)[^\s/?&=@]+|(\d([-\s().+_]|%2[089bd])*){9,}|\d{7,}/gi, "(removed)")
    .slice(0, 200);
  const tidy = (name) => redact(`${name || ""}`).toLowerCase().replace(/[^a-z0-9_.:-]+/g, "-").slice(0, 64);
  // 96 bits; crypto.randomUUID would be missing on pages without TLS.
  const random = () => crypto.getRandomValues(new Uint32Array(3)).join("-");
  const page = () => {
    const kept = [...new URLSearchParams(location.search)].filter(([key]) => asked.includes(key));
    return location.pathname + (kept[0] ? "?" + new URLSearchParams(kept) : "");
  };

  // All that is kept, and gone when the tab closes: a random name for the visit, what could not be
  // sent, and the flow in progress with its times.
  let visit = random(), queue = [], flow, began, stepped, left;
  try { [visit, queue, flow, began, stepped, left] = JSON.parse(sessionStorage.cx280); } catch {}

  let timer, leaving, scanning, seen, last, acted, failures = 0;
  const later = () => timer ||= setTimeout(flush, 2e3 << (failures & 7));
  const add = (kind, name, extra) => {
    queue = [...queue, {
      ...JSON.parse(JSON.stringify({ kind, name: tidy(name), page: page(), ...extra },
        (_, value) => typeof value == "string" ? redact(value) : value)),
      id: random(),
      site: me.dataset.site,
      at: new Date().toISOString(),
      visit,
      language: d.documentElement.lang.split("-")[0],
    }].slice(-99);
    return later();
  };
  const flush = () => {
    timer = clearTimeout(timer);
    // What failed once is kept for the next page of this tab.
    try { sessionStorage.cx280 = JSON.stringify([visit, failures ? queue : [], flow, began, stepped, left]); } catch {}
    const detail = queue;
    queue = [];
    if (!detail[0] || !d.dispatchEvent(new CustomEvent("cx:send", { detail, cancelable: true }))) return;
    fetch(to, { method: "POST", body: JSON.stringify(detail), keepalive: true, credentials: "omit" }).then(({ status }) => {
      if (status > 499 || status == 429) throw 0;
      failures = 0;
    }).catch(() => {
      queue = [...detail, ...queue].slice(-99);
      if (++failures < 6) later();
    });
  };

  // Flows.
  const since = (moment) => moment && { value: (now() - moment) / 1e3, unit: "s" };
  const abandon = () => {
    if (flow && !left) left = add("other", "abandon", { ...flow, ...since(began) });
  };
  const step = (name, extra) => {
    name = tidy(name);
    if (flow?.flow != name) {
      abandon();
      add("transaction_start", "", flow = { flow: name });
      began = now();
      stepped = 0;
    }
    seen = 1;
    left = 0; // taken up again
    name = tidy(extra?.step);
    if (name && name != flow.step) {
      flow.step = name;
      add("other", "step", { ...flow, ...since(stepped) });
      stepped = now();
    }
  };
  const complete = (name, extra) => {
    name = tidy(name);
    const mine = flow?.flow == name;
    add("transaction_complete", "", { flow: name, ...mine && since(began), ...extra });
    if (mine) flow = 0;
  };

  // What is on the page: the first step in sight, errors, the end of a flow.
  let first, errors = [];
  const go = (element) => element && step(element.closest("[data-cx-flow]").dataset.cxFlow, { step: element.dataset.cxStep });
  const scan = quiet(() => {
    scanning = 0;
    const find = (what) => [...d.querySelectorAll(`[data-cx-${what}]`)].filter((each) => each.offsetHeight);
    const top = find("step")[0], known = errors;
    seen ||= top;
    find("complete").map(({ dataset }) => tidy(dataset.cxComplete) == flow?.flow && complete(flow.flow));
    if (first != (first = top?.dataset.cxStep)) go(top);
    errors = find("error");
    errors.map((each) => known.includes(each) || add("error", each.dataset.cxError, flow));
  });
  const soon = () => scanning ||= setTimeout(scan, 200);

  const view = () => {
    if (last == (last = page())) return;
    add("page_view");
    seen = 0;
    clearTimeout(leaving);
    leaving = setTimeout(() => seen || abandon(), 2e3);
    soon();
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = (...given) => {
      setTimeout(view);
      return original.call(history, ...given);
    };
  }
  on("popstate", () => setTimeout(view));
  on("focusin", ({ target }) => go(target.closest("[data-cx-step]")));
  on("click", ({ target }) => {
    const near = (what) => target.closest(`[data-cx${what}]`)?.dataset;
    const link = target.closest("a[href]"), out = link && link.host != location.host;
    acted = out ? 0 : now();
    near("") && add("click", near("").cx, flow);
    if (near("-survey")) link.search += "&visit=" + visit; // the survey says whether it keeps it
    near("-helpful") && add("other", "helpful", { value: +(near("-helpful").cxHelpful == "yes") });
    const file = link?.download || /\.(pdf|docx?|xlsx?|pptx?|csv|zip)$/i.test(link?.pathname);
    if (/^http/.test(link) && (out || file)) {
      add("click", file ? "download" : "outbound", { properties: { to: (out ? link.origin : "") + link.pathname } });
    }
  });

  // Core Web Vitals of the page that was loaded: each once, when it is known and the page hidden.
  const landing = page(), values = {}, slow = {}, told = {};
  let sum, begun, before = 0;
  const watch = (type, each) => {
    if (d.hidden || !PerformanceObserver.supportedEntryTypes.includes(type)) return;
    new PerformanceObserver((list) => list.getEntries().map(each)).observe({ type, buffered: true, durationThreshold: 16 });
    return 0;
  };
  const interaction = ({ interactionId: id, duration }) => {
    if (id) slow[id] = Math.max(slow[id] || 0, duration);
  };
  watch("largest-contentful-paint", ({ startTime }) => values.lcp = startTime);
  values.cls = watch("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - before < 1e3 && startTime - begun < 5e3) sum += value;
    else {
      sum = value;
      begun = startTime;
    }
    before = startTime;
    values.cls = Math.max(values.cls, sum);
  });
  watch("event", interaction);
  watch("first-input", interaction);
  const hide = () => {
    const worst = Object.values(slow).sort((a, b) => b - a);
    values.inp = worst[performance.interactionCount / 50 | 0] ?? worst.pop();
    for (const name in values) {
      told[name] ||= values[name] >= 0 &&
        add("other", name, { value: values[name], unit: name == "cls" ? "score" : "ms", page: landing });
    }
    flush();
  };
  on("visibilitychange", () => d.hidden && hide());
  on("pagehide", () => {
    scan(); // a page that is left at once had its step too
    now() - acted < 5e3 || abandon();
    hide();
  });
  on("pageshow", ({ persisted }) => persisted && view(last = 0)); // shown again by the back button

  w.cx = quiet((kind, name, extra) => {
    const act = { start: step, step, complete, abandon }[kind];
    act ? act(name, extra) : add(kind, name, { ...flow, ...extra });
  });
  new MutationObserver(soon).observe(d, { subtree: true, childList: true, attributes: true });
  view();
})();
