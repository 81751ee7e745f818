/* Entering answers with the keyboard alone. The form works without it: Tab, arrows, Enter.
   Digits choose, letters mark, Enter goes on, Backspace takes the last step back. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-keying]");
  if (!form) return;
  const questions = [...form.querySelectorAll("[data-question]")];
  const save = form.querySelector("[data-save]");
  const progress = form.querySelector("[data-progress]");
  const first = form.querySelector("[data-first]");
  const back = document.querySelector("[data-take-back]");
  const steps = []; // [question, what was chosen before]
  let current = -1;
  let buffer = "";

  const fields = (question) => [...question.querySelectorAll("input, textarea")];
  const typed = (question) => question.querySelector("textarea, input[type=text], input[type=date]");
  const boxes = (question) => fields(question).filter((each) => /radio|checkbox/.test(each.type));
  const state = (question) =>
    fields(question).map((each) => (/radio|checkbox/.test(each.type) ? each.checked : each.value));
  const restore = (question, before) =>
    fields(question).forEach((each, place) => {
      if (/radio|checkbox/.test(each.type)) each.checked = before[place];
      else each.value = before[place];
    });
  const isDone = (question) =>
    fields(question).some((each) => (/radio|checkbox/.test(each.type) ? each.checked : each.value));

  const tell = () => {
    questions.forEach((each, place) => {
      each.classList.toggle("is-current", place === current);
      each.classList.toggle("is-done", isDone(each));
    });
    if (progress) {
      const done = questions.filter(isDone).length;
      progress.textContent = `${done} of ${questions.length} answered${buffer ? `, typing ${buffer}` : ""}`;
    }
  };

  const show = (place) => {
    current = place;
    buffer = "";
    const question = questions[place];
    const target = question ? typed(question) ?? question : save;
    target?.focus();
    (question ?? save)?.scrollIntoView({ block: "center" });
    tell();
  };
  const go = (place) => show(Math.max(0, Math.min(place, questions.length)));

  const remember = (question) => steps.push([questions.indexOf(question), state(question)]);
  const clear = (question, kept) =>
    boxes(question).forEach((each) => { if (each !== kept) each.checked = false; });

  const choose = (question, key) => {
    const box = boxes(question).find((each) => each.dataset.key === key);
    if (!box) return false;
    remember(question);
    if (question.dataset.kind === "checks") {
      boxes(question).forEach((each) => { if (each.dataset.mark) each.checked = false; });
      box.checked = !box.checked;
      tell();
    } else {
      clear(question, box);
      box.checked = true;
      go(current + 1);
    }
    return true;
  };

  const mark = (question, letter) => {
    const box = boxes(question).find((each) => each.dataset.mark === letter);
    if (!box) return false;
    remember(question);
    clear(question, box);
    if (typed(question)) typed(question).value = "";
    box.checked = true;
    go(current + 1);
    return true;
  };

  const undo = () => {
    const step = steps.pop();
    if (step) {
      restore(questions[step[0]], step[1]);
      go(step[0]);
    } else {
      current = -1;
      first?.focus();
      tell();
    }
  };

  const digit = (question, key) => {
    if (question.dataset.single !== undefined || question.dataset.kind === "checks") {
      if (choose(question, key)) return true;
    }
    const longest = Math.max(0, ...boxes(question).map((each) => (each.dataset.key ?? "").length));
    if (longest < 2) return false;
    buffer = (buffer + key).slice(-longest);
    if (buffer.length === longest) return choose(question, String(Number(buffer)));
    tell();
    return true;
  };

  const isWriting = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event;
    if (target.matches("button, a, summary") && key === "Enter") return;
    if (target === first && (key === "Enter" || (key === "Backspace" && !target.value))) {
      event.preventDefault();
      if (key === "Enter") go(0); else back?.focus();
      return;
    }
    const question = target.closest?.("[data-question]") ?? questions[current];
    if (isWriting(target) && !target.closest("[data-question]")) return;
    if (key === "Enter" && question && !event.shiftKey) {
      event.preventDefault();
      if (buffer) choose(question, String(Number(buffer)));
      else go(current + 1);
      return;
    }
    if (isWriting(target)) {
      if (key === "Backspace" && !target.value) { event.preventDefault(); undo(); }
      return;
    }
    if (key === "Backspace") { event.preventDefault(); undo(); return; }
    if (!question) return;
    const done = /^[0-9]$/.test(key) ? digit(question, key) : mark(question, key.toUpperCase());
    if (done) event.preventDefault();
  });

  // Clicks and arrows work too; whatever is touched becomes the current question.
  form.addEventListener("focusin", (event) => {
    const question = event.target.closest("[data-question]");
    if (question && questions.indexOf(question) !== current) {
      current = questions.indexOf(question);
      buffer = "";
      tell();
    }
  });
  form.addEventListener("change", (event) => {
    const box = event.target;
    const question = box.closest("[data-question]");
    if (question && box.checked && (box.dataset.mark || question.dataset.kind !== "checks")) clear(question, box);
    if (question && box.checked && box.dataset.key) {
      boxes(question).forEach((each) => { if (each.dataset.mark && each !== box) each.checked = false; });
    }
    tell();
  });
  document.querySelector("[data-begin]")?.addEventListener("click", (event) => {
    event.preventDefault();
    go(0);
  });
  form.addEventListener("submit", () => { setTimeout(() => { if (save) save.disabled = true; }, 0); });
  if (!document.querySelector("#errors")) (first ?? document.querySelector("[data-begin]"))?.focus();
  tell();
})();
