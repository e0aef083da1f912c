// What a page is nicer with. Everything works without it.

// Messages that stand on the page from the start are shown; a live region only says what changes.
function say(messages) {
  const words = messages.textContent.trim().replace(/\s+/g, " ");
  if (words) setTimeout(() => { document.getElementById("live").textContent = words; }, 200);
}

const messages = document.getElementById("messages");
if (messages) say(messages);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === messages) say(messages);
  // Focus goes back to what asked, when the swap made it anew.
  const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
  const again = asked && asked.id && document.getElementById(asked.id);
  if (again && document.activeElement === document.body) again.focus({ preventScroll: true });
});

for (const lost of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(lost, () => {
    messages.replaceChildren(document.getElementById("no-answer").content.cloneNode(true));
    say(messages);
  });
}

// The small menus in the header close like other menus do.
const menus = document.querySelectorAll("details.menu");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
