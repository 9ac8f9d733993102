using System.Runtime.CompilerServices;

namespace Candor.Tests.Pages;

/// <summary>
/// Golden bytes. A difference fails and leaves what came out beside the approved file as <c>*.received</c>; to approve
/// it, look at it and run the tests with CANDOR_APPROVE=1.
/// </summary>
internal static class Approved
{
    public static void Same(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("CANDOR_APPROVE") == "1")
        {
            File.WriteAllBytes(path, content);
        }

        var approved = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (!content.SequenceEqual(approved))
        {
            File.WriteAllBytes(path + ".received", content);
            Assert.Fail($"{name} is not what was approved. Compare {path} with {Path.GetFileName(path)}.received beside it.");
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Approved");
}
