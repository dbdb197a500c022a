// What the server put into the page for its scripts, and asking it something.

let data = null;

export function pageData() {
  data ||= JSON.parse(document.getElementById("bot-data").textContent);
  return data;
}

export function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value || document.cookie.match(/csrftoken=([^;]+)/)?.[1] || "";
}

/** POST JSON; gives {ok, status, body}. Never throws: without a connection `status` is 0. */
export async function ask(url, question) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify(question),
    });
    const body = await answer.json().catch(() => ({}));
    return { ok: answer.ok, status: answer.status, body };
  } catch {
    return { ok: false, status: 0, body: { detail: "The server cannot be reached." } };
  }
}

/** Call `act` once things have been quiet for a moment. */
export function whenQuiet(act, wait = 250) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}
