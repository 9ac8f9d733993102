using System.Collections.Immutable;
using System.Globalization;
using Candor.State.Incidents;

namespace Candor.Languages;

/// <summary>
/// A language that Candor speaks to readers. Every sentence is a member of an abstract class with one sealed class per
/// language, so a sentence that somebody forgot does not compile, and the words are chosen once, not looked up by keys.
/// </summary>
internal abstract class Language
{
    public static readonly Language English = new English();

    public static readonly Language German = new German();

    /// <summary>The default first.</summary>
    public static readonly ImmutableArray<Language> All = [English, German];

    /// <summary>As HTML, feeds and the settings name it, such as "de".</summary>
    public abstract string Tag { get; }

    /// <summary>What states, statuses and impacts are called.</summary>
    public abstract StateNames Names { get; }

    /// <summary>Durations and ages.</summary>
    public abstract Spans Spans { get; }

    /// <summary>The same on a page, where a line must not end between a number and its unit.</summary>
    public abstract Spans PageSpans { get; }

    /// <summary>Lists and counts as sentences hold them.</summary>
    public abstract Lists Lists { get; }

    /// <summary>Days and clocks.</summary>
    public abstract Dates Dates { get; }

    /// <summary>How decimals and thousands are set off.</summary>
    public abstract NumberFormatInfo Numbers { get; }

    /// <summary>What a probe said, which is stored in English. A phrase that Candor has no other words for stays as it is.</summary>
    /// <param name="isOthers">It comes from an alert or a plugin, whose words stay whatever they look like.</param>
    public abstract string Reason(string reason, bool isOthers = false);

    /// <summary>Ends every text that automation writes: "This was detected automatically."</summary>
    public abstract string Signature { get; }

    /// <summary>Stands below a text that is cut: "(The text is longer than what is shown here.)"</summary>
    public abstract string Longer { get; }

    /// <summary>
    /// What a room keeps for each language: its own sentences. Another language is another parameter, so every room that
    /// has no words in it yet stops compiling.
    /// </summary>
    public abstract T In<T>(T english, T german);

    /// <summary>A language by its tag. Null, and a tag that only a later version knows, are English.</summary>
    public static Language Of(string? tag) => Named(tag.AsSpan(), StringComparison.Ordinal) ?? English;

    /// <summary>The language that a tag asks for: "de", "de-AT" and "DE_ch" ask for German. Null where Candor does not speak it.</summary>
    public static Language? Spoken(string? tag)
    {
        var asked = tag.AsSpan();
        var end = asked.IndexOfAny('-', '_');
        return Named(end < 0 ? asked : asked[..end], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A text without the sentence that nobody typed it, in whichever language it was written then.</summary>
    public static string Unsigned(string text) =>
        All.FirstOrDefault(language => text.EndsWith(language.Signature, StringComparison.Ordinal)) is { } written
            ? text[..^written.Signature.Length].TrimEnd()
            : text;

    /// <summary>What an update says where a mark beside it says already that nobody typed it.</summary>
    public static string Unsigned(IncidentUpdate update) => update.Automatic ? Unsigned(update.Body) : update.Body;

    /// <summary>Asked for every message, so without a closure.</summary>
    private static Language? Named(ReadOnlySpan<char> tag, StringComparison comparison)
    {
        foreach (var language in All)
        {
            if (tag.Equals(language.Tag, comparison))
            {
                return language;
            }
        }

        return null;
    }
}
