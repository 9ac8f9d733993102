using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Reads single members as Statuspage's clients write them, from JSON or a form. Null and the empty text say nothing. What
/// is wrong with the first that cannot be read stands in <see cref="Fault"/>.
/// </summary>
internal sealed class SentFields(SentBody sent, World world, DateTimeOffset at)
{
    private const int ListedMax = 500;
    private readonly PostReading words = new(world, at);
    private Refusal? fault;

    public Refusal? Fault => fault ?? words.Fault;

    /// <summary>Whether the member was sent, also as null.</summary>
    public bool Has(string field) => sent.Members.TryGetProperty(field, out _);

    public string? Text(string field)
    {
        switch (Find(field))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String } text:
                return text.GetString() is { Length: > 0 } said ? said : null;
            case { ValueKind: JsonValueKind.Number } number:
                return number.GetRawText();
            default:
                Wrong("bad_type", $"The {field} is no text; write it in quotes.", field);
                return null;
        }
    }

    public bool? Flag(string field) => Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Spelt(field),
    };

    /// <summary>A number, which a form sends as a text.</summary>
    public double? Number(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Wrong("bad_type", $"The {field} is no number.", field);
        return null;
    }

    public DateTimeOffset? Moment(string field) => words.Moment(Text(field), field);

    /// <summary>A day, or a moment of one.</summary>
    public DateTimeOffset? Day(string field, TimeZoneInfo zone) =>
        DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Uptime.StartOf(day, zone)
            : Moment(field);

    public T? Word<T>(string field, ImmutableArray<(string Spelt, T Means)> known)
        where T : struct => words.Word(Text(field), field, known);

    public Impact? Impact(string field) => words.Impact(Text(field));

    /// <summary>Components with their statuses; of those that are only listed, the status they have.</summary>
    public ImmutableArray<Affected> Affected()
    {
        var said = words.Affected([.. Statuses("components").Select(static one => new ComponentBody(one.Key, one.Value))]);
        var listed = words.Components(List("component_ids")).Except(said.Select(static one => one.Component));
        return [.. said, .. listed.Select(id => new Affected(id, world.Components[id].State.Status))];
    }

    /// <summary>The same without statuses; null where neither member was sent.</summary>
    public ImmutableArray<ComponentId>? Components() => Has("components") || Has("component_ids")
        ? [.. words.Components([.. Named("components"), .. List("component_ids")])]
        : null;

    public ComponentStatus? Status(string field) => words.ComponentStatus(Text(field), field);

    public IReadOnlyList<string> List(string field)
    {
        if (Find(field) is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > ListedMax
            || list.EnumerateArray().Any(static one => one.ValueKind != JsonValueKind.String))
        {
            return list.ValueKind == JsonValueKind.String && list.GetString() is "" ? [] : Nothing(field, $"The {field} is no list of at most {ListedMax} texts.");
        }

        // A form sends an empty text for an empty list.
        return [.. list.EnumerateArray().Select(static one => one.GetString()!).Where(static one => one.Length > 0)];
    }

    /// <summary>An object of objects as canonical JSON; null where there is nothing in it.</summary>
    public string? Metadata() => Find("metadata") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } empty when !empty.EnumerateObject().Any() => null,
        { ValueKind: JsonValueKind.String } text when text.GetString() is "" => null,
        { } said => said.GetRawText(),
    };

    private IEnumerable<(string Key, string Value)> Statuses(string field)
    {
        if (Find(field) is not { } map)
        {
            return [];
        }

        if (IsWhole(map))
        {
            return [];
        }

        if (map.ValueKind != JsonValueKind.Object || map.EnumerateObject().Any(static one => one.Value.ValueKind != JsonValueKind.String))
        {
            Nothing(field, $"The {field} are no object of ids with statuses, such as {{\"k3x…\":\"major_outage\"}}.");
            return [];
        }

        return map.EnumerateObject().Select(static one => (one.Name, one.Value.GetString()!));
    }

    /// <summary>An object of ids with statuses, a list of whole components, or, as subscribers have them, of their ids.</summary>
    private IEnumerable<string> Named(string field) =>
        Find(field) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(static one => one.ValueKind == JsonValueKind.String)
            ? List(field)
            : [.. Statuses(field).Select(static one => one.Key), .. Whole(field)];

    /// <summary>What Statuspage answers with is a list of whole components; sent back, it names them and says nothing new.</summary>
    private IEnumerable<string> Whole(string field) => Find(field) is { } list && IsWhole(list)
        ? list.EnumerateArray().Select(static one => one.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()! : "")
        : [];

    private static bool IsWhole(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.Object);

    private bool? Spelt(string field)
    {
        switch (Text(field)?.ToLowerInvariant())
        {
            case "true" or "t" or "1" or "yes" or "on":
                return true;
            case "false" or "f" or "0" or "no" or "off":
                return false;
            case null:
                return null;
            default:
                Wrong("bad_type", $"The {field} is neither true nor false.", field);
                return null;
        }
    }

    private JsonElement? Find(string field) =>
        sent.Members.TryGetProperty(field, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private IReadOnlyList<string> Nothing(string field, string sentence)
    {
        Wrong("bad_type", sentence, field);
        return [];
    }

    private void Wrong(string code, string sentence, string field) => fault ??= new(code, sentence, field);
}
