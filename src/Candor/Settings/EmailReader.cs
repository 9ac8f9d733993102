using System.Diagnostics.CodeAnalysis;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>notices: { email: … }</c>: by which server, from whom, and what signs it.</summary>
internal static class EmailReader
{
    private const int ConnectionsMost = 64;
    private const int RateMost = 10_000;

    public static EmailSettings? Read(Entry email, Faults faults)
    {
        var hasServer = email.Required("smtp", ReadServer, faults, out Secret? server);
        var hasFrom = email.Required("from", MailAddresses.Read, faults, out string? from);
        var startTls = email.Value<string?>("starttls", Words.Of("offered", "required", "off")!, null, faults);
        var connections = email.Value("connections", Numbers.Between(1, ConnectionsMost), EmailSettings.ConnectionsDefault, faults);
        int? rate = email.Find("rate") is { } entry && entry.Read(Numbers.Between(1, RateMost), faults, out var perSecond) ? perSecond : null;
        var dkim = email.Map("dkim", faults) is { } signing ? ReadDkim(signing, faults) : null;
        var reports = email.Value<Secret?>("reports", Secret.ReadReference!, null, faults);
        if (startTls == "off" && hasServer && SendsOpenly(server!))
        {
            faults.Add(email.Find("starttls")!, "would send the password without encryption", "leave it out, or write required");
        }

        return hasServer && hasFrom
            ? new(server!, from!) { StartTls = startTls, Connections = connections, Rate = rate, Dkim = dkim, Reports = reports }
            : null;
    }

    private static DkimSettings? ReadDkim(Entry dkim, Faults faults)
    {
        var hasSelector = dkim.Required("selector", ReadSelector, faults, out string? selector);
        var hasKey = dkim.Required("key", Texts.UpTo(500)!, faults, out string? key);
        var domain = dkim.Value<string?>("domain", HostNames.Read!, null, faults);
        return hasSelector && hasKey ? new(selector!, key!, domain) : null;
    }

    private static string? ReadSelector(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= 63 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? null
            : "write the selector of the DNS record, such as candor for candor._domainkey.example.com";
    }

    private static string? ReadServer(string text, [MaybeNull] out Secret value)
    {
        const string remedy = "write a server such as smtp://user:$SMTP_PASSWORD@mail.example.com:587";
        if (Secret.Read(text, out value) is not null || !Uri.TryCreate(text, UriKind.Absolute, out var server)
            || server.Scheme is not ("smtp" or "smtps") || server.Host.Length == 0 || server.PathAndQuery.Length > 1)
        {
            return remedy;
        }

        return server.UserInfo.Split(':', 2) switch
        {
            [""] => null,
            [_] or [_, ""] => "write a password beside the user, as smtp://user:$SMTP_PASSWORD@mail.example.com:587",
            [_, var password] => Secret.ReadReference(Uri.UnescapeDataString(password), out _) is null ? null
                : "write the password as $NAME and put it into the environment variable NAME",
            _ => null,
        };
    }

    private static bool SendsOpenly(Secret server) =>
        Uri.TryCreate(server.Written, UriKind.Absolute, out var uri) && uri is { Scheme: "smtp", IsLoopback: false, UserInfo.Length: > 0 };
}
