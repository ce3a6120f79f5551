// Looks every second whether something has come, and then takes the list and the message from the page anew. The page makes all
// of the markup; this makes none.
"use strict";

const PAUSE = 1000;
const element = id => document.getElementById(id);

function localize(root) {
  for (const time of root.querySelectorAll("time")) {
    const moment = new Date(time.dateTime);
    const isToday = moment.toDateString() === new Date().toDateString();
    time.title = moment.toLocaleString();
    time.textContent = isToday ? moment.toLocaleTimeString() : moment.toLocaleString();
  }
}

async function refresh() {
  const answer = await fetch(location.href, {cache: "no-store"});
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.closest("#list a")?.getAttribute("href");
  const list = fresh.getElementById("list");
  localize(list);
  element("list").replaceChildren(...list.childNodes);
  if (focused) element("list").querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  element("count").textContent = fresh.getElementById("count").textContent;
  const detail = fresh.getElementById("detail");
  if (detail.dataset.number !== element("detail").dataset.number) {
    localize(detail);
    element("detail").replaceWith(detail);
  }
  document.body.dataset.state = fresh.body.dataset.state;
}

async function follow() {
  try {
    if (!document.hidden) {
      const answer = await fetch("/_martlet/inbox/state" + location.search, {cache: "no-store"});
      if (answer.ok && (await answer.json()).State !== document.body.dataset.state) await refresh();
      document.body.classList.toggle("offline", !answer.ok);
    }
  } catch {
    document.body.classList.add("offline");
  }
  setTimeout(follow, PAUSE);
}

document.addEventListener("click", async event => {
  const button = event.target.closest("button[data-copies]");
  if (!button) return;
  const source = element(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  } catch {
    getSelection().selectAllChildren(source);
  }
});

localize(document);
setTimeout(follow, PAUSE);
