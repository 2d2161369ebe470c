// Asks every second whether the proof has changed, and puts the new page in place of the old one.
"use strict";
const PAUSE_MS = 1000;

async function look() {
  const main = document.getElementById("main");
  const lost = document.getElementById("lost");
  try {
    const known = { "If-None-Match": `"${main.dataset.tag}"` };
    const answer = await fetch(location.href, { headers: known, cache: "no-store" });
    if (answer.status === 200) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.title = page.title;
      main.replaceWith(page.getElementById("main"));
    }
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
  setTimeout(look, PAUSE_MS);
}

setTimeout(look, PAUSE_MS);
