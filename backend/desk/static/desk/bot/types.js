// A slot shows only the fields of its type; a limit only the box that it needs.

export function wireTypes(root) {
  const slots = [...root.querySelectorAll("[data-slot]"), ...(root.matches?.("[data-slot]") ? [root] : [])];
  for (const slot of slots) {
    if (slot.dataset.wired) continue;
    slot.dataset.wired = "yes";
    const type = slot.querySelector("select[name$=type]");
    const offer = slot.querySelector("select[name$=offer_action]");
    const show = () => {
      for (const part of slot.querySelectorAll("[data-types]")) part.hidden = !part.dataset.types.split(" ").includes(type.value);
      slot.querySelector("[data-offered]").hidden = !offer.value;
    };
    type.addEventListener("change", show);
    offer.addEventListener("change", show);
    show();
  }
  for (const limit of root.querySelectorAll("[data-limit]")) wireLimit(limit);
}

function wireLimit(limit) {
  const kind = limit.querySelector("select");
  const show = () => {
    for (const box of limit.querySelectorAll("[data-for]")) box.hidden = !box.dataset.for.split(" ").includes(kind.value);
  };
  kind.addEventListener("change", show);
  show();
}
