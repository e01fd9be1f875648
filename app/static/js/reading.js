// The reading screen, made quick: keys, ticks kept in the background, the next comment without a full load.
// The form works without all of this; whatever fails here, its buttons still do.
import { say } from "soundings/status";

const KEEP_AFTER = 400;
const MOST_FOUND = 8;

let current = null; // the key of the card that S, C, G, E, W, D and Q act on
let quoting = null; // { from, to } while a quote is chosen by keys; numbers of points
let chosenWords = ""; // selected last in the comment
let timer;
let underWay = null; // the draft that the server has not answered
let sending = false;

const form = () => document.querySelector("form[data-reading]");
const cards = () => [...document.querySelectorAll("[data-card]")];
const cardOf = (key) => cards().find((card) => card.dataset.card === key);
const codeOf = (key) => key.split("~")[0];
const offers = () => [...document.querySelectorAll("[data-code][data-number]")];
const offerOf = (code) => offers().find((offer) => offer.dataset.code === code);
const tickIn = (offer) => offer.querySelector("input[name=tick]");
const points = () => [...document.querySelectorAll("[data-point]")];
const press = (value) => form().querySelector(`button[name="do"][value="${value}"]:not([aria-hidden])`)?.click();

// Ticks and cards

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, KEEP_AFTER);
}

async function keep() {
  clearTimeout(timer);
  timer = undefined;
  if (underWay) await underWay;
  const here = form();
  if (!here || sending) return;
  const body = new URLSearchParams(new FormData(here));
  body.set("do", "keep");
  underWay = fetch(here.action, {
    method: "POST", body, headers: { "X-Draft": "1" }, credentials: "same-origin", keepalive: true,
  }).catch(() => {}).finally(() => { underWay = null; });
}

function nextKey(code) {
  const used = new Set(cards().map((card) => card.dataset.card));
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? code : `${code}~${number}`;
    if (!used.has(key)) return key;
  }
}

function addCard(code, label, { stance = "", span = "", words = "", after = null, proposed = false } = {}) {
  const key = nextKey(code);
  const holder = document.createElement("div");
  const plain = document.createElement("i");
  plain.textContent = label;
  holder.innerHTML = document.getElementById("card-template").innerHTML
    .replaceAll("__KEY__", key).replaceAll("__CODE__", code).replaceAll("__LABEL__", plain.innerHTML);
  const card = holder.querySelector("[data-card]");
  if (stance) card.querySelector(`input[type=radio][value="${stance}"]`).checked = true;
  if (!proposed) card.querySelector("fieldset .app-tag")?.remove();
  if (span) setQuote(card, span, words);
  const list = document.querySelector("[data-cards]");
  if (after) after.after(card); else list.append(card);
  makeCurrent(key);
  noneYet();
  keepSoon();
  return card;
}

function setQuote(card, span, words) {
  const select = card.querySelector("select");
  let option = [...select.options].find((one) => one.value === span);
  if (!option) {
    option = new Option("As shown above", span);
    select.prepend(option);
  }
  select.value = span;
  card.querySelector("[data-quoted]").textContent = `“${words.trim()}”`;
}

function removeCards(keys) {
  const codes = new Set(keys.map(codeOf));
  keys.forEach((key) => cardOf(key)?.remove());
  codes.forEach((code) => {
    const offer = offerOf(code);
    if (offer) tickIn(offer).checked = cards().some((card) => codeOf(card.dataset.card) === code);
  });
  if (!cardOf(current)) makeCurrent(cards().at(-1)?.dataset.card ?? null);
  noneYet();
  keepSoon();
}

function ticked(offer) {
  const { code, label, stance, span } = offer.dataset;
  const there = cards().filter((card) => codeOf(card.dataset.card) === code).map((card) => card.dataset.card);
  if (!tickIn(offer).checked) return removeCards(there);
  if (there.length) return makeCurrent(there[0]);
  const words = offer.querySelector("[data-words]").textContent;
  addCard(code, label, { stance, span, words, proposed: true });
}

function toggle(offer) {
  const folded = offer.closest("details:not([open])");
  if (folded) folded.open = true;
  const box = tickIn(offer);
  box.checked = !box.checked;
  ticked(offer);
  say(`${offer.dataset.code} ${offer.dataset.label}: ${box.checked ? "on this comment" : "removed"}`);
}

function secondStance(key) {
  const card = cardOf(key);
  if (!card) return;
  const code = codeOf(key);
  const used = new Set(cards().filter((one) => codeOf(one.dataset.card) === code)
    .map((one) => one.querySelector("input[type=radio]:checked")?.value));
  const stance = ["support", "concern", "suggestion", "neutral"].find((one) => !used.has(one));
  if (!stance) return;
  const label = card.querySelector(".app-card__head").dataset.label;
  addCard(code, label, { stance, after: card }).focus();
  say(`${code}: a second stance, ${stance}`);
}

function makeCurrent(key) {
  current = key;
  cards().forEach((card) => card.classList.toggle("app-card--current", card.dataset.card === key));
}

