using System.Buffers.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Access.Factors;
using Candor.Effects;

namespace Candor.Admin;

/// <summary><c>/account</c>: one's own ways in and sessions.</summary>
internal static class AccountEndpoints
{
    private const string Page = "/account";
    private const string PasswordPage = "/account/password";
    private const string ToEnrol = "totp";
    private const string Issuer = "Candor";
    private const int DeviceLengthMax = 60;

    public static void MapAccount(this IEndpointRouteBuilder routes, FrontDesk desk)
    {
        routes.MapGet(Page, Desk.For(desk, (context, reception, who) => ShowAsync(context, reception, who))).NeedsPerson(Act.OwnAccount);
        routes.MapPost("/account/passkeys/question", Desk.ForFresh(desk, Page, AskAsync)).NeedsPerson(Act.OwnAccount);
        routes.MapPost("/account/passkeys", Desk.ForFresh(desk, Page, AddPasskeyAsync)).NeedsPerson(Act.OwnAccount);
        routes.MapPost("/account/passkeys/remove", Desk.ForFresh(desk, Page, RemovePasskeyAsync)).NeedsPerson(Act.OwnAccount);
        routes.MapGet(PasswordPage, Desk.ForFresh(desk, PasswordPage, OfferPasswordAsync)).NeedsPerson(Act.OwnAccount);
        routes.MapPost(PasswordPage, Desk.ForFresh(desk, PasswordPage, SetPasswordAsync)).NeedsPerson(Act.OwnAccount);
        routes.MapPost("/account/sessions/end", Desk.For(desk, EndSessionAsync)).NeedsPerson(Act.OwnAccount);
    }

    private static Task ShowAsync(HttpContext context, Reception reception, PersonPrincipal who, string? fault = null)
    {
        var roster = reception.Register.Roster;
        return AdminPages.ShowAsync(
            context,
            AccountViews.Account(
                roster.People[who.Id],
                [.. roster.Sessions.Values.Where(session => session.Person == who.Id).OrderByDescending(static session => session.SeenAt)],
                who.Credential,
                fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task AskAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        var question = await reception.Passkeys.OfferAsync(reception.Register.Roster.People[who.Id], context);
        await Desk.AnswerAsync(context, JsonSerializer.Serialize(question, AdminJson.Default.PasskeyQuestion));
    }

    private static async Task AddPasskeyAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "challenge", "answer", "name") is not { } form)
        {
            return;
        }

        var name = new string([.. form["name"].Where(static c => !char.IsControl(c)).Take(DeviceLengthMax)]);
        OpenRequests.MayFinish(context);
        var key = await reception.Passkeys.AcceptAsync(who.Id, form["challenge"], form["answer"], name.Length > 0 ? name : "A device", context);
        var refusal = key is null
            ? new("passkey.answer", "The answer does not belong to the question. Try again.")
            : await reception.Register.CommitAsync(
                roster => People.AddPasskey(roster, who.Id, key, reception.Time.GetUtcNow()), context.RequestAborted);
        if (refusal is not null)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, refusal);
            return;
        }

        await reception.BeginAsync(context, who.Id);
        await reception.RecordAsync(context, who.Actor, "passkey.added", who.Actor);
        await Desk.AnswerAsync(context, JsonSerializer.Serialize(new Onward(Page), AdminJson.Default.Onward));
    }

    private static async Task RemovePasskeyAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "id") is not { } form)
        {
            return;
        }

        OpenRequests.MayFinish(context);
        if (await reception.Register.CommitAsync(
            roster => People.RemovePasskey(roster, who.Id, form["id"], reception.Time.GetUtcNow()), context.RequestAborted) is { } refusal)
        {
            await ShowAsync(context, reception, who, refusal.Sentence);
            return;
        }

        await reception.BeginAsync(context, who.Id);
        await reception.RecordAsync(context, who.Actor, "passkey.removed", who.Actor);
        AdminPages.GoTo(context, Page);
    }

    private static Task OfferPasswordAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        var secret = new byte[TotpCode.SecretBytes];
        reception.Randomness.Fill(secret);
        return OfferPasswordAsync(context, reception, who, secret, fault: null);
    }

    private static Task OfferPasswordAsync(HttpContext context, Reception reception, PersonPrincipal who, byte[] secret, string? fault)
    {
        var enrolment = reception.Challenges.Keep(ToEnrol, who.Id, Base64Url.EncodeToString(secret));
        var email = reception.Register.Roster.People[who.Id].Email;
        return AdminPages.ShowAsync(
            context,
            AccountViews.Password(Base32.Grouped(Base32.Write(secret)), TotpCode.Address(secret, email, Issuer), enrolment, fault),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task SetPasswordAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "enrolment", "password", "code") is not { } form)
        {
            return;
        }

        if (reception.Challenges.Take(form["enrolment"], ToEnrol, who.Id) is not { } kept)
        {
            AdminPages.GoTo(context, PasswordPage);
            return;
        }

        var (secret, now) = (Base64Url.DecodeFromChars(kept), reception.Time.GetUtcNow());
        if (form["password"].Length is < Passwords.LengthMin or > Passwords.LengthMax)
        {
            await OfferPasswordAsync(context, reception, who, secret, $"Write a password of {Passwords.LengthMin} to {Passwords.LengthMax} characters.");
            return;
        }

        if (TotpCode.Match(secret, Base32.Plain(form["code"]), now, lastStep: 0) is not { } step)
        {
            await OfferPasswordAsync(context, reception, who, secret, "This is not the code that the app shows now. Is the phone's clock right?");
            return;
        }

        if (await reception.Passwords.MakeAsync(form["password"], context.RequestAborted) is not { } hash)
        {
            await OfferPasswordAsync(context, reception, who, secret, "Too much is going on. Try again in a moment.");
            return;
        }

        var (shown, codes) = RecoveryCodes.Make(reception.Randomness);
        var totp = new Totp(reception.Box.Seal("totp", who.Id.Value, version: 1, secret), step);
        OpenRequests.MayFinish(context);
        await reception.Register.CommitAsync(roster => People.SetPassword(roster, who.Id, hash, totp, codes, now), context.RequestAborted);
        await reception.BeginAsync(context, who.Id);
        await reception.RecordAsync(context, who.Actor, "password.changed", who.Actor);
        await AdminPages.ShowAsync(context, AccountViews.Codes(shown));
    }

    private static async Task EndSessionAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        if (await SentForm.ReadAsync(context, "id") is not { } form)
        {
            return;
        }

        // Somebody else's session is as unknown here as one that never was.
        OpenRequests.MayFinish(context);
        await reception.Register.NoteAsync(
            roster => roster.Sessions.TryGetValue(form["id"], out var session) && session.Person == who.Id ? Sessions.End(roster, session.Hash) : [],
            context.RequestAborted);
        AdminPages.GoTo(context, Page);
    }
}
