using Candor.Notices.Subscribers;
using Candor.State;

namespace Candor.Subscribing.Lists;

/// <summary>
/// Reads and writes lists of subscribers: our own columns, those of Statuspage's export and of its template, or a plain
/// column of addresses. Pure. Each row that cannot be taken is named with its line and what to do about it.
/// </summary>
internal static class ListForm
{
    public const int RowsMost = 50_000;
    public const int CharactersMost = 12_000_000;

    /// <summary>Under “components”: an empty cell would say nothing.</summary>
    private const string WholePage = "*";

    /// <summary>The same, of whoever is told of single incidents alone.</summary>
    private const string NoComponent = "none";

    private static readonly string[] Columns = ["channel", "address", "components", "incidents", "minimum_impact", "maintenance", "time_zone", "language", "digest", "reminders", "state"];
    private static readonly string[] Channels = ["channel", "type", "mode", "subscriber_type", "subscription_type"];
    private static readonly string[] Addresses = ["address", "email", "email_address", "e-mail", "mail", "endpoint", "webhook", "webhook_endpoint", "url"];
    private static readonly string[] Components = ["components", "component_ids", "component_names", "subscribed_components"];
    private static readonly string[] States = ["state", "status"];

    public static ReadList Read(World world, string text)
    {
        var (rows, faults, left) = (new List<ListRow>(), new List<ListFault>(), new List<ListFault>());
        if (text.Length > CharactersMost)
        {
            return new([], [new(1, $"The list is longer than {CharactersMost / 1_000_000} million characters.", "Part it into several files.")], []);
        }

        ListHeader? header = null;
        foreach (var (line, cells) in ListTable.Rows(text.TrimStart('\uFEFF')))
        {
            if (rows.Count + faults.Count + left.Count >= RowsMost)
            {
                faults.Add(new(line, $"The list has more than {RowsMost:N0} rows.", "Part it into several files."));
                break;
            }

            if (cells is null)
            {
                faults.Add(new(line, "A quote that opens here is never closed, or a cell is far too long.", "Close it, or double a quote that belongs to the text."));
                continue;
            }

            if (header is null)
            {
                header = HeaderOf(cells, out var isHeader);
                if (header is null)
                {
                    faults.Add(new(line, "The first row names no column for addresses.", "Begin with a row such as: channel,address,components"));
                    break;
                }

                if (isHeader)
                {
                    continue;
                }
            }

            Take(world, new(line, header, cells), rows, faults, left);
        }

        return new(rows, faults, left);
    }

    /// <summary>
    /// Everybody who has not been erased, as <see cref="Read"/> takes it again: what is said of them is said in a word where an
    /// empty cell would leave what is there.
    /// </summary>
    public static string Write(World world, Func<SubscriberId, string?> addressOf)
    {
        var text = new System.Text.StringBuilder(ListTable.Row(Columns));
        foreach (var one in world.Subscribers.Values.Where(static one => !one.Erased).OrderBy(static one => one.Number))
        {
            text.Append(ListTable.Row(
            [
                one.Wishes.Channel, addressOf(one.Id) ?? "", ComponentsOf(one.Wishes), string.Join(';', one.Wishes.Incidents.Select(static id => id.Value)),
                one.Wishes.MinimumImpact.ToString().ToLowerInvariant(), one.Wishes.Maintenance ? "yes" : "no", one.Wishes.TimeZone ?? SubscriberBody.ThePages,
                one.Wishes.Language ?? SubscriberBody.ThePages, one.Wishes.Digest.ToString().ToLowerInvariant(), one.Wishes.Reminders ? "yes" : "no", SubscriberView.StateOf(one),
            ]));
        }

        return text.ToString();
    }

    private static string ComponentsOf(SubscriberWishes wishes) =>
        wishes.OnlyIncidents ? NoComponent : wishes.Components.IsEmpty ? WholePage : string.Join(';', wishes.Components.Select(static id => id.Value));

    private static ListHeader? HeaderOf(IReadOnlyList<string> cells, out bool isHeader)
    {
        var names = cells.Select(static cell => cell.Trim().ToLowerInvariant().Replace(' ', '_')).ToList();
        isHeader = names.Exists(Addresses.Contains) && !names.Exists(static name => name.Contains('@', StringComparison.Ordinal) || name.Contains("://", StringComparison.Ordinal));
        return isHeader ? new(names)

            // Statuspage's template without its first row, or nothing but addresses.
            : names[0] is "email" or "webhook" or "sms" && names.Count > 1 ? new(["type", "address"])
            : names[0].Contains('@', StringComparison.Ordinal) || names[0].Contains("://", StringComparison.Ordinal) ? new(["address"])
            : null;
    }

