// Forms: sent once, and not lost while there is no connection.
(() => {
  "use strict";
  const word = (name) => document.getElementById("words")?.dataset[name] ?? "";
  const buttons = (form) => [...form.elements].filter((e) => e.type === "submit");
  const waiting = new Map(); // form → the button that was pressed without a connection

  const lock = (form) => {
    form.dataset.sending = "yes";
    // After this turn, so that the pressed button's own name and value still go along.
    setTimeout(() => {
      if (!form.dataset.sending) return;
      form.classList.add("is-sending");
      buttons(form).forEach((b) => b.setAttribute("aria-disabled", "true"));
    });
  };
  const unlock = (form) => {
    delete form.dataset.sending;
    form.classList.remove("is-sending");
    buttons(form).forEach((b) => b.removeAttribute("aria-disabled"));
  };

  const wait = (form, button) => {
    if (!waiting.has(form) && button) {
      button.dataset.words = button.textContent;
      button.textContent = word("waiting");
      button.setAttribute("aria-disabled", "true");
    }
    waiting.set(form, button);
  };
  const sendWaiting = () => {
    for (const [form, button] of waiting) {
      waiting.delete(form);
      if (!form.isConnected) continue;
      if (button) {
        button.textContent = button.dataset.words;
        button.removeAttribute("aria-disabled");
      }
      form.requestSubmit(button);
    }
  };

  // Listens on the way down, before htmx hears of it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || form.dataset.again !== undefined) return;
    const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (form.dataset.sending) return stop();
    if (!navigator.onLine && form.dataset.keep !== undefined) { stop(); return wait(form, event.submitter); }
    if (form.method === "post" || form.matches("[hx-post], [data-hx-post]")) lock(form);
    return undefined;
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig?.elt.closest("form"); // detail.elt is a parent once the form is replaced
    if (form) unlock(form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(unlock);
  });

  // The bar over the page.
  const bar = () => {
    const place = document.getElementById("offline");
    if (place) place.hidden = navigator.onLine;
    if (navigator.onLine) sendWaiting();
  };
  addEventListener("online", bar);
  addEventListener("offline", bar);
  bar();
})();
