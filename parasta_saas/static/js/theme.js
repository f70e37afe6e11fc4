// Before the first paint: which colours. Order: the page's own wish, what was chosen here, the device.
(() => {
  "use strict";
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("parasta.theme"); } catch { return null; } };
  const wanted = () => root.dataset.theme || chosen() || (device.matches ? "dark" : "light");
  const show = () => root.setAttribute("data-bs-theme", wanted());

  root.classList.add("js");
  show();
  device.addEventListener("change", show);
  addEventListener("beforeprint", () => root.setAttribute("data-bs-theme", "light"));
  addEventListener("afterprint", show);
  addEventListener("storage", (event) => event.key === "parasta.theme" && show());
})();
