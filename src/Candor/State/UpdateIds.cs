using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Candor.State;

/// <summary>An id for each update, derived from incident and number: the same at every rendering and on every node.</summary>
internal static class UpdateIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    public static string Of(IncidentId incident, int seq) =>
        Of(string.Create(CultureInfo.InvariantCulture, $"{incident.Value}/{seq}"));

    /// <summary>Statuspage tells a postmortem as the last update of its incident.</summary>
    public static string OfPostmortem(IncidentId incident) => Of($"{incident.Value}/postmortem");

    private static string Of(string named)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(named), hash);
        Span<char> id = stackalloc char[12];
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphabet[hash[i] % Alphabet.Length];
        }

        return new(id);
    }
}
