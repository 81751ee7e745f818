/* The page that shows what cx.js sends: it takes each batch before it leaves, and writes it down. */
(() => {
  const by = (id) => document.getElementById(id);
  const quoted = (words) => `“${words}”`;
  const NAMED = {
    step: (e) => `Reached the step ${quoted(e.step)} of ${quoted(e.flow)}`,
    abandon: (e) => `Left ${quoted(e.flow)} at the step ${quoted(e.step)}`,
    helpful: (e) => (e.value ? "Found the page helpful" : "Did not find the page helpful"),
    lcp: () => "Main content was shown",
    cls: () => "Layout moved while it loaded",
    inp: () => "Slowest answer to a press",
  };
  const KINDS = {
    page_view: () => "Opened a page",
    click: (e) => ({ outbound: "Followed a link to another website", download: "Downloaded a file" })[e.name] || `Pressed ${quoted(e.name)}`,
    transaction_start: (e) => `Began ${quoted(e.flow)}`,
    transaction_complete: (e) => `Finished ${quoted(e.flow)}`,
    error: (e) => `Saw the error ${quoted(e.name)}`,
    other: (e) => NAMED[e.name]?.(e) || e.name,
  };
  const extras = (e) => [
    e.properties?.to && `to ${e.properties.to}`,
    e.unit === "s" && `${e.value.toFixed(1)} seconds ${e.name === "step" ? "on the step before" : "in the flow"}`,
    e.unit === "ms" && `${Math.round(e.value).toLocaleString("en-US")} ms`,
    e.unit === "score" && `score ${e.value.toFixed(3)}`,
  ].filter(Boolean).join(", ");

  const row = (e) => {
    const line = document.createElement("tr");
    [["th", "", KINDS[e.kind](e)], ["td", "Page", e.page], ["td", "With it", extras(e) || "nothing more"],
      ["td", "When", new Date(e.at).toLocaleTimeString("en-US")]].forEach(([tag, label, words]) => {
      const cell = document.createElement(tag);
      if (label) cell.dataset.label = label;
      else cell.scope = "row";
      cell.textContent = words;
      line.append(cell);
    });
    return line;
  };

  let total = 0;
  document.addEventListener("cx:send", (event) => {
    event.preventDefault(); // shown, not sent
    const batch = event.detail;
    total += batch.length;
    by("nothing").hidden = true;
    by("sent").hidden = false;
    document.querySelector("#sent tbody").prepend(...batch.map(row).reverse());
    const events = total === 1 ? "1 event" : `${total} events`;
    by("count").textContent = `${events} so far. Last: ${KINDS[batch.at(-1).kind](batch.at(-1))}.`;
    by("raw").textContent = JSON.stringify(batch, null, 2);
  });

  by("refused").hidden = !(navigator.globalPrivacyControl || navigator.doNotTrack === "1");
  if (!by("refused").hidden) by("nothing").textContent = "Nothing, because your browser asks for that.";
  const payment = document.querySelector('[data-cx-step="payment"]');
  by("next").addEventListener("click", () => {
    const isMissing = !by("street").value.trim();
    by("street-error").textContent = isMissing ? "Write anything here." : "";
    if (isMissing) return by("street").focus();
    document.querySelector('[data-cx-step="address"]').hidden = true;
    payment.hidden = false;
    by("finish").focus();
  });
  by("finish").addEventListener("click", () => {
    payment.hidden = true;
    by("finished").hidden = false;
    by("finished").focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-stay], [data-move]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-move]")) history.pushState({}, "", link.href);
  });
})();
