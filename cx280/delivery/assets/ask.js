/* ask.js: shows a survey on a website: a quiet tab, in the page, or a prompt after an event.
   cx.js asks for it when a mark on the page says that the moment has come; docs/guides/embedding.md.
   It looks like itself under any policy and any style sheet: all of it stands in shadow roots, under
   a constructed sheet. The survey itself is a page of cx280 in a frame. Nothing in the page moves. */
const d = document, { origin } = new URL(import.meta.url);
const asksNot = navigator.globalPrivacyControl || navigator.doNotTrack == 1;
const make = (name, values, ...children) => {
  const made = d.createElement(name);
  for (const each in values) each in made ? made[each] = values[each] : made.setAttribute(each, values[each]);
  made.append(...children);
  return made;
};

// Not `onkeydown`: what returns false there would take every other key away.
const onEscape = (place, act) => place.addEventListener("keydown", ({ key }) => key == "Escape" && act());

// em of the person's own text size: the page's rem may be anything.
const css = `
:host { all: initial !important; display: block !important }
:host(.over) { position: fixed !important; z-index: 2147483000 !important; inset: auto 0 0 !important; height: 0 !important }
* { box-sizing: border-box; font: 400 1em/1.4 system-ui, sans-serif; letter-spacing: normal }
[hidden] { display: none !important }
button { min-height: 2.75em; padding: .5em 1em; border: 2px solid #162e51; border-radius: .25em; background: #fff; color: #162e51; font-weight: 600; cursor: pointer }
button:hover { text-decoration: underline }
button:focus-visible, iframe:focus-visible { outline: .25em solid #2491ff; outline-offset: 2px; box-shadow: 0 0 0 2px #fff }
.go { background: #162e51; color: #fff }
.tab { position: fixed; bottom: 0; inset-inline-end: 1em; max-width: calc(100vw - 2em); border-color: #fff; border-block-end: 0; border-radius: .375em .375em 0 0 }
.tab:focus-visible { outline-offset: -.375em; outline-color: #fff }
dialog, .prompt { position: fixed; inset-block: auto 1em; inset-inline: auto 1em; margin: 0; border: 1px solid #71767a; border-radius: .5em; background: #fff; color: #1b1b1b; box-shadow: 0 .25em 1.5em #0005 }
.start { inset-inline: 1em auto }
dialog { width: 30em; max-width: none; height: min(40em, 100dvh - 2em); max-height: none; padding: 0; overflow: hidden; flex-direction: column }
dialog[open] { display: flex }
.top { display: flex; align-items: center; justify-content: space-between; gap: 1em; padding: .25em .25em .25em 1.25em; border-block-end: 1px solid #dcdee0 }
.top b { font-weight: 700 }
.top button { border-color: #fff0 }
iframe { display: block; flex: 1; width: 100%; min-height: 0; border: 0; background: #fff; color-scheme: light }
.prompt { width: 24em; max-width: calc(100vw - 2em); max-height: calc(100dvh - 2em); padding: 1em 1.25em 1.25em; overflow: auto }
p { margin: 0 0 .25em }
p b { font-weight: 700 }
.prompt div { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .75em }
.said { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
@media (max-width: 40em), (max-height: 30em) {
  dialog { inset: 0 !important; width: 100%; height: 100%; border: 0; border-radius: 0 }
}
@media (max-height: 20em) {
  :host(.over) { position: static !important; height: auto !important }
  .tab { position: static; border-radius: .25em; margin: .5em 1em }
}
@media print { :host { display: none !important } }
`;
const sheet = self.CSSStyleSheet && new CSSStyleSheet();
sheet?.replaceSync?.(css);

// Each survey's settings, once a page; anything wrong means that its marks stay plain links.
const settings = {};
const settingsOf = (code, tries) => settings[code] ||= fetch(
  `${origin}/t/ask/${code}.json${tries ? "?try=1" : ""}`, { credentials: "omit" },
).then((answer) => answer.json()).then((how) => (tries || how.origins.includes(location.origin)) && how).catch(() => 0);

const shadow = (how, name) => {
  const host = make("cx-ask", { className: name, lang: how.lang });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  return root;
};

// Frames, each with what to do about what it tells; whoever else sends a message is not heard.
const frames = [];
addEventListener("message", (event) => {
  const known = event.origin == origin && frames.find(({ frame }) => frame.contentWindow == event.source);
  try { known?.[event.data?.cx280]?.(event.data); } catch {}
});
const frameOf = (how, kind, { dataset }, acts) => {
  const address = new URL(`${origin}/s/${dataset.cxOf}/`), say = (name, words) => words && address.searchParams.set(name, words);
  say("embed", "cxTry" in dataset ? "try" : kind);
  say("lang", how.page);
  say("unit", dataset.cxUnit);
  try { how.joined && !asksNot && say("visit", JSON.parse(sessionStorage.cx280)[0]); } catch {}
  const frame = make("iframe", { src: address, title: how.say.title, referrerPolicy: "no-referrer" });
  // Who has answered is not asked again in this visit.
  frames.push({ frame, sent: () => asksNot || (sessionStorage.cx280ask = "no"), ...acts });
  return frame;
};

