using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.Commands;

/// <summary><c>candor version</c>: what this is and what it runs on.</summary>
internal static class VersionCommand
{
    public static CandorVersion Current { get; } = new(
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
        RuntimeInformation.FrameworkDescription,
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}".Trim());

    public static Command Create(Terminal terminal)
    {
        var json = CommonOptions.Json();
        var command = new CandorCommand("version", "Print the version.") { Options = { json } };
        command.SetAction(parsed =>
        {
            terminal.Line(parsed.GetValue(json)
                ? JsonSerializer.Serialize(Current, CommandJson.Readable.CandorVersion)
                : $"candor {Current.Version} on {Current.Runtime}, {Current.System}");
            return Exit.Done;
        });
        return command;
    }
}

internal sealed record CandorVersion(string Version, string Runtime, string System)
{
    /// <summary>Without the build: what strangers may know.</summary>
    [JsonIgnore]
    public string Number => Version.Split('+')[0];
}
