"use strict";
// Loads this page anew when the site has changed, and leaves it where it was.
(() => {
  const me = document.currentScript;
  const mark = me.dataset.mark;
  const folder = me.src.replace(/[^/]*$/, "");
  const here = location.pathname + location.search;
  const places = "minutebook-place";
  const closed = "minutebook-closed";
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(places));
    sessionStorage.removeItem(places);
  } catch {
    // A browser without storage keeps the place as well as it can by itself.
  }
  if (kept && kept.here === here) {
    const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    back();
    addEventListener("load", back);
  }

  const box = document.querySelector("#minutebook-problems details");
  if (box) {
    const pre = box.querySelector("pre");
    try {
      box.open = sessionStorage.getItem(closed) !== pre.textContent;
      box.addEventListener("toggle", () => {
        if (box.open) sessionStorage.removeItem(closed);
        else sessionStorage.setItem(closed, pre.textContent);
      });
    } catch {
      // It opens again with the next page.
    }
  }

  let going = false;
  const told = (now) => {
    if (now === mark || going) return;
    going = true;
    try {
      sessionStorage.setItem(places, JSON.stringify({ here, x: scrollX, y: scrollY }));
    } catch {
      // As above.
    }
    location.reload();
  };

  const ask = async () => {
    try {
      const answer = await fetch(folder + "state", { cache: "no-store" });
      if (answer.ok) return (await answer.text()).trim();
    } catch {
      // The preview was stopped; it may come back.
    }
    return mark;
  };

  // A stream tells of changes; who is refused one asks every second.
  const listen = (tell) => {
    const stream = new EventSource(folder + "changes");
    stream.addEventListener("message", (event) => tell(event.data));
    stream.addEventListener("error", () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      const again = async () => {
        tell(await ask());
        timer = setTimeout(again, 1000);
      };
      again();
    });
    return stream;
  };

  // A browser opens six connections to a host: of all pages of the site that
  // are open one holds the stream, and tells the others.
  let timer = 0;
  if (navigator.locks && window.BroadcastChannel) {
    const name = "minutebook " + folder;
    const channel = new BroadcastChannel(name);
    channel.addEventListener("message", (event) => told(event.data));
    ask().then(told);
    navigator.locks
      .request(name, () => {
        listen((now) => {
          channel.postMessage(now);
          told(now);
        });
        return new Promise(() => {});
      })
      .catch(() => {});
    return;
  }
  // Without that, a page that nobody sees holds none.
  let stream = null;
  const look = () => {
    if (stream) stream.close();
    clearTimeout(timer);
    stream = document.hidden ? null : listen(told);
  };
  document.addEventListener("visibilitychange", look);
  look();
})();
