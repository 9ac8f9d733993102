using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Candor.Commands.Mcp;

/// <summary>What a tool does with its arguments: the text for the model.</summary>
internal delegate Task<string> ToolAct(RequestContext<CallToolRequestParams> request, CancellationToken cancellation);

/// <summary>One tool. What the server refuses becomes a sentence that the model can act on, not an end of the conversation.</summary>
internal sealed class Tool(string name, string description, JsonElement schema, bool reads, ToolAct act) : McpServerTool
{
    private const int IdLengthMax = 40;

    public override ModelContextProtocol.Protocol.Tool ProtocolTool { get; } = new()
    {
        Name = name,
        Description = description,
        InputSchema = schema,
        Annotations = new() { ReadOnlyHint = reads, DestructiveHint = false, IdempotentHint = reads, OpenWorldHint = false },
    };

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            return Said(await act(request, cancellationToken), isError: false);
        }
        catch (CommandFault fault)
        {
            return Said($"{fault.Message} {fault.Next}", isError: true);
        }
    }

    /// <summary>An argument as text, or null.</summary>
    public static string? Argument(RequestContext<CallToolRequestParams> request, string name) =>
        request.Params?.Arguments?.TryGetValue(name, out var value) is true && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>An id, which becomes a part of an address: nothing that leads elsewhere passes for one.</summary>
    public static string Id(RequestContext<CallToolRequestParams> request, string name) => Argument(request, name) switch
    {
        null => throw ReadTools.Missing(name),
        { Length: > 0 and <= IdLengthMax } id when id.All(char.IsAsciiLetterOrDigit) => id,
        _ => throw new CommandFault($"“{name}” is no id.", "Ids are letters and digits; list_incidents names them."),
    };

    public static bool IsSet(RequestContext<CallToolRequestParams> request, string name) =>
        request.Params?.Arguments?.TryGetValue(name, out var value) is true && value.ValueKind == JsonValueKind.True;

    public static string TextOf(byte[] answer) => Encoding.UTF8.GetString(answer);

    private static CallToolResult Said(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
