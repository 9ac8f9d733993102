using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>What every page has around its own.</summary>
internal abstract class FrameWords : Spoken
{
    /// <summary>Of the window: what stands on the page, and whose page it is.</summary>
    public abstract string Title(string title, string page);

    public abstract string IncidentsOf(string page);

    public abstract string Skip { get; }

    public abstract string SkipToContent { get; }

    /// <summary>The ways at the top, for who cannot see them.</summary>
    public abstract string Pages { get; }

    public abstract string History { get; }

    public abstract string Subscribe { get; }

    /// <summary>The ways at the foot, for who cannot see them.</summary>
    public abstract string More { get; }

    public abstract string Contact { get; }

    public abstract string Maintenance { get; }

    public abstract string HowUptimeIsCounted { get; }

    public abstract RenderFragment TimesAreIn(RenderFragment zone, string version);

    /// <summary>On a page of the past.</summary>
    public abstract RenderFragment AsOf(RenderFragment at);

    public abstract string BackToNow { get; }

    public abstract string YouSeeWhatIsShownTo(string audience);

    public abstract string SignIn { get; }

    public abstract string SignOut { get; }

    /// <summary>On a page that is a file, above everything else.</summary>
    public abstract string AboutThisCopy { get; }

    public abstract string CopyMadeAt(string at);

    public abstract string ThePageItself { get; }

    /// <summary>On a page that a mirror has something to say on.</summary>
    public abstract string SaidByThisMirror { get; }

    public abstract string PostedOnThisMirror { get; }

    public abstract string MirrorIsAloneSince(string at);

    /// <summary>"10:55 UTC on 29 February 2024"</summary>
    public abstract string UtcMoment(DateTimeOffset at);
}
