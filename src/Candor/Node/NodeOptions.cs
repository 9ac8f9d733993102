using Candor.Effects;
using Candor.Pages;
using Candor.Settings;

namespace Candor.Node;

/// <summary>What a node is told at its start and keeps.</summary>
/// <param name="DataFolder">Where everything lies that is kept.</param>
/// <param name="SettingsPath">The settings file, which need not exist.</param>
internal sealed record NodeOptions(string DataFolder, string SettingsPath)
{
    public string Version { get; init; } = "0";

    /// <summary>Reports that may wait for the judge; see <see cref="JudgingLoop"/>.</summary>
    public int SignsMax { get; init; } = 8192;

    /// <summary>The pages that can change at any time.</summary>
    public Func<Brief, IEnumerable<PagePlan>> Front { get; init; } = Catalogue.FrontOf;

    /// <summary>The pages of what is over.</summary>
    public Func<Brief, IEnumerable<PagePlan>> Past { get; init; } = Catalogue.ArchiveOf;

    /// <summary>Whether pages from before this start may be shown by what the settings say now.</summary>
    public Restriction RestrictionOn(IDisk disk) => new(disk, SettingsPath);

    public string PathOf(string file) => Path.Combine(DataFolder, file);
}
