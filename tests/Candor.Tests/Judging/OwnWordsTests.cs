using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Tests.Judging;

public sealed class OwnWordsTests
{
    private static readonly DateTimeOffset Since = new(2021, 2, 16, 9, 54, 0, TimeSpan.Zero);

    private static readonly Component Homepage = new(new(new("abc"), "Homepage", null, 0), Since, Since);

    private static readonly Monitor Cause = new(
        new(new("homepage"), new("http", "https://example.com/", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default), Since)
    {
        Evidence = new(1, 1, 1, "connection refused {{page}}", Since),
    };

    private static readonly World Worded = World.Empty with
    {
        Policy = Policy.Default with
        {
            Texts = new()
            {
                Title = "{{component}} of {{page}}\nis gone",
                Opened = "{{reason}}, {{places}} since {{since | time}}",
                Resolved = "{{component}} is back after {{lasted}}",
            },
        },
    };

    [Fact]
    public void The_owners_words_come_before_ours()
    {
        Assert.Equal("Homepage of Candor is gone", OwnWords.Title(Worded, [Homepage], Cause, null, Since));
        Assert.Equal(
            "connection refused {{page}}, 1 of 1 since 09:54 UTC",
            OwnWords.Opened(new(Stopwatches.None, Worded, new(Since.AddMinutes(1), default), static (_, _, _) => false), "title", [Homepage], Cause, null, Since));
    }

    [Fact]
    public void What_was_down_is_added_up_for_the_last_words()
    {
        var incident = new Incident(new("i1"), "t", Since, Since)
        {
            Downtimes = [new(Since, Since.AddMinutes(3)), new(Since.AddMinutes(21), Since.AddMinutes(27))],
        };

        Assert.Equal(
            "Homepage is back after 9 min",
            OwnWords.Resolved(Worded, [Homepage], incident, Since.AddMinutes(27), Since.AddMinutes(30)));
    }

    [Fact]
    public void Without_own_words_ours_are_used() =>
        Assert.Equal("Homepage is not answering", OwnWords.Title(World.Empty, [Homepage], Cause, null, Since));
}
