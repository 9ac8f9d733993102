using System.Collections.Immutable;
using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Channels.WebPush;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Notices;

/// <summary>
/// Every channel in use, each in a post room of its own with a queue and a process of its own. A channel is in use once
/// the settings name it or somebody subscribes by it; none of them waits for another.
/// </summary>
/// <param name="readings">How often the page has been read since the process began.</param>
internal sealed class PostOffice(Journal<World, Event> journal, OfficeEffects effects, Func<long> readings, SelfLog self, ILoggerFactory logs)
{
    /// <summary>The value of the mail channel's settings that its process never gets.</summary>
    public const string Reports = "reports";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<ContactBook> contacts = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChannelsInUse inUse = new();
    private volatile ImmutableDictionary<string, ChannelSettings> settings = ImmutableDictionary<string, ChannelSettings>.Empty;
    private ImmutableArray<Postroom> rooms = [];
    private ImmutableHashSet<string> tried = [];
    private volatile string? pushKey;

    public ImmutableArray<Postroom> Rooms => rooms;

    /// <summary>Null while the addresses have not been read.</summary>
    public ContactBook? Contacts => contacts.Task.IsCompletedSuccessfully ? contacts.Task.Result : null;

    /// <summary>What a browser is given so that it takes what we push; null while there is none.</summary>
    public string? PushKey { get; private set; }

    /// <summary>What the mail provider proves itself with when it reports bounces and complaints, or null where nobody may.</summary>
    public string? ReportSecret => settings.GetValueOrDefault("email", ChannelSettings.None)[Reports];

    /// <summary>Kinds of channels by which somebody could be told at this moment.</summary>
    public ImmutableArray<string> Offered => [.. ChannelKinds.All.Where(kind => kind.IsOpenToReaders && CanOpen(kind)).Select(static kind => kind.Name)];

    /// <summary>The owner has said whatever this kind has to know before it can be opened.</summary>
    public bool CanOpen(IChannelKind kind) => !kind.NeedsSettings || settings.ContainsKey(kind.Name) || (kind is WebPushKind && pushKey is not null);

    /// <summary>Somebody tries a channel: its room is opened within seconds, whether or not anybody subscribes by it.</summary>
    public void Open(string channel) => ImmutableInterlocked.Update(ref tried, static (all, one) => all.Add(one), channel);

    /// <summary>The settings of each channel that the owner configured. A room whose own have changed opens its process anew within seconds.</summary>
    public void Configure(ImmutableDictionary<string, ChannelSettings> declared) => settings = declared;

    /// <summary>Runs until stopped. <paramref name="supervise"/> keeps one room running, whatever happens in it.</summary>
    public async Task RunAsync(Func<string, Func<CancellationToken, Task>, Task> supervise, CancellationToken stopping)
    {
        await journal.WaitForOpenAsync(stopping);
        await using var book = await OpenContactsAsync(stopping);
        (pushKey, PushKey) = await PushKeyAsync(book, stopping);
        contacts.TrySetResult(book);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var published = journal.Current;
                foreach (var kind in ChannelKinds.All.Where(kind => rooms.All(room => room.Channel != kind.Name) && IsUsed(kind, published.State)))
                {
                    self.Clear("notices:" + kind.Name);
                    var room = new Postroom(Parts(kind, book));
                    rooms = rooms.Add(room);
                    running.Add(supervise("notices " + kind.Name, room.RunAsync));
                }

                SayWhatIsUnset();

                // New settings are no event; they are looked at within seconds.
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                await Task.WhenAny(
                    journal.WaitAsync(published.Position, patience.Token).AsTask(), Task.Delay(LookAgain, effects.Time, patience.Token));
                await patience.CancelAsync();
                stopping.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsUsed(IChannelKind kind, World world) =>
        CanOpen(kind)
        && (Volatile.Read(ref tried).Contains(kind.Name) || inUse.Of(world.Subscribers).Contains(kind.Name));

    /// <summary>A channel that has a room is spoken of there.</summary>
    private void SayWhatIsUnset()
    {
        foreach (var kind in ChannelKinds.All.Where(kind => rooms.All(room => room.Channel != kind.Name)))
        {
            var unset = Unset(kind);
            self.Set("notices:" + kind.Name, Gravity.Public, unset is null ? null : $"Notices by {kind.Name} {Problem.NothingGoesOut}", unset);
        }
    }

    private string? Unset(IChannelKind kind) =>
        !CanOpen(kind) && inUse.ToldBy(journal.State.Subscribers, kind.Name) is > 0 and var told
            ? $"{told} are told by {kind.Name}, and the settings have no notices.{kind.Name} any more. Write it again, or take them out."
            : null;

    private async Task<ContactBook> OpenContactsAsync(CancellationToken cancellation)
    {
        try
        {
            var book = await ContactBook.OpenAsync(
                await effects.OpenContacts(cancellation), new ContactBox(effects.Secrets(), effects.Randomness), cancellation);
            self.Set("notices:contacts", Gravity.Private, book.Shut == 0 ? null
                : $"{book.Shut} addresses of subscribers cannot be opened with the keys that are here. Restore master.key.");
            return book;
        }
        catch (IOException fault)
        {
            PostroomLog.NoContacts(logs.CreateLogger<PostOffice>(), fault.Message);
            self.Raise("notices:contacts", Gravity.Public, "Nobody can be notified at the moment.", fault.Message);
            throw;
        }
    }

    /// <summary>A disk that takes no key keeps nobody from being told by the other channels.</summary>
    private async Task<(string? Key, string? Public)> PushKeyAsync(ContactBook book, CancellationToken cancellation)
    {
        try
        {
            var key = await book.KeyAsync("webpush", WebPushSender.NewKey, cancellation);
            return (key, WebPushSender.PublicKeyOf(key));
        }
        catch (Exception fault) when (fault is IOException or ArgumentException)
        {
            PostroomLog.NoContacts(logs.CreateLogger<PostOffice>(), fault.Message);
            return (null, null);
        }
    }

    private ChannelSettings SettingsOf(IChannelKind kind)
    {
        var values = settings.GetValueOrDefault(kind.Name, ChannelSettings.None);
        if (kind is WebPushKind && pushKey is { } key)
        {
            var page = journal.State.Page.Url;
            var own = values.Values.SetItem("key", key);
            values = new(page is not null && page.StartsWith("https://", StringComparison.Ordinal) ? own.SetItem("contact", page) : own);
        }

        return new(values.Values.Remove(Reports)) { Allow = journal.State.Policy.EgressAllow };
    }

    private PostroomParts Parts(IChannelKind kind, ContactBook book) => new(kind, journal, book)
    {
        OpenQueue = cancellation => effects.OpenQueue(kind.Name, cancellation),
        StartChannel = () => effects.StartChannel(kind.Name),
        Settings = () => SettingsOf(kind),
        Unset = () => Unset(kind),
        Readings = readings,
        Time = effects.Time,
        Randomness = effects.Randomness,
        Self = self,
        Logger = logs.CreateLogger<Postroom>(),
    };
}
