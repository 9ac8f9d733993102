using System.Collections.Frozen;
using System.Text.Json;
using Candor.Journal;

namespace Candor.Intake.Statuspage;

/// <summary>What stands under the one top key of a body, as it was sent. A body without a wish is an empty object.</summary>
internal sealed record SentBody(JsonElement Members)
{
    public static readonly SentBody Empty = new(JsonElement.Parse("{}"));

    /// <summary>Takes the wrapper off. A member that is none of Statuspage's is a slip, or an attempt, and is refused.</summary>
    public static (SentBody? Body, Refusal? Fault) Unwrap(JsonElement root, V1Wrapper wrapper)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, new("body.unreadable", $"The body is no object; send {{\"{wrapper.Key}\":{{…}}}}."));
        }

        foreach (var member in root.EnumerateObject())
        {
            if (member.Name != wrapper.Key && !wrapper.Beside.Contains(member.Name))
            {
                return (null, Foreign(member.Name));
            }
        }

        if (!root.TryGetProperty(wrapper.Key, out var inner))
        {
            return wrapper.MayBeMissing
                ? (new(root), null)
                : (null, new(
                    "body.wrapper",
                    $"param is missing or the value is empty: {wrapper.Key}. Send {{\"{wrapper.Key}\":{{…}}}}, or {wrapper.Key}[…]=… as a form.",
                    wrapper.Key));
        }

        if (inner.ValueKind != JsonValueKind.Object)
        {
            return (null, new("body.wrapper", $"“{wrapper.Key}” is no object; send {{\"{wrapper.Key}\":{{…}}}}.", wrapper.Key));
        }

        foreach (var member in inner.EnumerateObject())
        {
            if (!wrapper.TakesAny && !wrapper.Members.Contains(member.Name))
            {
                return (null, Foreign($"{wrapper.Key}/{member.Name}"));
            }
        }

        return (new(inner), null);
    }

    private static Refusal Foreign(string place) => new(
        "body.unknown_member",
        $"“{(place.Length > 80 ? place[..80] + "…" : place)}” is no member that can be sent here; docs/statuspage-api.md lists them.",
        place);
}

/// <summary>The one top key of a kind of body.</summary>
/// <param name="Members">What may stand under it: what is read, and what Statuspage answers with, which tools send back.</param>
internal sealed record V1Wrapper(string Key, FrozenSet<string> Members)
{
    /// <summary>What may stand beside it.</summary>
    public FrozenSet<string> Beside { get; init; } = [];

    /// <summary>The members are names of something, and whoever reads them knows which there are.</summary>
    public bool TakesAny { get; init; }

    /// <summary>Requests that need to say nothing may come without it.</summary>
    public bool MayBeMissing { get; init; }
}
