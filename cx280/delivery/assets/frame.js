/* frame.js: what a survey page tells the website that it stands in. It can stand only where its
   frame-ancestors let it, so those are all who can hear this. */
(() => {
  const d = document, tell = (cx280, more) => parent.postMessage({ cx280, ...more }, "*");
  addEventListener("keydown", (event) => event.key == "Escape" && !event.isComposing && tell("close"));
  // On load, too: an observer of a frame that is out of sight says nothing, and then is the time to grow.
  const size = () => tell("height", { height: Math.ceil(d.body.getBoundingClientRect().height) });
  addEventListener("load", size);
  new ResizeObserver(size).observe(d.body);
  for (const link of d.links) if (/^http/.test(link) && link.host != location.host) link.target = "_blank";
  // The first answer: counted once, so that those who begin can be told from those who only looked.
  d.forms[0]?.addEventListener("change", () => navigator.sendBeacon(`began/${location.search}`), { once: true });
  // What was just sent has an answer: whoever sent it hears it first.
  const said = d.querySelector("[data-said]");
  said?.focus();
  said?.dataset.said && tell(said.dataset.said);
})();
