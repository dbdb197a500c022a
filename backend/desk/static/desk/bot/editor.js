// The bot editor's pages: wires whatever parts of them are there. Each part knows its own marks in
// the page; without scripts the forms work too, with more to see and less to help.

import { wireActions } from "./action.js";
import { wireBusy } from "./busy.js";
import { wireDoes } from "./does.js";
import { wireMarking } from "./marking.js";
import { wireNames } from "./names.js";
import { wirePatterns } from "./patterns.js";
import { openTarget } from "./places.js";
import { wireRows } from "./rows.js";
import { wireTemplates } from "./templates.js";
import { wireTypes } from "./types.js";
import { wireUnsaved } from "./unsaved.js";
import { wireUses } from "./uses.js";

document.documentElement.classList.add("scripted");

/** What a new part of the form needs as well as the whole. */
function wire(root) {
  wireRows(root);
  wireTypes(root);
  wireNames(root);
  wirePatterns(root);
  wireActions(root);
  wireTemplates(root);
}

const form = document.getElementById("bot-form");
if (form) {
  wire(form);
  wireUses(form, wire);
  wireDoes(form);
  wireMarking(form);
  wireUnsaved(form);
}
wireBusy();
openTarget();
