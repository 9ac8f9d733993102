using Candor.Importing;
using Candor.Importing.Entering;

namespace Candor.Commands.Imports;

/// <summary>What <c>candor import --json</c> prints.</summary>
/// <param name="Applied">It was entered; false: this is what would be.</param>
/// <param name="Plan">What became, or would become, of each incident and maintenance.</param>
internal sealed record ImportReport(string Source, bool Applied, Imported Content, ImportTold Plan);
