using System.Collections.Immutable;
using System.CommandLine;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Settings.Forms;

namespace Candor.Commands;

/// <summary>By what a mirror tells people, where it is to: the token for the contacts and a mail account, both out of the environment.</summary>
internal sealed class MirrorVoice(Func<string, string?> environment)
{
    public Option<string?> Contacts { get; } = new("--contacts")
    {
        Description = "Keep the publisher's sealed contacts: the environment variable with the token, as '$NAME'. `candor mirror contacts` there makes it.", HelpName = "$NAME",
    };

    public Option<string?> Mail { get; } = new("--mail")
    {
        Description = "The mirror's own mail account, at another provider than the publisher's: 'smtp://user:$PASSWORD@mail.example.net:587'.", HelpName = "url",
    };

    public Option<string?> From { get; } = new("--mail-from") { Description = "The address that its mails come from.", HelpName = "address" };

    public Option<string?> Home { get; } = new("--home") { Description = "The mirror's own address as readers have it; links in its mails lead there.", HelpName = "url" };

    public Said Read(ParseResult parsed)
    {
        var (contacts, mail, from, home) = (parsed.GetValue(Contacts), parsed.GetValue(Mail), parsed.GetValue(From), parsed.GetValue(Home));
        if (contacts is null)
        {
            return mail is null && from is null && home is null ? new(null, null, null)
                : throw new CommandFault("--mail: a mirror without contacts has nobody to write to.", "Give it --contacts too; `candor mirror contacts` on the publisher's machine says how.", Exit.WrongUsage);
        }

        if (Secret.ReadReference(contacts, out var reference) is { } remedy)
        {
            throw new CommandFault("--contacts: a token on a command line can be read by everybody on this machine.", $"For --contacts {remedy}; quote it, so that the shell leaves it alone: --contacts '$CONTACTS'", Exit.WrongUsage);
        }

        var token = Revealed(reference!, "--contacts", static value => value).Trim();
        return mail is null
            ? from is null && home is null ? new(token, null, null) : throw new CommandFault($"{(from is null ? "--home" : "--mail-from")}: there is no --mail.", "Name the mail server with --mail.", Exit.WrongUsage)
            : new(token, SettingsOf(mail, from ?? throw new CommandFault("--mail: there is no --mail-from.", "Name the address that mails come from with --mail-from.", Exit.WrongUsage)), HomeOf(home));
    }

    private static Uri HomeOf(string? home) => home is null
        ? throw new CommandFault("--mail: there is no --home.", "Name the mirror's own address as readers have it, which mails lead to: --home https://status.example.net", Exit.WrongUsage)
        : MirrorCommand.AddressOf(home, "--home") is { Scheme: "https", IsLoopback: false } address ? address
            : throw new CommandFault("--home: readers do not have a mirror by that address.", "Name the one by which they reach it from anywhere, with https://: --home https://status.example.net", Exit.WrongUsage);

    private ChannelSettings SettingsOf(string mail, string from)
    {
        if (Secret.Read(mail, out var written) is { } remedy)
        {
            throw new CommandFault("--mail: that is no address of a mail server.", $"For --mail {remedy}.", Exit.WrongUsage);
        }

        if (Uri.TryCreate(mail, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, var password] && (Secret.Read(password, out var kept) is not null || kept!.Names.Count == 0))
        {
            throw new CommandFault("--mail: a password on a command line can be read by everybody on this machine.", $"For the password {Secret.InTheOpen}; quote it, so that the shell leaves it alone.", Exit.WrongUsage);
        }

        // Escaped, so that a password may hold what an address may not.
        var values = ImmutableSortedDictionary<string, string>.Empty
            .Add("smtp", Revealed(written!, "--mail", Uri.EscapeDataString))
            .Add("from", from);
        return EmailSender.Read(new(values), out var fault) is null
            ? throw new CommandFault(fault.Replace("notices.email.smtp", "--mail", StringComparison.Ordinal).Replace("notices.email.from", "--mail-from", StringComparison.Ordinal), "`candor mirror --help` has an example.", Exit.WrongUsage)
            : new(values);
    }

    private string Revealed(Secret secret, string option, Func<string, string> put) =>
        secret.Reveal(name => environment(name) is { Length: > 0 } value ? put(value) : null)
        ?? throw new CommandFault(
            $"{option}: set {string.Join(" and ", secret.Names.Where(name => string.IsNullOrEmpty(environment(name))))} in the environment.", "Then start it again.", Exit.WrongUsage);

    /// <param name="Token">Null where the mirror keeps no contacts.</param>
    /// <param name="Settings">Null where it has no mail account.</param>
    /// <param name="Home">The mirror's own address; null where it has no mail account.</param>
    internal sealed record Said(string? Token, ChannelSettings? Settings, Uri? Home)
    {
        public IChannel? Open(ChannelTools tools) => Settings is null ? null : new EmailKind().Open(Settings, tools);

        public override string ToString() => "(voice of a mirror)";
    }
}
