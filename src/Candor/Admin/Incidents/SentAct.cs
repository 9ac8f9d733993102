using Candor.Journal;

namespace Candor.Admin.Incidents;

/// <summary>One of the small forms as it was sent, and why not: so that it comes back open and filled.</summary>
/// <param name="Name">Which form: "rename", "merge".</param>
internal sealed record SentAct(string Name, SentForm Form, Refusal Refusal)
{
    /// <summary>What stands in a field: as it was sent, or else as it is.</summary>
    public static string Value(SentAct? sent, string name, string field, string otherwise) =>
        sent?.Name == name ? sent.Form[field] : otherwise;

    public static bool IsOpen(SentAct? sent, string name) => sent?.Name == name;
}
