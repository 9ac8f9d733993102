using System.Globalization;
using System.Text;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Notices.Channels;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Contracts;
using Candor.Tests.Notices;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>A mirror tells people: each once, whatever dies in the middle, only where somebody with both keys asks, and not without end.</summary>
public sealed partial class TellerTests : IAsyncLifetime
{
    private const int People = 40;
    private const string Challenge = "challenge";
    private const string Home = "https://status.example.net/";

    /// <summary>In milliseconds, for machines that are slow; nothing here takes any time of its own.</summary>
    private const int Patience = 120_000;

    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly TellersClock clock;
    private readonly ListLogger<Teller> log = new();
    private readonly MemoryDisk disk = new();
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly ContactsKey key;
    private readonly Mailer mail = new();
    private readonly BulletinBoard board;
    private readonly ContactList list = new("Heron", "https://status.example.com", [.. Enumerable.Range(0, People).Select(static i => new ContactEntry($"reader{i}@example.com", LinkOf(i)))]);
    private SealedContacts? contacts;
    private TellingBook book = null!;
    private Teller teller = null!;
    private CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private TimeSpan? heard;
    private int posted;

    public TellerTests()
    {
        clock = new(time);
        key = ContactsKey.Make(new MemoryDisk(), "contacts.key", publisher.Public);
        contacts = SealedContacts.Seal(list.Write(), People, key.Public, publisher, time.GetUtcNow());
        board = new(disk, BulletinBoard.FileName, time);
    }

