using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Access;
using Candor.Tests.State;
using static Candor.Tests.State.Told;

namespace Candor.Tests.Intake.Posting;

public sealed class PostDecisionsTests
{
    private static readonly Principal Poster = Cast.Holding(TokenScope.Post);
    private readonly Told told = new();

    [Theory]
    [InlineData("mail")]
    [InlineData("Mail")]
    [InlineData(" MAIL ")]
    public void A_component_is_named_by_id_or_by_name(string name)
    {
        told.Do((world, at) => PostDecisions.Open(world, at, Poster, Id, Sent() with { Components = [new(name, "partial_outage")] }));

        Assert.Equal([Mail], told.Incident.AffectedComponents);
        Assert.Equal(ComponentStatus.PartialOutage, told.World.Components[Mail].State.Status);
        Assert.Equal("token:tok000000000", told.Incident.By?.Value);
    }

    [Fact]
    public void A_name_that_two_components_have_needs_its_path_or_an_id()
    {
        told.Happens(
            new ComponentAdded(T0, new(new("backups"), "Backups", null, 3)), new ComponentAdded(T0, new(new("mail2"), "Mail", new("backups"), 0)));

        Assert.Contains("mail, mail2", Refused(Sent() with { Components = [new("Mail", "operational")] }, "ambiguous_component", "components/0/component").Sentence, StringComparison.Ordinal);
        told.Do((world, at) => PostDecisions.Open(world, at, Poster, Id, Sent() with { Components = [new("Backups > Mail", "major_outage")] }));
        Assert.Equal([new("mail2")], told.Incident.AffectedComponents);
    }

