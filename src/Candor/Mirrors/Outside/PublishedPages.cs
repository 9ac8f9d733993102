using Candor.Pages;

namespace Candor.Mirrors.Outside;

/// <summary>
/// What readers were given here lately, by the hash of the bytes: so that bytes that come back from elsewhere tell which
/// edition they are of, and until when they were the newest.
/// </summary>
internal sealed class PublishedPages(TimeProvider time)
{
    /// <summary>What was replaced longer ago is not told apart from what never stood here.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>Of one page: a page that changes twice a second for an hour has more, and the oldest go.</summary>
    private const int OfOnePageMax = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Shown> pages = new(StringComparer.Ordinal);
    private Edition newest = Edition.None;

    /// <summary>The pages that readers are most in need of.</summary>
    public static bool IsWatched(string path) =>
        path is "/" or "/status.json" || path.StartsWith("/incidents/", StringComparison.Ordinal);

    /// <summary>Takes in what is up now. Cheap where it was taken in before.</summary>
    public void Note(Edition edition)
    {
        lock (gate)
        {
            if (ReferenceEquals(edition, newest) || edition.IsRestored || edition.Front.Count == 0)
            {
                return;
            }

            var now = time.GetTimestamp();
            foreach (var (path, page) in edition.Front.Where(static page => IsWatched(page.Key)))
            {
                if (!pages.TryGetValue(path, out var shown))
                {
                    pages[path] = shown = new();
                }

                shown.Become(page.Hash, newest.Position, now);
            }

            foreach (var gone in pages.Where(page => !edition.Front.ContainsKey(page.Key)).ToList())
            {
                gone.Value.Become(null, newest.Position, now);
                gone.Value.Forget(time, now);
                if (gone.Value.IsEmpty)
                {
                    pages.Remove(gone.Key);
                }
            }

            newest = edition;
        }
    }

    /// <summary>Which edition bytes with a hash are of; null where they did not stand at this path within the last hour.</summary>
    public PublishedPage? Find(string path, string hash)
    {
        lock (gate)
        {
            return pages.GetValueOrDefault(path)?.Find(hash, newest.Position, time);
        }
    }

    /// <summary>One path: what stands there, and what stood there before.</summary>
    private sealed class Shown
    {
        private readonly Dictionary<string, (long Position, long At)> before = new(StringComparer.Ordinal);
        private string? current;

        public bool IsEmpty => current is null && before.Count == 0;

        public void Become(string? hash, long lastPosition, long now)
        {
            if (hash == current)
            {
                return;
            }

            if (current is not null)
            {
                if (before.Count >= OfOnePageMax)
                {
                    before.Remove(before.MinBy(static one => one.Value.At).Key);
                }

                before[current] = (lastPosition, now);
            }

            current = hash;
        }

        public void Forget(TimeProvider time, long now)
        {
            foreach (var old in before.Where(one => time.GetElapsedTime(one.Value.At, now) > Remembered).Select(static one => one.Key).ToList())
            {
                before.Remove(old);
            }
        }

        public PublishedPage? Find(string hash, long newest, TimeProvider time)
        {
            if (hash == current)
            {
                return new(newest, TimeSpan.Zero);
            }

            return before.TryGetValue(hash, out var old) && time.GetElapsedTime(old.At) is var age && age <= Remembered ? new(old.Position, age) : null;
        }
    }
}

/// <summary>A page that was found to be of an edition of ours.</summary>
/// <param name="Position">All that the journal held up to here, as far as it is about this page, is on it.</param>
/// <param name="Behind">For how long something newer has stood here.</param>
internal readonly record struct PublishedPage(long Position, TimeSpan Behind);
