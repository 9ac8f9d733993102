// A line for another site: <script src="https://status.example.com/widget.js" async></script>
// Shows itself only while something is wrong or cannot be seen; with data-always it is always there.
(() => {
  const script = document.currentScript, origin = new URL(script.src).origin, always = 'always' in script.dataset;
  const colours = { none: '#23734f', maintenance: '#3b6fd4', minor: '#8f6100', major: '#b34a0f', critical: '#c02018' };
  const looks = LOOKS;
  let line;

  // In the page's language, the numbers in their places; what has no words there, and all of an English page, as the API says it.
  function said(description) {
    const numbers = description.match(/\d+/g) ?? [];
    return looks.line?.[description.replace(/\d+/g, '#')]?.replace(/#/g, () => numbers.shift()) ?? description;
  }

  function show({ status, incidents }) {
    if (status.indicator === 'none' && !always) return line?.remove();
    line ??= Object.assign(document.createElement('a'), { target: '_blank', rel: 'noopener' });
    line.href = incidents[0] ? `${origin}/incidents/${encodeURIComponent(incidents[0].id)}` : origin;
    line.textContent = incidents[0] ? incidents[0].name : said(status.description);
    const own = { maintenance: looks.maintenance, minor: looks.incident, major: looks.incident, critical: looks.incident }[status.indicator] ?? {};
    Object.assign(line.style, {
      position: 'fixed', [looks.edge]: '16px', [looks.side]: '16px', zIndex: 2147483000, maxWidth: 'calc(100vw - 64px)',
      padding: '10px 16px', borderRadius: '8px', font: '500 14px/1.4 system-ui, sans-serif', textDecoration: 'none',
      color: own.text ?? '#fff', background: own.background ?? colours[status.indicator] ?? '#6b7280',
    });
    line.setAttribute('role', 'status');
    if (!line.isConnected) document.body.append(line);
  }

  const ask = () => document.hidden || fetch(`${origin}/api/v2/summary.json`, { credentials: 'omit' })
    .then(answer => answer.ok ? answer.json() : Promise.reject(answer.status))
    .then(show)
    // Not reaching the status page says nothing about the service.
    .catch(() => line?.remove());
  ask();
  setInterval(ask, 60000);
})();
