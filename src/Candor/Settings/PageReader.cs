using System.Diagnostics.CodeAnalysis;
using Candor.Languages;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// <c>page:</c>. Every field is of a type that cannot carry markup or script, so a page cannot be broken by what is
/// written about it.
/// </summary>
internal static class PageReader
{
    public static Page? Read(Entry root, AudiencesReader audiences, Faults faults)
    {
        if (!root.Has("page"))
        {
            faults.Add(root, "has no “page”", "add “page:” with “name: …” below it");
        }

        if (root.Map("page", faults) is not { } page)
        {
            return null;
        }

        var hasName = page.Required("name", Texts.UpTo(Defaults.NameLengthMax), faults, out var name);
        var url = page.Value<Uri?>("url", Urls.ReadLink!, null, faults);
        var id = page.Value<string?>("id", Texts.UpTo(Defaults.NameLengthMax)!, null, faults);
        var zone = page.Value("time_zone", Zones.Read, Defaults.TimeZone, faults);
        var language = page.Value("language", Words.Of([.. Language.All.Select(static one => one.Tag)]), Language.English.Tag, faults);
        var description = page.Value<string?>("description", Texts.LinesUpTo(Defaults.DescriptionLengthMax)!, null, faults);
        var accent = page.Value<string?>("accent", Colours.Read!, null, faults);
        var logo = page.Value<Uri?>("logo", ReadLogo!, null, faults);
        var contact = page.Value<string?>("contact", ReadContact!, null, faults);
        var onlyFor = audiences.OnlyFor(page, []);
        if (!hasName)
        {
            return null;
        }

        // Clients know the page by its id, so it does not follow the name.
        var known = id is not null ? Identity.FromId(id) : url is not null ? Identity.FromPath(url.AbsoluteUri) : Page.Unconfigured.Id;
        return new Page(known, name!, zone)
        {
            Language = language == Language.English.Tag ? null : language,
            Url = url?.AbsoluteUri,
            Description = description,
            Accent = accent,
            LogoUrl = logo?.AbsoluteUri,
            ContactUrl = contact,
            Audiences = [.. audiences.Names.Order(StringComparer.Ordinal)],
            OnlyFor = onlyFor,
        };
    }

    private static string? ReadLogo(string text, [MaybeNull] out Uri value) =>
        Urls.ReadLink(text, out value) is null && value!.Scheme == "https"
            ? null
            : "write the https address of an image, such as https://example.com/logo.svg";

    private static string? ReadContact(string text, [MaybeNull] out string value)
    {
        value = text;
        if (text.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return MailAddresses.Read(text["mailto:".Length..], out _);
        }

        var remedy = Urls.ReadLink(text, out var link);
        value = link?.AbsoluteUri;
        return remedy is null ? null : "write an address such as https://example.com/help or mailto:help@example.com";
    }
}
