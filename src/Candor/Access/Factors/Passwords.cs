using Candor.Effects;

namespace Candor.Access.Factors;

/// <summary>
/// Makes and checks passwords, two at a time: each costs a quarter of a second of a core, which strangers must not be able
/// to spend at will. Whoever does not exist costs the same as whoever does.
/// </summary>
internal sealed class Passwords : IDisposable
{
    public const int LengthMin = 12;
    public const int LengthMax = 200;
    private const int WaitingMax = 16;

    private readonly SemaphoreSlim working = new(2);
    private readonly IRandomness randomness;
    private readonly int rounds;
    private readonly string nobody;
    private readonly Derivation? derive;
    private int waiting;

    public Passwords(IRandomness randomness, int rounds = PasswordHash.Rounds, Derivation? derive = null)
    {
        (this.randomness, this.rounds, this.derive) = (randomness, rounds, derive);
        nobody = PasswordHash.Make("", randomness, rounds);
    }

    /// <summary>Null where too many wait already.</summary>
    public async Task<bool?> VerifyAsync(string? stored, string password, CancellationToken cancellation)
    {
        var genuine = await WorkAsync(() => PasswordHash.Verify(stored ?? nobody, Cut(password), rounds, derive), cancellation);
        return genuine is { } answer ? answer && stored is not null : null;
    }

    public async Task<string?> MakeAsync(string password, CancellationToken cancellation) =>
        await WorkAsync(() => (Hash: PasswordHash.Make(Cut(password), randomness, rounds, derive), 0), cancellation) is { } made ? made.Hash : null;

    public void Dispose() => working.Dispose();

    private static string Cut(string password) => password.Length > LengthMax ? password[..LengthMax] : password;

    private async Task<T?> WorkAsync<T>(Func<T> work, CancellationToken cancellation)
        where T : struct
    {
        if (Interlocked.Increment(ref waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        try
        {
            await working.WaitAsync(cancellation);
            try
            {
                return await Task.Run(work, cancellation);
            }
            finally
            {
                working.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
