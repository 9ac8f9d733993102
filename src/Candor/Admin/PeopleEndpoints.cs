using System.Globalization;
using Candor.Access;

namespace Candor.Admin;

/// <summary><c>/people</c> and <c>/tokens</c>: who belongs here, for owners.</summary>
internal static class PeopleEndpoints
{
    private const string PeoplePage = "/people";
    private const string TokensPage = "/tokens";

    public static void MapPeople(this IEndpointRouteBuilder routes, FrontDesk desk)
    {
        routes.MapGet(PeoplePage, Desk.For(desk, (context, reception, _) => ShowPeopleAsync(context, reception))).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/people/invite", Desk.ForFresh(desk, PeoplePage, InviteAsync)).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/people/role", Desk.ForFresh(desk, PeoplePage, ChangeRoleAsync)).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/people/remove", Desk.ForFresh(desk, PeoplePage, RemoveAsync)).NeedsPerson(Act.ManagePeople);
        routes.MapGet(TokensPage, Desk.For(desk, (context, reception, _) => ShowTokensAsync(context, reception))).NeedsPerson(Act.ManageTokens);
        routes.MapPost(TokensPage, Desk.ForFresh(desk, TokensPage, MakeTokenAsync)).NeedsPerson(Act.ManageTokens);
        routes.MapPost("/tokens/revoke", Desk.For(desk, RevokeAsync)).NeedsPerson(Act.ManageTokens);
    }

    private static Task ShowPeopleAsync(HttpContext context, Reception reception, string? fault = null, string? link = null) =>
        AdminPages.ShowAsync(
            context, PeopleViews.People(reception.Register.Roster, reception.Time.GetUtcNow(), fault, link), StatusOf(fault));

    private static Task ShowTokensAsync(HttpContext context, Reception reception, string? fault = null, string? made = null) =>
        AdminPages.ShowAsync(
            context, PeopleViews.Tokens(reception.Register.Roster, reception.Time.GetUtcNow(), fault, made), StatusOf(fault));

    private static async Task InviteAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "name", "email", "role") is not { } form)
        {
            return;
        }

        var (secret, now) = (Hashes.NewSecret(reception.Randomness), reception.Time.GetUtcNow());
        if (RoleOf(form["role"]) is not { } role)
        {
            await ShowPeopleAsync(context, reception, "Choose one of the four roles.");
            return;
        }

        var invitation = new Invitation(
            Hashes.Of(secret), form["name"].Trim(), People.Email(form["email"]) ?? "", role, who.Id, now + Invitation.Lasts);
        if (await reception.Register.CommitAsync(roster => People.Invite(roster, invitation, now), context.RequestAborted) is { } refusal)
        {
            await ShowPeopleAsync(context, reception, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, "person.invited", $"invitation:{invitation.Hash[..12]}");
        var scheme = SessionCookie.IsSecure(context.Request) ? "https" : "http";
        await ShowPeopleAsync(context, reception, link: $"{scheme}://{context.Request.Host}/invitation/{secret}");
    }

    private static async Task ChangeRoleAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "id", "role") is not { } form)
        {
            return;
        }

        var id = new PersonId(form["id"]);
        if (RoleOf(form["role"]) is not { } role)
        {
            await ShowPeopleAsync(context, reception, "Choose one of the four roles.");
            return;
        }

        var reach = role == Role.Owner ? Reach.Everything : reception.Register.Roster.People.GetValueOrDefault(id)?.Reach ?? Reach.Everything;
        await DoneAsync(
            context, reception, who, "person.role_changed", id,
            await reception.Register.CommitAsync(
                Finishing(context, roster => People.ChangeRole(roster, id, role, reach, reception.Time.GetUtcNow())), context.RequestAborted));
    }

    private static async Task RemoveAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "id") is not { } form)
        {
            return;
        }

        var id = new PersonId(form["id"]);
        await DoneAsync(
            context, reception, who, "person.removed", id,
            await reception.Register.CommitAsync(
                Finishing(context, roster => People.Remove(roster, id, reception.Time.GetUtcNow())), context.RequestAborted));
    }

    private static async Task DoneAsync(
        HttpContext context, Reception reception, PersonPrincipal who, string act, PersonId subject, Journal.Refusal? refusal)
    {
        if (refusal is not null)
        {
            await ShowPeopleAsync(context, reception, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, act, $"person:{subject}");
        AdminPages.GoTo(context, PeoplePage);
    }

    private static async Task MakeTokenAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "name", "scope", "days") is not { } form)
        {
            return;
        }

        if (!int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || ScopeOf(form["scope"]) is not { } scope)
        {
            await ShowTokensAsync(context, reception, "Choose what the token may do, and a number of days.");
            return;
        }

        var (text, decision) = Tokens.Make(
            form["name"], scope, TimeSpan.FromDays(Math.Min(days, 1000)), reception.Time.GetUtcNow(), reception.Randomness, by: who.Id);
        if (await reception.Register.CommitAsync(_ => decision, context.RequestAborted) is { } refusal)
        {
            await ShowTokensAsync(context, reception, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, "token.made", $"token:{text.Id}");
        await ShowTokensAsync(context, reception, made: text.Reveal());
    }

    private static async Task RevokeAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "id") is not { } form)
        {
            return;
        }

        var id = new TokenId(form["id"]);
        if (await reception.Register.CommitAsync(
            roster => Tokens.Revoke(roster, id, "by an owner", reception.Time.GetUtcNow()), context.RequestAborted) is { } refusal)
        {
            await ShowTokensAsync(context, reception, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, "token.revoked", $"token:{id}");
        AdminPages.GoTo(context, TokensPage);
    }

    /// <summary>Whoever changes their own role loses their own session, and still gets this answer.</summary>
    private static Func<Roster, Journal.Decision<RosterChange>> Finishing(HttpContext context, Func<Roster, Journal.Decision<RosterChange>> decide)
    {
        OpenRequests.MayFinish(context);
        return decide;
    }

    private static Role? RoleOf(string word) => word switch
    {
        "viewer" => Role.Viewer,
        "responder" => Role.Responder,
        "editor" => Role.Editor,
        "owner" => Role.Owner,
        _ => null,
    };

    private static TokenScope? ScopeOf(string word) => word switch
    {
        "read" => TokenScope.Read,
        "post" => TokenScope.Post,
        "admin" => TokenScope.Admin,
        _ => null,
    };

    private static int StatusOf(string? fault) => fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}
