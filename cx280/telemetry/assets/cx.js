/* cx.js: what visitors do on a website, told to cx280. docs/guides/script.md says how to use it.
   Keeps nothing but session storage, sends no cookie, throws nothing into the page.
   Built by scripts/build_assets.py; tests/telemetry hold it to its size. */
(() => {
  const d = document, me = d.currentScript, now = Date.now;
  if (self.cx?.call) return; // loaded twice counts once
  self.cx = Object;
  // Surveys on the page: their part is another file, asked for when the moment comes that one waits for.
  const ask = (at) => d.querySelector(`[data-cx-ask~="${at}"]`) && import(new URL("ask.js", me.src)).then((part) => part.ask(at), Object);
  ask("now"); // opened by people themselves, so shown whatever the browser signals
  if (navigator.globalPrivacyControl || navigator.doNotTrack == 1) return;

    const asked = me.dataset.queries?.split(",");
  const quiet = (act) => (...given) => { try { act(...given); } catch {} }; // the page never hears of it
  const on = (type, act) => addEventListener(type, quiet(act), true);

  // An address of mail, and seven digits in a row or nine with marks between: a date stays.
  const redact = (text) => text
    .replace(/[^\s/?&=@]+(@|%40)[^\s/?&=@]+|(\d([-\s().+_]|%2[089bd])*){9,}|\d{7,}/gi, "(removed)")
    .slice(0, 200);
  const tidy = (name = "") => redact(name + "").toLowerCase().replace(/[^\w.:-]+/g, "-").slice(0, 64);
  // 96 bits; crypto.randomUUID would be missing on pages without TLS.
  const random = () => crypto.getRandomValues(new Uint32Array(3)).join("-");
  const page = () => {
    const url = new URL(location), kept = url.searchParams;
    [...kept].map(([key]) => asked?.includes(key) || kept.delete(key));
    return url.pathname + url.search;
  };

  // All that is kept, and gone when the tab closes: a random name for the visit, what could not be
  // sent, and the flow in progress with its times.
  let visit = random(), queue = [], flow, began, stepped, left;
  try { [visit, queue, flow, began, stepped, left] = JSON.parse(sessionStorage.cx280); } catch {}

  let timer, leaving, scanning, seen, last, acted, failures = 0;
  const later = () => timer ||= setTimeout(flush, 2e3 << (failures & 7));
  const add = (kind, name, extra) => {
    ask(tidy(name) || kind);
    queue = [...queue, {
      ...JSON.parse(JSON.stringify({ kind, name: tidy(name), page: page(), ...extra },
        (_, value) => value?.padEnd ? redact(value) : value)),
      id: random(),
      site: me.dataset.site,
      at: new Date(),
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
    if (!detail[0] || !d.dispatchEvent(new CustomEvent("cx:send", { detail, cancelable: 1 }))) return;
    fetch(new URL("v1/events", me.src), { method: "POST", body: JSON.stringify(detail), keepalive: 1, credentials: "omit" }).then(({ status }) => {
      if (status > 499 | status == 429) throw 0;
      failures = 0;
    }).catch(() => {
      queue = [...detail, ...queue].slice(-99);
      if (++failures < 6) later();
    });
  };

  // Flows.
  const since = (moment) => moment && { value: (now() - moment) / 1e3, unit: "s" };
  const abandon = () => {
    if (flow) left ||= add("other", "abandon", { ...flow, ...since(began) });
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
    const mine = flow?.flow == name && since(began);
    add("transaction_complete", "", { flow: name, ...mine, ...extra });
    if (mine) flow = 0;
  };

  // What is on the page: the first step in sight, errors, the end of a flow.
  let first, errors = [];
  const go = (element) => element && step(element.closest("[data-cx-flow]").dataset.cxFlow, { step: element.dataset.cxStep });
  const scan = quiet(() => {
    ask("now");
    scanning = 0;
    const find = (what) => [...d.querySelectorAll(`[data-cx-${what}]`)].filter((each) => each.offsetHeight);
    const known = errors, [top] = find("step");
    seen ||= top;
    find("complete").map((each) => tidy(each.dataset.cxComplete) == flow?.flow && complete(flow.flow));
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
  ["pushState", "replaceState"].map((name) => {
    const original = history[name];
    history[name] = (...given) => {
      setTimeout(view);
      return original.call(history, ...given);
    };
  });
  on("popstate", () => setTimeout(view));
  on("focusin", ({ target }) => go(target.closest("[data-cx-step]")));
  on("click", ({ target }) => {
    const near = (what) => target.closest(`[data-cx${what}]`)?.dataset;
    const link = target.closest("a[href]"), out = link && link.origin != location.origin;
    acted = out ? 0 : now();
    near("") && add("click", near("").cx, flow);
    if (near("-survey")) link.search += "&visit=" + visit; // the survey says whether it keeps it
    near("-helpful") && add("other", "helpful", { value: +(near("-helpful").cxHelpful == "yes") });
    const file = link?.download || /\.(pdf|(doc|xls|ppt)x?|csv|zip)$/i.test(link?.pathname);
    if (/^http/.test(link) && (out || file)) {
      add("click", file ? "download" : "outbound", { properties: { to: (out ? link.origin : "") + link.pathname } });
    }
  });

  // Core Web Vitals of the page that was loaded: each once, when it is known and the page hidden.
  const values = {}, slow = {}, told = {}, landing = page();
  let sum, begun, before;
  const watch = (type, each) => {
    if (d.hidden || !PerformanceObserver.supportedEntryTypes.includes(type)) return;
    new PerformanceObserver((list) => list.getEntries().map(each)).observe({ type, buffered: 1, durationThreshold: 16 });
    return 0;
  };
  const interaction = (entry) => {
    const id = entry.interactionId;
    if (id) slow[id] = Math.max(slow[id] ?? 0, entry.duration);
  };
  watch("largest-contentful-paint", ({ startTime }) => values.lcp = startTime);
  values.cls = watch("layout-shift", ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return;
    if (startTime - before < 1e3 && startTime - begun < 5e3) value += sum;
    else begun = startTime;
    before = startTime;
    values.cls = Math.max(values.cls, sum = value);
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
  on("pageshow", (event) => event.persisted && view(last = 0)); // shown again by the back button

  self.cx = quiet((kind, name, extra) => {
    const act = { start: step, step, complete, abandon }[kind];
    act ? act(name, extra) : add(kind, name, { ...flow, ...extra });
  });
  new MutationObserver(soon).observe(d, { subtree: 1, childList: 1, attributes: 1 });
  view();
})();
