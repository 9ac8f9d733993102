using System.Security.Cryptography;
using Candor.Access;
using Candor.Effects;

namespace Candor.Tests.Access;

/// <summary>Made-up people and tokens, and chance that repeats itself.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    public static Person Somebody(string id = "ada000000000", Role role = Role.Owner, string email = "ada@example.com") =>
        new(new(id), "Ada", email, role, Now);

    public static PersonPrincipal Signed(Role role, Reach? reach = null) =>
        new(new("ada000000000"), "Ada", role, reach ?? Reach.Everything, "hash", Now);

    public static TokenPrincipal Holding(TokenScope scope, Reach? reach = null) =>
        new(new("tok000000000"), "deploy", scope, reach ?? Reach.Everything, "token:tok000000000");

    public static (TokenText Text, ApiToken Kept) Token(IRandomness chance, TokenScope scope = TokenScope.Post, TimeSpan? lasts = null)
    {
        var (text, decision) = Tokens.Make("deploy", scope, lasts ?? TimeSpan.FromDays(1), Now, chance);
        return (text, (ApiToken)decision.Events.Single().Now!);
    }

    /// <summary>SHA-256 of a counter: every run of a test meets the same bits.</summary>
    public sealed class Chance(int seed = 1) : IRandomness
    {
        private long at;

        public void Fill(Span<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] = SHA256.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(at++)])[0];
            }
        }
    }
}
