using System.Text.Json;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Journal;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Lets readers in and takes them out: one act of the roster for each audience, each in the audit. Letting in makes a link,
/// with which they choose a password; no password goes through this API.
/// </summary>
internal static class ReaderChanges
{
    public static async Task LetInAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Reader) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var email = People.Email(sent.Text("email") ?? "");
        var (audiences, fault) = AudiencesOf(sent, routes);
        if ((sent.Fault ?? Foreign(sent) ?? (email is null ? new("no_address", "Write an e-mail address such as ada@example.com.", "email") : fault)) is { } no)
        {
            await V1Routes.RefuseAsync(context, no);
            return;
        }

        await ApplyAsync(context, routes, email!, audiences!, [], StatusCodes.Status201Created);
    }

    public static async Task ChangeAsync(HttpContext context, V1Routes routes, V1Reader reader)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Reader) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var now = routes.Readers.AudiencesOf(reader);
        var (wanted, fault) = sent.Has("page_access_group_ids") || (sent.Has("page_access_group_id") && sent.Text("page_access_group_id") != reader.PageAccessGroupId)
            ? AudiencesOf(sent, routes)
            : (now, null);
        var shown = JsonSerializer.SerializeToElement(reader, V1Json.Default.V1Reader);
        if ((sent.Fault ?? Foreign(sent) ?? Moved(sent, reader.Email) ?? Seen(request.Body, shown) ?? fault) is { } no)
        {
            await V1Routes.RefuseAsync(context, no);
            return;
        }

        await ApplyAsync(context, routes, reader.Email, [.. wanted!.Except(now)], [.. now.Except(wanted!)], StatusCodes.Status200OK);
    }

    /// <summary>Members of a group are named by their ids; everything else of it is the settings file's.</summary>
    public static async Task ChangeAsync(HttpContext context, V1Routes routes, V1ReaderGroup group)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.ReaderGroup) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var wanted = sent.Has("page_access_user_ids") ? sent.List("page_access_user_ids") : group.PageAccessUserIds;
        var readers = routes.Readers.Readers.ToDictionary(static one => one.Id);
        var unknown = wanted.FirstOrDefault(id => !readers.ContainsKey(id));
        var shown = JsonSerializer.SerializeToElement(group with { PageAccessUserIds = wanted }, V1Json.Default.V1ReaderGroup);
        if ((sent.Fault ?? Seen(request.Body, shown)
            ?? (unknown is null ? null : new Refusal("not_found", $"There is no page access user {unknown}; GET …/page_access_users lists them.", "page_access_user_ids"))) is { } no)
        {
            await V1Routes.RefuseAsync(context, no);
            return;
        }

        var invitations = new List<V1Invitation>();
        foreach (var id in wanted.Except(group.PageAccessUserIds).Concat(group.PageAccessUserIds.Except(wanted)))
        {
            var isNew = wanted.Contains(id);
            if (await MoveAsync(context, routes, readers[id].Email, isNew ? [group.Name] : [], isNew ? [] : [group.Name], invitations) is { } refusal)
            {
                await V1Routes.RefuseAsync(context, refusal);
                return;
            }
        }

        await V1Routes.WriteAsync(context, StatusCodes.Status200OK, routes.Readers.Group(group.Id) ?? group, V1Json.Default.V1ReaderGroup);
    }

    public static async Task TakeOutAsync(HttpContext context, V1Routes routes, V1Reader reader)
    {
        if (await MoveAsync(context, routes, reader.Email, [], routes.Readers.AudiencesOf(reader), []) is { } refusal)
        {
            await V1Routes.RefuseAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task ApplyAsync(
        HttpContext context, V1Routes routes, string email, IReadOnlyCollection<string> into, IReadOnlyCollection<string> outOf, int status)
    {
        var invitations = new List<V1Invitation>();
        await (await MoveAsync(context, routes, email, into, outOf, invitations) is { } refusal
            ? V1Routes.RefuseAsync(context, refusal)
            : V1Routes.WriteAsync(
                context, status, routes.Readers.ReaderOf(email, invitations.Count == 0 ? null : invitations), V1Json.Default.V1Reader));
    }

    private static async Task<Refusal?> MoveAsync(
        HttpContext context, V1Routes routes, string email, IReadOnlyCollection<string> into, IReadOnlyCollection<string> outOf, List<V1Invitation> invitations)
    {
        if (routes.Reception is not { } reception)
        {
            return Gate.NoPeople;
        }

        var (who, now) = (context.Features.GetRequiredFeature<Principal>().Actor, routes.Now);
        foreach (var audience in outOf)
        {
            if (await reception.Register.CommitAsync(roster => Access.Reading.Readers.Remove(roster, audience, email), context.RequestAborted) is { } refusal)
            {
                return refusal;
            }

            await reception.RecordAsync(context, who, "reader.removed", $"audience:{audience}");
        }

        foreach (var audience in into)
        {
            var secret = Hashes.NewSecret(reception.Randomness);
            var link = new ReaderLink(Hashes.Of(secret), audience, now + ReaderLink.Lasts) { Email = email };
            if (await reception.Register.CommitAsync(roster => Access.Reading.Readers.Invite(roster, link, now), context.RequestAborted) is { } refusal)
            {
                return refusal;
            }

            await reception.RecordAsync(context, who, "reader.invited", $"audience:{audience}");
            invitations.Add(new(ReaderShapes.IdOfGroup(audience), $"{routes.Desk.World.Page.Url?.TrimEnd('/')}/enter/{secret}", link.ExpiresAt));
        }

        return null;
    }

    /// <summary>The groups that are named; where none is and only one has members, that one.</summary>
    private static (IReadOnlyCollection<string>? Audiences, Refusal? Fault) AudiencesOf(SentFields sent, V1Routes routes)
    {
        var shapes = routes.Readers;
        var ids = sent.Text("page_access_group_id") is { } single && !sent.Has("page_access_group_ids") ? [single] : sent.List("page_access_group_ids");
        var open = routes.Doors.All.Where(static door => door.Members).Select(static door => door.Audience).ToList();
        if (ids.Count == 0 && !sent.Has("page_access_group_ids"))
        {
            return open is [var only] ? ([only], null) : (null, open.Count == 0
                ? new("no_audiences", "No audience has members; add one with “members: true” under “audiences” in candor.yaml.", "page_access_group_ids")
                : new("empty", "Name the groups; GET …/page_access_groups lists them.", "page_access_group_ids"));
        }

        var audiences = new List<string>();
        foreach (var id in ids)
        {
            if (shapes.Door(id) is not { Members: true } door)
            {
                return (null, new("not_found", $"There is no page access group {id} that has members; GET …/page_access_groups lists them.", "page_access_group_ids"));
            }

            audiences.Add(door.Audience);
        }

        return ([.. audiences.Distinct()], null);
    }

    private static Refusal? Foreign(SentFields sent) =>
        sent.Text("external_login") is not null
            ? new("no_external_login", "Readers come in with a password of their own or by a link; leave external_login out.", "external_login")
            : sent.Flag("subscribe_to_components") is true
                ? new("not_told", "What is for some readers only is told to nobody by notices; leave subscribe_to_components out.", "subscribe_to_components")
                : null;

    private static Refusal? Moved(SentFields sent, string email) =>
        sent.Text("email") is { } told && People.Email(told) != email
            ? new("address_fixed", "A reader keeps their address; let the new one in and take this one out.", "email")
            : null;

    private static Refusal? Seen(SentBody sent, JsonElement shown)
    {
        foreach (var member in (ReadOnlySpan<string>)["name", "external_identifier", "component_ids", "metric_ids"])
        {
            if (sent.Members.TryGetProperty(member, out var said) && shown.TryGetProperty(member, out var now) && !IsSame(said, now))
            {
                return ComponentChanges.Settings($"The {member} of an audience is declared") with { Field = member };
            }
        }

        return null;
    }

    private static bool IsSame(JsonElement sent, JsonElement now) =>
        JsonElement.DeepEquals(sent, now) || (sent.ValueKind == JsonValueKind.String && now.ValueKind == JsonValueKind.Array && sent.GetString() is "" && now.GetArrayLength() == 0);
}
