namespace Candor.Notices.Wording;

/// <summary>Why a notice comes late, in words that hurt nobody and hide nothing.</summary>
internal static class DelayWords
{
    public static string Of(string? reason) => reason switch
    {
        null or "interrupted" => "our notices were delayed",
        "crashed" => "our notices were interrupted",
        "timeout" => "the receiving side did not answer in time",
        "busy" or "throttled" => "the receiving side asked us to wait",
        "unreachable" => "the receiving side could not be reached",
        _ => "the receiving side did not take it at first",
    };
}
