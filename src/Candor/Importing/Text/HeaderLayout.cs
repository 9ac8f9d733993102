namespace Candor.Importing.Text;

/// <summary>
/// Label and time stand above the words, in one line or in two, in either order: feeds of Statuspage, incident.io,
/// Instatus, Better Stack, Status.io, Google Cloud, pages that follow other pages.
/// </summary>
internal static class HeaderLayout
{
    public static Reading Read(Draft draft)
    {
        var cut = new Cutting(draft);
        foreach (var mark in draft.Content)
        {
            if (!BelongsToHeader(mark, cut))
            {
                cut.Say(mark);
            }
            else if (cut.Continues(mark))
            {
                cut.Complete(mark);
            }
            else if (!cut.Repeats(mark))
            {
                cut.Begin(mark);
            }
        }

        return cut.Done(static entry => entry.Label is not null && entry.Stamp is { Clock: not null } or { Ago: not null }).WithoutBadge();
    }

    private static bool BelongsToHeader(Mark mark, Cutting cut)
    {
        if (mark.StampIsLast || (mark.Label is null && mark.Stamp is null))
        {
            return false;
        }

        // "Update: we found …" within words is a sentence, unless a time stands right above it.
        return mark.Rest.Length == 0 || mark is { Label: not null, Stamp: not null }
            || (mark.Label is not null && (mark.SetOff || cut.AwaitsLabel));
    }
}