    [Fact]
    public void A_refusal_names_the_word_that_was_written_and_the_components_there_are()
    {
        Assert.StartsWith(
            "“fine” is no status; write one of operational, ",
            Refused(Sent() with { Components = [new("Mail", "fine")] }, "unknown_word", "components/0/status").Sentence, StringComparison.Ordinal);
        Assert.StartsWith(
            "“identifed” is no status; write one of investigating, ",
            Refused(Sent() with { Status = "identifed" }, "unknown_word", "status").Sentence, StringComparison.Ordinal);
        var names = told.World.Components.Values.Select(one => one.Definition.Name).Order(StringComparer.Ordinal);
        Assert.StartsWith(
            $"There is no component “{new string('x', 60)}…”. There are {string.Join(", ", names)}; ",
            Refused(Sent() with { Components = [new(new string('x', 90), "operational")] }, "no_such_component", "components/0/component").Sentence,
            StringComparison.Ordinal);

        told.Happens([.. Enumerable.Range(0, 12).Select(i => new ComponentAdded(T0, new(new($"more{i}"), $"More {i}", null, 9)))]);
        Assert.Contains(
            $" and {told.World.Components.Count - 10} more; GET /api/components",
            Refused(Sent() with { Components = [new("Nope", "operational")] }, "no_such_component", "components/0/component").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_names_its_place()
    {
        Refused(Sent() with { Status = "Resolved" }, "unknown_word", "status");
        Refused(Sent() with { Status = "postmortem" }, "unknown_word", "status");
        Refused(Sent() with { Impact = "3" }, "unknown_word", "impact");
        Refused(Sent() with { StartedAt = "2026-11-21T08:00:00" }, "bad_time", "started_at");
        Refused(Sent() with { StartedAt = "yesterdayZ" }, "bad_time", "started_at");
        Refused(Sent() with { Components = [new("Mail", "operational"), new("Nope", "operational")] }, "no_such_component", "components/1/component");
        Refused(Sent() with { Components = [new("Mail", "fine")] }, "unknown_word", "components/0/status");
        Refused(Sent() with { Components = [new("Mail", "operational", "eu")] }, "no_such_region", "components");
        Refused(Sent() with { NextUpdateInSeconds = -1 }, "in_past", "next_update_by");
        Refused(Sent() with { NextUpdateInSeconds = 60, NextUpdateBy = "2026-11-21T10:00:00Z" }, "both", "next_update_in_seconds");
        Refused(Sent() with { Title = null }, "empty", "title");
        Refused(Sent() with { Components = [.. Enumerable.Repeat(new ComponentBody("Mail", "operational"), 501)] }, "too_many", "components");
    }

    [Fact]
    public void SEC_15_Whoever_is_limited_to_components_posts_about_those_alone_and_of_others_there_is_nothing()
    {
        var limited = Cast.Holding(TokenScope.Post, new Reach([Api]));
        told.Opened(On(Mail, ComponentStatus.MajorOutage));

        Assert.Equal("no_such_incident", told.Refused((world, at) => PostDecisions.Update(world.Within(limited.Reach), at, limited, Id, null, new() { Body = "More." })).Code);
        Assert.Equal("no_such_incident", told.Refused((world, at) => PostDecisions.Resolve(world.Within(limited.Reach), at, limited, Id, null, new() { Body = "More." })).Code);
        Assert.Equal("access.components", told.Refused((world, at) => PostDecisions.Open(world, at, limited, Other, Sent())).Code);
        told.Do((world, at) => PostDecisions.Open(world, at, limited, Other, Sent() with { Components = [new("API", "major_outage")] }));
    }

    [Fact]
    public void An_older_version_is_refused_and_the_newest_is_not()
    {
        told.Opened();
        var seen = told.Incident.Version;
        told.Do((world, at) => PostDecisions.Update(world, at, Poster, Id, seen, new() { Body = "More." }));

        Assert.Equal("version_changed", told.Refused((world, at) => PostDecisions.Update(world, at, Poster, Id, seen, new() { Body = "Again." })).Code);
        Assert.Equal("version_changed", told.Refused((world, at) => PostDecisions.Resolve(world, at, Poster, Id, seen, new() { Body = "Over." })).Code);
        told.Do((world, at) => PostDecisions.Resolve(world, at, Poster, Id, told.Incident.Version, new() { Body = "Over." }));
        Assert.Equal(IncidentStatus.Resolved, told.Incident.Status);
        Assert.Equal("already_resolved", told.Refused((world, at) => PostDecisions.Resolve(world, at, Poster, Id, null, new() { Body = "Over." })).Code);
    }

    [Fact]
    public void A_maintenance_begins_and_ends_by_itself_unless_told_otherwise()
    {
        told.Do((world, at) => PostDecisions.Schedule(world, at, Poster, new("m1"), new()
        {
            Title = "Disks", Body = "Read-only.", ScheduledFor = "2026-11-28T22:00Z", ScheduledUntil = "2026-11-29T00:00:00+01:00",
            Components = ["Mail"], ScheduledAutoCompleted = false,
        }));

        var plan = told.World.Maintenances[new("m1")].Plan;
        Assert.Equal((true, false), (plan.StartsByItself, plan.EndsByItself));
        Assert.Equal(TimeSpan.FromHours(1), plan.ScheduledUntil - plan.ScheduledFor);
        Assert.Equal([Mail], plan.Components);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("*", null)]
    [InlineData("\"12\"", 12)]
    public void If_Match_holds_a_version_or_any(string header, int? version) =>
        Assert.Equal((version, null), PostRequest<IncidentBody>.VersionOf(header));

    [Theory]
    [InlineData("12")]
    [InlineData("W/\"12\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999\"")]
    public void Any_other_If_Match_is_refused(string header) => Assert.NotNull(PostRequest<IncidentBody>.VersionOf(header).Fault);

    private static IncidentBody Sent() => new() { Title = "Trouble", Body = "Looking." };

    private Refusal Refused(IncidentBody sent, string code, string field)
    {
        var refusal = told.Refused((world, at) => PostDecisions.Open(world, at, Poster, Other, sent));
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        return refusal;
    }
}
