using System.CommandLine;
using System.Globalization;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;

namespace Candor.Commands;

/// <summary>
/// <c>candor mirror tell</c>, and <c>--tell</c> of a post: opens the key of one sealing here, where the private key is, hands
/// that to a mirror, and watches it tell people.
/// </summary>
/// <param name="home">The mirror's address as readers have it; null: the one that is asked.</param>
/// <param name="takesOld">Contacts of up to 30 days ago are opened too.</param>
internal sealed class MirrorTells(Terminal terminal, SigningKey emergency, ContactsKey contacts, Uri? home, bool takesOld)
{
    /// <summary>Contacts are sealed twice a day: older ones than this name people who may have left or been erased since.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(2);

    private const int LooksLostMost = 20;
    private const int LooksForNoneLeast = 3;

    public static Option<string?> ContactsKeyOption(string name, string description) => new(name) { Description = description, HelpName = "file" };

    public static Option<string?> HomeOption() => new("--home") { Description = "With --tell: the mirror's address as readers have it, where --to is another.", HelpName = "url" };

    public static Option<bool> OldOption() => new("--old-contacts") { Description = "With --tell: also by contacts that are older than two days." };

    public static Uri? HomeIn(string? home) => home is null ? null : MirrorCommand.AddressOf(home, "--home");

    /// <summary>Null where none is named.</summary>
    public static ContactsKey? KeyIn(IDisk disk, string? file, string option)
    {
        try
        {
            return file is null ? null
                : ContactsKey.Read(disk, file) ?? throw new CommandFault($"{option}: there is no {file}.", "`candor mirror contacts` makes one on the publisher's machine.", Exit.WrongUsage);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new CommandFault($"{option}: {fault.Message}", "Name the file that `candor mirror contacts` wrote.", Exit.WrongUsage);
        }
    }

    /// <summary>A bulletin that nobody was told of, by the first that can: two would write to everybody twice. Throws where not everybody was told.</summary>
    public async Task TellAsync(IReadOnlyList<Uri> mirrors, string bulletin, CancellationToken stopping)
    {
        using var client = new TellingClient(terminal, emergency);
        var looks = new List<Look>();
        foreach (var mirror in mirrors)
        {
            looks.Add(await LookAsync(client, mirror, bulletin, stopping));
            if (looks[^1] is { Ready: { } ready })
            {
                await BeginAsync(client, mirror, bulletin, ready, stopping);
                return;
            }
        }

        throw Nobody(looks, bulletin, isNew: true);
    }

    /// <summary>
    /// A bulletin that people may have been told of, by the one that told them: another one cannot know whom. Throws where
    /// not everybody was told, and where somebody may be told twice.
    /// </summary>
    /// <param name="isAnew">Some may be told twice.</param>
    public async Task GoOnAsync(IReadOnlyList<Uri> mirrors, string bulletin, bool isAnew, CancellationToken stopping)
    {
        using var client = new TellingClient(terminal, emergency);
        var looks = new List<Look>();
        foreach (var mirror in mirrors)
        {
            looks.Add(await LookAsync(client, mirror, bulletin, stopping));
        }

        if (looks.Where(static one => one.Ready is not null).MaxBy(static one => one.HasBegun) is not { Ready: { } ready } chosen)
        {
            throw Nobody(looks, bulletin, isNew: isAnew);
        }

        var others = looks.Where(one => one != chosen).ToList();
        var doubt = others.Where(static one => one.HasBegun).Select(static one => $"{one.Mirror} has told people of it.")
            .Concat(others.Where(static one => !one.IsKnown).Select(static one => $"{one.Mirror} does not say whether it has: {one.Why}"))
            .Concat(chosen.HasBegun ? [] : [$"{chosen.Mirror} has not begun."]).ToList();
        if (doubt.Count > 0 && !isAnew)
        {
            throw new CommandFault(
                $"Nobody is told by mail now. {string.Join(' ', doubt)} {chosen.Mirror} cannot know whom another mirror has told, and would tell them again.",
                $"Go on by the one that has begun. Where none has, or twice is better than not at all: {Again(chosen.Mirror, bulletin)} --anew");
        }

        await BeginAsync(client, chosen.Mirror, bulletin, ready, stopping);
    }

