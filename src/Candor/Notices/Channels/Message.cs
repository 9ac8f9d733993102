using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Notices.Wording;

namespace Candor.Notices.Channels;

/// <summary>
/// A notice as it is said: to one address, by one channel. The texts are finished; a channel puts them into its own form
/// and adds nothing. The same notice tried again is the same message, key and all.
/// </summary>
internal sealed record Message
{
    /// <summary>The notice's key: 32 lower-case hexadecimal digits that depend on what is told to whom, never on the attempt.</summary>
    public required string Key { get; init; }

    /// <summary>The same for everything that one subscriber is told of one incident; 32 hexadecimal digits.</summary>
    public required string Thread { get; init; }

    /// <summary>Nothing of this thread was handed over before.</summary>
    public bool OpensThread { get; init; }

    /// <summary>As <see cref="IChannelKind.ReadAddress"/> wrote it.</summary>
    public required string Address { get; init; }

    /// <summary>A stranger chose the address: it is reached on public networks only, whatever the owner allows.</summary>
    public bool PublicOnly { get; init; }

    /// <summary>What it says. In a pipe it goes ahead, once for all that say the same.</summary>
    [JsonIgnore]
    public MessageWords Words { get; init; } = MessageWords.None;

    [JsonIgnore]
    public string Subject => Words.Subject;

    [JsonIgnore]
    public string? Line => Words.Line;

    [JsonIgnore]
    public string? Next => Words.Next;

    /// <summary>The thread of the incident in which this one goes on; null where it goes on in none, or that one is over.</summary>
    public string? GoesOnInThread { get; init; }

    /// <summary>Threads of what this one went on in and that is over: what its notices have opened there ends with it.</summary>
    public ImmutableArray<string> EndsThreads { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Plain text that is complete by itself. Put together each time it is asked for, in the process of the channel.</summary>
    [JsonIgnore]
    public string Text => Words.Text + NoticeEnd.Text(this);

    /// <summary>The same as the content of a body element, for who shows it; null: plain text is all there is.</summary>
    [JsonIgnore]
    public string? Html => Words.Html is { } html ? html + NoticeEnd.Html(this) : null;

    [JsonIgnore]
    public string Language => Words.Language;

    [JsonIgnore]
    public MessageFacts Facts => Words.Facts;

    /// <summary>Where the subscriber sees and changes what they are told, without an account.</summary>
    public string? ManageUrl { get; init; }

    /// <summary>Ends the subscription by one POST (RFC 8058), and asks on a GET.</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>Keys of this subscriber to sign with, newest first; two while one is being replaced.</summary>
    public ImmutableArray<string> SigningKeys { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the channel gave back for the last message of this thread, so that this one can answer to it.</summary>
    public string? Earlier { get; init; }

    /// <summary>No address in a log.</summary>
    public override string ToString() => $"message {Key}";
}
