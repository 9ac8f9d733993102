namespace Candor.Notices.Channels.Email;

/// <summary>
/// Whether a server that says it does not relay means the recipient or means us. Where it refused a domain and then took
/// another one's mail, it means the domain. Where it refuses and refuses and takes nothing, it lacks our login or has been
/// set up anew: then it means us, and nobody's notice is to be lost over it.
/// </summary>
internal sealed class Relaying
{
    /// <summary>So many refusals in a row, and nothing taken between them.</summary>
    public const int RowMost = 10;

    private const int DomainsMost = 10_000;

    private readonly Lock gate = new();
    private readonly HashSet<string> waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> others = new(StringComparer.OrdinalIgnoreCase);
    private int row;

    /// <summary>It took a mail to this domain.</summary>
    public void Took(string domain)
    {
        lock (gate)
        {
            row = 0;
            waiting.Remove(domain);
            if (others.Count > DomainsMost)
            {
                others.Clear();
            }

            others.UnionWith(waiting);
            others.Remove(domain);
            waiting.Clear();
        }
    }

    /// <summary>It refused one to this domain: who is meant. Nobody yet: <see cref="Blame.None"/>.</summary>
    public Blame Refused(string domain)
    {
        lock (gate)
        {
            if (others.Contains(domain))
            {
                return Blame.Recipient;
            }

            if (waiting.Count < DomainsMost)
            {
                waiting.Add(domain);
            }

            return ++row >= RowMost ? Blame.Channel : Blame.None;
        }
    }
}
