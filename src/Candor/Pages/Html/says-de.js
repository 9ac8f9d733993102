// What the module says, in German. The file of each language has the same names.
const says = (() => {
  const year = 365 * 86400000;
  // Behind "vor" and "in" it is "2 Tagen", by itself "2 Tage".
  const days = (count, bent) => count === 1 ? '1 Tag' : `${count} ${bent ? 'Tagen' : 'Tage'}`;
  const lasting = (ms, bent = false) => {
    const minutes = Math.floor(Math.max(0, ms) / 60000), hours = Math.floor(minutes / 60), whole = Math.floor(hours / 24);
    if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} Sek.`;
    if (hours < 1) return `${minutes} Min.`;
    if (whole < 1) return minutes % 60 ? `${hours} Std. ${minutes % 60} Min.` : `${hours} Std.`;
    return hours % 24 ? `${days(whole, bent)} ${hours % 24} Std.` : days(whole, bent);
  };
  return {
    // Dates are written as the reader writes them, as long as that is in the language of the words around them.
    locale: readers => /^de\b/.test(readers) ? readers : 'de',
    lasting,
    ago: ms => ms < 10000 ? 'gerade eben'
      : `vor ${ms < 2 * year ? lasting(ms, true).replace(/(Std\.|Tag|Tagen) .*/, '$1') : `${Math.floor(ms / year)} Jahren`}`,
    due: left => left < 0 ? `seit ${lasting(-left, true)} überfällig` : `in ${lasting(left, true)}`,
    yourZone: 'Ihrer Zeitzone',
    notWatched: 'Noch nicht überwacht',
    operational: 'Den ganzen Tag in Betrieb',
    days: name => `${name}: Tage, der neueste zuletzt`,
    lost: at => `Verbindung unterbrochen. Gezeigt wird der Stand von ${at}.`,
    moment: 'Zeitpunkt',
  };
})();

