using Candor.Effects;

namespace Candor.Tests.Contracts;

public sealed class SystemDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SystemDisk disk = new();

    [Fact]
    public void What_may_not_be_read_is_a_disk_that_fails_and_not_a_fault_of_its_own_kind() =>
        Assert.Contains("may not be read", Assert.Throws<IOException>(() => disk.Read(Path.GetTempPath(), 10)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_was_replaced_is_read_back_and_no_temporary_file_stays()
    {
        disk.Replace(folder["deep/a"], "one"u8);
        disk.Replace(folder["deep/a"], "two"u8);

        Assert.Equal("two"u8.ToArray(), disk.Read(folder["deep/a"], 100));
        Assert.Equal(["a"], disk.List(folder["deep"]));
    }

    /// <summary>The runtime's own flush says nothing of it; /dev/null is a file that cannot be flushed.</summary>
    [Fact]
    public void P_05_A_flush_that_fails_is_a_fault()
    {
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);

        var fault = Assert.Throws<IOException>(() => LibC.Sync((int)file.DangerousGetHandle(), "/dev/null"));

        Assert.Contains("fsync of '/dev/null' failed", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_owner_may_read_what_is_written()
    {
        disk.Replace(folder["secret"], "x"u8);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["secret"]));
    }

    [Fact]
    public void A_missing_file_is_null_and_a_large_one_is_refused()
    {
        disk.Replace(folder["large"], new byte[101]);

        Assert.Null(disk.Read(folder["missing"], 100));
        Assert.Null(disk.Read(folder["no/such/folder"], 100));
        Assert.Throws<IOException>(() => disk.Read(folder["large"], 100));
    }

    [Fact]
    public void Replacing_where_nothing_can_be_written_throws_and_names_the_path()
    {
        disk.Replace(folder["file"], "x"u8);

        var fault = Assert.ThrowsAny<IOException>(() => disk.Replace(folder["file/below"], "x"u8));

        Assert.Contains(folder["file"], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Removing_twice_is_no_fault()
    {
        disk.Replace(folder["a"], "x"u8);
        disk.Delete(folder["a"]);
        disk.Delete(folder["a"]);

        Assert.Null(disk.Stat(folder["a"]));
        Assert.Empty(disk.List(folder["nowhere"]));
    }

    [Fact]
    public void Length_and_free_space_are_told()
    {
        disk.Replace(folder["a"], new byte[42]);

        Assert.Equal(42, disk.Stat(folder["a"])?.Bytes);
        Assert.InRange(disk.FreeBytes(folder["not/yet/there"]), 1, long.MaxValue);
    }

    [Fact]
    public void A_folder_has_one_owner_and_the_second_is_told_who()
    {
        using (FolderLock.Take(folder.Path))
        {
            var fault = Assert.Throws<FolderInUseException>(() => FolderLock.Take(folder.Path));
            Assert.Contains($"process {Environment.ProcessId}", fault.Message, StringComparison.Ordinal);
            Assert.Contains("--data", fault.Message, StringComparison.Ordinal);
        }

        FolderLock.Take(folder.Path).Dispose();
    }

    public void Dispose() => folder.Dispose();
}
