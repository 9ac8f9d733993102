using System.Text.RegularExpressions;

namespace Candor.Probing.Http;

/// <summary>
/// An owner's regular expression against a stranger's text: only the engine that never backtracks, 64 kB of input,
/// 50 ms. Patterns that would unfold into a huge automaton are refused when they are saved.
/// </summary>
internal sealed class BodyPattern
{
    public const int InputMax = 64 * 1024;
    private const int LengthMax = 500;

    // The engine looks at its clock every thousand characters, and each costs in proportion to this: 80 keeps the
    // overrun within tens of milliseconds and still takes a UUID. The engine's own limit is not lowered to it, because
    // that one holds for every pattern of the process.
    private const int SizeMax = 80;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);
    private readonly Regex regex;

    /// <exception cref="NotSupportedException">It is too large, or needs an engine that backtracks.</exception>
    public BodyPattern(string text) => regex = PatternSize.Of(text, SizeMax) <= SizeMax
        ? new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Budget)
        : throw new NotSupportedException($"The pattern has more than {SizeMax} places.");

    /// <summary>Null, or what to write instead.</summary>
    public static string? Check(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            return $"write a regular expression of up to {LengthMax} characters";
        }

        try
        {
            _ = new BodyPattern(text);
            return null;
        }
        catch (NotSupportedException)
        {
            return "write it shorter, with smaller repetition counts, and without back-references and look-around";
        }
        catch (ArgumentException)
        {
            return "write a regular expression such as ver(sion)? 2\\.[0-9]+";
        }
    }

    /// <summary>Whether the text matches; null where the budget ran out.</summary>
    public bool? Matches(string text) =>
        // The budget is counted by the clock on the wall: a thread that was put to sleep on a busy machine has used none of
        // it, so it is asked once more.
        Try(text) ?? Try(text);

    private bool? Try(string text)
    {
        try
        {
            return regex.IsMatch(text.Length > InputMax ? text.AsSpan(0, InputMax) : text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