// The survey over the page. Not modal, so that the page can be read beside it; modal where it covers all.
const panelOf = (root, how, kind, marker) => {
  let back;
  const close = () => dialog.close();
  const dialog = make("dialog", { className: how[kind].corner, "aria-label": how.say.title },
    make("div", { className: "top" }, make("b", { textContent: how.say.tab }),
      make("button", { type: "button", textContent: how.say.close, onclick: close })));
  onEscape(dialog, close);
  dialog.onclose = () => back(false);
  root.append(dialog);
  return (opener, hide) => {
    if (dialog.open) return;
    dialog.children[1] || dialog.append(frameOf(how, kind, marker, { close }));
    back = (open) => {
      hide?.(open);
      open || opener?.focus({ preventScroll: true });
    };
    back(true);
    matchMedia("(max-width: 40em), (max-height: 30em)").matches ? dialog.showModal() : dialog.show();
  };
};

const shown = {
  tab: (marker, how) => {
    const root = shadow(how, "over"), open = panelOf(root, how, "tab", marker);
    const tab = make("button", { type: "button", className: `go tab ${how.tab.corner}`, "aria-haspopup": "dialog", textContent: how.say.tab });
    const hide = (hidden) => tab.hidden = hidden;
    tab.onclick = () => open(tab, hide);
    root.prepend(make("section", { "aria-label": how.say.tab }, tab));
    d.body.append(root.host);
    marker.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open(link, hide);
    });
  },

  // In the page: at once while it is below the screen, else when somebody presses its link.
  inline: (marker, how) => {
    const room = (frame) => frame.getBoundingClientRect().bottom >= innerHeight;
    const put = (pressed) => {
      watcher.disconnect();
      let wanted = how.inline.height;
      // Grows only while what stands below it is out of sight; until then it scrolls in itself.
      const grow = () => wanted > frame.height && room(frame) && (frame.height = wanted);
      const root = shadow(how, ""), frame = frameOf(how, "inline", marker, {
        height: ({ height }) => { wanted = +height || 0; grow(); },
      });
      Object.assign(frame, { height: wanted, loading: "lazy" });
      addEventListener("scroll", grow, { passive: true });
      root.append(frame);
      marker.replaceChildren(root.host);
      pressed && frame.focus({ preventScroll: true });
    };
    const watcher = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) =>
      isIntersecting || boundingClientRect.top < innerHeight || put());
    // cx.js stores the name of the visit after two seconds; a frame that is joined with it waits so long.
    const waits = how.joined && !asksNot && !sessionStorage.cx280;
    setTimeout(() => watcher.observe(marker), waits ? 2500 : 0);
    marker.addEventListener("click", (event) => {
      if (!event.target.closest("a") || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      put(true);
    });
  },

  // Once in a visit, for those whom the dice choose, when nobody is writing.
  prompt: (marker, how) => {
    const { share, seconds, corner } = how.prompt, tries = "cxTry" in marker.dataset;
    if (asksNot) return;
    if (!tries) {
      sessionStorage.cx280ask ||= Math.random() < (share[marker.dataset.cxUnit] ?? share[how.lang] ?? share[""]) ? "ask" : "no";
      if (sessionStorage.cx280ask != "ask") return;
    }
    const show = () => {
      if (d.hidden || d.activeElement?.matches("input, textarea, select, [contenteditable]")) return setTimeout(show, 1e3);
      if (!tries) {
        if (sessionStorage.cx280ask != "ask") return;
        sessionStorage.cx280ask = "no";
      }
      const root = shadow(how, "over"), open = panelOf(root, how, "prompt", marker);
      const said = make("div", { className: "said", role: "status" });
      let before = d.activeElement;
      const leave = () => {
        root.host.remove();
        before?.focus?.({ preventScroll: true });
      };
      const section = make("section", { className: `prompt ${corner}`, "aria-label": how.say.title },
        make("p", {}, make("b", { textContent: how.say.ask })), make("p", { textContent: how.say.length }),
        make("div", {},
          make("button", { type: "button", className: "go", textContent: how.say.yes, onclick: () => {
            section.remove();
            said.remove();
            open(before);
          } }),
          make("button", { type: "button", textContent: how.say.no, onclick: leave })));
      onEscape(section, leave);
      section.addEventListener("focusin", ({ relatedTarget }) => before = relatedTarget || before);
      root.append(section, said);
      d.body.append(root.host);
      setTimeout(() => said.textContent = `${how.say.ask} ${how.say.where}`, 200);
      if (tries) return;
      const body = new URLSearchParams({ embed: "prompt", unit: marker.dataset.cxUnit || "", id: crypto.getRandomValues(new Uint32Array(3)).join("-") });
      fetch(`${origin}/s/${marker.dataset.cxOf}/offered/`, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit", body }).catch(() => {});
    };
    setTimeout(show, seconds * 1e3);
  },
};

const known = new WeakSet();
/* Shows what the marks that wait for `at` stand for; browsers too old for it keep their links. */
export const ask = (at) => {
  if (!sheet?.replaceSync || !self.HTMLDialogElement) return;
  for (const marker of d.querySelectorAll(`[data-cx-ask~="${at}"]`)) {
    if (known.has(marker)) continue;
    known.add(marker);
    settingsOf(marker.dataset.cxOf, "cxTry" in marker.dataset).then((found) => {
      // In the language of the words around the mark, as far as there are words in it.
      const page = marker.closest("[lang]")?.lang || "", how = { ...found, page };
      how.lang = [page.toLowerCase().split("-")[0], "en"].find((each) => how.words[each]);
      how.say = how.words[how.lang];
      for (const kind in shown) if (how[kind] && marker.dataset.cxAsk.split(" ").includes(kind)) shown[kind](marker, how);
    }).catch(() => {});
  }
};
