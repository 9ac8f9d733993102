using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>What came of a test, and what to do about it, in a sentence each.</summary>
internal static class HandoverWords
{
    public static string Of(Handover handover) => handover.End == HandoverEnd.Delivered
        ? $"Handed over. Their side said: {Said(handover)}."
        : $"Not handed over: {Said(handover)}.";

    /// <summary>Null where there is nothing to be done.</summary>
    public static string? Next(Handover handover) => (handover.End, handover.Blame) switch
    {
        (HandoverEnd.Delivered, _) => null,
        (HandoverEnd.Refused, Blame.Recipient) => "The receiving side refused this address; try another one.",
        (HandoverEnd.Refused, _) => "The settings of the channel have to be mended before anybody can be reached.",
        _ when handover.Ambiguous => "It may have arrived nevertheless.",
        _ => "It may work later: notices are tried again by themselves.",
    };

    private static string Said(Handover handover) => handover.Said.Length > 0 ? handover.Said.TrimEnd('.') : "nothing";
}
