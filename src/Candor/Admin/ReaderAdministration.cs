using Candor.Access;
using Candor.Access.Reading;

namespace Candor.Admin;

/// <summary><c>/readers</c>: who reads what is not for everybody, for owners.</summary>
internal static class ReaderAdministration
{
    private const string Page = "/readers";

    public static void MapReaderAdministration(this IEndpointRouteBuilder routes, FrontDesk desk)
    {
        routes.MapGet(Page, Desk.For(desk, (context, reception, _) => ShowAsync(context, reception, desk.Readers))).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/readers/invite", Desk.ForFresh(desk, Page, (context, reception, who) => InviteAsync(context, reception, desk.Readers, who))).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/readers/remove", Desk.ForFresh(desk, Page, (context, reception, who) => RemoveAsync(context, reception, desk.Readers, who))).NeedsPerson(Act.ManagePeople);
        routes.MapPost("/readers/end", Desk.ForFresh(desk, Page, (context, reception, who) => EndAsync(context, reception, desk.Readers, who))).NeedsPerson(Act.ManagePeople);
    }

    private static Task ShowAsync(HttpContext context, Reception reception, ReaderDesk readers, string? fault = null, string? link = null) =>
        AdminPages.ShowAsync(
            context, ReaderAdministrationViews.Readers(reception.Register.Roster, readers.Doors, fault, link),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task InviteAsync(HttpContext context, Reception reception, ReaderDesk readers, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "audience", "email") is not { } form)
        {
            return;
        }

        var (secret, now) = (Hashes.NewSecret(reception.Randomness), reception.Time.GetUtcNow());
        var email = form["email"].Trim().Length == 0 ? null : People.Email(form["email"]) ?? "";
        if (readers.Doors.Find(form["audience"]) is not { } door || !(email is null ? door.Links : door.Members))
        {
            await ShowAsync(context, reception, readers, "This audience has no such way in; add “links: true” or “members: true” to it in candor.yaml.");
            return;
        }

        var link = new ReaderLink(Hashes.Of(secret), door.Audience, now + ReaderLink.Lasts) { Email = email };
        if (await reception.Register.CommitAsync(roster => Readers.Invite(roster, link, now), context.RequestAborted) is { } refusal)
        {
            await ShowAsync(context, reception, readers, refusal.Sentence);
            return;
        }

        await reception.RecordAsync(context, who.Actor, "reader.invited", $"audience:{door.Audience}");
        await ShowAsync(context, reception, readers, link: $"/enter/{secret}");
    }

    private static async Task RemoveAsync(HttpContext context, Reception reception, ReaderDesk readers, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "audience", "email") is { } form)
        {
            var refusal = await reception.Register.CommitAsync(roster => Readers.Remove(roster, form["audience"], form["email"]), context.RequestAborted);
            await DoneAsync(context, reception, readers, who, "reader.removed", form["audience"], refusal?.Sentence);
        }
    }

    private static async Task EndAsync(HttpContext context, Reception reception, ReaderDesk readers, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "audience") is { } form)
        {
            var refusal = await reception.Register.CommitAsync(roster => Readers.EndAll(roster, form["audience"]), context.RequestAborted);
            await DoneAsync(context, reception, readers, who, "readers.ended", form["audience"], refusal?.Sentence);
        }
    }

    private static async Task DoneAsync(
        HttpContext context, Reception reception, ReaderDesk readers, PersonPrincipal who, string act, string audience, string? fault)
    {
        if (fault is not null)
        {
            await ShowAsync(context, reception, readers, fault);
            return;
        }

        await reception.RecordAsync(context, who.Actor, act, $"audience:{audience}");
        AdminPages.GoTo(context, Page);
    }
}
