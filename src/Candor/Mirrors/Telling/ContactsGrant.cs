using System.Text;
using Candor.Access;
using Candor.Effects;

namespace Candor.Mirrors.Telling;

/// <summary>
/// What the publisher's people allow: the key that contacts are sealed for, and the token that a mirror has to show. Nothing
/// where they asked for nothing. Read again every few seconds; a file that cannot be read changes nothing, and the log says why.
/// </summary>
internal sealed partial class ContactsGrant(IDisk disk, string keyPath, string tokenPath, TimeProvider time, ILogger<ContactsGrant> logger)
{
    /// <summary>In the publisher's data folder.</summary>
    public const string TokenFile = "contacts.token";

    private const int FileBytesMax = 4096;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long? readAt;
    private PinnedKey? key;
    private string? token;
    private string? complaint;
    private bool isKnown;

    /// <summary>False where what they allow could not be read since the start: that is not the same as nothing.</summary>
    public bool IsKnown
    {
        get
        {
            lock (gate)
            {
                Read();
                return isKnown;
            }
        }
    }

    /// <summary>The key to seal for; null where mirrors are to keep nothing.</summary>
    public PinnedKey? Key
    {
        get
        {
            lock (gate)
            {
                Read();
                return key;
            }
        }
    }

    /// <summary>Whether that is the token, in a time that does not depend on where it differs.</summary>
    public bool Admits(string? shown)
    {
        lock (gate)
        {
            Read();
            return Hashes.AreEqual(Hashes.Of(token ?? ""), Hashes.Of(shown ?? "")) && token is not null;
        }
    }

    private void Read()
    {
        if (readAt is { } at && time.GetElapsedTime(at) < ReadEvery)
        {
            return;
        }

        readAt = time.GetTimestamp();
        try
        {
            (key, token, complaint, isKnown) = (KeyIn(disk.Read(keyPath, FileBytesMax)), TokenIn(disk.Read(tokenPath, FileBytesMax)), null, true);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            if (fault.Message != complaint)
            {
                complaint = fault.Message;
                LogUnreadable(complaint);
            }
        }
    }

    /// <summary>Only a file that is not there says that mirrors are to forget; one that a full disk cut off does not.</summary>
    private PinnedKey? KeyIn(byte[]? file) => file is null ? null
        : PinnedKey.Read(Encoding.ASCII.GetString(file).Trim()) ?? throw new InvalidDataException($"{keyPath}: there is no key in it.");

    private static string? TokenIn(byte[]? file) => file is null ? null : Encoding.ASCII.GetString(file).Trim() is { Length: > 0 } text ? text : null;

    [LoggerMessage(LogLevel.Error, "What mirrors may keep of contacts stays as it was: {Reason}")]
    private partial void LogUnreadable(string reason);
}
