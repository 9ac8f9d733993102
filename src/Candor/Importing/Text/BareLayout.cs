namespace Candor.Importing.Text;

/// <summary>Labels above the words and no times at all: pages whose times were lost when they were copied.</summary>
internal static class BareLayout
{
    // Less than one time found anywhere, more than nothing.
    private const double Worth = 0.3;

    // "[Initial message]" alone on a line means what it says, also beside times within the words.
    private const double BracketWorth = 2;

    public static Reading Read(Draft draft)
    {
        var cut = new Cutting(draft);
        foreach (var mark in draft.Content)
        {
            var isLabel = mark is { Label: not null, Stamp: null, Rest.Length: 0 };
            if (isLabel && !cut.Repeats(mark))
            {
                cut.Begin(mark);
            }
            else if (!isLabel)
            {
                cut.Say(mark);
            }
        }

        var read = cut.Done(static entry => entry.Label is not null && entry.Body.Length > 0);
        var bracketed = draft.Content.Any(mark => mark is { Label: not null, Stamp: null, Rest.Length: 0 } && draft.Lines[mark.Line].TrimStart() is ['[', ..]);
        // One heading "Postmortem" in a report makes no page of updates.
        return draft.UpdatesAt < 0 && read.Whole < 2 && !bracketed ? Reading.Nothing : read with { Score = read.Score * (bracketed ? BracketWorth : Worth) };
    }
}
