// Keeps a page true: fetches it again every two seconds and replaces its main part when that has changed.
'use strict';
(() => {
  const link = document.getElementById('link');
  let shown = null;

  function localTimes(root) {
    const today = new Date().toDateString();
    for (const time of root.querySelectorAll('time')) {
      const at = new Date(time.dateTime);
      time.title = time.dateTime;
      time.textContent = at.toDateString() === today ? at.toLocaleTimeString() : at.toLocaleString();
    }
  }

  function buttons(root) {
    for (const button of root.querySelectorAll('[data-post]')) {
      button.addEventListener('click', () => order(button));
    }
  }

  async function order(button) {
    button.disabled = true;
    link.textContent = '';
    try {
      const answer = await fetch(button.dataset.post, {method: 'POST'});
      const body = await answer.json();
      link.textContent = answer.ok ? '' : body.error;
    } catch (e) {
      link.textContent = 'The gateway does not answer.';
    }
    button.disabled = false;
    await renew(true);
  }

  async function renew(keepMessage) {
    try {
      const answer = await fetch(location.href, {headers: {Accept: 'text/html'}, signal: AbortSignal.timeout(8000)});
      if (!answer.ok) {
        link.textContent = (await answer.json()).error;
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const main = page.querySelector('main');
      if (shown !== main.innerHTML) {
        shown = main.innerHTML;
        document.title = page.title;
        localTimes(main);
        document.querySelector('main').replaceWith(main);
        buttons(main);
      }
      if (!keepMessage && link.dataset.lost) {
        link.textContent = '';
      }
      delete link.dataset.lost;
    } catch (e) {
      link.textContent = 'The gateway does not answer; trying again …';
      link.dataset.lost = 'yes';
    }
  }

  async function loop() {
    if (!document.hidden) {
      await renew(false);
    }
    setTimeout(loop, 2000);
  }

  shown = document.querySelector('main').innerHTML;
  localTimes(document);
  buttons(document);
  document.addEventListener('visibilitychange', () => document.hidden || renew(false));
  setTimeout(loop, 2000);
})();
