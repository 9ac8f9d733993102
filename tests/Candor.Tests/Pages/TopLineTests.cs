using Candor.Pages.Json;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Tests.Pages;

public class TopLineTests
{
    private static readonly ComponentState Op = new(ComponentStatus.Operational);

    private static readonly ComponentState Major = new(ComponentStatus.MajorOutage);

    [Theory]
    [InlineData("", "none", "All Systems Operational")]
    [InlineData("Operational Operational", "none", "All Systems Operational")]
    [InlineData("MajorOutage MajorOutage", "critical", "Major System Outage")]
    [InlineData("MajorOutage Operational", "major", "Partial System Outage")]
    [InlineData("PartialOutage PartialOutage", "major", "Partial System Outage")]
    [InlineData("PartialOutage Operational", "minor", "Minor Service Outage")]
    [InlineData("PartialOutage DegradedPerformance", "minor", "Minor Service Outage")]
    [InlineData("DegradedPerformance DegradedPerformance", "minor", "Degraded System Service")]
    [InlineData("DegradedPerformance Operational", "minor", "Partially Degraded Service")]
    [InlineData("UnderMaintenance Operational", "maintenance", "Service Under Maintenance")]
    [InlineData("UnderMaintenance DegradedPerformance", "minor", "Partially Degraded Service")]
    public void The_line_follows_the_components(string statuses, string indicator, string description)
    {
        var leaves = statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(status => new ComponentState(Enum.Parse<ComponentStatus>(status))).ToList();
        Assert.Equal(new(indicator, description), TopLine.Of(leaves, Impact.None));
    }

    [Theory]
    [InlineData("Minor", "minor", "Minor Service Outage")]
    [InlineData("Major", "major", "Partial System Outage")]
    [InlineData("Critical", "critical", "Major System Outage")]
    public void An_open_incident_can_make_it_worse(string impact, string indicator, string description)
    {
        Assert.Equal(new(indicator, description), TopLine.Of([Op], Enum.Parse<Impact>(impact)));
        Assert.Equal("critical", TopLine.Of([Major], Enum.Parse<Impact>(impact)).Indicator);
    }

    [Fact]
    public void Not_seeing_is_never_green()
    {
        var unseen = Op with { Known = false };
        Assert.Equal(new("minor", "Status Unknown"), TopLine.Of([unseen, unseen], Impact.None));
        Assert.Equal(new("minor", "Status Of 1 Of 2 Components Unknown"), TopLine.Of([Op, unseen], Impact.None));
        Assert.Equal("major", TopLine.Of([Major, unseen], Impact.None).Indicator);
    }
}
