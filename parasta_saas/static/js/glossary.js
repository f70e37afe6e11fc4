// The definition of a word beside it, on hover, focus or touch. Without this script the browser shows the link's title.
(() => {
  "use strict";
  const card = document.createElement("div");
  card.className = "term-card";
  card.id = "term-card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  let shown = null;
  let leaving = 0;

  const termOf = (event) => event.target.closest?.("a[data-term]");
  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  };
  const place = (term) => {
    const box = term.getClientRects()[0];
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, room - card.offsetWidth - 8));
    const below = box.bottom + 6;
    const page = (card.offsetParent ?? document.body).getBoundingClientRect();
    const over = below + card.offsetHeight > innerHeight && box.top > card.offsetHeight + 12;
    card.style.left = `${left - page.left}px`;
    card.style.top = `${(over ? box.top - card.offsetHeight - 6 : below) - page.top}px`;
  };
  const show = (term) => {
    clearTimeout(leaving);
    if (term === shown) return;
    hide();
    if (term.title) { // else both would be shown
      term.dataset.term = term.title;
      term.removeAttribute("title");
    }
    card.textContent = term.dataset.term;
    if (!card.isConnected) (document.querySelector("main") ?? document.body).append(card);
    card.hidden = false;
    term.setAttribute("aria-describedby", card.id);
    shown = term;
    place(term);
  };
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 250); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const term = termOf(event);
    if (term) show(term);
    else if (shown && card.contains(event.target)) clearTimeout(leaving); // the words may be read and marked
    else if (shown) leave();
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event);
    if (term) show(term);
    else hide();
  });
  // A finger sees the definition first; the second press follows the link.
  document.addEventListener("click", (event) => {
    const term = termOf(event);
    if (term && event.pointerType === "touch" && term.dataset.pressed === undefined) {
      event.preventDefault();
      show(term);
      term.dataset.pressed = "";
      setTimeout(() => delete term.dataset.pressed, 4000);
    } else if (!term && !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) hide(); });
  document.addEventListener("htmx:beforeSwap", hide);
})();
