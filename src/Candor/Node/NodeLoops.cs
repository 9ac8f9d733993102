using Candor.Journal;
using Candor.Probing;
using Candor.State;

namespace Candor.Node;

/// <summary>Every loop of a node, with what readers should know while it is down.</summary>
internal sealed record NodeLoop(string Name, string? Consequence, Func<CancellationToken, Task> Body);

internal static class NodeLoops
{
    private const string Blind = "Candor cannot look at the services at the moment; what is shown may be out of date.";
    private const string Mute = "Candor cannot publish at the moment; what is shown may be out of date.";

    private static readonly TimeSpan ListeningEvery = TimeSpan.FromSeconds(30);

    /// <param name="supervise">Keeps a loop running that begins later, such as a channel's.</param>
    public static IReadOnlyList<NodeLoop> Of(Node node, Works works, Func<string, Func<CancellationToken, Task>, Task> supervise) =>
    [
        new("journal", Mute, works.Journal.RunAsync),
        new("judging", Blind, works.Judging.RunAsync),
        new("probing", Blind, works.Scheduler.RunAsync),
        new("controls", Blind, works.Controls.RunAsync),
        new("plan", Blind, new PlanFollower(works).RunAsync),
        new("publishing", Mute, stopping => AfterSettingsAsync(works, publishing => AfterAudiencesAsync(works, node.Publisher.RunAsync, publishing), stopping)),
        new("live", null, node.Live.RunAsync),
        new("audiences", Mute, stopping => AfterSettingsAsync(works, new AudienceFollower(node, works).RunAsync, stopping)),
        new("past", null, node.Past.RunAsync),
        new("settings", null, stopping => SettingsAsync(works, stopping)),
        new("samples", null, works.Samples.RunAsync),
        new("charts", null, stopping => AfterOpening(works, works.Charts.RunAsync, stopping)),
        new("alive", null, works.Alive.RunAsync),
        new("heartbeats", null, stopping => ListenAsync(works, stopping)),
        new("reserve", null, works.Reserve.RunAsync),
        new("attachments", null, stopping => AfterOpening(works, works.Attachments.RunAsync, stopping)),
        new("snapshots", null, stopping => AfterOpening(works, works.MakeSnapshotter().RunAsync, stopping)),
        new("reading back", null, stopping => works.ReadBack.RunAsync(node.Publisher, stopping)),
        new("alive calls", null, stopping => AfterSettingsAsync(works, works.Calls.RunAsync, stopping)),
        new("self", null, new SelfWatch(node, works).RunAsync),
        .. works.Office is { } office
            ? new NodeLoop[]
            {
                new("notices", "Candor cannot notify anybody at the moment.", stopping => office.RunAsync(supervise, stopping)),
                new("forgetting", null, works.Forgetting!.RunAsync),
            }
            : [],
    ];

    /// <summary>Heartbeats that nobody could hear while Candor was away are nobody's fault; this says until when it listened.</summary>
    private static async Task ListenAsync(Works works, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(ListeningEvery, works.Time, stopping);
            await works.Heartbeats.StillListeningAsync(stopping);
        }
    }

    private static async Task SettingsAsync(Works works, CancellationToken stopping)
    {
        try
        {
            await works.Journal.WaitForOpenAsync(works.Time, stopping);
            await works.Settings.LookAsync(stopping);
        }
        finally
        {
            works.SettingsLooked.TrySetResult();
        }

        await works.Settings.RunAsync(stopping);
    }

    /// <summary>The settings of this start come first, so that no reader sees the page as it was before them.</summary>
    private static async Task AfterSettingsAsync(Works works, Func<CancellationToken, Task> publish, CancellationToken stopping)
    {
        await works.Journal.WaitForReadingAsync(works.Time, stopping);
        if (works.Journal.Condition.Phase != JournalPhase.Corrupt)
        {
            await DoneAsync(works.SettingsLooked, stopping);
        }

        await publish(stopping);
    }

    /// <summary>What is for some readers only has its place before there is a page for everybody, so that none of them is given the wrong one.</summary>
    private static async Task AfterAudiencesAsync(Works works, Func<CancellationToken, Task> publish, CancellationToken stopping)
    {
        await DoneAsync(works.AudiencesFollowed, stopping);
        await publish(stopping);
    }

    private static async Task DoneAsync(TaskCompletionSource done, CancellationToken stopping)
    {
        // Not Task.WaitAsync: it would go on in a thread of the pool, and the simulator has only one.
        await using var leaving = stopping.UnsafeRegister(static (waited, token) => ((TaskCompletionSource)waited!).TrySetCanceled(token), done);
        await done.Task;
    }

    /// <summary>Before the journal has been read there is nothing true to show; what was last known stays up.</summary>
    private static async Task AfterOpening(Works works, Func<CancellationToken, Task> body, CancellationToken stopping)
    {
        await works.Journal.WaitForReadingAsync(works.Time, stopping);
        await body(stopping);
    }
}
