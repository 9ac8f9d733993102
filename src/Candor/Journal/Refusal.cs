namespace Candor.Journal;

/// <summary>A decision's "no", as a value: a stable code, a sentence that names the remedy, and the field at fault.</summary>
internal sealed record Refusal(string Code, string Sentence, string? Field = null);
