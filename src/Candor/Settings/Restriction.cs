using Candor.Effects;
using Candor.Settings.Entries;

namespace Candor.Settings;

/// <summary>
/// Whether pages of before a start may be shown at it. What was public then may have become private in the settings while
/// nothing ran; where they have changed and know audiences at all, readers wait until the pages have been made anew.
/// </summary>
internal sealed class Restriction(IDisk disk, string settings)
{
    /// <param name="mark">Of the settings that the pages were made under.</param>
    public bool IsOpenFor(string mark)
    {
        try
        {
            // A file that is gone changes nothing: what it said last stays in force.
            return disk.Read(settings, Yaml.BytesMax) is not { } file || SettingsWatch.MarkOf(file) == mark || !Restricts(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nor does one that cannot be read.
            return true;
        }
    }

    private static bool Restricts(ReadOnlySpan<byte> file) => file.IndexOf("only_for"u8) >= 0 || file.IndexOf("audiences"u8) >= 0;
}