    public ValueTask InitializeAsync()
    {
        Start();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await mail.DisposeAsync();
        stopping.Dispose();
        publisher.Dispose();
        emergency.Dispose();
        key.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Everybody_is_told_once_and_no_address_lies_on_the_disk()
    {
        var id = Post();
        Assert.Null(Tell(id).Refusal);
        var state = await EndedAsync(id);
        Assert.Equal((People, People, 0, 0, null), (state.Total, state.Told, state.Failed, state.Left, state.Trouble));
        Assert.Equal(list.People.Select(static one => one.Address).Order(), mail.Taken.Order());

        // Asked again it is the same telling, and nobody is left.
        Assert.Null(Tell(id).Refusal);
        await EndedAsync(id);
        Assert.Equal(People, mail.Taken.Count);
        foreach (var (name, file) in disk.Files)
        {
            Assert.DoesNotContain("reader1", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            Assert.DoesNotContain(LinkOf(1), Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            Assert.DoesNotContain("@", name, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Killed_in_the_middle_it_loses_nobody_and_tells_nobody_twice_but_those_it_was_telling()
    {
        var id = Post();
        mail.StallsAfter = 13;
        Tell(id);
        await PostroomRig.UntilAsync(() => mail.Stalled == Teller.AtOnce);
        await KillAsync();

        mail.StallsAfter = int.MaxValue;
        Start();
        Assert.Equal((13, People - 13, "It was cut off before everybody was told."), (teller.StateOf(id)!.Told, teller.StateOf(id)!.Left, teller.StateOf(id)!.Trouble));

        // Their mail may have arrived, and nobody will ever know: its link leads out.
        Assert.All(mail.Hanging, address => Assert.True(book.Knows(LinkOf(list.People.Select(static one => one.Address).ToList().IndexOf(address)))));
        Assert.Null(Tell(id).Refusal);
        var state = await EndedAsync(id);
        Assert.Equal((People, 0), (state.Told, state.Left));
        Assert.Equal(People, mail.Taken.Distinct().Count());
        var twice = mail.Taken.GroupBy(static one => one).Where(static one => one.Count() > 1).Select(static one => one.Key).ToList();
        Assert.Equal(mail.Hanging.Order(), twice.Order());
    }

    [Fact(Timeout = Patience)]
    public async Task Whom_the_mail_server_refuses_is_counted_and_whom_it_defers_is_tried_again()
    {
        var deferred = 0;
        mail.Answer = message => message.Address switch
        {
            "reader3@example.com" => Handover.Refused(Blame.Recipient, "no_such_mailbox", "550 5.1.1", removes: true),
            "reader4@example.com" when Interlocked.Increment(ref deferred) < 3 => Handover.TryAgain(Blame.Recipient, "deferred", "450 4.2.0 later"),
            _ => Handover.Delivered("250"),
        };
        var id = Post();
        Tell(id);
        await UntilAsync(() => mail.Taken.Count == People - 2);
        await PassAsync(() => !teller.IsTelling(id));
        Assert.Equal((People - 1, 1, 0, null), (teller.StateOf(id)!.Told, teller.StateOf(id)!.Failed, teller.StateOf(id)!.Left, teller.StateOf(id)!.Trouble));
    }

    [Fact(Timeout = Patience)]
    public async Task A_mail_account_that_does_not_work_ends_it_at_once_and_it_can_be_gone_on_with()
    {
        mail.Answer = static _ => Handover.Refused(Blame.Channel, "login_refused", "535 5.7.8 no");
        var id = Post();
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Equal((0, 0, People), (state.Told, state.Failed, state.Left));
        Assert.Contains("535 5.7.8", state.Trouble, StringComparison.Ordinal);
        Assert.True(mail.Tried <= Teller.AtOnce, $"{mail.Tried} were tried");

        mail.Answer = static _ => Handover.Delivered("250");
        Assert.Null(Tell(id).Refusal);
        Assert.Equal(People, (await EndedAsync(id)).Told);
    }

    [Fact(Timeout = Patience)]
    public async Task A_mail_server_that_is_away_after_it_was_there_is_tried_for_an_hour()
    {
        mail.Answer = static _ => Handover.TryAgain(Blame.Destination, "connection", "the connection failed");
        var (id, began) = (Post(), time.GetUtcNow());
        book.Begin(board.Find(emergency.Public, id)!.Value.Bulletin, People);
        book.Note(id, LinkOf(0), TellingOutcome.Told);
        Tell(id);
        await UntilAsync(() => teller.StateOf(id)!.Hindrance is not null);
        Assert.Equal((true, "the connection failed"), (teller.StateOf(id)!.IsRunning, teller.StateOf(id)!.Hindrance));
        await PassAsync(() => !teller.IsTelling(id));
        Assert.Null(teller.StateOf(id)!.Hindrance);
        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(70));
        Assert.Contains("the connection failed", teller.StateOf(id)!.Trouble, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(Blame.Recipient)]
    [InlineData(Blame.Destination)]
    [InlineData(Blame.Channel)]
    internal async Task What_a_mail_server_says_of_somebody_names_nobody(Blame blame)
    {
        mail.Answer = message => blame == Blame.Channel
            ? Handover.Refused(blame, "sender_refused", $"553 5.7.1 not to <{message.Address}>")
            : Handover.TryAgain(blame, "deferred", $"450 4.2.0 <{message.Address}>: Greylisted");
        var id = Post();
        Tell(id);
        await PassAsync(() => !teller.IsTelling(id));
        Assert.NotNull(teller.StateOf(id)!.Trouble);
        Assert.DoesNotContain("@", teller.StateOf(id)!.Trouble, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_disk_that_is_full_ends_it_because_who_was_told_could_be_told_again()
    {
        var id = Post();
        mail.Answer = _ =>
        {
            disk.IsFull = true;
            return Handover.Delivered("250");
        };
        Tell(id);
        var state = await EndedAsync(id);
        Assert.Contains("does not take who was told", state.Trouble, StringComparison.Ordinal);
        Assert.True(mail.Tried <= Teller.AtOnce, $"{mail.Tried} were tried");
    }

    [Fact(Timeout = Patience)]
    public async Task Who_has_left_by_a_link_of_a_mail_is_not_told_again()
    {
        Assert.False(book.Leave(LinkOf(5)));
        var first = Post();
        Tell(first);
        await EndedAsync(first);
        Assert.True(book.Leave(LinkOf(5)));
        Assert.False(book.Leave("reader000005.ff"));

        var second = Post();
        Tell(second);
        var state = await EndedAsync(second);
        Assert.Equal((People - 1, 0), (state.Told, state.Left));
        Assert.Single(mail.Taken, static address => address == "reader5@example.com");
        await KillAsync();
        Start();
        Assert.True(book.HasLeft(LinkOf(5)));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_leaves_while_others_are_told_is_not_told_any_more()
    {
        var first = Post();
        Tell(first);
        await EndedAsync(first);
        mail.Answer = _ =>
        {
            book.Leave(LinkOf(People - 1));
            return Handover.Delivered("250");
        };
        var second = Post();
        Tell(second);
        Assert.Equal((People - 1, 0), ((await EndedAsync(second)).Told, teller.StateOf(second)!.Left));
        Assert.Single(mail.Taken, static address => address == "reader39@example.com");
    }

    [Fact(Timeout = Patience)]
    public async Task No_more_than_six_bulletins_are_told_in_a_day()
    {
        for (var i = 0; i < Teller.PerDay; i++)
        {
            var id = Post();
            Assert.Null(Tell(id).Refusal);
            await EndedAsync(id);
        }

        Assert.Contains("6 bulletins in the last 24 hours", Tell(Post()).Refusal, StringComparison.Ordinal);
        Assert.Equal(Teller.PerDay * People, mail.Taken.Count);
        time.Advance(TimeSpan.FromHours(24));
        Assert.Null(Tell(Post()).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_is_told_without_the_emergency_key_the_key_of_these_contacts_and_a_bulletin_that_is_shown()
    {
        var id = Post();
        var right = Ask(id);
        using var other = SigningKey.Make(new MemoryDisk(), "other.key");
        Assert.Contains("not signed with the emergency key", Take(right, other).Refusal, StringComparison.Ordinal);
        var signed = right.Write();
        Assert.Contains("not signed", teller.Take(signed, emergency.Sign(Purpose.Bulletin, signed)).Refusal, StringComparison.Ordinal);
        Assert.Contains("for another mirror", Take(right with { Challenge = "of another" }).Refusal, StringComparison.Ordinal);
        Assert.Contains("for another mirror", Take(right with { Challenge = null }).Refusal, StringComparison.Ordinal);
        Assert.Contains("not the key of the contacts", Take(right with { Key = new byte[32] }).Refusal, StringComparison.Ordinal);
        Assert.Contains("not the key of the contacts", Take(right with { Key = new byte[31] }).Refusal, StringComparison.Ordinal);
        Assert.Contains("no such bulletin", Take(right with { Bulletin = "zzzzzzzzzzzz" }).Refusal, StringComparison.Ordinal);
        Assert.Contains("names no bulletin", Take(right with { Bulletin = "../../etc" }).Refusal, StringComparison.Ordinal);
        Assert.Contains("signed for another address", Take(right with { Home = "javascript:alert(1)" }).Refusal, StringComparison.Ordinal);
        var held = contacts;
        contacts = null;
        Assert.Contains("holds no contacts", Take(right).Refusal, StringComparison.Ordinal);
        contacts = held;
        time.Advance(TimeSpan.FromHours(25));
        Assert.Contains("older than a day", Take(right).Refusal, StringComparison.Ordinal);
        await KillAsync();
        Start(hasMail: false);
        Assert.Contains("no mail account", Take(Ask(Post())).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, mail.Tried);
    }

    [Fact]
    public void To_ask_how_far_it_is_needs_the_emergency_key_and_tells_nobody()
    {
        var id = Post();
        var (answer, refusal) = Take(new(id));
        Assert.Null(refusal);
        Assert.Equal((Challenge, true, null), (answer!.Challenge, answer.HasMail, answer.Telling));
        Assert.Equal(People, ContactsHeader.Read(publisher.Public, answer.Header!, answer.Signature!).Header!.Count);
        Assert.Equal(0, mail.Tried);
    }

    [Fact(Timeout = Patience)]
    public async Task Thousands_who_were_told_are_known_after_a_start()
    {
        var bulletin = new Bulletin("4f8k2n6p9q1s", "4f8k2n6p9q1s", time.GetUtcNow(), IncidentStatus.Investigating, "Down", "Down.");
        book.Begin(bulletin, 1_500);
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_500), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, (i, _) =>
        {
            book.Note(bulletin.Id, LinkOf(i), i % 10 != 0 ? TellingOutcome.Told : TellingOutcome.Refused);
            return default;
        });
        var again = new TellingBook(disk, "", time);
        Assert.Null(again.Restore());
        Assert.Equal((1_350, 150, 0), again.CountsOf(bulletin.Id));
        Assert.All(Enumerable.Range(0, 1_500), i => Assert.True(again.IsDone(bulletin.Id, LinkOf(i))));
        Assert.False(again.IsDone(bulletin.Id, LinkOf(1_500)));

        // A month later nothing is kept of it.
        time.Advance(TimeSpan.FromDays(31));
        again.Begin(bulletin with { Id = "000000000000" }, 1);
        Assert.DoesNotContain(disk.Files.Keys, static name => name.Contains("4f8k2n6p9q1s", StringComparison.Ordinal));
    }

    private static string LinkOf(int number) => string.Create(CultureInfo.InvariantCulture, $"reader{number:000000}.{number:x32}");

    private string Post()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"bulletin{++posted:0000}");
        var signed = new Bulletin(id, id, time.GetUtcNow(), IncidentStatus.Investigating, "Everything is down", "We are on it.").Write();
        Assert.Null(board.Take(emergency.Public, signed, emergency.Sign(Purpose.Bulletin, signed)));
        return id;
    }

    private TellRequest Ask(string bulletin) => new(bulletin) { Challenge = Challenge, Key = key.KeyOf(contacts!.Header), Home = Home };

    private (TellAnswer? Answer, string? Refusal) Tell(string bulletin) => Take(Ask(bulletin));

    private (TellAnswer? Answer, string? Refusal) Take(TellRequest request, SigningKey? by = null)
    {
        var signed = request.Write();
        return teller.Take(signed, (by ?? emergency).Sign(Purpose.Telling, signed));
    }

    private void Start(bool hasMail = true)
    {
        stopping = new();
        book = new(disk, "", time);
        Assert.Null(book.Restore());
        teller = new(board, () => emergency.Public, () => contacts, book, hasMail ? new(mail, new(Home)) : null, () => heard, Challenge, clock, log);
        running = teller.RunAsync(stopping.Token);
    }

    private async Task KillAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TellingState> EndedAsync(string id)
    {
        await UntilAsync(() => !teller.IsTelling(id));
        return teller.StateOf(id)!;
    }

    private static Task UntilAsync(Func<bool> isSo) => PostroomRig.UntilAsync(isSo);

    /// <summary>Lets time go by where it is waited for, and nowhere else, until it is so.</summary>
    private async Task PassAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
            if (clock.IsAwaited)
            {
                time.Advance(TimeSpan.FromSeconds(5));
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
