using System.CommandLine;

namespace Candor.Commands;

/// <summary>Options that several commands share, so that they are spelt and explained once.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs instead of text." };

    public static Option<string> Data() => new("--data")
    {
        Description = "The folder that holds the journal and everything else that is kept.",
        HelpName = "folder",
        DefaultValueFactory = _ => "./data",
    };

    public static Option<string> Config() => new("--config", "-c")
    {
        Description = "The settings file.",
        HelpName = "file",
        DefaultValueFactory = _ => "candor.yaml",
    };

    public static Option<string> File() => new("--file", "-f")
    {
        Description = "The settings file.",
        HelpName = "file",
        DefaultValueFactory = _ => "candor.yaml",
    };

    public static Option<string> Listen() => new("--listen")
    {
        Description = "Where readers reach the page.",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    public static Option<string> AdminListen() => new("--admin-listen")
    {
        Description = "Where operators and metrics are; keep it away from the public.",
        HelpName = "url",
        DefaultValueFactory = _ => "http://127.0.0.1:8081",
    };
}
