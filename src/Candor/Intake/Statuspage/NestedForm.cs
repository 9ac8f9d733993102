using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Journal;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Forms as Rails nests them: <c>incident[components][k3x]=operational&amp;incident[component_ids][]=k3x</c>. Becomes the
/// same tree that a JSON body would have been, with every value a text.
/// </summary>
internal static class NestedForm
{
    private const int PairsMax = 2_000;
    private const int DepthMax = 8;

    /// <summary>The tree, or why there is none.</summary>
    public static (JsonObject? Tree, Refusal? Fault) Read(string body)
    {
        var root = new JsonObject();
        var pairs = body.Split('&', PairsMax + 1, StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length > PairsMax)
        {
            return (null, Unreadable($"The form has more than {PairsMax} fields; send less at once."));
        }

        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Plain(equals < 0 ? pair : pair[..equals]);
            if (KeysOf(name) is not { } keys || !Put(root, keys, equals < 0 ? "" : Plain(pair[(equals + 1)..])))
            {
                return (null, Unreadable($"The field “{Short(name)}” cannot be read; write it once, as incident[name] or incident[component_ids][]."));
            }
        }

        return (root, null);
    }

    /// <summary><c>a[b][]</c> → a, b and an empty one. Null for brackets that do not match.</summary>
    private static List<string>? KeysOf(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var keys = new List<string> { open < 0 ? name : name[..open] };
        for (var at = open; at >= 0 && at < name.Length;)
        {
            var close = name.IndexOf(']', at);
            if (name[at] != '[' || close < 0 || keys.Count == DepthMax)
            {
                return null;
            }

            keys.Add(name[(at + 1)..close]);
            at = close + 1;
        }

        return keys[0].Length == 0 ? null : keys;
    }

    /// <summary>False where two fields contradict each other about what a name holds.</summary>
    private static bool Put(JsonObject root, List<string> keys, string value)
    {
        JsonNode here = root;
        for (var i = 0; i < keys.Count; i++)
        {
            var isLast = i == keys.Count - 1;
            JsonNode next = isLast ? JsonValue.Create(value) : keys[i + 1].Length == 0 ? new JsonArray() : new JsonObject();
            switch (here)
            {
                case JsonObject members when keys[i].Length > 0:
                    if (!members.TryGetPropertyValue(keys[i], out var found))
                    {
                        members.Add(keys[i], next);
                    }
                    else if (isLast || found?.GetValueKind() != next.GetValueKind())
                    {
                        return false;
                    }
                    else
                    {
                        next = found;
                    }

                    break;
                case JsonArray list when keys[i].Length == 0:
                    // The next object of a list begins where a member comes again.
                    if (!isLast && list is [.., JsonObject last] && !last.ContainsKey(keys[i + 1]))
                    {
                        next = last;
                    }
                    else
                    {
                        list.Add(next);
                    }

                    break;
                default:
                    return false;
            }

            here = next;
        }

        return true;
    }

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string Short(string name) => name.Length > 60 ? name[..60] + "…" : name;

    private static Refusal Unreadable(string sentence) => new("body.unreadable", sentence);
}
