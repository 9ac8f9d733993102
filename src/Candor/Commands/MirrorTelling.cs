using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Watching;

namespace Candor.Commands;

/// <summary>Whose mirror it is, and what it stands on.</summary>
internal sealed record MirrorPlace(
    HttpMessageInvoker Http, Uri Publisher, PinnedKey Key, string Folder, IDisk Disk, SelfLog Self, TimeProvider Time, ILoggerFactory Logs);

/// <summary>The part of a mirror that tells people: contacts, who was told, the way out, and what the publisher hears of it.</summary>
internal sealed partial class MirrorTelling
{
    private readonly Uri publisher;
    private readonly Mirror mirror;
    private readonly HeldContacts contacts;
    private readonly TellingBook book;
    private readonly Teller teller;
    private readonly TellingTrial trial;
    private readonly TellingReturn back;

    /// <param name="challenge">Random, for this start.</param>
    public MirrorTelling(MirrorPlace place, string token, TellingVoice? voice, string challenge, Mirror mirror, BulletinBoard board)
    {
        publisher = place.Publisher;
        this.mirror = mirror;
        contacts = HeldBy(place, token);
        book = new(place.Disk, place.Folder, place.Time);
        if (book.Restore() is { } damaged)
        {
            LogDamaged(place.Logs.CreateLogger<TellingBook>(), TellingBook.FileName, damaged);
        }

        teller = new(board, () => mirror.Emergency, () => contacts.Newest, book, voice, () => mirror.HeardFor, challenge, place.Time, place.Logs.CreateLogger<Teller>());
        trial = new(() => mirror.Emergency, () => contacts.Newest, voice, challenge, place.Time, place.Logs.CreateLogger<TellingTrial>());
        back = new(
            place.Http, place.Publisher, token, book, teller, () => !mirror.IsSilent,
            bulletin => board.Find(mirror.Emergency, bulletin) is { IsFolded: true }, place.Time, place.Logs.CreateLogger<TellingReturn>());
    }

    /// <summary>What lies on the disk of a mirror, which has its time also where it is started without a token.</summary>
    public static HeldContacts HeldBy(MirrorPlace place, string? token)
    {
        var held = new HeldContacts(
            place.Http, place.Publisher, place.Key, token, place.Disk, Path.Combine(place.Folder, HeldContacts.FileName), place.Self, place.Time, place.Logs.CreateLogger<HeldContacts>());
        held.Restore();
        return held;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapTellings(teller, trial);
        routes.MapLeaving(book, publisher, () => mirror.Language);
    }

    public Task RunAsync(Supervisor supervisor, CancellationToken stopping) => Task.WhenAll(
        supervisor.RunAsync("contacts", null, contacts.FollowAsync, stopping),
        supervisor.RunAsync("telling", null, teller.RunAsync, stopping),
        supervisor.RunAsync("handing in", null, back.RunAsync, stopping));

    [LoggerMessage(LogLevel.Error, "What {File} held is not used, and is kept as {File}.damaged where it could be read: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string file, string reason);
}
