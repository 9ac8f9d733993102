using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Entering;

/// <summary>One incident or maintenance of an import: what would be entered, that it is there already, or why it cannot be.</summary>
/// <param name="Id">Its id on this page, derived from where it comes from: the same import means the same incident.</param>
internal sealed record ImportStep(string Id, string Title, ImportAct Act)
{
    public BackfillIncident? Incident { get; init; }

    public BackfillMaintenance? Maintenance { get; init; }

    /// <summary>Why it is left out or what is worth knowing, as the second half of a sentence; else null.</summary>
    public string? Why { get; init; }

    public string? Remedy { get; init; }
}
