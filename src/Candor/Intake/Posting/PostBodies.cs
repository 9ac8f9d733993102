namespace Candor.Intake.Posting;

/// <summary>What is sent to <c>POST /api/incidents</c>. Members that are missing are told by the decision, with the remedy.</summary>
internal sealed record IncidentBody
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<ComponentBody>? Components { get; init; }

    public string? StartedAt { get; init; }

    public string? Impact { get; init; }

    /// <summary>Names of audiences: nobody else reads of it.</summary>
    public IReadOnlyList<string>? OnlyFor { get; init; }

    /// <summary>A moment; or, so that a repeat says the same, seconds from now with the next one.</summary>
    public string? NextUpdateBy { get; init; }

    public int? NextUpdateInSeconds { get; init; }

    public bool? DeliverNotifications { get; init; }

    public IReadOnlyList<FileBody>? Files { get; init; }
}

/// <summary>What is sent to <c>…/updates</c> and <c>…/resolve</c>.</summary>
internal sealed record UpdateBody
{
    public string? Status { get; init; }

    public string? Body { get; init; }

    public IReadOnlyList<ComponentBody>? Components { get; init; }

    public string? NextUpdateBy { get; init; }

    public int? NextUpdateInSeconds { get; init; }

    public bool? DeliverNotifications { get; init; }

    public IReadOnlyList<FileBody>? Files { get; init; }
}

/// <summary>A file that was uploaded, and what it shows for who does not see it.</summary>
internal sealed record FileBody(string? Upload = null, string? Alt = null);

/// <summary>What is sent to <c>POST /api/uploads</c>.</summary>
/// <param name="Bytes">How long the file is.</param>
internal sealed record UploadBody(string? Name = null, long Bytes = 0);

/// <summary>What is sent to <c>PATCH /api/incidents/{id}</c>.</summary>
internal sealed record RenameBody
{
    public string? Title { get; init; }
}

/// <summary>What is sent to <c>POST /api/maintenances</c>.</summary>
internal sealed record MaintenanceBody
{
    public string? Title { get; init; }

    public string? Body { get; init; }

    public string? ScheduledFor { get; init; }

    public string? ScheduledUntil { get; init; }

    /// <summary>Names or ids.</summary>
    public IReadOnlyList<string>? Components { get; init; }

    public bool? ScheduledAutoInProgress { get; init; }

    public bool? ScheduledAutoCompleted { get; init; }

    public bool? DeliverNotifications { get; init; }
}

/// <summary>A component by name or id, and how it is; in one region, or in all.</summary>
internal sealed record ComponentBody(string? Component = null, string? Status = null, string? Region = null);
