using System.Text.Json;

namespace Candor.Commands.Exports;

/// <summary>One fact with its three times, as its journal had it.</summary>
internal sealed record ExportedFact(
    string Kind, DateTimeOffset OccurredAt, DateTimeOffset ArrivedAt, DateTimeOffset CommittedAt, JsonElement Body);
