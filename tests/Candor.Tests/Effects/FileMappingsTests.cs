using Candor.Effects;

namespace Candor.Tests.Effects;

public sealed class FileMappingsTests
{
    private const string Program = "/opt/candor/candor";

    private static readonly string[] Smaps =
    [
        "00400000-00473000 r--p 00000000 08:01 42                         /opt/candor/candor",
        "Size:                460 kB",
        "Anonymous:             0 kB",
        "VmFlags: rd mr mw me",
        "00474000-01e7b000 r-xp 00074000 08:01 42                         /opt/candor/candor",
        "Size:              26652 kB",
        "Anonymous:             0 kB",
        "03673000-03674000 r--p 03672000 08:01 42                         /opt/candor/candor",
        "Anonymous:             4 kB",
        "03674000-03774000 rw-p 03673000 08:01 42                         /opt/candor/candor",
        "Anonymous:             0 kB",
        "03774000-04ecb000 rw-p 00000000 00:00 0",
        "Anonymous:             0 kB",
        "70000000-70100000 r-xp 00000000 08:01 43                 /usr/lib/libssl.so.3",
        "Anonymous:             0 kB",
        "7f0000200000-7f0000300000 r-xs 00000000 08:01 42                 /opt/candor/candor",
        "Anonymous:             0 kB",
    ];

    [Fact]
    public void Only_what_is_the_files_own_still_and_cannot_be_written_is_let_go() => Assert.Equal(
        [((nint)0x400000, (nuint)0x73000), ((nint)0x474000, (nuint)0x1a07000)], FileMappings.UnchangedOf(static file => file == Program, Smaps));

    [Fact]
    public void Libraries_are_files_like_the_program() => Assert.Equal(
        [((nint)0x70000000, (nuint)0x100000)], FileMappings.UnchangedOf(static file => file.EndsWith("/libssl.so.3", StringComparison.Ordinal), Smaps));

    [Fact]
    public void Of_another_file_there_is_nothing() => Assert.Empty(FileMappings.UnchangedOf(static file => file == "/opt/candor", Smaps));

    [Fact]
    public void The_kernel_writes_it_as_it_is_read() => Assert.NotEmpty(
        FileMappings.UnchangedOf(static file => file == Environment.ProcessPath, File.ReadLines("/proc/self/smaps")));
}
