using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Instatus;

/// <summary>
/// Instatus: the summary (only what is open, without texts), the components, and the page's HTML, old form and new, which
/// has the past as well.
/// </summary>
internal sealed class InstatusSource : IImportSource
{
    public string Name => "instatus";

    public string Title => "Instatus";

    public bool Recognises(SourceFile file) =>
        file.IsMarkup ? file.Contains("instatus"u8) && file.Contains("activeIncidents"u8)
            && (file.Contains("self.__next_f"u8) || file.Contains("__NEXT_DATA__"u8))
        : IsSummary(file.Json) || IsComponents(file.Json);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var page = new InstatusPage(warnings);
        foreach (var file in files)
        {
            foreach (var found in file.IsMarkup ? EmbeddedPages.Read(file).Objects() : [file.Json])
            {
                page.Add(found);
            }
        }

        return page.Make();
    }

    /// <summary>Both lists are left out, not empty, when there is nothing: the page's own word tells it apart.</summary>
    private static bool IsSummary(SourceValue root) =>
        root["page"] is { IsObject: true } page && page.HasAll("name", "status") && !page.Has("id")
        && IsLoud(page["status"]);

    /// <summary>Its words are in capitals: OPERATIONAL, HASISSUES.</summary>
    private static bool IsLoud(SourceValue word) => word.Text is { Length: > 0 } text && text.All(char.IsAsciiLetterUpper);

    private static bool IsComponents(SourceValue root) =>
        root["components"] is { IsList: true, Says: true } list && !root.Has("page")
        && list.Items.All(c => c.HasAll("id", "name", "status") && IsLoud(c["status"]) && !c.Has("page_id"));
}