function move(by) {
  const all = cards();
  if (!all.length) return;
  const at = all.findIndex((card) => card.dataset.card === current);
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  makeCurrent(next.dataset.card);
  next.focus();
}

function setStance(stance) {
  const card = cardOf(current) ?? cards().at(-1);
  if (!card) return;
  card.querySelector(`input[type=radio][value="${stance}"]`).checked = true;
  card.querySelector("fieldset .app-tag")?.remove();
  makeCurrent(card.dataset.card);
  keepSoon();
  say(`${codeOf(card.dataset.card)}: ${stance}`);
}

function noneYet() {
  const line = document.querySelector("[data-none]");
  if (line) line.hidden = cards().length > 0;
}

function allLikely() {
  offers().filter((offer) => offer.dataset.word === "Likely" && !tickIn(offer).checked).forEach(toggle);
}

// Quote by keys

function showQuoting() {
  points().forEach((point, index) => {
    const inside = quoting && index >= Math.min(quoting.from, quoting.to) && index <= Math.max(quoting.from, quoting.to);
    point.classList.toggle("app-point--chosen", Boolean(inside));
  });
  if (quoting) say(`Point ${quoting.to + 1} of ${points().length}. Enter sets the quote.`, { visible: true });
}

function quoteKey(event) {
  const last = points().length - 1;
  if (event.key === "Escape") quoting = null;
  else if (event.key === "Enter") {
    const [from, to] = [Math.min(quoting.from, quoting.to), Math.max(quoting.from, quoting.to)];
    const chosen = points().slice(from, to + 1);
    const span = `${chosen[0].dataset.span.split("-")[0]}-${chosen.at(-1).dataset.span.split("-")[1]}`;
    setQuote(cardOf(current), span, chosen.map(wordsOf).join(" "));
    quoting = null;
    keepSoon();
    say("Quote set.", { visible: true });
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    quoting.to = Math.min(last, Math.max(0, quoting.to + (event.key === "ArrowRight" ? 1 : -1)));
    if (!event.shiftKey) quoting.from = quoting.to;
  } else return false;
  event.preventDefault();
  showQuoting();
  return true;
}

function wordsOf(node) {
  const copy = node.cloneNode(true);
  copy.querySelectorAll("sup, .app-points__number").forEach((one) => one.remove());
  return copy.textContent;
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const place = within.nodeType === Node.TEXT_NODE ? within.parentElement : within;
  if (!place.closest("[data-points]")) return;
  const holder = document.createElement("div");
  holder.append(range.cloneContents());
  chosenWords = wordsOf(holder);
});

function useSelected(key) {
  if (!chosenWords.trim()) return say("Select words of the comment first.", { visible: true });
  document.getElementById(`words-${key}`).value = chosenWords.trim();
  cardOf(key).querySelector("[data-quoted]").textContent = `“${chosenWords.trim()}”`;
  keepSoon();
}

// Find a theme

function themes() {
  return JSON.parse(document.getElementById("themes-data").textContent);
}

function rank([code, label, words], typed) {
  const name = label.toLowerCase();
  if (name.startsWith(typed)) return 0;
  if (code.toLowerCase().startsWith(typed)) return 1;
  if (name.split(/[^a-z0-9']+/).some((word) => word.startsWith(typed))) return 2;
  if (name.includes(typed)) return 3;
  return typed.split(/\s+/).every((word) => words.includes(word)) ? 4 : 9;
}

function find() {
  const input = document.getElementById("find");
  const list = document.querySelector("[data-found]");
  const typed = input.value.trim().toLowerCase();
  const found = typed ? themes().map((one) => [rank(one, typed), one]).filter(([at]) => at < 9)
    .sort((one, other) => one[0] - other[0]).slice(0, MOST_FOUND).map(([, one]) => one) : [];
  list.replaceChildren(...found.map(([code, label], index) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "app-button--link", textContent: `${code} ${label}` });
    button.dataset.add = code;
    button.dataset.label = label;
    item.append(button);
    if (index === 0) item.dataset.first = "";
    item.classList.toggle("app-find__chosen", index === 0);
    return item;
  }));
  if (typed) say(found.length ? `${found.length} found. ${found[0][1]} first.` : "No theme has these words.");
}

function findKey(event) {
  const items = [...document.querySelectorAll("[data-found] > li")];
  const at = items.findIndex((item) => item.classList.contains("app-find__chosen"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const to = Math.min(items.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)));
    items.forEach((item, index) => item.classList.toggle("app-find__chosen", index === to));
    if (items[to]) say(items[to].textContent);
  } else if (event.key === "Enter") {
    const button = (items[at] ?? items[0])?.querySelector("[data-add]");
    if (button) addFound(button);
  } else if (event.key === "Escape") {
    document.getElementById("find").value = "";
    find();
    document.getElementById("comment-heading").focus();
  } else return;
  event.preventDefault();
}

