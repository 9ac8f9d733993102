namespace Candor.Pages.Phrases;

internal sealed class GermanPage : PageWords
{
    public override FrameWords Frame { get; } = new GermanFrame();

    public override HeadlineWords Headline { get; } = new GermanHeadline();

    public override FrontWords Front { get; } = new GermanFront();

    public override ComponentWords Component { get; } = new GermanComponent();

    public override IncidentWords Incident { get; } = new GermanIncident();

    public override UpdateWords Updates { get; } = new GermanUpdates();

    public override ToldWords Told { get; } = new GermanTold();

    public override MaintenanceWords Maintenance { get; } = new GermanMaintenance();

    public override PlainWords Plain { get; } = new GermanPlain();

    public override StepWords Steps { get; } = new GermanSteps();

    public override SubscribeWords Subscribe { get; } = new GermanSubscribe();

    public override FeedWords Feeds { get; } = new GermanFeeds();

    public override ProblemWords Problems { get; } = new GermanProblems();
}
