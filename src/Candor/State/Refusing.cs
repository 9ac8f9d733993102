using System.Text.Json;
using Candor.Journal;

namespace Candor.State;

/// <summary>Reasons for a "no" that several decisions share; null where there is none. Each names the remedy.</summary>
internal static class Refusing
{
    /// <summary>How far ahead anything may be promised or set by hand.</summary>
    public static readonly TimeSpan AheadMost = TimeSpan.FromDays(31);

    public const int ReasonLimit = 500;
    private const int MetadataLimit = 16_000;

    public static Refusal? Unnamed(Actor by) => Actor.IsWellFormed(by)
        ? null
        : new("no_actor", "Nobody is named as the one who does this; give an actor such as person:7f3k or token:9d2m.", "by");

    public static Refusal? Text(string field, string text, int limit) => text.Trim() switch
    {
        "" => new("empty", $"The {field} says nothing; write what readers should know.", field),
        { Length: var length } when length > limit =>
            new("too_long", $"The {field} has {length} characters; at most {limit} are shown, so shorten it.", field),
        { } trimmed when Unshown.FirstIn(trimmed, isLine: field is "title" or "name") is { } unshown =>
            new("unshown", $"The {field} holds a character that is not shown and changes what is (U+{(int)unshown:X4}){Place(trimmed, unshown)}; take it out, or write that part anew.", field),
        _ => null,
    };

    /// <summary>Where to look for what cannot be seen: what stands before it.</summary>
    private static string Place(string text, char unshown) =>
        Unshown.Without(text[..text.IndexOf(unshown, StringComparison.Ordinal)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [.., var last]
            ? $" right behind “{(last.Length > 20 ? "…" + last[^20..] : last)}”" : " at its very beginning";

    /// <param name="past">What is told of the past may name what this page never had.</param>
    public static Refusal? Unknown(World world, IEnumerable<Affected> named, bool past = false)
    {
        foreach (var (id, _, region) in named)
        {
            if (past && region is null && world.HistoricNames.ContainsKey(id))
            {
                continue;
            }

            if (!world.Components.TryGetValue(id, out var component))
            {
                return NoSuchComponent(id.Value);
            }

            var regions = component.Definition.Regions;
            if (region is not null && !regions.Contains(region))
            {
                var remedy = regions.IsEmpty ? "leave the region out" : $"write one of {string.Join(", ", regions)}";
                return new("no_such_region", $"{component.Definition.Name} has no region “{region}”; {remedy}.", "components");
            }
        }

        return null;
    }

    public static Refusal NoSuchComponent(string id) =>
        new("no_such_component", $"There is no component {id}; list the components to see their ids.", "components");

    public static Refusal? UnknownAudience(World world, IEnumerable<string> named)
    {
        foreach (var name in named.Where(name => !world.Page.Audiences.Contains(name)))
        {
            var remedy = world.Page.Audiences.IsEmpty ? "describe it in candor.yaml first" : $"write one of {string.Join(", ", world.Page.Audiences)}";
            return new("no_such_audience", $"There is no audience “{name}”; {remedy}.", "only_for");
        }

        return null;
    }

    public static Refusal? After(DateTimeOffset now, DateTimeOffset at, string code, string sentence, string field) =>
        at > now ? new(code, sentence, field) : null;

    /// <summary>A moment to come that is neither over nor absurdly far.</summary>
    public static Refusal? NotAhead(DateTimeOffset now, DateTimeOffset? at, string field) => at switch
    {
        null => null,
        { } moment when moment <= now =>
            new("in_past", $"The {field} is over already; give a moment to come.", field),
        { } moment when moment - now > AheadMost =>
            new("too_far", $"The {field} is more than {AheadMost.Days} days away; give an earlier one.", field),
        _ => null,
    };

    /// <summary>Metadata is an object of objects, as Statuspage has it; small, and only kept.</summary>
    public static Refusal? Metadata(string? json)
    {
        const string Form = "write an object of objects, such as {\"jira\":{\"issue_id\":\"OPS-1\"}}";
        if (json is null)
        {
            return null;
        }

        if (json.Length > MetadataLimit)
        {
            return new("too_long", $"The metadata has {json.Length} characters; at most {MetadataLimit} are kept, so shorten it.", "metadata");
        }

        try
        {
            using var read = JsonDocument.Parse(json, new() { MaxDepth = 16 });
            var isNested = read.RootElement.ValueKind == JsonValueKind.Object
                && read.RootElement.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object);
            return isNested ? null : new("bad_metadata", $"The metadata is no object of objects; {Form}.", "metadata");
        }
        catch (JsonException)
        {
            return new("bad_metadata", $"The metadata is no JSON; {Form}.", "metadata");
        }
    }
}
