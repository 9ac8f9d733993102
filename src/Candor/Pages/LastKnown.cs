using Candor.State;

namespace Candor.Pages;

/// <summary>
/// The brief for the time when nobody can vouch for it: right after a start, or when the renderer has died. Whatever is
/// rendered from it says what was last known and claims nothing about now.
/// </summary>
internal static class LastKnown
{
    public static Brief Of(Brief brief)
    {
        var components = brief.World.Components.SetItems(brief.World.Components
            .Where(pair => pair.Value.State.Known)
            .Select(pair => KeyValuePair.Create(pair.Key, Unseen(pair.Value, brief.Now))));
        var notice = new SelfProblem(
            "This page is not being renewed at the moment. It shows what was last known, not how things are now.", brief.Now) { Key = SelfProblem.NotRenewed };
        return brief with
        {
            World = brief.World with { Components = components },
            Self = brief.Self with { Problems = brief.Self.Problems.Insert(0, notice) },
        };
    }

    private static Component Unseen(Component component, DateTimeOffset now)
    {
        var state = component.State with { Known = false };
        return component with { State = state, Since = now, Reason = null, History = component.History.Append(now, state) };
    }
}
