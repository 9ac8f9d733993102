using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// What is done with what is pending, decided at the moment of rendering and never before: everything pending becomes one
/// notice with the state as it is now, so no notice says "open" of what is over.
/// </summary>
internal static class Collapse
{
    /// <summary>What was never told and was over so quickly is not worth a word.</summary>
    public static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(2);

    /// <summary>Of a stream whose turn it is: a pause between tries is over by then, by the steady clock.</summary>
    public static NextStep Of(NoticeStream stream, Subscriber? subscriber, TopicView? view, DateTimeOffset now) =>
        stream.Attempt is null ? OfBegun(stream, subscriber, view, now) : NextStep.Nothing;

    /// <summary>The same of a stream that was begun a moment ago, as if it were not.</summary>
    public static NextStep OfBegun(NoticeStream stream, Subscriber? subscriber, TopicView? view, DateTimeOffset now)
    {
        if (!stream.HasPending)
        {
            return NextStep.Nothing;
        }

        if (Against(stream, subscriber, view) is { } rule)
        {
            return NextStep.Suppress(rule);
        }

        return Flapping.HeldUntil(stream, view!, now) is { } held ? NextStep.Wait(held) : NextStep.Send;
    }

    /// <summary>The rule by which nothing of it is told, or null.</summary>
    private static string? Against(NoticeStream stream, Subscriber? subscriber, TopicView? view) => (subscriber, view) switch
    {
        ({ Stopped: { } stopped }, _) => stopped.ToString().ToLowerInvariant(),
        (null or { LeftAt: not null }, _) or ({ IsTold: false }, not { Only: not null }) => "left",
        (_, null) => "unpublished",
        (_, { IsHidden: true }) when !Ending.IsPending(subscriber!, view, stream) => Reappearing.Rule,
        (_, { IsSettled: true }) when !Ending.IsPending(view, stream) => "settled",
        ({ IsOnDuty: false }, { IsForDuty: true }) when !Ending.IsPending(view, stream) => "off_duty",
        (_, { Digest: not null }) when !Digesting.Told(subscriber!, view, stream).Any() => "nothing_left",
        _ => stream.WasTold || view.Heard.Contains(subscriber!.Number) ? null : Unworthy(view) ?? (IsToldElsewhere(subscriber!, view) ? "merged" : null),
    };

    /// <summary>It goes on in another one, of which they are told by itself.</summary>
    private static bool IsToldElsewhere(Subscriber subscriber, TopicView view) =>
        view.Into is { } into && Audience.Of(subscriber, into) == Concern.Told;

    /// <summary>The rule by which nothing is told of it to whoever was told nothing of it before, or null.</summary>
    public static string? Unworthy(TopicView view) => view.IsRemoved ? "removed" : IsOverQuickly(view) ? "over_quickly" : null;

    public static bool IsOverQuickly(TopicView view) =>
        view is { IsOver: true, IsMaintenance: false, Lasted: { } lasted } && lasted < WorthTelling && !IsOnePersonsWord(view);

    /// <summary>Somebody entered in one go what was over already, and meant it to be told.</summary>
    private static bool IsOnePersonsWord(TopicView view) => view.Sayings is [{ Automatic: false }];
}

/// <summary>What is done next with a stream.</summary>
internal readonly record struct NextStep(StepKind Kind, DateTimeOffset Until = default, string Rule = "")
{
    public static readonly NextStep Nothing = new(StepKind.Nothing);

    public static readonly NextStep Send = new(StepKind.Send);

    public static NextStep Wait(DateTimeOffset until) => new(StepKind.Wait, until);

    public static NextStep Suppress(string rule) => new(StepKind.Suppress, Rule: rule);
}

internal enum StepKind
{
    Nothing,
    Send,
    Wait,
    Suppress,
}