function addFound({ dataset: { add: code, label } }) {
  const offer = offerOf(code);
  document.getElementById("find").value = "";
  document.querySelector("[data-found]").replaceChildren();
  if (offer) {
    tickIn(offer).checked = true;
    ticked(offer);
  } else if (cardOf(code)) makeCurrent(code);
  else addCard(code, label);
  cardOf(current)?.focus();
  if (!offer) say(`${code} ${label}: choose a stance`);
}

// Sending, and the next comment in the place of this one

async function send(sent, submitter) {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  if (underWay) await underWay;
  const body = new URLSearchParams(new FormData(sent, submitter));
  try {
    const answer = await fetch(sent.action, { method: "POST", body, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main") || (!answer.ok && answer.status !== 422)) throw new Error("no page");
    if (!answer.ok && !page.querySelector("#reading, #combined")) return sendWhole(sent, submitter);
    show(page, answer);
  } catch {
    notSaved();
  } finally {
    sending = false;
  }
}

function sendWhole(sent, submitter) {
  const value = document.createElement("input");
  Object.assign(value, { type: "hidden", name: "do", value: submitter?.value ?? "save" });
  sent.append(value);
  sent.submit();
}

function show(page, answer) {
  const before = location.pathname;
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  if (answer.ok) history.pushState({}, "", answer.url);
  current = cards().at(0)?.dataset.card ?? null;
  quoting = null;
  chosenWords = "";
  const problem = document.querySelector(".govuk-error-summary");
  const said = document.querySelector(".app-banner--success .app-banner__title");
  if (problem) {
    problem.tabIndex = -1;
    problem.focus();
    return;
  }
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  if (before !== location.pathname) scrollTo(0, 0);
  heading.focus({ preventScroll: before === location.pathname });
  const where = document.querySelector(".app-line__where");
  if (said) say(`${said.textContent} ${where ? where.textContent : ""}`);
}

function notSaved() {
  document.querySelector("[data-not-saved]")?.remove();
  const panel = document.createElement("div");
  panel.className = "app-banner app-banner--failure";
  panel.setAttribute("role", "alert");
  panel.dataset.notSaved = "";
  panel.innerHTML = '<p class="app-banner__title">Not saved. Check your connection and press Save again.</p>';
  document.querySelector("main").prepend(panel);
}

// What happens where

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !form() || !event.target.closest("main")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  if (!form()) return;
  const button = event.target.closest("button");
  if (!button) return;
  const [act, key] = (button.name === "do" ? button.value : "").split(":");
  if (act === "remove") removeCards([key]);
  else if (act === "second") secondStance(key);
  else if (act === "find") find();
  else if (button.dataset.add) addFound(button);
  else if (button.dataset.useSelected) useSelected(button.dataset.useSelected);
  else if ("allLikely" in button.dataset) allLikely();
  else return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (!event.target.closest("form[data-reading]")) return;
  const offer = event.target.name === "tick" && event.target.closest("[data-code]");
  if (offer) ticked(offer);
  const card = event.target.closest("[data-card]");
  if (card) {
    makeCurrent(card.dataset.card);
    if (event.target.type === "radio") card.querySelector("fieldset .app-tag")?.remove();
  }
  keepSoon();
});

document.addEventListener("input", (event) => {
  if (event.target.id === "find" && form()) find();
  else if (event.target.closest("form[data-reading]")) keepSoon();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && timer) keep();
});
addEventListener("popstate", () => location.reload());

function fold(id) {
  const details = document.getElementById(id);
  if (!details) return;
  details.open = !details.open;
  details.querySelector("summary").focus();
}

const KEYS = {
  a: allLikely,
  j: () => move(1),
  k: () => move(-1),
  s: () => setStance("support"),
  c: () => setStance("concern"),
  g: () => setStance("suggestion"),
  e: () => setStance("neutral"),
  w: () => current && secondStance(current),
  d: () => current && removeCards([current]),
  q: () => { if (cardOf(current)) { quoting = { from: 0, to: 0 }; showQuoting(); } },
  "/": () => document.getElementById("find").focus(),
  0: () => press("no_point"),
  x: () => (form().querySelector('button[value="flag"]') ? press("flag") : press("settle")),
  n: () => press("save"),
  p: () => history.back(),
  u: () => document.querySelector("form[action$='/code/undo'] button")?.click(),
  b: () => fold("bid-details"),
  r: () => fold("others-details"),
  m: () => { document.getElementById("note-details").open = true; document.getElementById("note").focus(); },
  "?": () => fold("keys"),
};

const inField = (target) => target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");

document.addEventListener("keydown", (event) => {
  if (!form()) return;
  if (event.target.id === "find") return findKey(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField(event.target)) return;
  if (quoting && quoteKey(event)) return;
  if (!form().hasAttribute("data-shortcuts")) return;
  const key = event.key.toLowerCase();
  const offer = /^[1-9]$/.test(key) && offers().find((one) => one.dataset.number === key);
  if (offer) toggle(offer);
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
});

current = cards().at(0)?.dataset.card ?? null;
