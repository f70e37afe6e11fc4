// Pan and zoom of a picture: drag, wheel with Ctrl, pinch, arrow keys, + and −. Without it the frame scrolls.
(() => {
  "use strict";
  for (const frame of document.querySelectorAll("[data-panzoom]")) {
    const picture = frame.querySelector("svg");
    const tools = frame.closest("section").querySelector("[data-zoom-tools]");
    if (!picture) continue;
    const width = Number(picture.getAttribute("width"));
    const height = Number(picture.getAttribute("height"));
    let scale = 1;

    const show = () => {
      picture.setAttribute("width", width * scale);
      picture.setAttribute("height", height * scale);
    };
    // Keeps what is under x, y (of the frame) where it is.
    const zoom = (factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
      const next = Math.min(3, Math.max(0.15, scale * factor));
      const ratio = next / scale;
      const left = (frame.scrollLeft + x) * ratio - x;
      const top = (frame.scrollTop + y) * ratio - y;
      scale = next;
      show();
      frame.scrollTo(left, top);
    };
    const fit = () => {
      scale = Math.min(1, Math.max(0.15, (frame.clientWidth - 4) / width));
      show();
      frame.scrollTo(0, 0);
    };

    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (wanted === "in") zoom(1.25);
      if (wanted === "out") zoom(0.8);
      if (wanted === "fit") fit();
    });
    frame.addEventListener("keydown", (event) => {
      if (event.target !== frame) return;
      if (event.key === "+") zoom(1.25);
      else if (event.key === "-") zoom(0.8);
      else if (event.key === "0") fit();
      else return;
      event.preventDefault();
    });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const around = frame.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, event.clientX - around.left, event.clientY - around.top);
    }, { passive: false });

    // --- drag with the mouse, pinch with two fingers (one finger scrolls by itself)
    let held = null;
    let dragged = false;
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      held = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
      dragged = false;
    });
    addEventListener("pointermove", (event) => {
      if (!held) return;
      dragged ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 4;
      if (dragged) frame.scrollTo(held.left - event.clientX + held.x, held.top - event.clientY + held.y);
    });
    addEventListener("pointerup", () => { held = null; });
    frame.addEventListener("click", (event) => { if (dragged) event.preventDefault(); }, true);
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    let apart = 0;
    const distance = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
    frame.addEventListener("touchmove", (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      const now = distance(event.touches);
      if (apart) zoom(now / apart);
      apart = now;
    }, { passive: false });
    frame.addEventListener("touchend", () => { apart = 0; });

    fit();
  }
})();
