using System.Text.Json.Serialization;

namespace Candor.Subscribing.Reports;

/// <summary>What a mail provider tells of one address.</summary>
internal enum ReportKind
{
    /// <summary>There is no such mailbox, or it will never take anything of ours.</summary>
    HardBounce,

    /// <summary>Full, slow or away for a while: it is tried again, and nobody is taken out.</summary>
    SoftBounce,

    /// <summary>Its owner said that what we send is unwanted.</summary>
    Complaint,
}

/// <param name="Link">The link to unsubscribe by that stood in the mail, where the report holds the mail.</param>
internal sealed record MailReport(ReportKind Kind, string Address, string? Link = null)
{
    /// <summary>Whether the provider says it itself. What came as a mail says what its writer likes.</summary>
    public bool IsVouched { get; init; }
}

/// <summary>A message of our own form.</summary>
internal sealed record ReportBody
{
    public IReadOnlyList<ReportedBody>? Reports { get; init; }
}

internal sealed record ReportedBody
{
    /// <summary>"hard_bounce", "soft_bounce" or "complaint".</summary>
    public string? Type { get; init; }

    public string? Address { get; init; }

    /// <summary>What their server said; for whoever reads the request, and not kept.</summary>
    public string? Said { get; init; }
}

/// <param name="Taken">Reports that were read, whether or not anybody here has the address.</param>
/// <param name="Unproven">Subscribers whom a mail names without enclosing a mail of ours to them. They go on being told.</param>
internal sealed record ReportsTaken(int Taken, int Unproven);

/// <summary>Strict, as every body that programs send.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false, MaxDepth = 8)]
[JsonSerializable(typeof(ReportBody))]
[JsonSerializable(typeof(ReportsTaken))]
internal sealed partial class ReportJson : JsonSerializerContext;
