using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// What Statuspage's writes of components do: a status is a person's word; everything else is the settings file's, so what
/// says the same is taken and what says otherwise is refused with the place to change it. Pure.
/// </summary>
internal static class ComponentChanges
{
    public static Decision<Event> Change(World world, DateTimeOffset at, Principal who, string id, SentBody body)
    {
        if (new V1Shapes(world).Component(id) is not { } shown)
        {
            return Missing(id);
        }

        var sent = new SentFields(body, world, at);
        var status = sent.Status("status");
        var no = sent.Fault
            ?? Declared(body, JsonSerializer.SerializeToElement(shown, V1Json.Default.V1Component), $"component “{shown.Name}”")
            ?? Permissions.Against(who, Act.SetStatus, [new(id)], world);
        return no is not null ? no
            : status is { } said ? ComponentDecisions.SetStatus(world, at, new(who.Actor), new(id), said)
            : Array.Empty<Event>();
    }

    public static Refusal Missing(string id) => new("not_found", $"There is no component {id}; GET …/components lists them.", "id");

    /// <summary>Adding and removing is the file's.</summary>
    public static Refusal Settings(string what) => new(
        "declared_in_settings",
        $"{what} in candor.yaml, the file that says what this page consists of, and not here: change it there and it is read at once. "
        + "`candor apply --dry-run` shows what would change.");

    /// <summary>Null where everything that was sent, except a status, is what there is already.</summary>
    public static Refusal? Declared(SentBody body, JsonElement shown, string what)
    {
        foreach (var member in body.Members.EnumerateObject())
        {
            if (member.Name is not ("status" or "candor" or "updated_at" or "created_at")
                && shown.TryGetProperty(member.Name, out var now) && !IsSame(member.Value, now))
            {
                return Settings($"The {member.Name} of {what} is declared") with { Field = member.Name };
            }
        }

        return null;
    }

    /// <summary>A form sends texts for everything, and nothing for null.</summary>
    private static bool IsSame(JsonElement sent, JsonElement now) =>
        JsonElement.DeepEquals(sent, now)
        || (sent.ValueKind == JsonValueKind.String && sent.GetString() is var text
            && (text == (now.ValueKind == JsonValueKind.String ? now.GetString() : now.GetRawText()) || (text is "" && now.ValueKind == JsonValueKind.Null)));
}