    private static void Take(World world, ListCells row, List<ListRow> rows, List<ListFault> faults, List<ListFault> left)
    {
        var state = row.Of(States).ToLowerInvariant();
        if (state is not ("" or "active" or "confirmed" or "subscribed"))
        {
            left.Add(new(row.Line, $"They are {state} there and are not entered.", "Who wants to be told subscribes on the page."));
            return;
        }

        var channel = row.Of(Channels).ToLowerInvariant();
        var address = channel == "webhook" && row.Of("endpoint", "webhook_endpoint", "url") is { Length: > 0 } endpoint ? endpoint : row.Of(Addresses);
        channel = channel.Length > 0 ? channel : address.Contains("://", StringComparison.Ordinal) ? "webhook" : "email";
        if (address.Length == 0)
        {
            faults.Add(new(row.Line, "There is no address in this row.", channel is "email" or "webhook" ? "Write one, or take the row out." : $"Nobody can be told by {channel} here; take the row out."));
            return;
        }

        // An absent column and an empty cell say nothing: what somebody has chosen who is told already stays.
        var wanted = row.Of(Components);
        var components = new List<string>();
        foreach (var named in wanted is WholePage or NoComponent ? [] : NamedIn(wanted))
        {
            if (NamedComponents.Find(world, named) is not { } found)
            {
                faults.Add(new(row.Line, $"There is no component “{Short(named)}”.", "Write its name as on the page, or its id; several with semicolons between."));
                return;
            }

            components.Add(found.Value);
        }

        // What this page does not have was followed elsewhere, or is long forgotten: nothing more can be said of it.
        var incidents = NamedIn(row.Of("incidents")).Where(id => world.Incidents.ContainsKey(new(id))).ToList();
        if (wanted == NoComponent && incidents.Count == 0)
        {
            left.Add(new(row.Line, "They are told of single incidents alone, and this page has none of those.", "Write components, or * for the whole page, where they are to be told of more."));
            return;
        }

        var impact = row.Of("minimum_impact", "impact").ToLowerInvariant();
        if (!Enum.TryParse<Impact>(impact.Length == 0 ? "none" : impact, ignoreCase: true, out var least) || !Enum.IsDefined(least))
        {
            faults.Add(new(row.Line, $"“{Short(impact)}” is no impact.", "Write none, minor, major or critical."));
            return;
        }

        var often = row.Of("digest").ToLowerInvariant();
        if (!Enum.TryParse<DigestEvery>(often.Length == 0 ? "each" : often, ignoreCase: true, out var digest) || !Enum.IsDefined(digest))
        {
            faults.Add(new(row.Line, $"“{Short(often)}” is no way of being told.", "Write each, hourly or daily under “digest”."));
            return;
        }

        var (isMaintenanceRead, isRemindersRead) = (IsYesOrNo(row.Of("maintenance"), out var maintenance), IsYesOrNo(row.Of("reminders"), out var reminders));
        if (!isMaintenanceRead || !isRemindersRead)
        {
            var column = isMaintenanceRead ? "reminders" : "maintenance";
            faults.Add(new(row.Line, $"“{Short(row.Of(column))}” is neither yes nor no.", $"Write yes or no under “{column}”."));
            return;
        }

        rows.Add(new(row.Line, new()
        {
            Channel = channel,
            Address = address,
            Components = wanted.Length == 0 ? null : components,
            Incidents = incidents.Count == 0 ? null : incidents,
            OnlyIncidents = wanted.Length == 0 ? null : wanted == NoComponent,
            MinimumImpact = impact.Length == 0 ? null : least,
            Maintenance = maintenance,
            Language = row.Of("language", "locale") is { Length: > 0 } language ? language : null,
            TimeZone = row.Of("time_zone", "timezone") is { Length: > 0 } zone ? zone : null,
            Digest = often.Length == 0 ? null : digest,
            Reminders = reminders,
        }));
    }

    private static IEnumerable<string> NamedIn(string cell) => cell.Split(';', '|', ',').Select(static one => one.Trim()).Where(static one => one.Length > 0);

    /// <summary>False where it is neither.</summary>
    /// <param name="yes">Null where nothing is said.</param>
    private static bool IsYesOrNo(string cell, out bool? yes)
    {
        var said = cell.ToLowerInvariant();
        yes = said switch
        {
            "yes" or "y" or "true" or "1" or "on" or "x" or "ja" or "j" => true,
            "no" or "n" or "false" or "0" or "off" or "nein" => false,
            _ => null,
        };
        return yes is not null || said.Length == 0;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>The names of the columns, in their order.</summary>
internal sealed record ListHeader(IReadOnlyList<string> Names);

/// <summary>One row with the names of its columns.</summary>
internal sealed record ListCells(int Line, ListHeader Header, IReadOnlyList<string> Cells)
{
    /// <summary>The first of these columns that holds something, or nothing.</summary>
    public string Of(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < Header.Names.Count && i < Cells.Count; i++)
            {
                if (Header.Names[i] == name && Cells[i].Length > 0)
                {
                    return Cells[i];
                }
            }
        }

        return "";
    }
}

/// <param name="Left">Rows that are left out on purpose, each with the reason.</param>
internal sealed record ReadList(IReadOnlyList<ListRow> Rows, IReadOnlyList<ListFault> Faults, IReadOnlyList<ListFault> Left);

internal sealed record ListRow(int Line, SubscriberBody Body);

/// <summary>What is wrong at a line, and what to do about it.</summary>
internal sealed record ListFault(int Line, string What, string Remedy);
