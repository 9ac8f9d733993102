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
internal sealed class MirrorTells(Terminal terminal, SigningKey emergency, ContactsKey contacts)
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private const int AnswerBytesMax = 64 * 1024;
    private const int LooksLostMost = 20;

    public static CandorCommand Create(Terminal terminal, IDisk disk)
    {
        var to = new Option<string[]>("--to") { Description = "A mirror's address; the first that can tells everybody.", HelpName = "url", Required = true };
        var file = new Option<string>("--key-file") { Description = "The private key that `candor mirror emergency` wrote.", HelpName = "file", Required = true };
        var tell = ContactsKeyOption("--tell", "The private key that `candor mirror contacts` wrote.");
        var bulletin = new Option<string>("--bulletin") { Description = "The id of a bulletin that the mirror shows.", HelpName = "id", Required = true };
        var command = new CandorCommand("tell", "Have a mirror tell people by mail of a bulletin that it shows, or go on where that was cut off.")
        {
            Options = { to, file, tell, bulletin },
            Examples = [("candor mirror tell --to https://status.example.net --key-file emergency.key --tell contacts.key --bulletin 4f8k2n6p9q1s", "whoever was told already is not told again")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var mirrors = parsed.GetValue(to)!.Select(static one => MirrorCommand.AddressOf(one, "--to")).ToList();
            using var key = MirrorPosts.KeyIn(disk, parsed.GetValue(file)!);
            using var opens = KeyIn(disk, parsed.GetValue(tell), "--tell") ?? throw new CommandFault("--tell: no key is named.", "--tell contacts.key", Exit.WrongUsage);
            await new MirrorTells(terminal, key, opens).TellAsync(mirrors, parsed.GetValue(bulletin)!, stopping);
            return Exit.Done;
        });
        return command;
    }

    public static Option<string?> ContactsKeyOption(string name, string description) => new(name) { Description = description, HelpName = "file" };

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

        var (answer, refusal) = await AskAsync(http, mirror, new(bulletin), stopping);
        return answer switch
        {
            null => (null, refusal),
            { HasMail: false } => (null, "it has no mail account; start it with --mail and --mail-from."),
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
            : terminal.Time.GetUtcNow() - header.At > SealedContacts.KeptFor ? $"its contacts are of {header.At:u}, which is too long ago."
            : null;
    }

    private async Task BeginAsync(HttpClient http, Uri mirror, string bulletin, TellAnswer ready, CancellationToken stopping)
    {
        var header = ContactsHeader.Read(contacts.Publisher, ready.Header!, ready.Signature!).Header!;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{mirror} writes to {header.Count} people; its contacts are {Age(terminal.Time.GetUtcNow() - header.At)}."));
        var (answer, refusal) = await AskAsync(
            http, mirror, new(bulletin) { Challenge = ready.Challenge, Key = contacts.KeyOf(header), Home = mirror.AbsoluteUri }, stopping);
        if (answer?.Telling is not { } state)
        {
            throw new CommandFault($"Nobody is told by mail. {mirror}: {refusal}", $"Once that is mended: {Again(mirror, bulletin)}");
        }

        state = await WatchAsync(http, mirror, bulletin, state, stopping);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Told by mail: {state.Told} of {state.Total}{(state.Failed > 0 ? $"; the mail server refused {state.Failed}" : "")}{(state.Left > 0 ? $"; not reached {state.Left}" : "")}."));
        if (state.Trouble is { } trouble)
        {
            throw new CommandFault($"Not everybody was told by mail. {trouble}", $"It goes on with those who were not: {Again(mirror, bulletin)}");
        }
    }

    private async Task<TellingState> WatchAsync(HttpClient http, Uri mirror, string bulletin, TellingState state, CancellationToken stopping)
    {
        using var progress = terminal.Progress("Telling people", state.Total);
        var lost = 0;
        while (state.IsRunning)
        {
            progress.Report(state.Total - state.Left);
            await Task.Delay(LookEvery, terminal.Time, stopping);
            var (answer, refusal) = await AskAsync(http, mirror, new(bulletin), stopping);
            (state, lost) = answer?.Telling is { } now ? (now, 0) : (state, lost + 1);
            if (lost >= LooksLostMost)
            {
                throw new CommandFault($"It is not known how many were told. {mirror}: {refusal}", $"The mirror goes on while it runs. To see how far it is, and to go on: {Again(mirror, bulletin)}");
            }
        }

        return state;
    }

    private async Task<(TellAnswer? Answer, string? Refusal)> AskAsync(HttpClient http, Uri mirror, TellRequest asked, CancellationToken stopping)
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
                HttpStatusCode.OK => (JsonSerializer.Deserialize(body.Span, TellingJson.Default.TellAnswer), null),
                HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable => (null, System.Text.Encoding.UTF8.GetString(body.Span)),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => (null, "it keeps no contacts; start it with --contacts, --mail and --mail-from."),
                var status => (null, $"it answered {(int)status}."),
            };
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested
            && fault is HttpRequestException or IOException or JsonException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            return (null, fault is OperationCanceledException ? $"it did not answer within {AnswersWithin.TotalSeconds:0} s." : fault.Message);
        }
    }

    private static string Age(TimeSpan age) => age < TimeSpan.FromHours(2) ? $"{Math.Max(0, (int)age.TotalMinutes)} minutes old"
        : age < TimeSpan.FromDays(2) ? $"{(int)age.TotalHours} hours old" : $"{(int)age.TotalDays} days old";

    private static string Again(Uri mirror, string bulletin) => $"candor mirror tell --to {mirror} --key-file FILE --tell FILE --bulletin {bulletin}";
}