    private CommandFault Nobody(List<Look> looks, string bulletin, bool isNew) => new(
        $"Nobody is told by mail. {string.Join(' ', looks.Select(static one => $"{one.Mirror}: {one.Why}"))}",
        $"What was said stands on the page all the same. Once that is mended: {Again(looks[0].Mirror, bulletin)}{(isNew ? " --anew" : "")}");

    /// <summary>Asks nobody where the key could not be handed over.</summary>
    private async Task<Look> LookAsync(TellingClient client, Uri mirror, string bulletin, CancellationToken stopping)
    {
        if (mirror is { Scheme: not "https", IsLoopback: false })
        {
            return new(mirror, null, "the key of the contacts is handed over by https:// alone.", HasBegun: false, IsKnown: false);
        }

        var (answer, refusal, isKnown) = await client.AskAsync(mirror, new(bulletin), stopping);
        var why = answer is null ? refusal : Unready(mirror, answer);
        return new(mirror, why is null ? answer : null, why, answer?.Telling is not null, isKnown);
    }

    /// <summary>Why a mirror could not tell people now, or null.</summary>
    public string? Unready(Uri mirror, TellAnswer answer) => answer switch
    {
        { HasMail: false } => "it has no mail account; start it with --mail, --mail-from and --home.",
        _ when answer.Home != HomeOf(mirror) => $"its readers have it as {answer.Home ?? "nothing"}, where its mails lead to: name that with --home.",
        { Header: null or [] } or { Signature: null or [] } => "it holds no contacts of the last 30 days; start it with --contacts while the publisher is there, and look into its log.",
        _ => Unfit(answer),
    };

    /// <summary>Whoever owns a mirror could show another header, so nothing of it is believed that the publisher has not signed.</summary>
    private string? Unfit(TellAnswer answer)
    {
        var (header, refusal) = ContactsHeader.Read(contacts.Publisher, answer.Header!, answer.Signature!);
        return header is null ? $"{refusal} The key given with --tell is of another page, or the mirror is not honest."
            : header.To != contacts.Public.ToString() ? $"its contacts, of {header.At:u}, were sealed for another key; take the newest that `candor mirror contacts` made."
            : (terminal.Time.GetUtcNow() - header.At) switch
            {
                var age when age > SealedContacts.KeptFor => $"its contacts are of {header.At:u}, which is too long ago.",
                var age when age > FreshFor && !takesOld => $"its contacts are {Age(age)}, and whoever left or was erased since would be told. Where there are no newer ones, --old-contacts takes them.",
                var age when -age > Bulletin.AheadMax => $"its contacts are dated {header.At:u}, which is yet to come.",
                _ => null,
            };
    }

    private string HomeOf(Uri mirror) => (home ?? mirror).AbsoluteUri;

    private async Task BeginAsync(TellingClient client, Uri mirror, string bulletin, TellAnswer ready, CancellationToken stopping)
    {
        var header = ContactsHeader.Read(contacts.Publisher, ready.Header!, ready.Signature!).Header!;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{mirror} writes to {header.Count} people; its contacts are {Age(terminal.Time.GetUtcNow() - header.At)}."));
        var (answer, refusal, isKnown) = await client.AskAsync(
            mirror, new(bulletin) { Challenge = ready.Challenge, Key = contacts.KeyOf(header), Home = HomeOf(mirror) }, stopping);
        if ((answer?.Telling ?? (isKnown ? null : await FoundAsync(client, mirror, bulletin, refusal, stopping))) is not { } state)
        {
            throw new CommandFault($"Nobody is told by mail. {mirror}: {refusal}", $"Once that is mended: {Again(mirror, bulletin)}{(ready.Telling is null ? " --anew" : "")}");
        }

        state = await WatchAsync(client, mirror, bulletin, state, stopping);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Told by mail: {state.Told} of {state.Total}{(state.Failed > 0 ? $"; the mail server refused {state.Failed}" : "")}{(state.Unclear > 0 ? $"; not known of {state.Unclear}" : "")}{(state.Left > 0 ? $"; not reached {state.Left}" : "")}."));
        if (state.Refusal is { } words)
        {
            terminal.Line($"What it said last where it refused: {words}");
        }

        if (state.Trouble is { } trouble)
        {
            throw new CommandFault($"Not everybody was told by mail. {trouble}", $"It goes on with those who were not: {Again(mirror, bulletin)}");
        }

        if (state.Failed > state.Told)
        {
            throw new CommandFault($"{(state.Told == 0 ? "Nobody was" : "Most were not")} told by mail: the mail server refused them.", "Look at what it said, and whether the mirror's mail account may write to them.");
        }
    }

