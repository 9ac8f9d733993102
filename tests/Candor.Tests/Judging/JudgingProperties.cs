using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;
using FsCheck;
using FsCheck.Fluent;

namespace Candor.Tests.Judging;

/// <summary>Timetables made up by a generator: whatever the order of failures, blindness, restarts and jumps.</summary>
public sealed class JudgingProperties
{
    private const int Cases = 150;

    private static readonly Gen<Step> Steps = Gen.Elements(Enum.GetValues<Act>())
        .Zip(Gen.Choose(0, 2))
        .Zip(Gen.Choose(1, 60))
        .Select(drawn => new Step(drawn.Item1.Item1, drawn.Item1.Item2, drawn.Item2));

    private enum Act
    {
        Good, Bad, Slow, None, Blind, Seeing, ForwardJump, BackwardJump, Restart, Wait, Person,
    }

    [Fact]
    public void Unknown_never_opens_or_resolves_an_incident() => Holds(story =>
    {
        var world = World.Empty;
        foreach (var happened in story.Events)
        {
            var allowed = happened switch
            {
                IncidentOpened { Automatic: true } opened => opened.Components.All(said =>
                    world.Components[said.Component].State is { Known: true, Status: >= ComponentStatus.PartialOutage }),
                IncidentUpdated { Automatic: true, Status: IncidentStatus.Resolved } resolved =>
                    Linked(world, resolved.Incident).All(component =>
                        component.State is { Known: true, Status: ComponentStatus.Operational }),
                _ => true,
            };
            if (!allowed)
            {
                return false;
            }

            world = World.Fold(world, happened);
        }

        return true;
    });

    [Fact]
    public void Nothing_is_called_down_that_never_failed() => Holds(
        story => story.Verdicts.All(judged => judged.Verdict != Verdict.Down || story.Failed.Contains(judged.Monitor.Value)));

    [Fact]
    public void Nothing_is_called_down_by_a_place_that_is_blind() => Holds(
        story =>
        {
            var blind = false;
            foreach (var happened in story.Events)
            {
                blind = happened is VantageChanged change ? change.Status == VantageStatus.Blind : blind;
                if (blind && happened is MonitorJudged { Verdict: not Verdict.Unknown })
                {
                    return false;
                }
            }

            return true;
        });

    [Fact]
    public void The_same_facts_fold_to_the_same_world() => Holds(story =>
        Text(story.Events.Aggregate(World.Empty, World.Fold)) == Text(story.World)
        && story.Events.All(happened =>
        {
            var body = Kinds.Encode(happened);
            return Kinds.Encode(Kinds.Decode(Kinds.NameOf(happened), body, happened.At)).AsSpan().SequenceEqual(body);
        }));

    [Fact]
    public void No_fact_says_what_the_world_already_says() => Holds(story =>
    {
        var world = World.Empty;
        foreach (var happened in story.Events)
        {
            if (happened is VantageChanged change && world.Vantages.GetValueOrDefault(change.Vantage)?.Status == change.Status)
            {
                return false;
            }

            if (happened is ComponentStateChanged state && world.Components[state.Component] is var before
                && before.State == state.State && before.Reason == state.Reason)
            {
                return false;
            }

            world = World.Fold(world, happened);
        }

        return true;
    });

    [Fact]
    public void Nothing_begins_after_it_was_said() => Holds(story => story.Events.All(happened => happened switch
    {
        MonitorJudged judged => judged.Since <= judged.At,
        ComponentStateChanged changed => changed.Since <= changed.At,
        IncidentOpened opened => opened.StartedAt <= opened.At && opened.Components.All(said => said.At <= opened.At),
        VantageChanged changed => changed.Since <= changed.At,
        _ => true,
    }));

    private static void Holds(Func<Played, bool> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases),
            Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => property(Play(steps))));

    private static IEnumerable<Component> Linked(World world, IncidentId id) => world.Components.Values.Where(component =>
        world.MonitorsOf(component.Definition).Any(monitor => world.Incidents[id].Causes.Contains(monitor.Id)));

    private static string Text(World world) => System.Text.Json.JsonSerializer.Serialize(world, JournalJson.Default.World);

    private static Played Play(IEnumerable<Step> steps)
    {
        string[] names = ["a", "b", "c"];
        var story = new Story().Monitor("a", component: "A").Monitor("b", component: "B", dependsOn: ["a"]).Monitor("c")
            .Component("Pair", [], new([new("b"), new("c")], 1)).Pass(30);
        var failed = new HashSet<string>();
        foreach (var (act, which, seconds) in steps)
        {
            switch (act)
            {
                case Act.Good or Act.Bad or Act.Slow or Act.None:
                    story.Service(names[which], Enum.Parse<Reading>(act.ToString()));
                    _ = act == Act.Bad && failed.Add(names[which]);
                    break;
                case Act.Blind or Act.Seeing:
                    story.AllControls(act == Act.Seeing);
                    break;
                case Act.ForwardJump or Act.BackwardJump:
                    story.Jump += TimeSpan.FromMinutes(act == Act.ForwardJump ? 40 : -40);
                    break;
                case Act.Restart:
                    story.Restart(which == 0 ? null : story.Now.Wall.AddSeconds(-seconds));
                    break;
                case Act.Person when story.World.OpenIncidents.FirstOrDefault() is { Value: { } } id:
                    story.Say([.. IncidentDecisions.Post(story.World, story.Now.Wall, Actor.Person("a"), id, new(null, "We look.", [])).Events]);
                    break;
                default:
                    break;
            }

            story.Pass(seconds);
        }

        return new(story, failed);
    }

    private sealed record Step(Act Act, int Which, int Seconds);

    private sealed record Played(Story Story, HashSet<string> Failed)
    {
        public List<Event> Events => Story.Events;

        public IEnumerable<MonitorJudged> Verdicts => Story.Verdicts;

        public World World => Story.World;
    }
}
