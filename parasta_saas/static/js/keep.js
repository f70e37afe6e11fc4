// form[data-keep="name"]: typed text stays on this device until it is saved, for seven days at most.
// Not kept: passwords, files, hidden fields, anything in [data-keep-not]. Signing out clears all.
(() => {
  "use strict";
  const PREFIX = "parasta.kept:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const word = (name) => document.getElementById("words")?.dataset[name] ?? "";
  const keyOf = (form) => `${PREFIX}${form.dataset.keep || location.pathname}`;
  const fields = (form) => [...form.elements].filter((e) =>
    e.name && !["hidden", "password", "file", "submit", "button"].includes(e.type) && !e.closest("[data-keep-not]"));

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or not allowed */ } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* not allowed */ } };
  const keys = () => { try { return Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)); } catch { return []; } };

  const taken = (form) => fields(form).map((e) =>
    [e.name, ["checkbox", "radio"].includes(e.type) ? `${e.value}=${e.checked}` : e.value]);
  const put = (form, values) => {
    const left = [...values];
    for (const field of fields(form)) {
      const place = left.findIndex(([name]) => name === field.name);
      if (place < 0) continue;
      const [[, value]] = left.splice(place, 1);
      if (["checkbox", "radio"].includes(field.type)) field.checked = value === `${field.value}=true`;
      else field.value = value;
    }
  };

  const say = (form, text, extra) => {
    let line = form.querySelector(".kept");
    if (!line) {
      line = Object.assign(document.createElement("p"), { className: "kept" });
      line.setAttribute("role", "status");
      const last = fields(form).filter((e) => e.tagName === "TEXTAREA").pop() ?? fields(form).pop();
      (last?.closest(".field") ?? last ?? form).append(line);
    }
    line.replaceChildren(document.createTextNode(text), ...(extra ? [extra] : []));
  };
  const clock = () => new Date().toLocaleTimeString("fi-FI", { hour: "numeric", minute: "2-digit" }).replace(":", ".");

  const timers = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form || !fields(form).includes(event.target)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => {
      if (!form.isConnected) return;
      write(keyOf(form), { at: Date.now(), values: taken(form) });
      say(form, word("kept").replace("{time}", clock()));
    }, 600));
  });

  // A sent text is let go when the server has answered well: HTMX says so, else the next page shows it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.action?.includes("sign-out") || form.dataset.forget !== undefined) keys().forEach(drop);
    if (form.dataset.keep === undefined) return;
    clearTimeout(timers.get(form));
    write(keyOf(form), { at: Date.now(), values: taken(form), sent: true });
  });
  // Before the swap: else the new form would be given the old text back.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig.elt.closest("form[data-keep]");
    if (form && event.detail.xhr.status < 400) drop(keyOf(form));
  });

  const restore = (form) => {
    const kept = read(keyOf(form));
    if (!kept || form.querySelector("[aria-invalid=true], [data-invalid]")) return; // the server has shown it already
    const before = taken(form);
    if (JSON.stringify(before) === JSON.stringify(kept.values)) return;
    put(form, kept.values);
    const anew = Object.assign(document.createElement("button"), { type: "button", className: "linkish", textContent: word("drop") });
    anew.addEventListener("click", () => { drop(keyOf(form)); put(form, before); form.querySelector(".kept")?.remove(); });
    say(form, `${word("found")} `, anew);
  };

  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const saved = document.querySelector("#notices .told") !== null;
  for (const key of keys()) {
    const kept = read(key);
    const here = forms().some((form) => keyOf(form) === key);
    const failed = document.querySelector("[data-error-page]") !== null;
    if (!kept || Date.now() - kept.at > WEEK || (kept.sent && !failed && (saved || !here))) drop(key);
  }
  forms().forEach(restore);
  document.addEventListener("htmx:load", (event) => {
    const part = event.detail.elt;
    if (part !== document.body) part.querySelectorAll?.("form[data-keep]").forEach(restore);
  });
})();
