using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>notices:</c>. Passwords are references to the environment; one in the open is a fault.</summary>
internal static class NoticesReader
{
    private static readonly string[] NeedNothing = ["webhook", "slack", "teams", "discord", "ntfy"];
    private static readonly string[] Later = ["web_push"];

    public static NoticeSettings Read(Entry root, Faults faults)
    {
        if (root.Map("notices", faults) is not { } notices)
        {
            return new();
        }

        foreach (var member in notices.Peek().Where(static m => Later.Contains(m.Key)))
        {
            notices.Know([member.Key]);
            faults.Add(member.Wrong("is not in this version yet", "known are email, telegram, sms and pagerduty"));
        }

        foreach (var member in notices.Peek().Where(static m => NeedNothing.Contains(m.Key)))
        {
            notices.Know([member.Key]);
            faults.Add(member.Wrong("needs no settings", "leave it out: whoever subscribes brings the address"));
        }

        return new()
        {
            Email = notices.Map("email", faults) is { } email ? EmailReader.Read(email, faults) : null,
            Telegram = notices.Map("telegram", faults) is { } telegram ? ReadTelegram(telegram, faults) : null,
            Sms = notices.Map("sms", faults) is { } sms ? ReadSms(sms, faults) : null,
            PagerDuty = notices.Map("pagerduty", faults) is { } pagerDuty ? new(ServerOf(pagerDuty, faults)) : null,
        };
    }

    private static TelegramSettings? ReadTelegram(Entry telegram, Faults faults)
    {
        var hasToken = telegram.Required("token", Secret.ReadReference, faults, out Secret? token);
        var server = ServerOf(telegram, faults);
        return hasToken ? new(token!, server) : null;
    }

    private static SmsSettings? ReadSms(Entry sms, Faults faults)
    {
        var hasAccount = sms.Required("account", Texts.UpTo(100)!, faults, out string? account);
        var hasToken = sms.Required("token", Secret.ReadReference, faults, out Secret? token);
        var hasFrom = sms.Required("from", Texts.UpTo(100)!, faults, out string? from);
        var server = ServerOf(sms, faults);
        return hasAccount && hasToken && hasFrom ? new(account!, token!, from!, server) : null;
    }

    private static Uri? ServerOf(Entry channel, Faults faults) => channel.Value<Uri?>("server", Urls.ReadLink!, null, faults);
}
