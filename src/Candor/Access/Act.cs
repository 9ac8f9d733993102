namespace Candor.Access;

/// <summary>What can be done, as routes and pages name it. <see cref="Permissions"/> says who may.</summary>
internal enum Act
{
    /// <summary>Read what operators see: monitors, private components, drafts, their own health.</summary>
    SeeOperations,

    /// <summary>Open an incident, post an update, resolve, take over, release, confirm.</summary>
    PostIncident,

    ScheduleMaintenance,

    /// <summary>Set a component's status by hand.</summary>
    SetStatus,

    WritePostmortem,

    /// <summary>Submit values of a metric.</summary>
    SubmitMetrics,

    /// <summary>Change, move, merge, back-date or delete what was published.</summary>
    EditHistory,

    EditTemplates,

    /// <summary>Change what the page consists of: its components, monitors, metrics, looks and rules.</summary>
    Configure,

    /// <summary>See and change who is told; subscribers' addresses are personal.</summary>
    ManageSubscribers,

    /// <summary>Let readers in to what is for some only, and take them out.</summary>
    ManageReaders,

    /// <summary>Bring another page's past in, or everything out.</summary>
    Import,

    SeeAudit,

    ManageTokens,

    ManagePeople,

    /// <summary>One's own credentials and sessions.</summary>
    OwnAccount,
}
