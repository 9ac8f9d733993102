using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Probing.Http;

namespace Candor.Probing.WriteRead;

/// <summary>The options of a <c>write_read</c> check: where a fresh value is written, and how it is read back.</summary>
internal sealed partial record WriteReadCheck(string Url) : ICheckOptions
{
    [JsonIgnore]
    public string Target => WrittenValue.Readable(Url);

    public string? Method { get; init; }

    /// <summary>Values may name secrets, as those of <see cref="HttpCheck.Headers"/>.</summary>
    public ImmutableArray<HeaderLine> Headers { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The body, with the placeholder where the value goes; null: the value alone, or nothing where the address holds it.</summary>
    public string? Send { get; init; }

    /// <summary>Status codes with which a write is taken, as ranges.</summary>
    public string? Status { get; init; }

    /// <summary>Where to connect instead of what the name says.</summary>
    public string? Origin { get; init; }

    public bool SkipVerify { get; init; }

    /// <summary>The whole look; one that takes longer is slow.</summary>
    public TimeSpan? Within { get; init; }

    public ReadBack Back { get; init; } = new();

    [JsonIgnore]
    public string ReadUrl => Back.Url ?? Url;

    string? ICheckOptions.Behind => WrittenValue.Readable(ReadUrl);

    IEnumerable<string?> ICheckOptions.MayNameSecrets =>
        [.. Headers.OrEmpty().Concat(Back.Headers.OrEmpty()).Select(static header => header.Value), Password, Back.Password];

    /// <summary>The request that writes a value.</summary>
    public HttpCheck Writing(string value) => new(WrittenValue.Into(Url, value))
    {
        Method = Method ?? "PUT",
        Headers = Headers,
        User = User,
        Password = Password,
        Send = (Send ?? (WrittenValue.IsInAddress(Url) ? null : WrittenValue.Placeholder))?.Replace(WrittenValue.Placeholder, value, StringComparison.Ordinal),
        Status = Status ?? "200-299",
        Origin = Origin,
        SkipVerify = SkipVerify,

        // A write that is sent elsewhere was not taken here, and following would turn it into a read.
        KeepRedirects = true,
    };

    /// <summary>The request that reads a value back.</summary>
    public HttpCheck Reading(string value) => new(WrittenValue.Into(ReadUrl, value))
    {
        Headers = Back.Headers,
        User = Back.User,
        Password = Back.Password,
        Status = "200-299",
        PastCache = Back.PastCache,
        Origin = Back.Origin,
        SkipVerify = SkipVerify,
    };
}

/// <summary>How a value is read back.</summary>
internal sealed record ReadBack
{
    public static readonly TimeSpan UsualWithin = TimeSpan.FromSeconds(5);

    /// <summary>Null: where it was written.</summary>
    public string? Url { get; init; }

    public ImmutableArray<HeaderLine> Headers { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The path to the value in a JSON body; null: anywhere in the body.</summary>
    public string? Json { get; init; }

    /// <summary>The text that holds it, with the placeholder; null: the value alone.</summary>
    public string? Body { get; init; }

    public bool PastCache { get; init; }

    public string? Origin { get; init; }

    /// <summary>How long it may take to appear; null: <see cref="UsualWithin"/>.</summary>
    public TimeSpan? Within { get; init; }
}
