using System.Globalization;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Audits;

/// <summary>What an owner looks for in the audit; empty fields look for everything.</summary>
/// <param name="Act">How the act begins: "incident", "person.invited".</param>
/// <param name="By">Who: the id of a person or a token, as "person:…".</param>
/// <param name="Target">To what: an id.</param>
/// <param name="Before">Only what stands before this place in the journal; null: from its end.</param>
internal sealed record AuditFilter(string Act, string By, string Target, Position? Before)
{
    private const int WordLimit = 100;

    public static AuditFilter Of(IQueryCollection query) => new(
        Word(query["act"]), Word(query["by"]), Word(query["target"]),
        long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? new Position(before) : null);

    public bool Fits(AuditRecorded act) =>
        act.Act.StartsWith(Act, StringComparison.Ordinal)
        && (By.Length == 0 || act.By.Value == By)
        && (Target.Length == 0 || act.Target == Target);

    private static string Word(string? text) => text?.Trim() is { Length: <= WordLimit } word ? word : "";
}
