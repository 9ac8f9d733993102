using System.Text.Json;
using Candor.Access;
using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Journal;

namespace Candor.Admin;

/// <summary><c>/set-up</c>, <c>/sign-in</c>, <c>/invitation</c>, <c>/sign-out</c>: the ways in, and the way out.</summary>
internal static class SignInEndpoints
{
    private const string Open = "nobody is signed in yet where people sign in";
    private const long BodyBytesMax = 64 * 1024;

    private static readonly BrakeRule OfSetUp = new(20, TimeSpan.FromMinutes(1));
    private static readonly BrakeRule OfQuestions = new(30, TimeSpan.FromSeconds(2));

    public static void MapSignIn(this IEndpointRouteBuilder routes, FrontDesk desk)
    {
        routes.MapGet("/set-up", Desk.At(desk, ShowSetUpAsync)).OpenToAll(Open);
        routes.MapPost("/set-up", Desk.At(desk, SetUpAsync)).OpenToOwnPages(Open).BodyAtMost(BodyBytesMax);
        routes.MapGet("/sign-in", Desk.At(desk, ShowSignInAsync)).OpenToAll(Open);
        routes.MapPost("/sign-in", Desk.At(desk, SignInAsync)).OpenToOwnPages(Open).BodyAtMost(BodyBytesMax);
        routes.MapPost("/sign-in/passkey/question", Desk.At(desk, AskAsync)).OpenToOwnPages(Open).BodyAtMost(BodyBytesMax);
        routes.MapPost("/sign-in/passkey", Desk.At(desk, CheckAsync)).OpenToOwnPages(Open).BodyAtMost(BodyBytesMax);
        routes.MapGet("/invitation/{secret}", Desk.At(desk, ShowInvitationAsync)).OpenToAll("the secret in the link is the invitation; showing it uses nothing up");
        routes.MapPost("/invitation", Desk.At(desk, AcceptAsync)).OpenToOwnPages("the secret in the form is the invitation").BodyAtMost(BodyBytesMax);
        routes.MapPost("/sign-out", Desk.For(desk, SignOutAsync)).NeedsPerson(Act.OwnAccount).BodyAtMost(BodyBytesMax);
    }

    private static Task ShowSetUpAsync(HttpContext context, Reception reception)
    {
        if (reception.SetUp.IsOpen)
        {
            return AdminPages.ShowAsync(context, SignInViews.SetUp(null, "", ""));
        }

        AdminPages.GoTo(context, "/sign-in");
        return Task.CompletedTask;
    }

    private static async Task SetUpAsync(HttpContext context, Reception reception)
    {
        if (await SentForm.ReadAsync(context, "code", "name", "email") is not { } form)
        {
            return;
        }

        if (reception.Brake.Take(("set-up", OfSetUp)) is { } wait)
        {
            Waiting(context, wait);
            await AdminPages.ShowAsync(context, SignInViews.SetUp("Too many tries. Wait a minute.", form["name"], form["email"]), 429);
            return;
        }

        var (person, refusal) = await reception.SetUp.UseAsync(form["code"], form["name"], form["email"], context.RequestAborted);
        if (person is null || !await reception.BeginAsync(context, person.Id))
        {
            await AdminPages.ShowAsync(context, SignInViews.SetUp(refusal?.Sentence, form["name"], form["email"]), 422);
            return;
        }

        await reception.RecordAsync(context, $"person:{person.Id}", "person.first_owner", $"person:{person.Id}");
        AdminPages.GoTo(context, "/account");
    }

    private static Task ShowSignInAsync(HttpContext context, Reception reception) => AdminPages.ShowAsync(
        context,
        reception.Register.Roster.People.Values.Any(People.CanSignIn)
            ? SignInViews.SignIn(null, "", LocalPath.Of(context.Request.Query["to"]), reception.Oidc?.Settings.Name)
            : SignInViews.Nobody());

    private static async Task SignInAsync(HttpContext context, Reception reception)
    {
        if (await SentForm.ReadAsync(context, "email", "password", "code", "to") is not { } form)
        {
            return;
        }

        var to = LocalPath.Of(form["to"]);
        var answer = await reception.SignIn.ByPasswordAsync(
            form["email"], form["password"], form["code"], Source.Of(context.Connection.RemoteIpAddress),
            Reception.KnownTo(context.Request), context.RequestAborted);
        if (answer.Person is { } person && await reception.BeginAsync(context, person.Id))
        {
            await reception.RecordAsync(context, $"person:{person.Id}", "session.began", $"person:{person.Id}");
            AdminPages.GoTo(context, to);
            return;
        }

        if (answer.Wait is { } wait)
        {
            Waiting(context, wait);
        }

        await AdminPages.ShowAsync(
            context, SignInViews.SignIn((answer.Refusal ?? SignIn.Wrong).Sentence, form["email"], to, reception.Oidc?.Settings.Name), answer.Wait is null ? 422 : 429);
    }

