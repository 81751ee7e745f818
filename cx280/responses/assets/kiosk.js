// A kiosk: one question a screen where all of them do not fit, a new start when nobody is there,
// and answers kept on the device until the server has them. Without it the page is a plain form.
(() => {
  "use strict";
  const data = document.body.dataset;
  const by = (id) => document.getElementById(id);
  const form = document.querySelector("form");
  const steps = [...document.querySelectorAll(".step")];
  const BATCH = 50, EVERY = 30, SLOWEST = 300; // answers, seconds, seconds

  // ---- What is kept on the device: answers, and people who began, that the server has not
  // acknowledged.

  let opened;
  function database() {
    opened ||= new Promise((done, failed) => {
      const asked = indexedDB.open(`cx280-kiosk ${data.root}`, 2);
      asked.onupgradeneeded = () => {
        const there = asked.result.objectStoreNames;
        ["answers", "begun"].filter((each) => !there.contains(each))
          .forEach((each) => asked.result.createObjectStore(each, { keyPath: "id" }));
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close(); // a newer page in another tab
        done(asked.result);
      };
      asked.onerror = asked.onblocked = () => { opened = undefined; failed(asked.error); };
    });
    return opened;
  }

  async function within(mode, work) {
    const record = await database();
    return new Promise((done, failed) => {
      // Strict: on the disk, not only handed over, before anybody reads thanks.
      const changes = record.transaction(["answers", "begun"], mode, { durability: "strict" });
      const asked = work(changes.objectStore("answers"), changes.objectStore("begun"));
      changes.oncomplete = () => done(asked && asked.result);
      changes.onerror = changes.onabort = () => failed(changes.error);
    });
  }

  // ---- Sending: one tab at a time, oldest first, smaller after a failure, until acknowledged.

  let size = BATCH, wait = EVERY, timer = 0, stale = false, offset = 0;
  try { offset = Number(localStorage.getItem("cx280-kiosk-offset")) || 0; } catch { /* none */ }

  function later(failed, least = 0) {
    wait = failed ? Math.min(SLOWEST, Math.max(wait === EVERY ? 5 : wait * 2, least)) : EVERY;
    clearTimeout(timer);
    timer = setTimeout(sync, wait * 1000);
  }

  function sync() {
    const send = (lock) => (lock === null ? later(false) : sendAll().catch(() => later(true)));
    if (!navigator.locks) return send();
    return navigator.locks.request(`cx280-kiosk ${data.root}`, { ifAvailable: true }, send);
  }

  async function sendAll() {
    const kept = await within("readonly", (store) => store.getAll());
    const ready = kept.filter((each) => !each.refused);
    ready.sort((a, b) => (a.tries || 0) - (b.tries || 0) || a.sent - b.sent);
    const batch = ready.slice(0, size);
    // Not who stands here now: their answers will tell that they began.
    const begun = (await within("readonly", (_, store) => store.getAll()))
      .filter((each) => !person || each.id !== person.id).slice(0, BATCH);
    const answer = await fetch(`${data.root}answers`, {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: { "Content-Type": "application/json" },
      signal: AbortSignal.timeout(20000),
      body: JSON.stringify({
        now: Date.now(), waiting: ready.length - batch.length,
        refused: kept.length - ready.length,
        answers: batch.map(({ id, page, began, sent, language, answers }) => (
          { id, page, began, sent, language, answers })),
        begun,
      }),
    });
    if (!answer.ok || answer.redirected) return turnedAway(answer, batch);
    const said = await answer.json();
    await within("readwrite", (store, left) => {
      said.begun.forEach((id) => left.delete(id));
      said.stored.forEach((id) => store.delete(id));
      batch.filter((each) => said.refused.includes(each.id))
        .forEach((each) => store.put({ ...each, refused: true }));
    });
    learn(said);
    size = Math.min(BATCH, size * 2);
    return ready.length > batch.length ? sendAll() : later(false);
  }

  async function turnedAway(answer, batch) {
    if (answer.status === 403) stop();
    if (batch.length === 1) { // perhaps it is this one: let the others go first
      await within("readwrite", (store) => store.put({ ...batch[0], tries: (batch[0].tries || 0) + 1 }));
    }
    size = Math.max(1, Math.floor(size / 2));
    later(true, Number(answer.headers.get("Retry-After")) || 0);
  }

  function learn(said) {
    offset = said.now - Date.now();
    try { localStorage.setItem("cx280-kiosk-offset", String(offset)); } catch { /* none */ }
    stale = !said.open || String(said.version) !== data.version;
    // Not at once after the last time: the page may be the same still.
    if (stale && !isBusy() && performance.now() > 5000) goHome();
  }

  // ---- One person: from the first touch to thanks, or to nobody there.

  let person = null, at = 0, stepwise = false, idle = 0;
  const newPerson = () => ({ id: newId(), began: 0 });
  const isBusy = () => !form || person === null || person.began > 0;

  function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // where the connection is not secure
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  const valuesOf = (name) => new FormData(form).getAll(name).filter((each) => String(each).trim());

  function isFor(step) {
    if (!step.dataset.asks) return true;
    const given = valuesOf(step.dataset.asks);
    const among = step.dataset.among ? step.dataset.among.split(" ") : given;
    return given.some((each) => among.includes(each));
  }

  function show(place, focused = false) {
    const mine = steps.filter(isFor);
    at = Math.max(0, Math.min(place, mine.length - 1));
    steps.forEach((each) => { each.hidden = stepwise ? each !== mine[at] : !mine.includes(each); });
    const isLast = !stepwise || at === mine.length - 1;
    by("back").hidden = !stepwise || at === 0;
    by("next").hidden = isLast;
    by("send").hidden = !isLast;
    by("step").hidden = !stepwise;
    by("count").hidden = stepwise && at > 0;
    by("step").textContent = by("step").dataset.words
      .replace("{n}", String(at + 1)).replace("{count}", String(mine.length));
    if (focused) {
      scrollTo(0, 0);
      mine[at].focus({ preventScroll: true });
    }
  }

  function layOut() {
    document.documentElement.classList.remove("stepwise");
    stepwise = false;
    show(0);
    stepwise = document.documentElement.scrollHeight > innerHeight && steps.length > 1;
    document.documentElement.classList.toggle("stepwise", stepwise);
    show(0);
  }

  function touched(event) {
    idle = 0;
    if (event && event.type !== "keydown" && person && !person.began) person.began = Date.now();
    by("over").hidden = !person || !person.began;
    if (event && event.type === "change" && !stepwise) show(at);
    if (event && event.target.closest && event.target.closest(".step")) noteBeginning(event.type);
  }

  // The first answer chosen or word written: kept at once, for this person may just leave.
  function noteBeginning(type) {
    const mine = person;
    if (!mine || mine.isNoted || (type !== "input" && type !== "change")) return;
    mine.isNoted = true;
    const { page, language } = data;
    within("readwrite", (_, store) => store.put({ id: mine.id, page, began: mine.began || Date.now(), language }))
      .catch(() => { /* no disk: who began is a figure, and never in anybody's way */ });
  }

  function gathered() {
    const answers = {};
    steps.filter(isFor).forEach((each) => {
      const given = valuesOf(each.dataset.name);
      if (given.length) answers[each.dataset.name] = given;
    });
    return answers;
  }

  async function keep(event) {
    event.preventDefault();
    if (by("send").hidden) return show(at + 1, true); // Enter before the last question
    if (isOver()) return stop();
    const answers = gathered();
    if (!Object.keys(answers).length) return tell("words-empty");
    const sent = Date.now(), mine = person;
    if (!mine || mine.isKept) return undefined; // pressed twice
    mine.isKept = true;
    try {
      await within("readwrite", (store, begun) => {
        begun.delete(mine.id);
        store.put({
          id: mine.id, page: data.page, began: mine.began || sent, sent,
          language: data.language, answers,
        });
      });
    } catch {
      mine.isKept = false;
      if (navigator.onLine) return form.submit(); // as without a script
      return tell("words-failed");
    }
    sync();
    return thank();
  }

  function tell(words) {
    const box = by("said");
    box.textContent = by(words).textContent;
    box.hidden = false;
    box.focus();
  }

  function only(shown) {
    ["survey", "thanks", "off"].forEach((id) => { by(id).hidden = id !== shown; });
    by("step").hidden = by("count").hidden = true;
    const heading = by(shown).querySelector("h2[tabindex]");
    if (heading) heading.focus();
    scrollTo(0, 0);
  }

  let thanked = 0;
  function thank() {
    form.reset();
    person = null;
    by("over").hidden = true;
    only("thanks");
    thanked = setTimeout(startOver, Number(data.thanks) * 1000);
  }

  function stop() {
    if (!form) return;
    form.reset();
    person = null;
    if (by("still").open) by("still").close();
    only("off");
  }

  const isOver = () => data.until && Date.now() + offset > Number(data.until);
  const goHome = () => location.replace(data.home);

  function startOver() {
    clearTimeout(thanked);
    if (by("still").open) by("still").close();
    if (isOver()) return stop();
    if (stale || !data.isHome) return goHome();
    form.reset();
    person = newPerson();
    by("said").hidden = true;
    by("over").hidden = true;
    by("off").hidden = true;
    document.querySelectorAll("details[open]").forEach((each) => { each.open = false; });
    only("survey");
    show(0);
    idle = 0;
    document.activeElement.blur();
    return undefined;
  }

  // Each second: has somebody left, or does the page want to be fresh?
  function tick() {
    idle += 1;
    const patience = Number(data.idle), left = patience + Number(data.warning) - idle;
    const isNew = person && !person.began && data.isHome;
    if (isNew && isOver()) return stop();
    if (person && !isNew && idle >= patience) {
      by("left").textContent = String(Math.max(0, left));
      if (!by("still").open) by("still").showModal();
      if (left <= 0) startOver();
    } else if ((isNew || !by("off").hidden) && idle >= 600 && hasWorker()) {
      goHome();
    }
    return undefined;
  }

  const hasWorker = () => navigator.serviceWorker && navigator.serviceWorker.controller;

  function begin() {
    person = newPerson();
    layOut();
    if (by("said").textContent.trim()) person.began = Date.now();
    form.addEventListener("submit", keep);
    by("next").addEventListener("click", () => show(at + 1, true));
    by("back").addEventListener("click", () => show(at - 1, true));
    by("over").addEventListener("click", startOver);
    by("again").addEventListener("click", startOver);
    by("more").addEventListener("click", () => { idle = 0; by("still").close(); });
    by("still").addEventListener("cancel", () => { idle = 0; });
    ["pointerdown", "keydown", "input", "change"].forEach((each) => addEventListener(each, touched, true));
    addEventListener("resize", () => { if (!isBusy()) layOut(); });
    addEventListener("pageshow", (event) => { if (event.persisted) startOver(); });
    document.addEventListener("contextmenu", (event) => event.preventDefault());
    setInterval(tick, 1000);
  }

  if (form) begin();
  else setTimeout(goHome, SLOWEST * 1000);
  addEventListener("online", () => { wait = EVERY; sync(); });
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register(`${data.root}worker.js`, { scope: data.root }).catch(() => {});
  }
  sync();
})();
