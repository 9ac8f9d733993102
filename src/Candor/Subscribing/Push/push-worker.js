// Shows what was pushed, and opens what it is about. It keeps nothing and fetches nothing.
self.addEventListener('push', (event) => {
  let told;
  try {
    told = event.data.json();
  } catch {
    return;
  }
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    renotify: true,
    data: { url: told.url },
  }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = event.notification.data && event.notification.data.url;
  if (url && /^https?:\/\//.test(url)) {
    event.waitUntil(self.clients.openWindow(url));
  }
});
