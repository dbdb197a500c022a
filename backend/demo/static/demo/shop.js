// Opens the chat from the shop's own links. Without the chat they lead to the contact page.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-ask]");
  if (link && window.Kefu?.open) {
    event.preventDefault();
    window.Kefu.open();
  }
});
