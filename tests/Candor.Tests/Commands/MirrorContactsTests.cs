using Candor.Commands;
using Candor.Effects;
using Candor.Mirrors.Telling;

namespace Candor.Tests.Commands;

/// <summary>What `candor mirror contacts` and `candor mirror key` put into the data folder can be read by who runs `candor serve`.</summary>
public sealed class MirrorContactsTests : IDisposable
{
    private const uint Somebody = 12345;

    private readonly string folder = Directory.CreateTempSubdirectory("candor-contacts-").FullName;

    public static bool IsNotRoot => !Environment.IsPrivilegedProcess;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Skip = "needs root", SkipWhen = nameof(IsNotRoot))]
    public async Task What_root_makes_belongs_to_whom_the_folder_belongs_to()
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        using (var chown = System.Diagnostics.Process.Start("chown", [$"{Somebody}:{Somebody}", data]))
        {
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (disk, stick) = (new SystemDisk(), Path.Combine(folder, "contacts.key"));
        var shell = await Shell.RunAsync($"candor contacts --out {stick} --data {data}", terminal => MirrorContacts.Create(terminal, disk, new SystemRandomness()));
        Assert.Equal((0, ""), (shell.Exit, shell.Error));
        Assert.Equal((Somebody, Somebody), LibC.OwnerOf(Path.Combine(data, ContactsGrant.TokenFile)));
        Assert.Equal((Somebody, Somebody), LibC.OwnerOf(Path.Combine(data, "mirror.key")));
        Assert.Equal(0u, LibC.OwnerOf(stick).Owner);
    }

    [Fact]
    public async Task What_the_owner_of_the_folder_makes_stays_theirs()
    {
        var (disk, stick) = (new SystemDisk(), Path.Combine(folder, "contacts.key"));
        var shell = await Shell.RunAsync($"candor contacts --out {stick} --data {folder}", terminal => MirrorContacts.Create(terminal, disk, new SystemRandomness()));
        Assert.Equal((0, ""), (shell.Exit, shell.Error));
        Assert.Equal(LibC.OwnerOf(folder), LibC.OwnerOf(Path.Combine(folder, ContactsGrant.TokenFile)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, ContactsGrant.TokenFile)));
    }
}
