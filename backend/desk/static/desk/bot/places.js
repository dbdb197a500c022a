// Going to a place of the page: what is folded around it opens, and the keyboard is there too.

export function openTarget() {
  show();
  window.addEventListener("hashchange", show);
  const first = document.querySelector("[data-focus]");
  if (first && !location.hash) first.focus();
}

function show() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}
