using Candor.Journal;
using Candor.Notices.Channels;

namespace Candor.Notices.Trying;

/// <summary>What came of a test: an answer of their side, or why nothing was sent.</summary>
internal sealed record TestOutcome(Handover? Handover, TimeSpan Took)
{
    public Refusal? Refusal { get; init; }

    /// <summary>How long until the next one, where there were too many.</summary>
    public TimeSpan? Wait { get; init; }

    public static TestOutcome Refused(Refusal refusal) => new(null, default) { Refusal = refusal };
}
