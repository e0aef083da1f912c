// Only what a page is nicer with: focus goes back to what asked for a swap. Everything works without it.
document.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
  const again = asked && asked.id && document.getElementById(asked.id);
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
});
