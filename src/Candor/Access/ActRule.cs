namespace Candor.Access;

/// <summary>Who may do one act.</summary>
/// <param name="Least">The lowest role that may.</param>
/// <param name="Scope">The lowest scope of a token that may, or null where no token ever may.</param>
/// <param name="IsWhole">It touches the whole installation, so nobody who is limited to components may do it.</param>
internal sealed record ActRule(Role Least, TokenScope? Scope, bool IsWhole)
{
    public static ActRule Of(Act act) => act switch
    {
        Act.SeeOperations => new(Role.Viewer, TokenScope.Read, IsWhole: false),
        Act.PostIncident or Act.ScheduleMaintenance or Act.SetStatus or Act.WritePostmortem =>
            new(Role.Responder, TokenScope.Post, IsWhole: false),
        Act.SubmitMetrics => new(Role.Responder, TokenScope.Post, IsWhole: true),
        Act.EditHistory => new(Role.Editor, TokenScope.Admin, IsWhole: false),
        Act.EditTemplates or Act.Configure or Act.ManageSubscribers or Act.Import =>
            new(Role.Editor, TokenScope.Admin, IsWhole: true),
        Act.SeeAudit or Act.ManageReaders => new(Role.Owner, TokenScope.Admin, IsWhole: true),
        Act.ManageTokens or Act.ManagePeople => new(Role.Owner, Scope: null, IsWhole: true),
        Act.OwnAccount => new(Role.Viewer, Scope: null, IsWhole: false),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "An act without a rule."),
    };
}
