namespace Candor.Notices.Channels;

/// <summary>
/// What a message says, apart from the links at its end that are one person's. The same for everybody who hears of the same
/// things in the same language: written once for them, and sent once to the process of the channel.
/// </summary>
internal sealed record MessageWords
{
    public static readonly MessageWords None = new() { Subject = "", Text = "", Facts = new() { PageId = "", PageName = "", Id = "", Title = "", Status = "" } };

    /// <summary>One line, the same for a whole thread apart from the status in front.</summary>
    public required string Subject { get; init; }

    /// <summary>All of it in one line, for who has room for no more; null: the subject says as much.</summary>
    public string? Line { get; init; }

    /// <summary>The sentence of <see cref="Text"/> that promises the next word; null where nothing is promised.</summary>
    public string? Next { get; init; }

    public required string Text { get; init; }

    public string? Html { get; init; }

    /// <summary>As in the html element: "en". Of what Candor says; what people wrote in it may be in another one.</summary>
    public string Language { get; init; } = "en";

    public required MessageFacts Facts { get; init; }

    /// <summary>Whoever sends it writes the links of the one person behind it; else it is complete as it is.</summary>
    public bool LinksFollow { get; init; }
}
