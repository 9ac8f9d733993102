using Candor.Commands.Doctor;

namespace Candor.Tests.Commands;

public class SystemFindingsTests
{
    private const string Header = "Limit                     Soft Limit           Hard Limit           Units\n";

    [Theory]
    [InlineData("Max open files            1024                 524288               files", "Good")]
    [InlineData("Max open files            1024                 4096                 files", "Warning")]
    [InlineData("Max open files            unlimited            unlimited            files", "Good")]
    [InlineData("", "Good")]
    public void The_hard_limit_of_open_files_decides(string line, string expected) =>
        Assert.Equal(expected, SystemFindings.OpenFiles(Header + line).Health.ToString());

    [Theory]
    [InlineData("0\t2147483647", "Gid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n", "Good")]
    [InlineData("1\t0", "Gid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n", "Warning")]
    [InlineData("1\t0", "Gid:\t0\t0\t0\t0\nCapEff:\t000001ffffffffff\n", "Warning")]
    [InlineData("100\t200", "Gid:\t50\t50\t50\t50\nGroups:\t7 150\nCapEff:\t0000000000000000\n", "Good")]
    [InlineData("", "", "Warning")]
    public void SEC_35_Echo_requests_need_a_group_in_range_and_no_privilege_helps(string range, string status, string expected) =>
        Assert.Equal(expected, SystemFindings.Echo(range, status).Health.ToString());
}
