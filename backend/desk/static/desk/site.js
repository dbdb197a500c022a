// The site's page: copying the snippet, revealing the secret, and asking before it is replaced.

import { ask, byId } from "./dom.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(button, byId(button.dataset.copy)));
}

async function copy(button, source) {
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
  } catch {
    // Without HTTPS a page may not write to the clipboard: select it, so that Ctrl+C does.
    getSelection().selectAllChildren(source);
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => (button.textContent = label), 2_000);
}

const reveal = byId("desk-reveal");
reveal?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const code = byId("desk-secret");
  const button = reveal.querySelector("button");
  const shown = code.textContent !== code.dataset.masked;
  code.textContent = shown ? code.dataset.masked : await fetchSecret();
  const masked = code.textContent === code.dataset.masked;
  button.textContent = masked ? "Reveal" : "Hide";
  byId("desk-secret-copy").hidden = masked;
});

async function fetchSecret() {
  try {
    const answer = await fetch(reveal.action, { method: "POST", body: new FormData(reveal) });
    const body = await answer.json();
    return body.secret || body.detail;
  } catch {
    return "The server could not be reached. Try again.";
  }
}

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.agreed) return;
    event.preventDefault();
    if (!(await ask(form.dataset.confirm, "Make a new secret", { danger: true }))) return;
    form.dataset.agreed = "yes";
    form.requestSubmit();
  });
}
