using System.Net;
using Candor.Effects;

namespace Candor.Commands.Drills.Rig;

/// <summary>How a drill asks what it has started itself: on this machine, and nowhere else.</summary>
internal static class DrillHttp
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);

    public static HttpClient Client(TimeProvider time)
    {
        var names = new SystemNames(time);
        return OutboundHttp.Client(new Egress(names.Rules([IPNetwork.Parse("127.0.0.0/8")]), names.Files, new SystemRandomness(), time), AnswersWithin);
    }
}
