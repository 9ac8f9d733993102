using System.Globalization;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Languages;

namespace Candor.Admin;

/// <summary>
/// The way in on the readers' listener. Where the settings know no audience none of these addresses exists: they are
/// answered like any other that leads nowhere.
/// </summary>
internal sealed class ReaderEndpoints(FrontDesk desk, Func<Language> language)
{
    private const long BodyBytesMax = 16 * 1024;
    private const string Open = "whoever is not let in yet has to be able to ask";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", At(ShowAsync)).OpenToAll(Open);
        var refusals = PageRefusals.With((context, refusal) => ReaderPages.ShowAsync(
            context, language(), ReaderViews.Again(Words, Words.Refused(refusal, null)), context.Response.StatusCode));
        routes.MapPost("/sign-in", At(SignInAsync)).OpenToOwnPages(Open).RefusesWith(refusals).BodyAtMost(BodyBytesMax);
        routes.MapGet("/sign-out", At((context, _) => ReaderPages.ShowAsync(context, language(), ReaderViews.SignOut(Words)))).OpenToAll("it shows a button");
        routes.MapPost("/sign-out", At(SignOutAsync)).OpenToOwnPages("it ends the session of the cookie that comes with it").RefusesWith(refusals).BodyAtMost(BodyBytesMax);
        routes.MapGet("/enter/{secret}", At(ShowLinkAsync)).OpenToAll("the secret in the link is the invitation; showing it uses nothing up");
        routes.MapPost("/enter", At(EnterAsync)).OpenToOwnPages("the secret in the form is the invitation").RefusesWith(refusals).BodyAtMost(BodyBytesMax);
    }

    private ReaderWords Words => ReaderWords.In(language());

    private RequestDelegate At(Func<HttpContext, ReaderDesk, Task> answer) => context =>
    {
        if (!desk.Readers.Doors.All.IsEmpty)
        {
            return answer(context, desk.Readers);
        }

        // Nobody's address, so the pages answer that there is none.
        context.SetEndpoint(null);
        return Task.CompletedTask;
    };

    private Task ShowAsync(HttpContext context, ReaderDesk readers) => ShowAsync(context, readers, null, StatusCodes.Status200OK);

    private Task ShowAsync(HttpContext context, ReaderDesk readers, string? fault, int status)
    {
        var all = readers.Doors.All;
        return ReaderPages.ShowAsync(
            context,
            language(),
            ReaderViews.SignIn(Words, all.Any(static door => door.Password is not null), all.Any(static door => door.Members), all.Any(static door => door.Links), fault),
            status);
    }

    private async Task SignInAsync(HttpContext context, ReaderDesk readers)
    {
        if (await SentForm.ReadAsync(context, "email", "password") is not { } form)
        {
            return;
        }

        var (_, secret, refusal, wait) = await readers.EnterAsync(
            form["email"], form["password"], Source.Of(ReaderSource.Of(context, readers.Doors.Proxies)), context.RequestAborted);
        if (refusal is not null)
        {
            if (wait is { } pause)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await ShowAsync(context, readers, Words.Refused(refusal, wait), wait is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status429TooManyRequests);
            return;
        }

        await BeginAsync(context, readers, secret);
    }

    private Task ShowLinkAsync(HttpContext context, ReaderDesk readers)
    {
        var secret = (string)context.Request.RouteValues["secret"]!;
        return readers.LinkBehind(secret) is { } link
            ? ReaderPages.ShowAsync(context, language(), ReaderViews.Link(Words, secret, link.Email, null))
            : ReaderPages.ShowAsync(context, language(), ReaderViews.NoLink(Words), StatusCodes.Status404NotFound);
    }

    private async Task EnterAsync(HttpContext context, ReaderDesk readers)
    {
        if (await SentForm.ReadAsync(context, "secret", "password") is not { } form)
        {
            return;
        }

        var email = readers.LinkBehind(form["secret"])?.Email;
        var (secret, refusal) = await readers.UseAsync(form["secret"], form["password"], context.RequestAborted);
        if (refusal is not null)
        {
            await ReaderPages.ShowAsync(
                context,
                language(),
                readers.LinkBehind(form["secret"]) is null ? ReaderViews.NoLink(Words) : ReaderViews.Link(Words, form["secret"], email, Words.Refused(refusal, null)),
                StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await BeginAsync(context, readers, secret);
    }

    /// <summary>No id from before coming in is good after it.</summary>
    private static async Task BeginAsync(HttpContext context, ReaderDesk readers, string secret)
    {
        if (ReaderCookie.Read(context.Request) is { } before)
        {
            await readers.LeaveAsync(before, context.RequestAborted);
        }

        ReaderCookie.Write(context, secret);
        AdminPages.GoTo(context, "/");
    }

    private static async Task SignOutAsync(HttpContext context, ReaderDesk readers)
    {
        if (ReaderCookie.Read(context.Request) is { } secret)
        {
            await readers.LeaveAsync(secret, context.RequestAborted);
        }

        ReaderCookie.Clear(context);
        AdminPages.GoTo(context, "/");
    }
}
