// Everything here adds to pages that work without it.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, SkipLink, createAll,
} from "govuk-frontend";
import { say } from "soundings/status";

// Radios are left out: what a choice opens is shown by CSS, without an aria-expanded that radios may not have.
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, SkipLink]) {
  createAll(component);
}

// <button type="button" data-copy="#id">: copies the text or value of that element.
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const words = (source.value ?? source.textContent).trim();
  try {
    await navigator.clipboard.writeText(words);
    say("Copied.", { visible: true });
  } catch {
    // Without the permission (or on plain http) the person copies it: we select it for them.
    getSelection().selectAllChildren(source);
    source.select?.();
    say("We could not copy it. It is selected: copy it from here.", { visible: true });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

// <div id="..." data-refresh>: fetched again every 3 seconds until the server leaves the attribute out.
const EVERY = 3000;
const SPEAK_EVERY = 30000;
const LEAVING = 10000; // how long a page may take that was asked for before this one was fetched again
let left = -LEAVING;

addEventListener("beforeunload", () => {
  left = performance.now();
});

async function refresh(region, spoken) {
  if (document.hidden) return schedule(region, spoken);
  let next;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
    if (!answer.ok) return schedule(region, spoken);
    next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
  } catch {
    return schedule(region, spoken);
  }
  if (performance.now() - left < LEAVING) return schedule(region, spoken); // never in the way of a click
  if (!next) return location.reload();
  const working = next.hasAttribute("data-refresh");
  if (!region.contains(document.activeElement) || !working) {
    region.replaceWith(document.adoptNode(next));
    region = next;
  }
  if (!working || Date.now() - spoken > SPEAK_EVERY) {
    say((region.querySelector("[data-say]") ?? region).textContent.trim().replace(/\s+/g, " "));
    spoken = Date.now();
  }
  if (working) schedule(region, spoken);
}

function schedule(region, spoken) {
  setTimeout(() => refresh(region, spoken), EVERY);
}

document.querySelectorAll("[data-refresh][id]").forEach((region) => schedule(region, Date.now()));

// <textarea data-count-from="4000">: says how long the text is only once it is long.
function count(area) {
  const line = document.getElementById(`${area.id}-count`);
  if (!line) return;
  const length = area.value.length;
  const round = Math.round(length / 100) * 100;
  line.textContent = length < Number(area.dataset.countFrom) ? ""
    : `About ${round.toLocaleString("en-GB")} characters so far. There is no limit you need to worry about.`;
}

document.querySelectorAll("textarea[data-count-from]").forEach((area) => {
  count(area);
  area.addEventListener("input", () => count(area));
});

// Tables of charts are on paper whether or not they are open on the screen.
addEventListener("beforeprint", () => {
  document.querySelectorAll("details[data-print-open]:not([open])").forEach((details) => {
    details.open = true;
    details.dataset.printOpened = "";
  });
});
addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-print-opened]").forEach((details) => {
    details.open = false;
    delete details.dataset.printOpened;
  });
});

// The text of the draft is open beside its questions, but on a narrow screen it would push them out of sight.
if (matchMedia("(max-width: 40rem)").matches) {
  document.querySelectorAll("[data-fold-narrow] details[open]").forEach((details) => { details.open = false; });
}
