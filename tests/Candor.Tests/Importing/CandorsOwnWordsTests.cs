using Candor.Importing.Reading;
using Candor.Importing.Text;
using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Tests.Importing;

/// <summary>What a page of Candor's calls its states can be read back, whatever it speaks.</summary>
public sealed class CandorsOwnWordsTests
{
    [Fact]
    public void States_are_read_in_every_language() => Assert.All(Language.All, static language =>
    {
        Assert.All(Enum.GetValues<IncidentStatus>(), status => Assert.Equal(status, StatusWords.Incident(language.Names.Of(status))));
        Assert.All(Enum.GetValues<ComponentStatus>(), status => Assert.Equal(status, StatusWords.Component(language.Names.Of(status))));
        Assert.All(
            Enum.GetValues<MaintenanceStatus>().Zip(["scheduled", "in_progress", "verifying", "completed"]),
            one => Assert.Equal(one.Second, StatusWords.Maintenance(language.Names.Of(one.First))));
    });

    [Fact]
    public void Over_pasted_updates_they_are_read_in_every_language() => Assert.All(Language.All, static language =>
    {
        Assert.All(Enum.GetValues<IncidentStatus>(), status => Assert.Equal(status, Label.Read(language.Names.Of(status), out _)?.Status));
        Assert.NotNull(Label.Read(language.Names.Update, out _));
    });
}
