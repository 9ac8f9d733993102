using Candor.Effects;

namespace Candor.Settings;

/// <summary>Where the settings file lies.</summary>
internal sealed record SettingsPlace(IDisk Disk, string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);
}
