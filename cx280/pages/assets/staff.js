/* Small helps for staff pages; every page works without them.
   data-sortable, data-filter, data-copy, data-autosave, data-menu, data-count: see pages/README.md. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (place, words) => { if (place) place.textContent = words; };

  // Numbers sort as numbers ("7,105", "84 %"), words as words; data-value wins. Words come last.
  const worth = (cell) => {
    const said = (cell.dataset.value ?? cell.textContent).trim();
    const number = parseFloat(said.replace(/[,\s\u00a0]/g, "").replace("\u2212", "-"));
    return /^[\u2212+-]?[\d.]/.test(said) && !Number.isNaN(number) ? [0, number] : [1, said.toLowerCase()];
  };
  const compare = ([kind, a], [other, b]) =>
    kind - other || (kind ? a.localeCompare(b) : a - b);

  const sortable = (table) => {
    const heads = all("thead tr:last-child > th", table);
    heads.forEach((head, column) => {
      if (head.hasAttribute("data-unsorted") || !head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => [worth(row.cells[column]), row]);
        rows.sort(([a], [b]) => (up ? compare(a, b) : compare(b, a)));
        body.append(...rows.map(([, row]) => row));
      });
    });
  };

  const filter = (input) => {
    const rows = () => all(`${input.dataset.filter} tbody tr`);
    const count = document.querySelector(`[data-filter-count="${input.dataset.filter}"]`);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      rows().forEach((row) => {
        row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      });
      say(count, wanted ? `${shown} of ${rows().length} shown` : "");
    });
  };

  const copy = (button) => {
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.copy);
      const before = button.textContent;
      try {
        await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
        button.textContent = "Copied";
      } catch {
        button.textContent = "Select it and copy by hand";
      }
      setTimeout(() => { button.textContent = before; }, 2500);
    });
  };

  // Sends the whole form a moment after the last change; one request at a time, the newest wins.
  const autosave = (form) => {
    const place = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    let timer = 0;
    let sending = false;
    let again = false;
    const send = async () => {
      if (sending) { again = true; return; }
      sending = true;
      say(place, "Saving…");
      try {
        const answer = await fetch(form.dataset.autosave || form.action, {
          method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" },
        });
        if (!answer.ok) throw new Error(answer.status);
        // A page that counts its saves tells the new count, so that the next save is not a stale one.
        const revision = answer.headers.get("X-Revision");
        if (revision && form.elements.revision) form.elements.revision.value = revision;
        const time = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
        say(place, `Draft saved at ${time}.`);
      } catch {
        say(place, "Not saved yet. We try again with your next change.");
      }
      sending = false;
      if (again) { again = false; send(); }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(send, 1200); });
    form.addEventListener("submit", () => clearTimeout(timer));
  };

  const menu = (details) => {
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  };

  const counted = (input) => {
    const place = document.createElement("p");
    place.className = "cx-saved";
    place.setAttribute("aria-live", "polite");
    input.after(place);
    const left = () => {
      // data-count="5000" counts without cutting off what is pasted; maxlength cuts.
      const rest = (Number(input.dataset.count) || input.maxLength) - input.value.length;
      const said = Math.abs(rest).toLocaleString("en-US");
      say(place, `${said} ${Math.abs(rest) === 1 ? "character" : "characters"} ${rest < 0 ? "too many" : "left"}`);
    };
    input.addEventListener("input", left);
    left();
  };

  const start = (root) => {
    all("table[data-sortable]", root).forEach(sortable);
    all("input[data-filter]", root).forEach(filter);
    all("button[data-copy]", root).forEach(copy);
    all("form[data-autosave]", root).forEach(autosave);
    all("details[data-menu]", root).forEach(menu);
    all("textarea[data-count]", root).forEach(counted);
  };
  start(document);
  document.querySelector("#errors")?.focus();
  // What htmx brings later is helped too.
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) start(event.detail.elt);
  });
})();
