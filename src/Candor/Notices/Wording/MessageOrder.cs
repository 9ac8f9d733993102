using System.Collections.Immutable;
using Candor.Languages;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>What a message is written from: the facts as they are now, and whom it goes to.</summary>
internal sealed record MessageOrder(World World, Subscriber Subscriber, NoticeStream Stream, DateTimeOffset Now)
{
    /// <summary>The subscriber's where Candor speaks it, else the page's.</summary>
    public Language Language => Language.Spoken(Subscriber.Wishes.Language) ?? Language.Of(World.Page.Language);

    /// <summary>The subscriber's, else the page's.</summary>
    public string Zone => Subscriber.Wishes.TimeZone ?? World.Page.TimeZone;

    public NoticeSpeech Speech => NoticeSpeech.Of(Language);

    public required string Channel { get; init; }

    /// <summary>What the rules know of the topic, where somebody has it already: of a digest it is much, and the same for everybody.</summary>
    public TopicView? View { get; init; }

    /// <summary>What the same notice tells besides: other topics of the same person, over for long like its own.</summary>
    public IReadOnlyList<NoticeStream> Others { get; init; } = [];

    public required string Address { get; init; }

    public string? ManageUrl { get; init; }

    public string? UnsubscribeUrl { get; init; }

    /// <summary>Where a responder says that what they are reminded of is in hand.</summary>
    public string? AcknowledgeUrl { get; init; }

    public ImmutableArray<string> SigningKeys { get; init => field = value.IsDefault ? [] : value; } = [];
}
