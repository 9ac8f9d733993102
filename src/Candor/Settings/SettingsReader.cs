using System.Collections.Immutable;
using Candor.Settings.Entries;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// From the bytes of <c>candor.yaml</c> to what the owner declares, or to everything that is wrong with it. Pure:
/// no clock, no disk, no environment. The kinds of check are given, so this folder knows none of them.
/// </summary>
internal sealed class SettingsReader(IReadOnlyList<ICheckReader> checks)
{
    public SettingsAnswer Read(ReadOnlyMemory<byte> file)
    {
        var faults = new Faults();
        if (Yaml.Read(file, faults) is not { } root || !root.MustBeMap(faults))
        {
            return new(null, faults.Sorted());
        }

        var declaration = Read(root, faults);
        root.RefuseUnknown(faults);
        return faults.Any ? new(null, faults.Sorted()) : new(declaration, []);
    }

    /// <summary>The same from entries; the caller refuses the keys that were not asked for.</summary>
    public Declaration? Read(Entry root, Faults faults)
    {
        var audiences = new AudiencesReader(faults);
        var declared = audiences.Read(root);
        var page = PageReader.Read(root, audiences, faults);
        var rules = JudgingReader.Read(root, JudgingRules.Default, faults);
        var monitors = new MonitorsReader(checks, rules, faults).Read(root);
        var components = new ComponentsReader(monitors, audiences, faults).Read(root, page?.OnlyFor ?? []);
        var policy = PolicyReader.Read(root, monitors.Declared, faults);
        var notices = NoticesReader.Read(root, faults);
        var serving = ServingReader.Read(root, faults);
        var readBack = ReadBackReader.Read(root, faults);
        var alive = AliveReader.Read(root, faults);
        var oidc = SignInReader.Read(root, faults);
        if (page is null)
        {
            return null;
        }

        var declaration = new Declaration(page, policy)
        {
            Components = components,
            Monitors = RegionsReader.Spread(monitors.Declared, components, policy),
            Notices = notices,
            Serving = serving,
            ReadBack = readBack,
            Alive = alive,
            Audiences = declared,
            Oidc = oidc,
        };
        return declaration with { Notes = [.. Notes.On(declaration)] };
    }
}