    private static async Task AskAsync(HttpContext context, Reception reception)
    {
        if (reception.Brake.Take(($"question:{Source.Of(context.Connection.RemoteIpAddress)}", OfQuestions)) is { } wait)
        {
            Waiting(context, wait);
            await Refusals.AnswerAsync(context, StatusCodes.Status429TooManyRequests, new("sign_in.wait", "Too many tries. Wait a few seconds."));
            return;
        }

        var question = await reception.Passkeys.AskAsync(context);
        await Desk.AnswerAsync(context, JsonSerializer.Serialize(question, AdminJson.Default.PasskeyQuestion));
    }

    private static async Task CheckAsync(HttpContext context, Reception reception)
    {
        if (await SentForm.ReadAsync(context, "challenge", "answer", "to") is not { } form)
        {
            return;
        }

        var found = await reception.Passkeys.CheckAsync(form["challenge"], form["answer"], context);
        if (found is not var (person, key)
            || await reception.Register.NoteAsync(roster => People.UsePasskey(roster, person.Id, key), context.RequestAborted) is not null
            || !await reception.BeginAsync(context, person.Id))
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, new(
                "sign_in.passkey", "This passkey does not open anything here. Try again, or use another way."));
            return;
        }

        await reception.RecordAsync(context, $"person:{person.Id}", "session.began", $"person:{person.Id}");
        await Desk.AnswerAsync(context, JsonSerializer.Serialize(new Onward(LocalPath.Of(form["to"])), AdminJson.Default.Onward));
    }

    private static Task ShowInvitationAsync(HttpContext context, Reception reception)
    {
        var secret = (string)context.GetRouteValue("secret")!;
        var (roster, hash, now) = (reception.Register.Roster, Hashes.Of(secret), reception.Time.GetUtcNow());
        if (People.Unfinished(roster, hash, InvitedBrowser.Read(context.Request), now) is { } person)
        {
            return AdminPages.ShowAsync(context, SignInViews.Unfinished(person, secret));
        }

        if (!roster.Invitations.TryGetValue(hash, out var invitation) || invitation.ExpiresAt <= now || invitation.Taken is not null)
        {
            return AdminPages.ShowAsync(context, SignInViews.NoInvitation(), StatusCodes.Status404NotFound);
        }

        InvitedBrowser.Mark(context, reception.Randomness);
        return AdminPages.ShowAsync(context, SignInViews.Invitation(invitation, secret, null));
    }

    /// <summary>Makes a person of whoever has the link, once; the browser that did it may come in again while its answer could be lost.</summary>
    private static async Task AcceptAsync(HttpContext context, Reception reception)
    {
        if (await SentForm.ReadAsync(context, "secret", "name") is not { } form)
        {
            return;
        }

        var (id, act) = (new PersonId(Candor.Effects.RandomnessExtensions.NextId(reception.Randomness)), "invitation.accepted");
        var (hash, browser, now) = (Hashes.Of(form["secret"]), InvitedBrowser.Read(context.Request), reception.Time.GetUtcNow());
        var refusal = await reception.Register.CommitAsync(
            roster =>
            {
                // Decided with the rest, so that the same form sent twice at once makes one person who comes in twice.
                if (People.Unfinished(roster, hash, browser, now) is not { } unfinished)
                {
                    return People.Accept(roster, hash, form["name"], id, now, browser);
                }

                (id, act) = (unfinished.Id, "invitation.resumed");
                return Decision.Of<RosterChange>([]);
            },
            context.RequestAborted);
        if (refusal is not null || !await reception.BeginAsync(context, id))
        {
            await AdminPages.ShowAsync(context, SignInViews.NoInvitation() with { Fault = refusal?.Sentence }, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await reception.RecordAsync(context, $"person:{id}", act, $"person:{id}");
        AdminPages.GoTo(context, "/account");
    }

    private static async Task SignOutAsync(HttpContext context, Reception reception, PersonPrincipal who)
    {
        OpenRequests.MayFinish(context);
        await reception.Register.NoteAsync(roster => Sessions.End(roster, who.Credential), context.RequestAborted);
        SessionCookie.Clear(context);
        AdminPages.GoTo(context, "/sign-in");
    }

    private static void Waiting(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
