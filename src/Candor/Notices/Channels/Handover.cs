namespace Candor.Notices.Channels;

/// <summary>What came of one try: delivered, to be tried again, or refused for good.</summary>
internal sealed record Handover
{
    public required HandoverEnd End { get; init; }

    /// <summary>Who is to blame where it was not delivered.</summary>
    public Blame Blame { get; init; }

    /// <summary>A word from a closed set, for counting: "timeout", "mailbox_full", "gone".</summary>
    public string Reason { get; init; } = "";

    /// <summary>What their side said, shortened to a line, for the ledger; never shown to readers.</summary>
    public string Said { get; init; } = "";

    /// <summary>What they asked us to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>They asked for less: the rate to this destination is halved.</summary>
    public bool Stress { get; init; }

    /// <summary>The subscription is over: the mailbox does not exist, the endpoint answered 410.</summary>
    public bool Removes { get; init; }

    /// <summary>With <see cref="Blame.Channel"/>: one message alone can draw this, so it may say nothing of the others. A refused login cannot be one's.</summary>
    public bool MayBeOwn { get; init; }

    /// <summary>It may have arrived: everything was sent and nothing came back. Counted, and tried again by the channel's rule.</summary>
    public bool Ambiguous { get; init; }

    /// <summary>What a later message of the same thread can answer to, or null.</summary>
    public string? Receipt { get; init; }

    public static Handover Delivered(string said, string? receipt = null) =>
        new() { End = HandoverEnd.Delivered, Said = Line(said), Receipt = receipt };

    /// <summary>It may work later. Nothing was accepted, as far as is known.</summary>
    public static Handover TryAgain(Blame blame, string reason, string said, TimeSpan? after = null, bool stress = false) =>
        new() { End = HandoverEnd.TryAgain, Blame = blame, Reason = reason, Said = Line(said), RetryAfter = after, Stress = stress };

    /// <summary>It may have arrived, and may not.</summary>
    public static Handover Unknown(Blame blame, string reason, string said) =>
        TryAgain(blame, reason, said, stress: true) with { Ambiguous = true };

    /// <summary>The same where nobody asked for less: their side said nothing, or something between said that it heard nothing.</summary>
    public static Handover Silent(string reason, string said) => Unknown(Blame.Destination, reason, said) with { Stress = false };

    /// <summary>It will not work, however often. Blame on the channel stops the channel and spares the recipients.</summary>
    public static Handover Refused(Blame blame, string reason, string said, bool removes = false) =>
        new() { End = HandoverEnd.Refused, Blame = blame, Reason = reason, Said = Line(said), Removes = removes };

    private static string Line(string said)
    {
        const int most = 300;
        var line = string.Concat(said.Take(most).Select(static c => char.IsControl(c) ? ' ' : c));
        return line.Trim();
    }
}

internal enum HandoverEnd
{
    Delivered,
    TryAgain,
    Refused,
}

internal enum Blame
{
    None,

    /// <summary>This address alone; others at the same destination are not concerned.</summary>
    Recipient,

    /// <summary>The destination: it does not answer, or answers to nobody.</summary>
    Destination,

    /// <summary>Our own sender, login or key: nobody can be reached until the owner has mended it.</summary>
    Channel,
}
