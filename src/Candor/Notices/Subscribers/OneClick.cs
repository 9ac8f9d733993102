using Candor.Journal;

namespace Candor.Notices.Subscribers;

/// <summary>What a mail program sends when its button is pressed (RFC 8058, 3.1), and our own page's button with it. A bare POST means nothing.</summary>
internal static class OneClick
{
    public const string Field = "List-Unsubscribe";
    public const string Value = "One-Click";
    public const string Missing = "one_click";

    public static Refusal NotSaid { get; } =
        new(Missing, "Press the button; nothing is ended without it. Programs send List-Unsubscribe=One-Click, as RFC 8058 has it.", Field);

    public static async Task<bool> IsSaidAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            var sent = await context.Request.ReadFormAsync(context.RequestAborted);
            return string.Equals(sent[Field], Value, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            // A form that cannot be read says nothing.
            return false;
        }
    }
}
