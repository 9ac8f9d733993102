// The form "In this browser": asks the browser for an address, puts it into the form and sends it as any other. News puts
// another such form into the page, which is bound as the first one was.
const able = 'serviceWorker' in navigator && 'PushManager' in window && window.isSecureContext;

function bind() {
  const section = document.getElementById('by-push-section');
  if (!section?.hidden || !able) {
    return;
  }
  const form = section.querySelector('form');
  section.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (form.address.value) {
      return;
    }
    event.preventDefault();
    try {
      const registration = await navigator.serviceWorker.register('/push-worker.js');
      const key = await (await fetch('/push-key')).text();
      const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      form.address.value = JSON.stringify(made);
      form.requestSubmit();
    } catch {
      const said = section.querySelector('[role="status"]');
      said.textContent = Notification.permission === 'denied'
        ? said.dataset.denied
        : said.dataset.none;
    }
  });
}

document.addEventListener('candor:ready', bind);
bind();
