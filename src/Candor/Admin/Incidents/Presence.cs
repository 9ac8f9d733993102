using Candor.Access;
using Candor.State;

namespace Candor.Admin.Incidents;

/// <summary>
/// Who has the page of an incident open, and whether they write. Memory only and bounded: an open page says so every few
/// seconds, and whoever has not for a while is gone.
/// </summary>
internal sealed class Presence(TimeProvider time)
{
    /// <summary>More than would ever stand in one room; beyond it nobody else is noted.</summary>
    public const int PlacesMax = 500;

    private static readonly TimeSpan HereFor = TimeSpan.FromSeconds(15);
    private readonly Lock changing = new();
    private readonly Dictionary<(IncidentId, PersonId), (long At, string Name, bool Writing)> here = [];

    /// <summary>Notes that somebody is here and gives back who else is, by name.</summary>
    public IReadOnlyList<(string Name, bool Writing)> Enter(IncidentId incident, PersonPrincipal who, bool writing)
    {
        lock (changing)
        {
            foreach (var gone in here.Where(one => time.GetElapsedTime(one.Value.At) > HereFor).Select(static one => one.Key).ToList())
            {
                here.Remove(gone);
            }

            if (here.Count < PlacesMax || here.ContainsKey((incident, who.Id)))
            {
                here[(incident, who.Id)] = (time.GetTimestamp(), who.Name, writing);
            }

            return [.. here.Where(one => one.Key.Item1 == incident && one.Key.Item2 != who.Id)
                .Select(static one => (one.Value.Name, one.Value.Writing)).OrderBy(static one => one.Name, StringComparer.Ordinal)];
        }
    }
}
