// A plain script, so that it runs before the first paint: a page that is dark by choice never flashes white.
const chosen = localStorage.getItem("theme");
if (chosen) document.documentElement.dataset.theme = chosen;
