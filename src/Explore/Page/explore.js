"use strict";
// Asks the program for what a setting means and shows the answer. Nothing is computed here.
(() => {
  const names = ["risk", "effect", "sigma", "law", "covariate", "clusters", "size", "event"];
  const byId = id => document.getElementById(id);
  const slider = name => document.querySelector(`input[data-for="${name}"]`);
  let shown = "";      // the setting on the page
  let before = "";     // the one that the change is told against
  let wanted = null;   // what to ask next, when an answer is under way
  let busy = false;

  const typed = () => names.map(name => `${name}=${encodeURIComponent(byId(name).value)}`).join("&");

  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // The pixels that a picture has inside its card.
  const room = kind => Math.floor(byId("picture-" + kind).clientWidth) - 10;

  async function ask(setting, fill) {
    if (busy) { wanted = { setting, fill }; return; }
    busy = true;
    try {
      const query = new URLSearchParams({ setting, was: before, width: room("curves"), narrow: room("power") });
      const answer = await fetch("figures?" + query);
      const content = await answer.json();
      if (answer.ok) { show(content, fill); } else { byId("problem").textContent = content.problem; }
    } catch {
      byId("problem").textContent = "The program has ended: start margcond explore again.";
    }
    busy = false;
    if (wanted) { const next = wanted; wanted = null; ask(next.setting, next.fill); }
  }

  function show(answer, fill) {
    byId("problem").textContent = "";
    shown = answer.setting;
    for (const name of names) {
      if (fill) byId(name).value = answer.values[name];
      if (slider(name)) slider(name).value = answer.values[name];
      if (byId(name + "-note")) byId(name + "-note").textContent = answer.notes[name];
    }
    byId("summary").textContent = answer.summary;
    byId("change").textContent = answer.change;
    byId("ladder").replaceChildren(...answer.rungs.map(rung => {
      const row = document.createElement("tr");
      const whose = element("th", rung.whose);
      whose.scope = "row";
      const step = element("td", rung.step);
      step.append(element("span", rung.cause, "cause"));
      row.append(whose, element("td", rung.oddsRatio, "number"), step);
      return row;
    }));
    byId("facts").replaceChildren(...answer.facts.map(fact => {
      const pair = document.createElement("div");
      const value = element("dd", fact.text);
      value.id = "fact-" + fact.key;
      pair.append(element("dt", fact.name), value);
      return pair;
    }));
    for (const picture of answer.pictures) {
      const card = element("div", "", "card");
      card.innerHTML = picture.svg;
      const caption = document.createElement("figcaption");
      caption.append(element("strong", picture.title + "."), " " + picture.caption);
      byId("picture-" + picture.kind).replaceChildren(card, caption);
    }
    byId("commands").replaceChildren(...answer.commands.map(command => {
      const block = element("div", "", "command");
      const text = document.createElement("pre");
      text.append(element("code", command.text));
      const copy = element("button", "Copy");
      copy.type = "button";
      copy.setAttribute("aria-label", "Copy: " + command.name);
      copy.addEventListener("click", () => take(command.text, "Command copied."));
      block.append(element("p", command.name), text, copy);
      return block;
    }));
    byId("study").href = "study.yaml?" + new URLSearchParams({ setting: shown });
    byId("study-note").textContent = answer.studyNote;
    history.replaceState(null, "", "?" + shown);
    document.body.dataset.shown = shown;
  }

  async function take(text, said) {
    try {
      await navigator.clipboard.writeText(text);
      byId("copied").textContent = said;
    } catch {
      byId("copied").textContent = "This browser does not let the page copy: " + text;
    }
  }

  // While a slider moves the change is told against where it started.
  function begin() { before = shown; }

  function change(name, value) {
    byId(name).value = value;
    if (byId(name).checkValidity() && byId(name).value !== "") ask(typed(), false);
  }

  function open(setting) { begin(); ask(setting, true); }

  for (const name of names) {
    const field = byId(name);
    field.addEventListener("focus", begin);
    field.addEventListener("input", () => change(name, field.value));
    if (slider(name)) {
      slider(name).addEventListener("pointerdown", begin);
      slider(name).addEventListener("focus", begin);
      slider(name).addEventListener("input", () => change(name, slider(name).value));
    }
  }
  byId("setting").addEventListener("submit", event => event.preventDefault());
  for (const preset of document.querySelectorAll("[data-setting]")) {
    preset.addEventListener("click", () => open(preset.dataset.setting));
  }
  byId("copy-link").addEventListener("click", () => take(location.origin + "/?" + shown, "Link copied."));
  byId("open-link").addEventListener("click", () => open(byId("open").value.trim()));
  byId("open").addEventListener("keydown", event => { if (event.key === "Enter") open(byId("open").value.trim()); });
  let resize = 0;
  addEventListener("resize", () => { clearTimeout(resize); resize = setTimeout(() => ask(shown, false), 200); });
  ask(location.search.slice(1), true);
})();