    /// <summary>How far a mirror is whose answer was lost; null where it has not begun. Throws where nobody knows.</summary>
    private async Task<TellingState?> FoundAsync(TellingClient client, Uri mirror, string bulletin, string? refusal, CancellationToken stopping)
    {
        var none = 0;
        for (var looks = 0; looks < LooksLostMost && none < LooksForNoneLeast; looks++)
        {
            await Task.Delay(TellingClient.LookEvery, terminal.Time, stopping);
            var (answer, _, _) = await client.AskAsync(mirror, new(bulletin), stopping);
            if (answer?.Telling is { } state)
            {
                return state;
            }

            none += answer is null ? 0 : 1;
        }

        return none >= LooksForNoneLeast ? null : throw new CommandFault(
            $"It is not known whether {mirror} has begun to tell people: {refusal}",
            $"Do not have another mirror tell them before this one has answered, or they are told twice. To see how far it is, and to go on: {Again(mirror, bulletin)}");
    }

    private async Task<TellingState> WatchAsync(TellingClient client, Uri mirror, string bulletin, TellingState state, CancellationToken stopping)
    {
        using var progress = terminal.Progress("Telling people", state.Total);
        var (lost, hindrance) = (0, (string?)null);
        while (state.IsRunning)
        {
            if (state.Hindrance is { } inTheWay && inTheWay != hindrance)
            {
                hindrance = inTheWay;
                await terminal.Error.WriteLineAsync($"Not everybody can be told at the moment; the mirror tries again: {inTheWay}".AsMemory(), stopping);
            }

            progress.Report(state.Total - state.Left);
            await Task.Delay(TellingClient.LookEvery, terminal.Time, stopping);
            var (answer, refusal, _) = await client.AskAsync(mirror, new(bulletin), stopping);
            (state, lost) = answer?.Telling is { } now ? (now, 0) : (state, lost + 1);
            if (lost >= LooksLostMost)
            {
                throw new CommandFault($"It is not known how many were told. {mirror}: {refusal}", $"The mirror goes on while it runs. To see how far it is, and to go on: {Again(mirror, bulletin)}");
            }
        }

        return state;
    }

    private static string Age(TimeSpan age) => age < TimeSpan.FromHours(2) ? $"{Math.Max(0, (int)age.TotalMinutes)} minutes old"
        : age < TimeSpan.FromDays(2) ? $"{(int)age.TotalHours} hours old" : $"{(int)age.TotalDays} days old";

    private string Again(Uri mirror, string bulletin) => $"candor mirror tell --to {mirror} --key-file FILE --tell FILE --bulletin {bulletin}{(home is null ? "" : $" --home {home}")}";

    /// <param name="Ready">The answer of a mirror that could tell now, or null.</param>
    /// <param name="Why">Why it cannot.</param>
    /// <param name="HasBegun">It has told people of the bulletin, or was about to.</param>
    /// <param name="IsKnown">It has answered.</param>
    private sealed record Look(Uri Mirror, TellAnswer? Ready, string? Why, bool HasBegun, bool IsKnown);
}
