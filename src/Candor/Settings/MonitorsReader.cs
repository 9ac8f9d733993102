using System.Collections.Immutable;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// <c>monitors:</c>. The keys that all kinds share are read here; the key that names the kind chooses who reads the
/// rest.
/// </summary>
internal sealed class MonitorsReader(IReadOnlyList<ICheckReader> checks, JudgingRules rules, Faults faults)
{
    /// <summary>Kinds that are designed but not built: worth a better answer than "not a setting".</summary>
    private static readonly string[] Later = ["websocket", "grpc", "redis", "domain"];

    private string Known => string.Join(", ", checks.Select(check => check.Key));

    public MonitorNames Read(Entry root)
    {
        var members = root.Find("monitors")?.Members(faults) ?? [];
        if (members.Count > Defaults.MonitorsMax)
        {
            faults.Add(members[Defaults.MonitorsMax].Wrong($"is one more than {Defaults.MonitorsMax} monitors", "use several installations"));
            return new(ImmutableDictionary<string, MonitorId>.Empty, []);
        }

        var ids = ReadIds(members);
        var declared = new List<MonitorDefinition>();
        foreach (var member in members)
        {
            if (member.Entry.MustBeMap(faults) && Read(member.Entry, ids[member.Key], ids) is { } monitor)
            {
                declared.Add(monitor);
            }
        }

        DependencyLoops.Find(members, declared, ids, faults);
        return new(ids, [.. declared]);
    }

    private Dictionary<string, MonitorId> ReadIds(IReadOnlyList<Member> members)
    {
        var ids = new Dictionary<string, MonitorId>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (Ids.Read(member.Key, out _) is { } remedy)
            {
                faults.Add(member.Wrong("has a name that cannot stand in an address", remedy));
            }

            var explicitId = member.Entry.Shape is Shape.Map ? member.Entry.Find("id") : null;
            var id = explicitId is not null && explicitId.Read<string>(Ids.Read, faults, out var written) ? written : member.Key;
            if (!owners.TryAdd(id, member.Key))
            {
                faults.Add(explicitId ?? member.Entry, $"has the id “{Quote.Short(id)}”, which belongs to monitors.{Quote.Short(owners[id])}",
                    "give it another one");
            }

            ids[member.Key] = new MonitorId(id);
        }

        return ids;
    }

    private MonitorDefinition? Read(Entry monitor, MonitorId id, Dictionary<string, MonitorId> ids)
    {
        var every = monitor.Value("every", Durations.Between(Defaults.EveryLeast, Defaults.EveryMost), Defaults.Every, faults);
        var timeout = ReadTimeout(monitor, every);
        var from = ReadFrom(monitor);
        var own = JudgingReader.Read(monitor, JudgesItself(monitor) ? rules with { DownAfter = 1, UpAfter = 1 } : rules, faults);
        if (own.MinLive > Math.Max(1, from.Length) && !from.IsEmpty)
        {
            faults.Add(monitor.Find("from")!, $"names fewer places than judging.min_live, which is {own.MinLive}",
                "name more places or lower min_live");
        }

        var dependsOn = MonitorNames.Named(monitor, "depends_on", ids, faults);
        return ReadCheck(monitor) is { } check
            ? new MonitorDefinition(id, check, every, timeout, own) { From = from, DependsOn = dependsOn }
            : null;
    }

    private TimeSpan ReadTimeout(Entry monitor, TimeSpan every)
    {
        // A check never starts twice at once, so a longer one would make the next ones late.
        var most = every < Defaults.TimeoutMost ? every : Defaults.TimeoutMost;
        if (monitor.Find("timeout") is not { } written)
        {
            return Defaults.Timeout < every ? Defaults.Timeout : every;
        }

        if (!written.Read(Durations.Between(Defaults.TimeoutLeast, Defaults.TimeoutMost), faults, out var timeout))
        {
            return Defaults.Timeout;
        }

        if (timeout > most)
        {
            faults.Add(written, $"is “{Quote.Short(written.Text)}”, longer than every ({Durations.Write(every)})", $"write {Durations.Write(most)} or less");
        }

        return timeout;
    }

    private ImmutableArray<VantageId> ReadFrom(Entry monitor)
    {
        var places = new List<VantageId>();
        var from = monitor.Find("from");
        foreach (var item in from?.Items(faults) ?? [])
        {
            if (!item.Read<string>(Ids.Read, faults, out var place))
            {
                continue;
            }

            if (place != VantageId.Local.Value && Suggestion.For(place, [VantageId.Local.Value]) is { } near)
            {
                faults.Add(item, item.Said, $"did you mean “{near}”?");
            }
            else if (places.Contains(new(place)))
            {
                faults.Add(item, $"names the place “{Quote.Short(place)}” twice", "keep one of the two");
            }
            else
            {
                places.Add(new(place));
            }
        }

        if (from is { Shape: Shape.List } && places.Count == 0 && !from.Items(faults).Any())
        {
            faults.Add(from, "is an empty list", "write [local], or remove it to look from every place");
        }

        return [.. places];
    }

    private bool JudgesItself(Entry monitor) => checks.Any(check => check.JudgesItself && monitor.Peek().Any(member => member.Key == check.Key));

    private Check? ReadCheck(Entry monitor)
    {
        var kinds = monitor.Peek().Where(m => checks.Any(check => check.Key == m.Key)).ToList();
        monitor.Know(checks.Select(check => check.Key));
        if (kinds is [var first, .. var more])
        {
            foreach (var second in more)
            {
                faults.Add(second.Wrong($"is a second kind of check beside “{first.Key}”", "make it a monitor of its own"));
            }

            return checks.First(check => check.Key == first.Key).Read(monitor, faults);
        }

        RefuseKindless(monitor);
        return null;
    }

    private void RefuseKindless(Entry monitor)
    {
        if (monitor.Peek().FirstOrDefault(m => Later.Contains(m.Key)) is { } later)
        {
            monitor.Members(faults);
            faults.Add(later.Wrong("is not in this version yet", $"known are {Known}"));
        }
        else if (monitor.Peek().All(m => Suggestion.For(m.Key, [.. checks.Select(check => check.Key)]) is null))
        {
            // A slip such as "htpp" is reported once, as an unknown key with what was meant.
            faults.Add(monitor, "has no kind of check", $"add one of {Known}");
        }
    }
}
