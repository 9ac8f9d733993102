using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.Probing.Http;

/// <summary>The options of an <c>http</c> check.</summary>
internal sealed partial record HttpCheck(string Url) : ICheckOptions
{
    public const int RedirectsMax = 5;

    [JsonIgnore]
    public string Target => Url;

    public string? Method { get; init; }

    /// <summary>Values may name secrets (<c>Bearer $TOKEN</c>), which are put in when the probe is opened.</summary>
    public ImmutableArray<HeaderLine> Headers { get; init; }

    /// <summary>Who to be for basic authentication.</summary>
    public string? User { get; init; }

    /// <summary>The password that goes with <see cref="User"/>, as a reference: <c>$NAME</c>.</summary>
    public string? Password { get; init; }

    /// <summary>A body to send.</summary>
    public string? Send { get; init; }

    /// <summary>Status codes that are good, as ranges.</summary>
    public string? Status { get; init; }

    public string? Body { get; init; }

    public string? BodyMatches { get; init; }

    public string? BodyLacks { get; init; }

    /// <summary>Headers that must be there and contain the text.</summary>
    public ImmutableArray<HeaderLine> Header { get; init; }

    /// <summary>JSON paths and the value that each must have.</summary>
    public ImmutableArray<HeaderLine> Json { get; init; }

    public TimeSpan? Within { get; init; }

    /// <summary>A redirect is itself the answer.</summary>
    public bool KeepRedirects { get; init; }

    public bool SkipVerify { get; init; }

    public int? CertificateWarnDays { get; init; }

    /// <summary>A query that no cache has seen, and a request not to be answered from one.</summary>
    public bool PastCache { get; init; }

    /// <summary>Where to connect instead of what the name says; host name and SNI stay the URL's.</summary>
    public string? Origin { get; init; }

    string? ICheckOptions.Front => IsRead && !IsPastCaches ? Url : null;

    string? ICheckOptions.Behind => IsRead && IsPastCaches ? Url : null;

    private bool IsRead => Method is null or "GET" or "HEAD";

    private bool IsPastCaches => PastCache || Origin is not null;

    IEnumerable<string?> ICheckOptions.MayNameSecrets => Headers.OrEmpty().Select(static header => header.Value).Append(Password);

    /// <summary>True when something is expected of the body, so that it must be read and unfolded.</summary>
    [JsonIgnore]
    public bool WantsBody => Body is not null || BodyMatches is not null || BodyLacks is not null || !Json.IsDefaultOrEmpty;
}

/// <summary>A name and a value, in the order of the names.</summary>
internal sealed record HeaderLine(string Name, string Value);
