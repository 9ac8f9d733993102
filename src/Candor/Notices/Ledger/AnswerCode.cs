using System.Text.RegularExpressions;

namespace Candor.Notices.Ledger;

/// <summary>
/// What a receiving side said, without its words: mail servers repeat in them whom they mean, in whatever spelling, and
/// errors of a connection name the host. What is read as a number of theirs can hold no address.
/// </summary>
internal static partial class AnswerCode
{
    /// <summary>"550 5.1.1", "250", "404"; null where it does not begin with a number of SMTP or HTTP.</summary>
    public static string? Of(string? said) => said is not null && Beginning().Match(said) is { Success: true } code ? code.Value : null;

    [GeneratedRegex(@"\A[2-5][0-9]{2}(?:[ -][245]\.[0-9]{1,3}\.[0-9]{1,3})?(?=[\s:;,-]|\z)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Beginning();
}
