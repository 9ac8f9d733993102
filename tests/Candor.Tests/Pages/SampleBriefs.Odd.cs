using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

internal static partial class SampleBriefs
{
    /// <summary>What people really call things: without a space, from right to left, with signs, and about what is long over.</summary>
    public static Brief Odd()
    {
        IncidentId open = new("odd000000001");
        IncidentId old = new("odd000000002");
        return Read(
            [
                new PageConfigured(Birth.AddYears(-9), HeronPage),
                Monitored("m0"),
                Odd("long", new string('w', 80), 0, ComponentStatus.DegradedPerformance),
                Odd("words", "Remote access services for everybody who works from somewhere else on that day", 1, ComponentStatus.MajorOutage),
                Odd("hebrew", "שירות הדואר", 2, ComponentStatus.PartialOutage),
                Odd("arabic", "الموقع الرئيسي", 3, ComponentStatus.Operational),
                Odd("emoji", "🚀 Deploys 👩🏽‍🚒", 4, ComponentStatus.UnderMaintenance),
                .. Standings(),
                new IncidentOpened(
                    Now.AddMinutes(-12), open, "🔥 " + new string('W', 90), Now.AddMinutes(-12), false, true,
                    $"https://example.com/{new string('x', 120)}\n\nהדואר מתעכב. לא אבד דבר.\n\n| Region | State |\n|---|---|\n| eu-central-1 | down |",
                    [new(Id("hebrew"), ComponentStatus.PartialOutage, Now.AddMinutes(-12)), new(Id("long"), ComponentStatus.DegradedPerformance, Now.AddMinutes(-12))]),
                new IncidentOpened(
                    Now.AddYears(-9), old, "الموقع لا يعمل", Now.AddYears(-9), false, true, "نحن نبحث عن السبب.",
                    [new(Id("arabic"), ComponentStatus.MajorOutage, Now.AddYears(-9))]),
                new IncidentUpdated(
                    Now.AddYears(-9).AddDays(40), old, 2, IncidentStatus.Resolved, "تم الحل.", false, []),
            ],
            Now.AddSeconds(-4));

        static ComponentAdded Odd(string id, string name, int order, ComponentStatus status) => new(
            Birth, new(Id(id), name, null, order) { Monitors = [new("m0")], Description = status.ToString() });

        static IEnumerable<Event> Standings() =>
            new[]
            {
                ("long", ComponentStatus.DegradedPerformance), ("words", ComponentStatus.MajorOutage), ("hebrew", ComponentStatus.PartialOutage),
                ("arabic", ComponentStatus.Operational), ("emoji", ComponentStatus.UnderMaintenance),
            }.SelectMany(one => new Event[] { State(Id(one.Item1), Birth, ComponentStatus.Operational), State(Id(one.Item1), Now.AddMinutes(-12), one.Item2) });
    }

    /// <summary>Components that nothing measures and of which nobody has said anything.</summary>
    public static Brief Unmeasured() => Read(
        [new PageConfigured(Birth, HeronPage), Added("homepage", "Homepage", null, 0, null), Added("mail", "Mail", null, 1, null)], null);
}
