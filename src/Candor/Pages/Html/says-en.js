// What the module says, in English. The file of each language has the same names.
const says = (() => {
  const year = 365 * 86400000;
  const days = count => count === 1 ? '1 day' : `${count} days`;
  const lasting = ms => {
    const minutes = Math.floor(Math.max(0, ms) / 60000), hours = Math.floor(minutes / 60), whole = Math.floor(hours / 24);
    if (minutes < 1) return `${Math.floor(Math.max(0, ms) / 1000)} s`;
    if (hours < 1) return `${minutes} min`;
    if (whole < 1) return minutes % 60 ? `${hours}h ${minutes % 60}m` : `${hours}h`;
    return hours % 24 ? `${days(whole)} ${hours % 24}h` : days(whole);
  };
  return {
    locale: readers => readers,
    lasting,
    ago: ms => ms < 10000 ? 'just now'
      : `${ms < 2 * year ? lasting(ms).replace(/(h|days?) .*/, '$1') : `${Math.floor(ms / year)} years`} ago`,
    due: left => left < 0 ? `overdue by ${lasting(-left)}` : `in ${lasting(left)}`,
    yourZone: 'your time zone',
    notWatched: 'Not watched yet',
    operational: 'Operational all day',
    days: name => `${name}: days, newest last`,
    lost: at => `Connection lost, showing what was known at ${at}.`,
    moment: 'Moment',
  };
})();

