// <form data-autosave>: saved 5 seconds after typing stops, by the route of its buttons.
import { say } from "soundings/status";

const AFTER = 5000;
const LONGEST_WAIT = 60000;
const LONGEST_SAVE = 20000;

const form = document.querySelector("form[data-autosave]");
const line = document.getElementById("saved");
let timer;
let underWay = null; // the save that the server has not answered
let changed = false; // since the last save began
let failures = 0;
let told = ""; // spoken last, so that a pause in typing does not speak the same again
let ended = false; // nothing can be saved here any more
let pressed = false; // a button, during a save

function tell(words, { speak = words, quiet = false } = {}) {
  line.hidden = false;
  line.className = quiet ? "app-quiet" : "govuk-body govuk-!-font-weight-bold";
  line.textContent = words;
  if (speak !== told) say(words);
  told = speak;
}

function later(wait) {
  clearTimeout(timer);
  if (!ended) timer = setTimeout(begin, wait);
}

function begin() {
  clearTimeout(timer);
  if (!underWay) underWay = save().finally(() => { underWay = null; });
  return underWay;
}

async function save() {
  changed = false;
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Autosave": "1" },
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout?.(LONGEST_SAVE),
    });
    if (answer.ok) return saved(await answer.json());
    if (answer.status < 500) return await refused(answer);
    again(form.dataset.noService);
  } catch {
    again(form.dataset.noConnection);
  }
}

function saved({ said, seen }) {
  form.elements.seen.value = seen;
  failures = 0;
  tell(said, { speak: "saved", quiet: true });
  if (changed) later(AFTER);
}

function again(words) {
  changed = true;
  tell(words);
  later(Math.min(AFTER * 2 ** failures, LONGEST_WAIT));
  failures += 1;
}

// 422: what the page says of its own words; 400: the page was open too long. Anything else ended this reply.
async function refused(answer) {
  changed = true;
  if (answer.status === 422) return hold(await answer.json());
  if (answer.status === 400) return hold({ said: form.dataset.press });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  hold({ said: `${page.querySelector("h1").textContent.trim()}. ${form.dataset.ended}`, final: true });
}

function hold({ said, final }) {
  ended = Boolean(final);
  tell(said);
}

form?.addEventListener("input", () => {
  changed = true;
  later(AFTER);
});
addEventListener("online", () => { if (failures) begin(); });

// A button pressed during a save waits for it: else this page would meet its own words as another's.
form?.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!underWay) return;
  event.preventDefault();
  if (pressed) return;
  pressed = true;
  underWay.then(() => {
    clearTimeout(timer);
    pressed = false;
    form.requestSubmit(event.submitter);
  });
});
