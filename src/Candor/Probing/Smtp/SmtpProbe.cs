using System.Text.Json;
using Candor.Settings.Forms;

namespace Candor.Probing.Smtp;

/// <summary>Greeting, EHLO, STARTTLS, EHLO again, QUIT. No mail is sent.</summary>
internal sealed class SmtpProbe(SmtpCheck check, ProbeTools tools, HostPort at) : IProbe
{
    private const string Greeting = "greeting";
    private const string Hello = "EHLO candor.invalid";

    public static IProbe Open(SmtpCheck check, ProbeTools tools) =>
        new SmtpProbe(check, tools, HostPort.Read(check.Address, out var at) is { } remedy ? throw new JsonException(remedy) : at);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, TalkAsync, cancellation);

    private async ValueTask<Finding> TalkAsync(Attempt attempt)
    {
        await using var plain = await Dial.OpenAsync(tools.Network, at.Host, at.Port, attempt);
        attempt.Begin(Greeting);
        var lines = new SmtpLines(plain);
        await ExpectAsync(lines, 220, "greeted with", attempt);
        var offers = await HelloAsync(lines, attempt);
        var finding = Finding.Good;
        if (check.StartTls != StartTls.Off && offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
        {
            var secured = await SecureAsync(plain, lines, attempt);
            await using var stream = secured.Stream;
            attempt.Begin(Greeting);
            var inside = new SmtpLines(stream);
            await HelloAsync(inside, attempt);
            await inside.SayAsync("QUIT", attempt.Token);
            finding = Handshake.Days(secured, check.WarnDays, finding, attempt);
        }
        else if (check.StartTls == StartTls.Required)
        {
            finding = Finding.Bad("does not offer STARTTLS");
        }
        else
        {
            await lines.SayAsync("QUIT", attempt.Token);
        }

        return Within.Judge(finding, check.Within, attempt);
    }

    private async ValueTask<Secured> SecureAsync(Stream plain, SmtpLines lines, Attempt attempt)
    {
        await lines.SayAsync("STARTTLS", attempt.Token);
        await ExpectAsync(lines, 220, "answered STARTTLS with", attempt);
        if (lines.HasMore)
        {
            throw new FindingException(Finding.Bad("sent bytes between STARTTLS and the handshake"));
        }

        return await Handshake.SecureAsync(plain, check.Name ?? at.Host, check.StartTls == StartTls.Required, attempt);
    }

    private static async ValueTask<List<string>> HelloAsync(SmtpLines lines, Attempt attempt)
    {
        await lines.SayAsync(Hello, attempt.Token);
        return await ExpectAsync(lines, 250, "answered EHLO with", attempt);
    }

    private static async ValueTask<List<string>> ExpectAsync(SmtpLines lines, int expected, string did, Attempt attempt)
    {
        var (code, said) = await lines.ReplyAsync(attempt.Token);
        return code == expected ? said : throw new FindingException(Finding.Bad($"{did} {code}"));
    }
}
