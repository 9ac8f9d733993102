using System.Buffers.Text;
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
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

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private const int AnswerBytesMax = 64 * 1024;
    private const int LooksLostMost = 20;
    private const int LooksForNoneLeast = 3;

    public static CandorCommand Create(Terminal terminal, IDisk disk)
    {
        var to = new Option<string[]>("--to") { Description = "A mirror's address; the first that can tells everybody.", HelpName = "url", Required = true };
        var file = new Option<string>("--key-file") { Description = "The private key that `candor mirror emergency` wrote.", HelpName = "file", Required = true };
        var tell = ContactsKeyOption("--tell", "The private key that `candor mirror contacts` wrote.");
        var bulletin = new Option<string>("--bulletin") { Description = "The id of a bulletin that the mirror shows.", HelpName = "id", Required = true };
        var (home, old) = (HomeOption(), OldOption());
        var command = new CandorCommand("tell", "Have a mirror tell people by mail of a bulletin that it shows, or go on where that was cut off.")
        {
            Options = { to, file, tell, bulletin, home, old },
            Examples = [("candor mirror tell --to https://status.example.net --key-file emergency.key --tell contacts.key --bulletin 4f8k2n6p9q1s", "whoever was told already is not told again")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var mirrors = parsed.GetValue(to)!.Select(static one => MirrorCommand.AddressOf(one, "--to")).ToList();
            using var key = MirrorPosts.KeyIn(disk, parsed.GetValue(file)!);
            using var opens = KeyIn(disk, parsed.GetValue(tell), "--tell") ?? throw new CommandFault("--tell: no key is named.", "--tell contacts.key", Exit.WrongUsage);
            await new MirrorTells(terminal, key, opens, HomeIn(parsed.GetValue(home)), parsed.GetValue(old)).TellAsync(mirrors, parsed.GetValue(bulletin)!, stopping);
            return Exit.Done;
        });
        return command;
    }

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

    /// <summary>By the first that can: two would write to everybody twice. Throws where nobody was told, or not everybody.</summary>
    public async Task TellAsync(IReadOnlyList<Uri> mirrors, string bulletin, CancellationToken stopping)
    {
        var names = new SystemNames(terminal.Time);
        using var http = OutboundHttp.Client(
            new Egress(names.Rules(MirrorCommand.Anywhere), names.Files, new SystemRandomness(), terminal.Time), AnswersWithin);
        var reasons = new List<string>();
        foreach (var mirror in mirrors)
        {
            var (ready, why) = await ReadyAsync(http, mirror, bulletin, stopping);
            if (ready is not null)
            {
                await BeginAsync(http, mirror, bulletin, ready, stopping);
                return;
            }

            reasons.Add($"{mirror}: {why}");
        }

        throw new CommandFault($"Nobody is told by mail. {string.Join(' ', reasons)}", $"What was said stands on the page all the same. Once that is mended: {Again(mirrors[0], bulletin)}");
    }

    /// <summary>The answer of a mirror that could tell now, or why it cannot.</summary>
    private async Task<(TellAnswer? Ready, string? Why)> ReadyAsync(HttpClient http, Uri mirror, string bulletin, CancellationToken stopping)
    {
        if (mirror is { Scheme: not "https", IsLoopback: false })
        {
            return (null, "the key of the contacts is handed over by https:// alone.");
        }

        var (answer, refusal, _) = await AskAsync(http, mirror, new(bulletin), stopping);
        return answer switch
        {
            null => (null, refusal),
            { HasMail: false } => (null, "it has no mail account; start it with --mail, --mail-from and --home."),
            _ when answer.Home != HomeOf(mirror) => (null, $"its readers have it as {answer.Home ?? "nothing"}, where its mails lead to: name that with --home."),
            { Header: null or [] } or { Signature: null or [] } => (null, "it holds no contacts of the last 30 days; start it with --contacts while the publisher is there, and look into its log."),
            _ => Unfit(answer) is { } unfit ? (null, unfit) : (answer, null),
        };
    }

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

    private async Task BeginAsync(HttpClient http, Uri mirror, string bulletin, TellAnswer ready, CancellationToken stopping)
    {
        var header = ContactsHeader.Read(contacts.Publisher, ready.Header!, ready.Signature!).Header!;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{mirror} writes to {header.Count} people; its contacts are {Age(terminal.Time.GetUtcNow() - header.At)}."));
        var (answer, refusal, isKnown) = await AskAsync(
            http, mirror, new(bulletin) { Challenge = ready.Challenge, Key = contacts.KeyOf(header), Home = HomeOf(mirror) }, stopping);
        if ((answer?.Telling ?? (isKnown ? null : await FoundAsync(http, mirror, bulletin, refusal, stopping))) is not { } state)
        {
            throw new CommandFault($"Nobody is told by mail. {mirror}: {refusal}", $"Once that is mended: {Again(mirror, bulletin)}");
        }

        state = await WatchAsync(http, mirror, bulletin, state, stopping);
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
    private async Task<TellingState?> FoundAsync(HttpClient http, Uri mirror, string bulletin, string? refusal, CancellationToken stopping)
    {
        var none = 0;
        for (var looks = 0; looks < LooksLostMost && none < LooksForNoneLeast; looks++)
        {
            await Task.Delay(LookEvery, terminal.Time, stopping);
            var (answer, _, _) = await AskAsync(http, mirror, new(bulletin), stopping);
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

    private async Task<TellingState> WatchAsync(HttpClient http, Uri mirror, string bulletin, TellingState state, CancellationToken stopping)
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
            await Task.Delay(LookEvery, terminal.Time, stopping);
            var (answer, refusal, _) = await AskAsync(http, mirror, new(bulletin), stopping);
            (state, lost) = answer?.Telling is { } now ? (now, 0) : (state, lost + 1);
            if (lost >= LooksLostMost)
            {
                throw new CommandFault($"It is not known how many were told. {mirror}: {refusal}", $"The mirror goes on while it runs. To see how far it is, and to go on: {Again(mirror, bulletin)}");
            }
        }

        return state;
    }

    /// <summary>The answer, or why there is none, and whether it is known that nothing was done then.</summary>
    private async Task<(TellAnswer? Answer, string? Refusal, bool IsKnown)> AskAsync(HttpClient http, Uri mirror, TellRequest asked, CancellationToken stopping)
    {
        var signed = asked.Write();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mirror, TellingEndpoints.Tellings)) { Content = new ByteArrayContent(signed) };
        request.Headers.Add(MirrorEndpoints.Signature, Base64Url.EncodeToString(emergency.Sign(Purpose.Telling, signed)));
        try
        {
            using var answer = await http.SendAsync(request, stopping);
            var body = await BoundedBody.ReadAsync(answer.Content, AnswerBytesMax, stopping);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (JsonSerializer.Deserialize(body.Span, TellingJson.Default.TellAnswer), null, true),
                HttpStatusCode.UnprocessableEntity => (null, System.Text.Encoding.UTF8.GetString(body.Span), true),
                HttpStatusCode.ServiceUnavailable => (null, System.Text.Encoding.UTF8.GetString(body.Span), false),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => (null, "it keeps no contacts; start it with --contacts, --mail, --mail-from and --home.", true),
                var status => (null, $"it answered {(int)status}.", false),
            };
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested
            && fault is HttpRequestException or IOException or JsonException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            return (null, fault is OperationCanceledException ? $"it did not answer within {AnswersWithin.TotalSeconds:0} s." : fault.Message, false);
        }
    }

    private static string Age(TimeSpan age) => age < TimeSpan.FromHours(2) ? $"{Math.Max(0, (int)age.TotalMinutes)} minutes old"
        : age < TimeSpan.FromDays(2) ? $"{(int)age.TotalHours} hours old" : $"{(int)age.TotalDays} days old";

    private string Again(Uri mirror, string bulletin) => $"candor mirror tell --to {mirror} --key-file FILE --tell FILE --bulletin {bulletin}{(home is null ? "" : $" --home {home}")}";
}
