using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;
using Candor.Tests.Pages;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class PostmortemTests
{
    private static readonly ImmutableArray<PostmortemSection> Text = [new("Summary", "It broke."), new("Root cause", "A typo.")];

    [Fact]
    public void Readers_see_it_once_it_is_published_and_a_newer_draft_only_when_that_is()
    {
        var told = Resolved().Do((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, Text));
        Assert.False(The(told).IsPublic);

        told.Do((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, deliverNotifications: true))
            .Do((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, [new("", "Better words.")]));
        Assert.Equal(Text, The(told).Published);
        var first = The(told).PublishedAt;

        told.Do((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, deliverNotifications: false));
        Assert.Equal(("Better words.", first, told.Now), (The(told).Published[0].Body, The(told).PublishedAt, The(told).RevisedAt));
    }

    [Fact]
    public void Taken_back_it_is_a_draft_again_and_removed_it_leaves_its_action_items()
    {
        var told = Resolved().Do((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, Text))
            .Do((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, true))
            .Do((w, at) => PostmortemDecisions.SetAction(w, at, Ann, Id, new(new("a1"), "Test the account.", "Platform", new(2026, 12, 1))))
            .Do((w, at) => PostmortemDecisions.Revert(w, at, Ann, Id));
        Assert.True(The(told) is { IsPublic: false, Draft.IsEmpty: false });

        told.Do((w, at) => PostmortemDecisions.Remove(w, at, Ann, Id));

        Assert.False(The(told).HasText);
        Assert.Single(The(told).Actions);
    }

    [Fact]
    public void An_action_item_is_open_until_done_or_dropped_with_a_reason_and_overdue_after_its_day()
    {
        ActionItemId a = new("a1");
        var told = Resolved().Do((w, at) => PostmortemDecisions.SetAction(w, at, Ann, Id, new(a, "Test it.", null, new(2026, 12, 1))));
        Assert.Equal((false, true), (The(told).Actions[0].IsOverdue(new(2026, 12, 1)), The(told).Actions[0].IsOverdue(new(2026, 12, 2))));

        told.Do((w, at) => PostmortemDecisions.SetDone(w, at, Ann, Id, a, true));
        Assert.False(The(told).Actions[0].IsOpen);
        told.Do((w, at) => PostmortemDecisions.SetDone(w, at, Ann, Id, a, false));
        Assert.True(The(told).Actions[0].IsOpen);
        told.Do((w, at) => PostmortemDecisions.DropAction(w, at, Ann, Id, a, "The part was sold."));
        Assert.Equal((false, "The part was sold."), (The(told).Actions[0].IsOpen, The(told).Actions[0].Dropped!.Reason));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var open = new Told().Opened().Do((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, Text));

        Assert.Equal(
            ["still_open", "no_draft", "no_such_incident", "empty", "too_long", "bad_heading", "no_such_action"],
            new[]
            {
                open.Refused((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, true)),
                Resolved().Refused((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, true)),
                open.Refused((w, at) => PostmortemDecisions.Draft(w, at, Ann, Other, Text)),
                open.Refused((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, [new("Summary", " ")])),
                open.Refused((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, [new("Summary", new('x', 100_001))])),
                open.Refused((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, [new("a\nb", "x")])),
                open.Refused((w, at) => PostmortemDecisions.SetDone(w, at, Ann, Id, new("none"), true)),
            }.Select(refusal => refusal.Code));
    }

    [Fact]
    public void A_draft_is_made_of_what_the_journal_knows()
    {
        var told = new Told().Opened(On(Mail, ComponentStatus.MajorOutage))
            .Happens(new DowntimeBegan(T0.AddMinutes(1), Id, T0.AddMinutes(1)));
        told.Happens(new IncidentUpdated(T0.AddMinutes(95), Id, 2, IncidentStatus.Identified, "It is the disk.", false, []));
        told.Happens([.. IncidentDecisions.Resolve(told.World, T0.AddMinutes(121), Ann, Id, "Mail works.", [On(Mail, ComponentStatus.Operational)]).Events]);

        var draft = PostmortemDraft.Of(told.World, told.Incident, TimeZoneInfo.Utc, T0.AddDays(1)).ToDictionary(section => section.Heading, section => section.Body);

        Assert.Equal("Trouble. It began on 21 November 2026 at 09:01 UTC, and lasted 2h 0m. It affected Mail.", draft["Summary"]);
        Assert.Equal("- Mail: major outage from 09:01 UTC to 11:01 UTC, 2h 0m", draft["Impact"]);
        Assert.Contains("- 10:35 UTC Identified: It is the disk.", draft["Timeline"], StringComparison.Ordinal);
        Assert.Contains("- Time to resolve: 2h 0m", draft["Figures"], StringComparison.Ordinal);
        Assert.Contains("- Nothing was said from 09:01 UTC to 10:35 UTC, 1h 34m", draft["Figures"], StringComparison.Ordinal);
        Assert.Equal("", draft["Root cause"]);
    }

    [Fact]
    public void A_draft_speaks_as_the_page_does_because_it_is_published()
    {
        var told = new Told();
        told.Happens(new PageConfigured(T0, told.World.Page with { Language = "de" })).Opened(On(Mail, ComponentStatus.MajorOutage))
            .Happens(new DowntimeBegan(T0.AddMinutes(1), Id, T0.AddMinutes(1)));
        told.Happens(new IncidentUpdated(T0.AddMinutes(95), Id, 2, IncidentStatus.Identified, "Es ist die Platte.", false, []));
        told.Happens([.. IncidentDecisions.Resolve(told.World, T0.AddMinutes(121), Ann, Id, "Es geht.", [On(Mail, ComponentStatus.Operational)]).Events]);

        var draft = PostmortemDraft.Of(told.World, told.Incident, TimeZoneInfo.Utc, T0.AddDays(1)).ToDictionary(section => section.Heading, section => section.Body);

        Assert.Equal(
            ["Zusammenfassung", "Auswirkung", "Wer betroffen war", "Zeitlicher Ablauf", "Zahlen", "Ursache", "Was gut lief", "Was schlecht lief", "Was wir tun werden"],
            PostmortemDraft.Of(told.World, told.Incident, TimeZoneInfo.Utc, T0.AddDays(1)).Select(section => section.Heading));
        Assert.EndsWith("Beginn: 21. November 2026, 09:01 UTC. Dauer: 2 Std. Betroffen: Mail.", draft["Zusammenfassung"], StringComparison.Ordinal);
        Assert.Equal("- Mail: Ausfall von 09:01 UTC bis 11:01 UTC, 2 Std.", draft["Auswirkung"]);
        Assert.Contains("- 10:35 UTC Ursache gefunden: Es ist die Platte.", draft["Zeitlicher Ablauf"], StringComparison.Ordinal);
        Assert.Contains("- Keine Meldung von 09:01 UTC bis 10:35 UTC, 1 Std. 34 Min.", draft["Zahlen"], StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_count_from_the_trouble_not_from_the_first_word()
    {
        var told = new Told().Do((w, at) => IncidentDecisions.Open(w, at, Ann, Id,
            new("T", "B", IncidentStatus.Investigating, []) { StartedAt = T0.AddMinutes(-29) })).Says("Done.", IncidentStatus.Resolved);

        var figures = IncidentFigures.Of(told.Incident, T0.AddDays(1));

        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31)), (figures.ToFirstWord, figures.ToResolve));
        Assert.Equal(TimeSpan.FromMinutes(30), figures.LongestSilence!.Value.Lasted);
    }

    [Theory]
    [InlineData("Words before.\n\n## What happened\n\nThis.\n\n```\n## no heading\n```\n\n## And then\n\nThat.")]
    [InlineData("Only words.")]
    [InlineData("## Only a heading")]
    public void Cut_at_its_headings_and_joined_again_it_is_the_same_text(string text) =>
        Assert.Equal(text, PostmortemText.Join(PostmortemText.Cut(text)));

    [Fact(Skip = "needs the shared incident reports", SkipType = typeof(SharedIncidents), SkipWhen = nameof(SharedIncidents.Missing))]
    public void A_real_report_is_written_without_losing_a_sentence()
    {
        var lines = SharedIncidents.Read("2-account-lockout.recorder-2025-01-22.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var markdown = string.Join("\n\n", lines.Select(line => line.Length < 40 && !line.Contains('.', StringComparison.Ordinal) && !line.StartsWith('-') ? $"## {line}" : line));
        var told = Resolved().Do((w, at) => PostmortemDecisions.Draft(w, at, Ann, Id, PostmortemText.Cut(markdown)))
            .Do((w, at) => PostmortemDecisions.Publish(w, at, Ann, Id, true));

        var published = PostmortemText.Join(The(told).Published);

        Assert.True(The(told).Published.Length > 5);
        Assert.All(lines, line => Assert.Contains(line.Trim(), published, StringComparison.Ordinal));
    }

    private static Told Resolved() => new Told().Opened().Says("Done.", IncidentStatus.Resolved);

    private static Postmortem The(Told told) => told.World.Postmortems[Id];
}
