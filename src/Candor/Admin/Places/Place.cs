namespace Candor.Admin.Places;

/// <summary>Somewhere that one can go, or something that one can begin.</summary>
/// <param name="What">What it is, in a word or two: "open incident".</param>
internal sealed record Place(string Name, string What, string Path);
