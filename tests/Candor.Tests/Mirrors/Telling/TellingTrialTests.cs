using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Notices.Channels;
using Candor.Testing;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>Whether people could be told is seen beforehand, by one mail to whoever asks with the emergency key.</summary>
public sealed class TellingTrialTests : IAsyncDisposable
{
    private const string Home = "https://status.example.net/";

    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly Mailer mail = new();
    private readonly TellingTrial trial;
    private SealedContacts? contacts;

    public TellingTrialTests()
    {
        using var key = ContactsKey.Make(new MemoryDisk(), "contacts.key", publisher.Public);
        contacts = SealedContacts.Seal(ContactList.Nobody.Write(), 3, key.Public, publisher, time.GetUtcNow());
        trial = Trial(new(mail, new(Home)));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        publisher.Dispose();
        emergency.Dispose();
    }

    [Fact]
    public async Task One_mail_goes_to_who_asked_and_says_how_many_would_be_told()
    {
        var (said, refusal) = await TakeAsync(Ask("me@example.com"));
        Assert.Null(refusal);
        Assert.Equal("The mail server took a mail to me@example.com: 250 taken. It holds contacts of 3 people, sealed at 2026-03-01 09:00:00Z.".Replace("2026-03-01 09:00:00Z", $"{time.GetUtcNow():u}", StringComparison.Ordinal), said);
        var sent = Assert.Single(mail.Sent);
        Assert.Equal("me@example.com", sent.Address);
        Assert.Contains("nobody else was told anything", sent.Text, StringComparison.Ordinal);
        Assert.Contains(Home, sent.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_mail_server_has_against_it_is_said()
    {
        mail.Answer = Handover.Refused(Blame.Channel, "sender_refused", "553 5.7.1 not owned by user");
        Assert.Equal("The mail server did not take a mail to me@example.com: 553 5.7.1 not owned by user", (await TakeAsync(Ask("me@example.com"))).Refusal);
    }

    [Fact]
    public async Task Nobody_is_written_to_without_the_emergency_key_for_this_mirror_with_contacts_and_not_more_than_six_times_an_hour()
    {
        var right = Ask("me@example.com");
        using var other = SigningKey.Make(new MemoryDisk(), "other.key");
        var signed = right.Write();
        Assert.Contains("not signed with the emergency key", (await trial.TakeAsync(signed, other.Sign(Purpose.Telling, signed), Ct)).Refusal, StringComparison.Ordinal);
        Assert.Contains("for another mirror", (await TakeAsync(right with { Challenge = "of another" })).Refusal, StringComparison.Ordinal);
        Assert.Contains("for another address", (await TakeAsync(right with { Home = "https://status.example.org/" })).Refusal, StringComparison.Ordinal);
        Assert.Contains("no mail address", (await TakeAsync(right with { Trial = "me@example.com\r\nBcc: all@example.com" })).Refusal, StringComparison.Ordinal);
        Assert.Contains("no mail address", (await TakeAsync(right with { Trial = null })).Refusal, StringComparison.Ordinal);
        Assert.Contains("no mail account", (await Trial(null).TakeAsync(signed, emergency.Sign(Purpose.Telling, signed), Ct)).Refusal, StringComparison.Ordinal);
        var held = contacts;
        contacts = null;
        Assert.Contains("holds no contacts", (await TakeAsync(right)).Refusal, StringComparison.Ordinal);
        contacts = held;
        Assert.Empty(mail.Sent);
        for (var i = 0; i < TellingTrial.PerHour; i++)
        {
            Assert.Null((await TakeAsync(right)).Refusal);
        }

        Assert.Contains("6 trials in the last hour", (await TakeAsync(right)).Refusal, StringComparison.Ordinal);
        Assert.Equal(TellingTrial.PerHour, mail.Sent.Count);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null((await TakeAsync(right)).Refusal);
        Assert.Equal(mail.Sent.Count - TellingTrial.PerHour + 1, mail.Sent.Select(static one => one.Key).Distinct().Count());
    }

    private static TellRequest Ask(string address) => new("000000000000") { Challenge = "challenge", Home = Home, Trial = address };

    private TellingTrial Trial(TellingVoice? voice) =>
        new(() => emergency.Public, () => contacts, voice, "challenge", time, NullLogger<TellingTrial>.Instance);

    private Task<(string? Said, string? Refusal)> TakeAsync(TellRequest request)
    {
        var signed = request.Write();
        return trial.TakeAsync(signed, emergency.Sign(Purpose.Telling, signed), Ct);
    }

    private sealed class Mailer : IChannel
    {
        public Handover Answer { get; set; } = Handover.Delivered("250 taken");

        public List<Message> Sent { get; } = [];

        public Task<Handover> SendAsync(Message message, CancellationToken cancellation)
        {
            Sent.Add(message);
            return Task.FromResult(Answer);
        }

        public ValueTask DisposeAsync() => default;
    }
}
