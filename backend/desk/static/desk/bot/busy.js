// A button whose answer takes its time says so, and is not pressed twice.

export function wireBusy() {
  const before = new Map(); // button -> what stood in it
  for (const form of document.querySelectorAll("form:has([data-busy])")) {
    form.addEventListener("submit", ({ submitter }) => {
      if (!submitter?.dataset.busy) return;
      // Once the form is on its way: a disabled button would be no part of it.
      setTimeout(() => {
        before.set(submitter, [...submitter.childNodes]);
        submitter.textContent = submitter.dataset.busy;
        submitter.disabled = true;
        submitter.setAttribute("aria-busy", "true");
      });
    });
  }
  // The browser may show the page again as it was left.
  window.addEventListener("pageshow", () => {
    for (const [button, nodes] of before) {
      button.replaceChildren(...nodes);
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
    before.clear();
  });
}
