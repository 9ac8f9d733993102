namespace Candor.Importing.Text;

/// <summary>The label stands above the words and the time below them: incident pages of Statuspage, cState's tracked updates.</summary>
internal static class FooterLayout
{
    public static Reading Read(Draft draft)
    {
        var cut = new Cutting(draft);
        foreach (var mark in draft.Content)
        {
            var isLabel = mark.Label is not null && mark.Stamp is null && (mark.Rest.Length == 0 || mark.SetOff);
            if (isLabel && !cut.Repeats(mark))
            {
                cut.Begin(mark);
            }
            else if (mark is { Stamp: not null, Rest.Length: 0, Label: null } && cut.IsOpen)
            {
                cut.Complete(mark);
                cut.Close();
            }
            else if (!isLabel)
            {
                cut.Say(mark);
            }
        }

        return cut.Done(static entry => entry.Label is not null && entry.Stamp is { Clock: not null } or { Ago: not null }).WithoutBadge();
    }
}
