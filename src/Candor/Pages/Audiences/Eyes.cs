namespace Candor.Pages.Audiences;

/// <summary>Whose eyes a page was made for: an audience, and what is kept from it. Other eyes, another page.</summary>
/// <param name="Audience">Null: everybody.</param>
internal sealed record Eyes(string? Audience, string Gate)
{
    public static readonly Eyes Everybody = new(null, "");
}
