/* Steps moved with a pointer, by the circle with their number. The same move as "Move there":
   the keyboard has its own buttons, and without this script all have them. */
(() => {
  "use strict";
  const EDGE = 60; // pixels from the edge of the window at which the page moves along
  const list = () => document.querySelector(".cx-journey-list");
  const steps = () => [...list().children];

  const grips = () => {
    if (!list()) return;
    steps().forEach((step) => {
      if (step.querySelector(".cx-grip")) return;
      const grip = document.createElement("span");
      grip.className = "cx-grip";
      grip.title = "Drag to another place";
      grip.setAttribute("aria-hidden", "true");
      step.append(grip);
    });
  };

  const placeAt = (y, dragged) => {
    const others = steps().filter((each) => each !== dragged);
    const below = others.findIndex((each) => {
      const box = each.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return below < 0 ? others.length : below;
  };

  const mark = (dragged, place) => {
    const others = steps().filter((each) => each !== dragged);
    others.forEach((each, at) => {
      each.classList.toggle("is-below", at === place);
      each.classList.toggle("is-above", place === others.length && at === place - 1);
    });
  };

  const move = (step, place) => {
    const form = step.closest("form");
    const pk = step.id.replace("step-", "");
    const field = form.elements[`place-${pk}`] || document.createElement("input");
    const button = document.createElement("button");
    Object.assign(button, { name: "do", value: `to:${pk}`, hidden: true });
    if (!field.name) Object.assign(field, { type: "hidden", name: `place-${pk}` });
    field.value = place + 1;
    if (!field.isConnected) step.append(field);
    form.append(button);
    button.click();
  };

  const drag = (event) => {
    const grip = event.target.closest(".cx-grip");
    if (!grip || event.button) return;
    const step = grip.parentElement;
    const before = steps().indexOf(step);
    const over = new AbortController();
    let place = before;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    step.classList.add("is-dragged");
    const end = () => {
      over.abort();
      step.classList.remove("is-dragged");
      mark(step, -1);
    };
    const on = (where, what, then) => where.addEventListener(what, then, { signal: over.signal });
    on(grip, "pointermove", ({ clientY }) => {
      if (clientY < EDGE) window.scrollBy(0, -EDGE / 4);
      if (clientY > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 4);
      place = placeAt(clientY, step);
      mark(step, place);
    });
    on(grip, "pointerup", () => {
      end();
      if (place !== before) move(step, place);
    });
    on(grip, "pointercancel", end);
    on(document, "keydown", ({ key }) => key === "Escape" && end());
  };

  document.addEventListener("pointerdown", drag);
  document.addEventListener("htmx:afterSettle", grips);
  grips();
})();
