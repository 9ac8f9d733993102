using System.Collections.Immutable;
using System.Text;
using Candor.Importing;
using Candor.Importing.Entering;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Tests.Importing.Entering;

/// <summary>Every recording of another page, entered: nothing lost, nothing moved, nothing doubled, nobody notified, and out again.</summary>
public sealed class EverySampleTests
{
    public static TheoryData<string> Samples => SharedSamples.Missing ? [""] :
    [
        .. Directory.EnumerateFiles(SharedSamples.Folder!, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SharedSamples.Folder!, path))
            .Where(path => ImportSources.Detect(new(path, SharedSamples.Read(path))) is not null)
            .Order(StringComparer.Ordinal),
    ];

    [Theory(Skip = "needs the recordings beside the repository", SkipWhen = nameof(SharedSamples.Missing), SkipType = typeof(SharedSamples))]
    [MemberData(nameof(Samples))]
    public void It_is_entered_whole_and_once(string path)
    {
        var reading = ImportSources.Read([new SourceFile(path, SharedSamples.Read(path))]);
        var (content, rig) = (reading.Imported!, new EnteringRig(MadeUpWorld()));

        var (told, _) = rig.Enter(reading.Source!.Name, content);

        Assert.Equal(content.Incidents.Length + content.Maintenances.Length, told.Steps.Length);
        Assert.All(told.Steps.Where(step => step.Act == ImportAct.LeftOut), step => Assert.NotEmpty(step.Why! + step.Remedy!));
        foreach (var (incident, step) in content.Incidents.Zip(told.Steps))
        {
            if (step.Act == ImportAct.Enter)
            {
                Whole(incident, rig.World.Incidents[new(step.Id)], rig.World.Postmortems.GetValueOrDefault(new(step.Id)));
            }
        }

        Assert.All(rig.Facts.OfType<IncidentOpened>(), fact => Assert.True(fact is { Quiet: true, Backfilled: true, By.Kind: "import" }));
        Assert.All(rig.Facts.OfType<IncidentUpdated>(), fact => Assert.True(fact.Quiet));
        Assert.All(rig.Facts.OfType<MaintenanceScheduled>(), fact => Assert.True(fact is { Quiet: true, Backfilled: true }));
        Assert.All(rig.Facts.OfType<PostmortemPublished>(), fact => Assert.True(fact.Quiet));

        var (again, facts) = rig.Enter(reading.Source!.Name, content);
        Assert.Equal((0, 0), (facts, again.Count(ImportAct.Enter)));

        if (told.Count(ImportAct.Enter) > 0)
        {
            rig.Withdraw(told.Import);
        }

        Assert.Empty(rig.World.Incidents);
        Assert.Empty(rig.World.OpenIncidents);
        Assert.Empty(rig.World.Maintenances);
        Assert.Empty(rig.World.Postmortems);
    }

    private static World MadeUpWorld() => Pages.MadeUpWorld.Well();

    private static void Whole(ImportedIncident from, Incident entered, Postmortem? postmortem)
    {
        var said = new StringBuilder();
        foreach (var update in entered.Updates)
        {
            said.Append(update.Body).Append('\n');
        }

        foreach (var section in postmortem?.Published ?? ImmutableArray<PostmortemSection>.Empty)
        {
            said.Append(section.Heading).Append('\n').Append(section.Body).Append('\n');
        }

        var all = Letters(said.ToString());
        Assert.All(from.Updates.Where(update => update.Status != IncidentStatus.Postmortem), update => Assert.Contains(Letters(update.Body), all, StringComparison.Ordinal));
        Assert.All(
            from.Updates.Where(update => update is { At: not null, Status: not IncidentStatus.Postmortem } && update.Body.Trim().Length > 0),
            update => Assert.Contains(entered.Updates, one => one.DisplayAt == update.At));
        Assert.Equal(from.StartedAt < entered.Updates[0].DisplayAt ? from.StartedAt : entered.StartedAt, entered.StartedAt);
        Assert.True(from.ResolvedAt is null || !entered.IsOpen);
        Assert.Equal(from.Postmortem is not null, postmortem is { IsPublic: true } || from.Postmortem is not null && entered.Status == IncidentStatus.Postmortem);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
