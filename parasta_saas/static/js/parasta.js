// What a page does by itself: colours, menu, map, dialogs, copying, focus after a change. Works without it, too.
// Loaded before the body, so that no button can be pressed before it: a question asked too late is no question.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const word = (name) => document.getElementById("words")?.dataset[name] ?? "";
  const expanded = (button, open) => button.setAttribute("aria-expanded", String(open));

  // --- colours
  const pressTheme = () => all("[data-theme-toggle]").forEach((b) =>
    b.setAttribute("aria-pressed", String(root.getAttribute("data-bs-theme") === "dark")));
  const toggleTheme = () => {
    const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("parasta.theme", next); } catch { /* a private window keeps nothing */ }
    root.setAttribute("data-bs-theme", next);
    pressTheme();
  };

  // --- menu and map
  const toggleMenu = (button) => {
    const open = document.getElementById(button.dataset.menu).classList.toggle("is-open");
    expanded(button, open);
  };
  const narrow = matchMedia("(max-width: 48rem)");
  const togglePhase = (button) => {
    if (!narrow.matches) return;
    const phase = button.closest(".phase");
    expanded(button, !phase.classList.toggle("shut"));
  };
  // A phase's name is plain words on the desk, where all is open, and a button on a phone.
  const become = (name, tag) => {
    if (name.localName === tag) return name;
    const made = document.createElement(tag);
    for (const { name: key, value } of [...name.attributes]) made.setAttribute(key, value);
    made.append(...name.childNodes);
    name.replaceWith(made);
    return made;
  };
  const layPhases = () => all("[data-phase]").forEach((name) => {
    const phase = name.closest(".phase");
    const button = become(name, narrow.matches ? "button" : "span");
    if (!narrow.matches) return ["type", "aria-expanded", "aria-controls"].forEach((a) => button.removeAttribute(a));
    button.type = "button";
    button.setAttribute("aria-controls", all(".lane", phase).map((lane) => lane.id).join(" "));
    return expanded(button, !phase.classList.contains("shut"));
  });
  const openAsked = () => {
    const phase = location.hash && document.getElementById(location.hash.slice(1));
    if (!phase || !phase.classList.contains("phase")) return;
    phase.classList.remove("shut");
    layPhases();
  };

  // --- dialogs
  const openDialog = (trigger) => {
    const dialog = document.getElementById(trigger.dataset.dialog);
    if (!dialog?.showModal) return false;
    dialog.showModal();
    return true;
  };
  const ask = (question, onYes) => {
    const dialog = document.getElementById("confirm");
    dialog.querySelector("#confirm-text").textContent = question;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") onYes(); }, { once: true });
    dialog.showModal();
  };
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const question = button?.dataset.confirm ?? event.target.dataset.confirm;
    if (!question || event.target.dataset.sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, () => {
      event.target.dataset.sure = "yes";
      event.target.requestSubmit(button);
      delete event.target.dataset.sure;
    });
  }, true);

  // --- copying
  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("[data-copy-words]") ?? button;
    const before = words.textContent;
    words.textContent = word("copied");
    setTimeout(() => { words.textContent = before; }, 2000);
  };

  // --- one listener for what is pressed
  const PRESSED = [
    ["[data-theme-toggle]", toggleTheme],
    ["[data-menu]", toggleMenu],
    ["[data-phase]", togglePhase],
    ["[data-close-told]", (b) => b.closest(".told").remove()],
    ["[data-close]", (b) => b.closest("dialog").close()],
    ["[data-copy]", copy],
    ["[data-print]", () => print()],
  ];
  document.addEventListener("click", (event) => {
    const trigger = event.target.closest("[data-dialog]");
    if (trigger && openDialog(trigger)) event.preventDefault();
    for (const [selector, act] of PRESSED) {
      const found = event.target.closest(selector);
      if (found) act(found);
    }
    all(".drop[open]").filter((d) => !d.contains(event.target)).forEach((d) => d.removeAttribute("open"));
    if (event.target.matches("dialog")) event.target.close(); // the backdrop
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector(".drop[open]");
    if (open) { open.removeAttribute("open"); open.querySelector("summary").focus(); }
    const menu = document.querySelector("[data-menu][aria-expanded=true]");
    if (menu) { toggleMenu(menu); menu.focus(); }
  });

  // --- after a change: a rail that says where, and the reading place
  const firstToRead = (part) => part.querySelector("[data-focus]")
    ?? part.querySelector("[aria-invalid=true], [data-invalid]") ?? part.querySelector("[autofocus]");
  const settle = (part, byPerson) => {
    if (!part.isConnected) return;
    if (part.id && part.id !== "notices") {
      part.classList.add("changed");
      setTimeout(() => part.classList.remove("changed"), 1200);
    }
    const lost = document.activeElement === document.body;
    const target = firstToRead(part) ?? (lost ? part : null);
    if (!byPerson || !target) return;
    if (target === part && !part.hasAttribute("tabindex")) part.tabIndex = -1;
    target.focus({ preventScroll: target === part });
    layPhases();
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const cause = event.detail.requestConfig?.triggeringEvent?.type;
    const told = event.detail.elt.closest?.("#notices, .count");
    if (!told) settle(event.detail.elt, cause === "submit" || cause === "click" || cause === "change");
  });
  document.addEventListener("htmx:beforeRequest", () => all("#notices .told").forEach((t) => t.remove()));
  document.addEventListener("htmx:sendError", () => tell(word("failed")));
  document.addEventListener("htmx:responseError", () => tell(word("failed")));
  const tell = (text) => {
    const place = document.getElementById("notices");
    if (!place || !text) return;
    const box = document.createElement("div");
    box.className = "told";
    box.append(Object.assign(document.createElement("span"), { textContent: text }));
    place.replaceChildren(box);
  };

  // --- start
  addEventListener("DOMContentLoaded", () => {
    layPhases();
    openAsked();
    pressTheme();
    document.querySelector(".note.bad[data-focus]")?.focus();
  });
  narrow.addEventListener("change", layPhases);
  addEventListener("hashchange", openAsked);
})();
