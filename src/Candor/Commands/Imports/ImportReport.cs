using Candor.Importing;

namespace Candor.Commands.Imports;

/// <summary>What <c>candor import --json</c> prints.</summary>
internal sealed record ImportReport(string Source, bool Applied, Imported Content);
