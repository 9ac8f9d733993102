using System.Collections.Immutable;
using System.Globalization;
using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Settings;
using Candor.Settings.Forms;

namespace Candor.Node;

/// <summary>From what the owner wrote to what a channel is opened with: secrets looked up, key files read.</summary>
internal static class ChannelValues
{
    private const int KeyBytesMax = 16 * 1024;

    /// <summary>Null where something is missing, with a sentence that names it.</summary>
    public static ChannelSettings? Email(
        EmailSettings email, Func<string, string?> environment, IDisk disk, ImmutableArray<string> allow, out string fault)
    {
        // Escaped, so that a password may hold what an address may not.
        if (email.Smtp.Reveal(name => environment(name) is { } value ? Uri.EscapeDataString(value) : null) is not { } smtp)
        {
            fault = $"Set {string.Join(" and ", email.Smtp.Names.Where(name => environment(name) is null))} in the environment; notices.email.smtp needs it.";
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["smtp"] = smtp,
            ["from"] = email.From,
            ["connections"] = email.Connections.ToString(CultureInfo.InvariantCulture),
        };
        Add(values, "starttls", email.StartTls);
        Add(values, "rate", email.Rate?.ToString(CultureInfo.InvariantCulture));
        if (email.Reports is { } reports && reports.Reveal(environment) is not { Length: > 0 })
        {
            fault = $"Set {string.Join(" and ", reports.Names)} in the environment; notices.email.reports needs it.";
            return null;
        }

        Add(values, PostOffice.Reports, email.Reports?.Reveal(environment));
        if (email.Dkim is { } dkim)
        {
            if (ReadKey(disk, dkim.Key) is not { } key)
            {
                fault = $"notices.email.dkim.key: the file {dkim.Key} cannot be read. Make it with: openssl genrsa -out dkim.pem 2048";
                return null;
            }

            values["dkim_selector"] = dkim.Selector;
            values["dkim_key"] = key;
            Add(values, "dkim_domain", dkim.Domain);
        }

        // Read here once, so that a key that is none is said to the owner and not to a process.
        var settings = new ChannelSettings(values.ToImmutableSortedDictionary(StringComparer.Ordinal)) { Allow = allow };
        var sender = EmailSender.Read(settings, out fault);
        sender?.Dkim?.Dispose();
        return sender is null ? null : settings;
    }

    /// <inheritdoc cref="Email"/>
    public static ChannelSettings? Telegram(TelegramSettings telegram, Func<string, string?> environment, out string fault)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(values, "server", telegram.Server?.AbsoluteUri);
        return With(values, telegram.Token, "telegram", environment, out fault);
    }

    /// <inheritdoc cref="Email"/>
    public static ChannelSettings? Sms(SmsSettings sms, Func<string, string?> environment, out string fault)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["account"] = sms.Account, ["from"] = sms.From };
        Add(values, "server", sms.Server?.AbsoluteUri);
        return With(values, sms.Token, "sms", environment, out fault);
    }

    public static ChannelSettings PagerDuty(PagerDutySettings pagerDuty)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(values, "server", pagerDuty.Server?.AbsoluteUri);
        return new(values.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static ChannelSettings? With(
        Dictionary<string, string> values, Secret secret, string channel, Func<string, string?> environment, out string fault)
    {
        if (secret.Reveal(environment) is not { Length: > 0 } token)
        {
            fault = $"Set {string.Join(" and ", secret.Names)} in the environment; notices.{channel}.token needs it.";
            return null;
        }

        fault = "";
        values["token"] = token;
        return new(values.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static string? ReadKey(IDisk disk, string path)
    {
        try
        {
            return disk.Read(path, KeyBytesMax) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Add(Dictionary<string, string> values, string name, string? value)
    {
        if (value is not null)
        {
            values[name] = value;
        }
    }
}
