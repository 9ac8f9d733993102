namespace Candor.Mirrors.Telling;

/// <summary>Of one bulletin.</summary>
internal sealed partial class TellingBook
{
    /// <summary>Who was told of one bulletin. Files before the newest are full and are not written again.</summary>
    private sealed class Rows
    {
        public HashSet<UInt128> Told { get; } = [];

        public HashSet<UInt128> Failed { get; } = [];

        /// <summary>How often it was sent to somebody without an answer.</summary>
        public Dictionary<UInt128, int> Unclear { get; } = [];

        /// <summary>To whom a mail was about to go.</summary>
        public HashSet<UInt128> Meant { get; } = [];

        public List<(UInt128 Hash, byte Kind)> Waiting { get; } = [];

        /// <summary>Of whom it is not known, and will not be.</summary>
        public IEnumerable<UInt128> Lost => Unclear.Where(one => one.Value >= UnclearMost && !Told.Contains(one.Key) && !Failed.Contains(one.Key)).Select(static one => one.Key);

        public IEnumerable<UInt128> Done => Told.Concat(Failed).Concat(Lost);

        public byte[] Newest { get; set; } = [];

        public int Files { get; set; }

        public void Add(UInt128 hash, byte kind)
        {
            if (kind == TellingBook.Unclear)
            {
                Unclear[hash] = Unclear.GetValueOrDefault(hash) + 1;
            }
            else
            {
                (kind switch { TellingBook.Told => Told, TellingBook.Meant => Meant, _ => Failed }).Add(hash);
            }
        }

        /// <summary>A mail went to them, or may have; also where the disk has not taken it yet.</summary>
        public bool Has(UInt128 hash) => Meant.Contains(hash) || Told.Contains(hash) || Failed.Contains(hash) || Unclear.ContainsKey(hash) || Waiting.Exists(row => row.Hash == hash);

        /// <summary>No other mail goes to them; also where the disk has not taken it yet.</summary>
        public bool IsDone(UInt128 hash) => Told.Contains(hash) || Failed.Contains(hash)
            || Waiting.Exists(row => row.Hash == hash && row.Kind is TellingBook.Told or TellingBook.Failed)
            || Unclear.GetValueOrDefault(hash) + Waiting.Count(row => row.Hash == hash && row.Kind == TellingBook.Unclear) >= UnclearMost;
    }
}
