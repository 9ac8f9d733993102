using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

/// <summary>Files belong to words and go with them.</summary>
public sealed class AttachedFilesTests
{
    private static AttachedFile File(int number, string? alt = null) =>
        new(number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture), $"{number}.png", "image/png", 10) { Width = 1, Height = 1, Alt = alt };

    private static Told Told(params ImmutableArray<AttachedFile> files) => new Told().Opened()
        .Do((w, at) => IncidentDecisions.Post(w, at, Ann, Id, new(null, "See below.", []) { Files = files }));

    [Fact]
    public void Files_come_with_words_and_survive_being_written_and_read()
    {
        var told = Told(File(1, "A chart"), File(2));

        Assert.Equal([File(1, "A chart"), File(2)], told.Incident.Updates[1].Files.ToArray());
        var fact = new IncidentUpdated(T0, Id, 2, null, "x", false, []) { Files = [File(1, "A chart")] };
        var read = (IncidentUpdated)Kinds.Decode(Kinds.NameOf(fact), Kinds.Encode(fact), T0);
        Assert.Equal(fact.Files.ToArray(), read.Files.ToArray());
    }

    [Fact]
    public void Words_that_are_taken_away_take_their_files_with_them()
    {
        Assert.Empty(Told(File(1)).Do((w, at) => IncidentDecisions.RemoveUpdate(w, at, Ann, Id, 2, "Wrong.")).Incident.Updates[1].Files);
        Assert.Empty(Told(File(1)).Do((w, at) => IncidentDecisions.Remove(w, at, Ann, Id, "Wrong.")).Incident.Updates[1].Files);
    }

    [Fact]
    public void One_file_is_taken_away_and_the_words_and_the_others_stay()
    {
        var told = Told(File(1), File(2)).Do((w, at) => AttachedFiles.Remove(w, at, Ann, Id, 2, File(1).Hash));

        Assert.Equal([File(2)], told.Incident.Updates[1].Files.ToArray());
        Assert.Equal("See below.", told.Incident.Updates[1].Body);
        Assert.Empty(AttachedFiles.Remove(told.World, T0, Ann, Id, 2, File(1).Hash).Events);
        Assert.Empty(AttachedFiles.Remove(told.World, T0, Ann, Id, 9, File(1).Hash).Events);
        Assert.Equal("no_such_incident", AttachedFiles.Remove(told.World, T0, Ann, Other, 2, File(1).Hash).Refusal!.Code);
    }

    [Fact]
    public void Files_go_with_words_into_the_incident_that_is_split_off()
    {
        var told = Told(File(1)).Do((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "Another", [2], [])));

        Assert.Empty(told.Incident.Updates[1].Files);
        Assert.Equal([File(1)], told.World.Incidents[Other].Updates[0].Files.ToArray());
    }

    [Fact]
    public void Too_many_files_the_same_twice_or_a_story_for_a_picture_are_refused()
    {
        var told = new Told().Opened();
        string? Code(params ImmutableArray<AttachedFile> files) =>
            IncidentDecisions.Post(told.World, T0, Ann, Id, new(null, "x", []) { Files = files }).Refusal?.Code;

        Assert.Equal("too_many_files", Code([.. Enumerable.Range(0, AttachedFiles.OfUpdateMax + 1).Select(i => File(i))]));
        Assert.Equal("same_file", Code(File(1), File(1)));
        Assert.Equal("too_long", Code(File(1, new('x', AttachedFiles.AltLimit + 1))));
        for (var i = 0; i < AttachedFiles.OfIncidentMax; i++)
        {
            told = told.Do((w, at) => IncidentDecisions.Post(w, at, Ann, Id, new(null, "x", []) { Files = [File(i)] }));
        }

        Assert.Equal("too_many_files", Code(File(99)));
    }
}
