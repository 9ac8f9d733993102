namespace Candor.Bench;

/// <summary>One measured number; <see cref="Target"/> is null where none is promised.</summary>
internal sealed record Figure(string Name, double Value, string Unit, double? Target, string Note);
