using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>Whether somebody is told of each word, or of all words of a while together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DigestEvery>))]
internal enum DigestEvery
{
    [JsonStringEnumMemberName("each")]
    Each,

    /// <summary>At the full hour.</summary>
    [JsonStringEnumMemberName("hourly")]
    Hourly,

    /// <summary>At eight in the morning of the page's zone.</summary>
    [JsonStringEnumMemberName("daily")]
    Daily,
}

/// <summary>What was said up to then, and after the one before, is told in this way.</summary>
internal readonly record struct FormerWay(DateTimeOffset Until, DigestEvery Way);

/// <summary>A while is over whose words are told together. Where nothing was said in it there is no such fact.</summary>
/// <param name="From">Words after this moment.</param>
/// <param name="Until">Words up to this moment.</param>
internal sealed record DigestClosed(DateTimeOffset At, DigestEvery Every, DateTimeOffset From, DateTimeOffset Until) : Event(At);

/// <summary>A while that is over.</summary>
/// <param name="Number">From 1, over both kinds; nothing that is said later changes it.</param>
internal sealed record Digest(int Number, DigestEvery Every, DateTimeOffset From, DateTimeOffset Until);
