using System.Text;
using Candor.Subscribing.Reports;

namespace Candor.Tests.Subscribing;

/// <summary>Reports of mail providers, as they send them and as somebody hostile would.</summary>
public sealed class ReportTextTests
{
    private const string Complaint = """
        From: <abusedesk@example.com>
        Subject: FW: Homepage is down
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report;
             boundary="part1_13d"

        --part1_13d
        Content-Type: text/plain

        This is an email abuse report.

        --part1_13d
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Rcpt-To: <Ada@Example.com>

        --part1_13d
        Content-Type: message/rfc822

        From: status@heron.example
        To: redacted@example.com
        List-Unsubscribe: <https://status.example.com/unsubscribe/ada000000001.0f0f>
        Subject: Homepage is down

        Body.
        --part1_13d--
        """;

    private const string Status = """
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com

        Final-Recipient: rfc822; gone@example.com
        Action: failed
        Status: 5.1.1 (unknown)

        Final-Recipient: rfc822; full@example.com
        Action: failed
        Status: 5.2.2

        Final-Recipient: rfc822; slow@example.com
        Action: delayed
        Status: 4.4.1
        --b--
        """;

    [Fact]
    public void A_complaint_names_the_address_and_the_link_of_the_mail() => Assert.Equal(
        [new MailReport(ReportKind.Complaint, "Ada@Example.com", "ada000000001.0f0f")], ReportText.ReadMail(Bytes(Complaint)));

    [Fact]
    public void A_complaint_without_an_address_takes_that_of_the_mail_and_one_that_is_taken_back_is_none()
    {
        var without = Complaint.Replace("Original-Rcpt-To: <Ada@Example.com>", "Arrival-Date: today", StringComparison.Ordinal);

        Assert.Equal("redacted@example.com", Assert.Single(ReportText.ReadMail(Bytes(without))).Address);
        Assert.Empty(ReportText.ReadMail(Bytes(Complaint.Replace("Feedback-Type: abuse", "Feedback-Type: not-spam", StringComparison.Ordinal))));
    }

    [Fact]
    public void Of_a_delivery_status_only_a_mailbox_that_is_not_there_is_hard() => Assert.Equal(
        [(ReportKind.HardBounce, "gone@example.com"), (ReportKind.SoftBounce, "full@example.com"), (ReportKind.SoftBounce, "slow@example.com")],
        ReportText.ReadMail(Bytes(Status)).Select(static one => (one.Kind, one.Address)));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reports":[{"type":"hard","address":"a@example.com"}]}""")]
    [InlineData("""{"reports":[{"type":"complaint"}]}""")]
    [InlineData("""{"reports":[{"type":"complaint","address":"a@example.com","subscriber":"x"}]}""")]
    [InlineData("[[[[[[[[[[[[")]
    public void What_is_no_report_says_so(string json) => Assert.Throws<FormatException>(() => ReportText.ReadJson(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Hostile_mails_end_quickly()
    {
        Assert.Throws<FormatException>(() => ReportText.ReadMail(Bytes("Subject: hello\n\nhi")));
        Assert.Throws<FormatException>(() => ReportText.ReadMail(Bytes(new string('\n', 900_000))));
        Assert.Throws<FormatException>(() => ReportText.ReadMail(Bytes("Content-Type: multipart/report; report-type=feedback-report; boundary=\n\n")));
        Assert.Empty(ReportText.ReadMail(Bytes("Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n", 19_000)))));
        Assert.Empty(ReportText.ReadMail(Bytes("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" + new string(':', 500_000) + "\n--b--")));
    }

    [Fact]
    public void A_field_that_goes_on_and_on_costs_no_more_than_it_is_long()
    {
        var mail = Bytes("Content-Type: multipart/report; report-type=delivery-status; boundary=b\nX-Long: a\n"
            + string.Concat(Enumerable.Repeat(" " + new string('a', 49) + "\n", 19_000)) + "\n--b--");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(ReportText.ReadMail(mail));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50L * mail.Length);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
