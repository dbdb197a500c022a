// Where the panel for trying is: beside the editor on a wide window, else on its own page.

import { mountTry } from "./try.js";

const OPEN = "kefu.try.open";
const WIDE = matchMedia("(min-width: 1200px)");
const own = document.getElementById("bot-try-page");
const dock = document.getElementById("bot-dock");
const button = document.getElementById("bot-try");

if (own) mountTry(own);
else if (dock && button) {
  button.addEventListener("click", (event) => {
    if (!WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(dock.hidden);
  });
  if (WIDE.matches && sessionStorage.getItem(OPEN)) show(true, false);
}

function show(open, focus = true) {
  dock.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) {
    sessionStorage.setItem(OPEN, "yes");
    const panel = mountTry(dock, () => show(false));
    if (focus) panel.text.focus({ preventScroll: true });
  } else {
    sessionStorage.removeItem(OPEN);
    button.focus();
  }
}
