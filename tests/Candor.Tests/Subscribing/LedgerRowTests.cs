using Candor.Notices.Streams;
using Candor.Subscribing.Ledgers;

namespace Candor.Tests.Subscribing;

/// <summary>A row of the ledger as a line of a table.</summary>
public sealed class LedgerRowTests
{
    [Fact]
    public void What_a_server_says_is_no_formula_of_whoever_opens_the_table()
    {
        var row = new LedgerRow
        {
            Channel = "email", Subscriber = "sub000000001", Address = "=ada@example.com", Update = 3, State = PieceState.Failed, Tries = 2,
            PublishedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Said = "=HYPERLINK(\"https://evil.example\",\"550\")", Why = "refused",
        };

        Assert.Equal(
            "email,sub000000001,'=ada@example.com,3,2026-03-01T12:00:00.000Z,failed,,,refused,2,\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"550\"\")\",\r\n",
            LedgerEndpoints.TableRow(row));
    }
}
