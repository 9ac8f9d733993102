using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Candor.Commands;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Commands;

/// <summary>What the operator is told by <c>candor mirror post --tell</c>, of mirrors that answer as they like.</summary>
public sealed class MirrorTellsTests : IAsyncLifetime
{
    private const string Home = "https://status.example.net/";

    private readonly MemoryDisk disk = new();
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly ContactsKey contacts;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private DateTimeOffset sealedAt = TimeProvider.System.GetUtcNow();
    private Func<TellRequest, TellingState?> telling = static _ => null;
    private Func<TellRequest, bool> losesAnswer = static _ => false;
    private WebApplication mirror = null!;
    private readonly ConcurrentQueue<TellRequest> requests = new();
    private int begun;
    private byte[]? posted;

    public MirrorTellsTests()
    {
        SigningKey.Make(disk, "emergency.key").Dispose();
        contacts = ContactsKey.Make(disk, "contacts.key", publisher.Public);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Address => mirror.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        mirror = builder.Build();
        mirror.Run(AnswerAsync);
        await mirror.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await mirror.DisposeAsync();
        await output.DisposeAsync();
        await error.DisposeAsync();
        publisher.Dispose();
        contacts.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_mirror_that_took_it_and_whose_answer_was_lost_is_watched_all_the_same()
    {
        telling = _ => begun > 0 ? new(3, 3, 0, 0, IsRunning: false, null) : null;
        losesAnswer = static asked => IsBegin(asked);
        var said = await PostAsync();
        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.Contains("Told by mail: 3 of 3.", said.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nobody_knows_whether_it_began_no_other_mirror_is_to_be_asked()
    {
        losesAnswer = _ => begun > 0;
        var said = await PostAsync();
        Assert.Equal(1, said.Exit);
        Assert.Contains("It is not known whether " + Address, said.Error, StringComparison.Ordinal);
        Assert.Contains("Do not have another mirror tell them", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody is told", said.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_it_is_known_that_it_did_not_begin_nobody_is_told()
    {
        losesAnswer = static asked => IsBegin(asked);
        var said = await PostAsync();
        Assert.Equal(1, said.Exit);
        Assert.Contains("Nobody is told by mail.", said.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Which_mirrors_did_not_take_it_is_said_before_anybody_is_told_and_again_where_that_fails()
    {
        var before = "";
        telling = asked =>
        {
            before = IsBegin(asked) ? Said() : before;
            return new(3, 1, 0, 2, IsRunning: false, "The mail account does not work.");
        };
        var said = await PostAsync("--to", "http://127.0.0.1:1");
        Assert.Equal(1, said.Exit);
        Assert.Contains("http://127.0.0.1:1/ did not take it", before, StringComparison.Ordinal);
        Assert.Contains("Go on from it with --about ", before, StringComparison.Ordinal);
        var fault = said.Error[said.Error.IndexOf("candor:", StringComparison.Ordinal)..];
        Assert.Contains("The mail account does not work.", fault, StringComparison.Ordinal);
        Assert.Contains("did not take it", fault, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_in_the_way_is_said_while_it_is_tried_again_once()
    {
        var looks = 0;
        telling = _ => begun == 0 ? null : ++looks < 4
            ? new(3, 0, 0, 3, IsRunning: true, null) { Hindrance = "the connection failed" } : new(3, 3, 0, 0, IsRunning: false, null);
        var said = await PostAsync();
        Assert.Equal(0, said.Exit);
        Assert.Single(said.Error.Split('\n'), static line => line.EndsWith("the mirror tries again: the connection failed", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nobody_was_told_it_does_not_end_well_and_what_the_mail_server_said_is_shown()
    {
        telling = static _ => new(3, 0, 3, 0, IsRunning: false, null) { Refusal = "550 5.1.1 no such user" };
        var said = await PostAsync();
        Assert.Equal(1, said.Exit);
        Assert.Contains("550 5.1.1 no such user", said.Output, StringComparison.Ordinal);
        Assert.Contains("Nobody was told by mail", said.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(3, "--old-contacts takes them")]
    [InlineData(31, "too long ago")]
    [InlineData(-1, "yet to come")]
    public async Task Contacts_that_are_old_or_of_tomorrow_are_not_opened(int days, string why)
    {
        sealedAt -= TimeSpan.FromDays(days);
        var said = await PostAsync();
        Assert.Equal((1, 0), (said.Exit, begun));
        Assert.Contains(why, said.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Old_contacts_are_opened_where_that_is_asked_for()
    {
        sealedAt -= TimeSpan.FromDays(3);
        telling = static _ => new(3, 3, 0, 0, IsRunning: false, null);
        var said = await PostAsync("--old-contacts");
        Assert.Equal((0, 1), (said.Exit, begun));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_mirror_that_its_readers_have_by_another_address_is_not_handed_the_key()
    {
        var said = await PostAsync("--home", "https://status.example.org");
        Assert.Equal((1, 0), (said.Exit, begun));
        Assert.Contains("its readers have it as " + Home, said.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_mirror_that_has_begun_goes_on_and_one_that_has_not_is_asked_to_only_where_that_is_said()
    {
        telling = static asked => IsBegin(asked) ? new(3, 3, 0, 0, IsRunning: false, null) : null;
        var said = await TellAsync("--tell", "contacts.key");
        Assert.Equal((1, 0), (said.Exit, begun));
        Assert.Contains("has not begun. " + Address + "/ cannot know whom another mirror has told", said.Error, StringComparison.Ordinal);
        Assert.Contains("--bulletin 4f8k2n6p9q1s --home https://status.example.net/ --anew", said.Error, StringComparison.Ordinal);
        said = await TellAsync("--tell", "contacts.key", "--anew");
        Assert.Equal((0, 1), (said.Exit, begun));

        telling = asked => new(3, IsBegin(asked) ? 3 : 1, 0, IsBegin(asked) ? 0 : 2, IsRunning: false, null);
        said = await TellAsync("--tell", "contacts.key");
        Assert.Equal((0, 2), (said.Exit, begun));
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_another_mirror_does_not_answer_it_may_have_told_people_and_nobody_is_told_again_unasked()
    {
        telling = asked => new(3, IsBegin(asked) ? 3 : 1, 0, IsBegin(asked) ? 0 : 2, IsRunning: false, null);
        var said = await TellAsync("--tell", "contacts.key", "--to", "http://127.0.0.1:1");
        Assert.Equal((1, 0), (said.Exit, begun));
        Assert.Contains("http://127.0.0.1:1/ does not say whether it has", said.Error, StringComparison.Ordinal);
        said = await TellAsync("--tell", "contacts.key", "--to", "http://127.0.0.1:1", "--anew");
        Assert.Equal((0, 1), (said.Exit, begun));
    }

    [Fact(Timeout = 120_000)]
    public async Task It_is_stopped_without_the_key_of_the_contacts_and_watched_until_it_has()
    {
        var looks = 0;
        telling = asked => asked.IsStop || ++looks < 4 ? new(3, 1, 0, 2, IsRunning: true, null) { IsStopping = true } : new(3, 2, 0, 1, IsRunning: false, "It was stopped.");
        var said = await TellAsync("--stop");
        Assert.Equal((0, "", 0), (said.Exit, said.Error, begun));
        Assert.Contains(Address + "/ tells nobody else. Told by mail: 2 of 3; not reached 1.", said.Output, StringComparison.Ordinal);
        var stop = Assert.Single(requests, static one => one.IsStop);
        Assert.Equal(("4f8k2n6p9q1s", "challenge", Home), (stop.Bulletin, stop.Challenge, stop.Home));

        telling = static _ => null;
        said = await TellAsync("--stop", "--to", Address);
        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.Contains(Address + "/ has told nobody of that bulletin", said.Output, StringComparison.Ordinal);
        said = await TellAsync("--stop", "--to", "http://127.0.0.1:1");
        Assert.Equal(1, said.Exit);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("--anew")]
    [InlineData("--try", "me@example.com")]
    public async Task Ending_it_beside_beginning_something_is_refused_and_no_mirror_is_asked(params string[] more)
    {
        var said = await TellAsync(["--stop", "--tell", "contacts.key", .. more]);
        Assert.Equal(2, said.Exit);
        Assert.Contains(more[0], said.Error, StringComparison.Ordinal);
        Assert.Empty(requests);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_posted_is_signed_without_what_nobody_sees()
    {
        telling = _ => new(3, 3, 0, 0, IsRunning: false, null);
        var said = await PostAsync("--title", "\u2068Every\tthing\u2069", "--body", "\u001bAda:\n\tsoon.");
        Assert.Equal((0, ""), (said.Exit, said.Error));
        var bulletin = JsonSerializer.Deserialize(posted!, BulletinJson.Default.Bulletin)!;
        Assert.Equal(("Every thing", "Ada:\n\tsoon."), (bulletin.Title, bulletin.Body));
        Assert.Equal(2, (await PostAsync("--title", " ", "--body", "Down.")).Exit);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_trial_sends_one_mail_where_the_contacts_could_be_opened_and_says_what_came_of_it()
    {
        var said = await TellAsync("--try", "me@example.com", "--tell", "contacts.key");
        Assert.Equal((0, ""), (said.Exit, said.Error));
        Assert.Contains("Tried for me@example.com.", said.Output, StringComparison.Ordinal);
        sealedAt -= TimeSpan.FromDays(3);
        said = await TellAsync("--try", "me@example.com", "--tell", "contacts.key");
        Assert.Equal(1, said.Exit);
        Assert.Contains("its contacts are 3 days old", said.Error, StringComparison.Ordinal);
        Assert.Single(requests, static one => one.Trial is not null);
    }

    private static bool IsBegin(TellRequest asked) => asked.Key is { Length: > 0 };

    private string Said() => output.ToString() + error;

    private async Task<Shell> TellAsync(params string[] more)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), TerminalTraits.Piped, TimeProvider.System);
        string[] line = ["tell", "--to", Address, "--home", Home, "--key-file", "emergency.key", .. more.Contains("--try") ? [] : new[] { "--bulletin", "4f8k2n6p9q1s" }, .. more];
        var exit = await CommandLine.RunAsync(line, terminal, [new("tell", () => MirrorTellCommand.Create(terminal, disk))]);
        return new(exit, output.ToString(), error.ToString());
    }

    private async Task<Shell> PostAsync(params string[] more)
    {
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), TerminalTraits.Piped, TimeProvider.System);
        string[] home = more.Contains("--home") ? [] : ["--home", Home];
        string[] words = more.Contains("--title") ? [] : ["--title", "Down", "--body", "Down."];
        string[] line = ["post", "--to", Address, .. home, "--key-file", "emergency.key", "--tell", "contacts.key", .. words, .. more];
        var exit = await CommandLine.RunAsync(line, terminal, [new("post", () => MirrorPosts.Post(terminal, disk, new SystemRandomness()))]);
        return new(exit, output.ToString(), error.ToString());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, Ct);
        if (context.Request.Path == MirrorEndpoints.Bulletins)
        {
            posted = body.ToArray();
            return;
        }

        var asked = JsonSerializer.Deserialize(body.ToArray(), TellingJson.Default.TellRequest)!;
        requests.Enqueue(asked);
        if (context.Request.Path == TellingEndpoints.Trials)
        {
            await context.Response.WriteAsync($"Tried for {asked.Trial}.", Ct);
            return;
        }

        begun += IsBegin(asked) ? 1 : 0;
        if (losesAnswer(asked))
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
            return;
        }

        var held = SealedContacts.Seal(ContactList.Nobody.Write(), 3, contacts.Public, publisher, sealedAt);
        var answer = new TellAnswer("challenge", HasMail: true, held.Signed, held.Signature, telling(asked)) { Home = Home };
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, TellingJson.Default.TellAnswer), Ct);
    }
}
