// Nobody leaves with unsaved changes unawares; Ctrl+S saves.

export function wireUnsaved(form) {
  if (!("unsaved" in form.dataset)) return;
  const state = document.getElementById("bot-state");
  let dirty = document.querySelector(".bot-alert[data-focus]") !== null; // what was sent was refused
  const show = () => {
    if (state) state.textContent = dirty ? "Not saved yet" : "";
  };
  const touch = () => {
    dirty = true;
    show();
  };
  form.addEventListener("input", (event) => !event.target.closest("[data-aside]") && touch());
  form.addEventListener("change", (event) => !event.target.closest("[data-aside]") && touch());
  form.addEventListener("submit", () => {
    dirty = false;
    if (state) state.textContent = "Saving…";
  });
  window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
  window.addEventListener("pageshow", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    form.querySelector("[name=then]")?.click();
  });
}
