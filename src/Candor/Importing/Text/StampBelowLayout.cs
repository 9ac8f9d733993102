namespace Candor.Importing.Text;

/// <summary>Words, and below them a time alone; no labels anywhere: Slack.</summary>
internal static class StampBelowLayout
{
    private const double Worth = 0.9;

    public static Reading Read(Draft draft)
    {
        var cut = new Cutting(draft);
        var content = draft.Content.ToList();
        // Times stand below the words only where nothing but a time ends the text.
        if (content.FindLast(static mark => !mark.IsBlank) is not { } last || !IsTime(last) || content.Exists(static mark => mark.Label is not null))
        {
            return Reading.Nothing;
        }

        foreach (var mark in content)
        {
            if (IsTime(mark) && cut.IsOpen)
            {
                cut.Complete(mark);
                cut.Close();
            }
            else if (!mark.IsBlank && !cut.IsOpen)
            {
                cut.BeginWithWords(mark);
            }
            else
            {
                cut.Say(mark);
            }
        }

        var read = cut.Done(static entry => entry.Stamp is { Clock: not null });
        return read.Whole < 2 ? Reading.Nothing : read with { Score = read.Score * Worth };
    }

    private static bool IsTime(Mark mark) => mark is { Stamp.Clock: not null, Label: null, Rest.Length: 0 };
}
