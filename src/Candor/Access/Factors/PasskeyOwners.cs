using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;

namespace Candor.Access.Factors;

/// <summary>
/// The roster as a store of passkeys that the platform's verification reads. It writes nothing: what it found good is
/// stored by whoever asked, through the register.
/// </summary>
internal sealed class PasskeyOwners(Register register) : IUserPasskeyStore<PasskeyOwner>
{
    public static string IdOf(byte[] credential) => Base64Url.EncodeToString(credential);

    public static UserPasskeyInfo ToPlatform(Passkey kept) => new(
        Base64Url.DecodeFromChars(kept.Id), Convert.FromBase64String(kept.Key), kept.Since, kept.Counter, [.. kept.Transports],
        kept.IsUserVerified, kept.IsBackupEligible, kept.IsBackedUp,
        Convert.FromBase64String(kept.Attestation), Convert.FromBase64String(kept.Client)) { Name = kept.Name };

    public static Passkey FromPlatform(UserPasskeyInfo made, string name, DateTimeOffset now) =>
        new(IdOf(made.CredentialId), name, Convert.ToBase64String(made.PublicKey), made.SignCount, now)
        {
            Transports = [.. made.Transports ?? []],
            IsUserVerified = made.IsUserVerified,
            IsBackupEligible = made.IsBackupEligible,
            IsBackedUp = made.IsBackedUp,
        };

    public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(register.Roster.People.TryGetValue(new(userId), out var person) ? new PasskeyOwner(person) : null);

    public Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = IdOf(credentialId);
        var person = register.Roster.People.Values.FirstOrDefault(person => person.Passkeys.Any(key => key.Id == id));
        return Task.FromResult(person is null ? null : new PasskeyOwner(person));
    }

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = IdOf(credentialId);
        var kept = user.Person.Passkeys.FirstOrDefault(key => key.Id == id);
        return Task.FromResult(kept is null ? null : ToPlatform(kept));
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Person.Passkeys.Select(ToPlatform)]);

    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Person.Id.Value);

    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.Email);

    public void Dispose()
    {
        // The register is somebody else's.
    }

    Task IUserPasskeyStore<PasskeyOwner>.AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Reads();

    Task IUserPasskeyStore<PasskeyOwner>.RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw Reads();

    Task<string?> IUserStore<PasskeyOwner>.GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Reads();

    Task IUserStore<PasskeyOwner>.SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw Reads();

    Task IUserStore<PasskeyOwner>.SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) => throw Reads();

    Task<IdentityResult> IUserStore<PasskeyOwner>.CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Reads();

    Task<IdentityResult> IUserStore<PasskeyOwner>.UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Reads();

    Task<IdentityResult> IUserStore<PasskeyOwner>.DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Reads();

    Task<PasskeyOwner?> IUserStore<PasskeyOwner>.FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Reads();

    private static NotSupportedException Reads() => new("Passkeys are stored through the register.");
}
