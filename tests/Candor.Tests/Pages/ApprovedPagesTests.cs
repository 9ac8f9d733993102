using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Candor.Pages;
using Candor.Tests.Languages;

namespace Candor.Tests.Pages;

/// <summary>
/// Pages as they were approved: a change of markup or words shows in review. CANDOR_APPROVE=1 writes what is rendered.
/// Style and script have tests of their own, so they are left out here.
/// </summary>
public sealed partial class ApprovedPagesTests
{
    [Theory]
    [InlineData("empty", nameof(SampleBriefs.Empty), "/")]
    [InlineData("first-run", nameof(SampleBriefs.FirstRun), "/")]
    [InlineData("outage", nameof(SampleBriefs.Outage), "/")]
    [InlineData("incident-open", nameof(SampleBriefs.Outage), "/incidents/now000000001")]
    [InlineData("incident-told", nameof(SampleBriefs.Notified), "/incidents/now000000001")]
    [InlineData("incident-resolved", nameof(SampleBriefs.Outage), "/incidents/old000000001")]
    [InlineData("history-month", nameof(SampleBriefs.Outage), "/history/2026-11")]
    [InlineData("people", nameof(SampleBriefs.People), "/")]
    [InlineData("incident-edited", nameof(SampleBriefs.People), "/incidents/now000000001")]
    [InlineData("incident-postmortem", nameof(SampleBriefs.People), "/incidents/old000000002")]
    [InlineData("maintenance", nameof(SampleBriefs.People), "/maintenance")]
    [InlineData("maintenance-one", nameof(SampleBriefs.People), "/maintenance/plan00000002")]
    [InlineData("subscribe", nameof(SampleBriefs.Told), "/subscribe")]
    [InlineData("uptime", nameof(SampleBriefs.Well), "/uptime")]
    [InlineData("outage-de", "de outage", "/")]
    [InlineData("incident-open-de", "de outage", "/incidents/now000000001")]
    [InlineData("incident-postmortem-de", "de people", "/incidents/old000000002")]
    [InlineData("maintenance-de", "de people", "/maintenance")]
    [InlineData("subscribe-de", "de told", "/subscribe")]
    [InlineData("uptime-de", "de well", "/uptime")]
    public async Task A_page_is_as_it_was_approved(string name, string brief, string path)
    {
        var page = Lines(await PrintedPage.Html(Named(brief), path));
        var approved = Path.Combine(Folder(), "Approved", name + ".html");
        if (Environment.GetEnvironmentVariable("CANDOR_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(approved, page, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken), page, ignoreLineEndingDifferences: true);
    }

    private static string Lines(string html)
    {
        var bare = Style().Replace(html, "<style>…</style>");
        return Between().Replace(Module().Replace(bare, "/assets/candor-….js"), ">\n<").TrimEnd() + "\n";
    }

    private static Brief Named(string name) => name switch
    {
        _ when name.Split(' ') is ["de", var which] => GermanBriefs.Of(which),
        nameof(SampleBriefs.Empty) => SampleBriefs.Empty(),
        nameof(SampleBriefs.FirstRun) => SampleBriefs.FirstRun(),
        nameof(SampleBriefs.People) => SampleBriefs.People(),
        nameof(SampleBriefs.Outage) => SampleBriefs.Outage(),
        nameof(SampleBriefs.Notified) => SampleBriefs.Notified(),
        nameof(SampleBriefs.Told) => SampleBriefs.Told(),
        _ => SampleBriefs.Well(),
    };

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [GeneratedRegex("<style>[^<]*</style>", RegexOptions.NonBacktracking)]
    private static partial Regex Style();

    [GeneratedRegex("/assets/candor-[0-9a-f]+\\.js", RegexOptions.NonBacktracking)]
    private static partial Regex Module();

    [GeneratedRegex(">\\s+<", RegexOptions.NonBacktracking)]
    private static partial Regex Between();
}
