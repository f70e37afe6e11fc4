// The modeller: bpmn-js over the diagram's BPMN. Saving sends the XML through the page's own form.
(async () => {
  "use strict";
  const place = document.getElementById("modeler");
  const form = document.getElementById("keep-drawing");
  const status = document.getElementById("modeler-status");
  const words = JSON.parse(place.dataset.words);
  const said = (text, values) => (words[text] ?? text).replace(/{([^}]+)}/g, (whole, key) => values?.[key] ?? whole);
  const modeler = new BpmnJS({ container: place, additionalModules: [{ translate: ["value", said] }] });
  let changed = false;

  const answer = await fetch(place.dataset.file, { headers: { Accept: "application/xml" } });
  const { warnings } = await modeler.importXML(await answer.text());
  const fit = () => {
    const canvas = modeler.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const bar = 124; // the bar of shapes stands over the left edge
    const scale = Math.min((outer.width - bar - 8) / inner.width, (outer.height - 16) / inner.height, 1);
    canvas.viewbox({ x: inner.x - bar / scale, y: inner.y - 8 / scale, width: outer.width / scale, height: outer.height / scale });
  };
  fit();
  status.textContent = warnings.length ? place.dataset.warned : place.dataset.ready;
  place.dataset.state = "ready";
  modeler.on("commandStack.changed", () => {
    changed = modeler.get("commandStack").canUndo();
    document.querySelector("[data-model=undo]").disabled = !changed;
    document.querySelector("[data-model=redo]").disabled = !modeler.get("commandStack").canRedo();
  });

  const ACTS = {
    undo: () => modeler.get("commandStack").undo(),
    redo: () => modeler.get("commandStack").redo(),
    fit,
    in: () => modeler.get("zoomScroll").stepZoom(1),
    out: () => modeler.get("zoomScroll").stepZoom(-1),
  };
  document.addEventListener("click", (event) => ACTS[event.target.closest("[data-model]")?.dataset.model]?.());
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  let ready = false;
  let saving = false;
  form.addEventListener("submit", async (event) => {
    if (ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (saving) return;
    saving = true;
    const { xml } = await modeler.saveXML({ format: true });
    form.elements.xml.value = xml;
    ready = true;
    changed = false;
    setTimeout(() => form.requestSubmit()); // not while this submission is still being told around
  }, true);
})();
