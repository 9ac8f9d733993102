namespace Candor.Notices.Wording;

/// <summary>What is said: the subject, the plain text that is complete by itself, and the same words as the content of a body element.</summary>
internal sealed record NoticeWords(string Subject, string Text, string Html)
{
    /// <summary>All of it in one line; null where the subject says as much.</summary>
    public string? Line { get; init; }

    /// <summary>The sentence of the text that promises the next word, or null.</summary>
    public string? Next { get; init; }
}
