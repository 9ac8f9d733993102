using Candor.Commands.Posts;

namespace Candor.Commands.Mcp;

/// <summary>How things are, for a model that only looks.</summary>
internal static class ReadTools
{
    private static readonly (string, string, string, bool) OnlyOpen = ("open", "boolean", "true: only those that go on.", false);

    public static IEnumerable<Tool> All(PostServer server) =>
    [
        new(
            "list_components", "Every component of the status page with its status now, and whether anybody can see it.",
            ToolSchemas.Of(), reads: true,
            async (_, cancellation) => Tool.TextOf(await server.GetAsync("/api/components", cancellation))),
        new(
            "list_incidents", "The newest 100 incidents with all that was said in them.",
            ToolSchemas.Of(OnlyOpen), reads: true,
            async (request, cancellation) => Tool.TextOf(await server.GetAsync("/api/incidents" + Open(Tool.IsSet(request, "open")), cancellation))),
        new(
            "show_incident", "One incident with its updates, affected components and what was promised.",
            ToolSchemas.Of(("id", "string", "The incident's id.", true)), reads: true,
            async (request, cancellation) => Tool.TextOf(await server.GetAsync(
                "/api/incidents/" + Tool.Id(request, "id"), cancellation))),
        new(
            "list_maintenances", "The latest 100 maintenances.",
            ToolSchemas.Of(OnlyOpen), reads: true,
            async (request, cancellation) => Tool.TextOf(await server.GetAsync("/api/maintenances" + Open(Tool.IsSet(request, "open")), cancellation))),
    ];

    public static CommandFault Missing(string argument) => new($"“{argument}” is missing.", $"Call the tool again with “{argument}”.");

    private static string Open(bool only) => only ? "?open=true" : "";
}
