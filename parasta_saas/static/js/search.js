// The key / goes to the search field, or to the page that has one. Not while somebody writes.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("[data-search-key]");
    const way = document.querySelector("a[data-search-way]");
    if (!field && !way) return;
    event.preventDefault();
    if (field) field.focus();
    else way.click();
  });
})();
