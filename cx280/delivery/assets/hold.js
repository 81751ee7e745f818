/* hold.js: on the page that shows how a survey would look on a website. Nothing is sent, and the flow
   that the page pretends to have ends when its buttons are pressed. */
addEventListener("cx:send", (event) => event.preventDefault(), true);
for (const button of document.querySelectorAll("[data-ends]")) {
  button.addEventListener("click", () => {
    self.cx("step", "try", { step: "one" });
    self.cx(button.dataset.ends, "try");
  });
}
