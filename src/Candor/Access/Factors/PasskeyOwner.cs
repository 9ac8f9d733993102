namespace Candor.Access.Factors;

/// <summary>A person as the platform's verification of passkeys wants to see one.</summary>
internal sealed record PasskeyOwner(Person Person);
