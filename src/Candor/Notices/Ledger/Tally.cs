using Candor.State;

namespace Candor.Notices.Ledger;

/// <summary>
/// Hand-overs since the last fact about them, to be told to the journal in one: for each topic and update who was told,
/// how many of them late, and who could not be reached.
/// </summary>
internal sealed class Tally
{
    private readonly Dictionary<(Topic Topic, int Seq), Row> rows = [];

    public bool IsEmpty => rows.Count == 0;

    public void Told(IEnumerable<Topic> topics, int seq, int number, TimeSpan? late)
    {
        foreach (var topic in topics)
        {
            Told(topic, seq, number, late);
        }
    }

    public void Failed(IEnumerable<Topic> topics, int seq, int number)
    {
        foreach (var topic in topics)
        {
            Of(topic, seq).Failed.Add(number);
        }
    }

    public void Told(Topic topic, int seq, int number, TimeSpan? late)
    {
        var row = Of(topic, seq);
        row.Who.Add(number);
        if (late is { } by)
        {
            row.Late.Add(number);
            row.LateBy = by > row.LateBy ? by : row.LateBy;
        }
    }

    /// <summary>Everything so far, and begins anew. Whoever cannot commit it puts it back.</summary>
    public IReadOnlyList<HandedOver> Take()
    {
        var taken = rows.Select(static row => new HandedOver(row.Key.Topic, row.Key.Seq, NumberSet.Of(row.Value.Who))
        {
            Late = row.Value.Late.Count,
            LateBy = row.Value.Late.Count > 0 ? row.Value.LateBy : null,
            LateWho = row.Value.Late.Count > 0 ? NumberSet.Of(row.Value.Late) : null,
            Failed = row.Value.Failed.Count > 0 ? NumberSet.Of(row.Value.Failed) : null,
        }).ToList();
        rows.Clear();
        return taken;
    }

    public void PutBack(IReadOnlyList<HandedOver> taken)
    {
        foreach (var one in taken)
        {
            var row = Of(one.Topic, one.Seq);
            row.Who.UnionWith(one.Who.Numbers);
            row.Failed.UnionWith(one.Failed?.Numbers ?? []);
            row.Late.UnionWith(one.LateWho?.Numbers ?? []);
            row.LateBy = one.LateBy > row.LateBy ? one.LateBy.Value : row.LateBy;
        }
    }

    private Row Of(Topic topic, int seq)
    {
        if (!rows.TryGetValue((topic, seq), out var row))
        {
            rows[(topic, seq)] = row = new();
        }

        return row;
    }

    private sealed class Row
    {
        public HashSet<int> Who { get; } = [];

        public HashSet<int> Failed { get; } = [];

        public HashSet<int> Late { get; } = [];

        public TimeSpan LateBy { get; set; }
    }
}
