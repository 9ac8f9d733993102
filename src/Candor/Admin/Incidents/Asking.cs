using System.Security.Cryptography;
using System.Text;
using Candor.Access;

namespace Candor.Admin.Incidents;

/// <summary>What a form asks for, so that it is done once and told afterwards.</summary>
/// <param name="Act">A stable word for the audit: "incident.updated".</param>
/// <param name="Target">The id of what it is about or makes.</param>
/// <param name="Key">The form's own key: the same when it is sent again after a lost answer.</param>
/// <param name="Asked">A hash of everything that the form says.</param>
internal sealed record Asking(string Act, string Target, string Key, string Asked)
{
    private const int KeyLengthMax = 64;

    public static Asking Of(string act, string target, string key, string path, IEnumerable<string> said) =>
        new(act, target, key, Hash($"FORM {path}\n{string.Join('\u0001', said)}"));

    /// <summary>Null where the form has none: then nothing is remembered, and sending it twice does it twice.</summary>
    public string? KeyOf(Principal who) =>
        Key.Length is > 0 and <= KeyLengthMax ? Hash($"{who.Actor}\nform\n{Key}") : null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
