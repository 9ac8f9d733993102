using System.Runtime.InteropServices;
using Candor.Journal.Sqlite;

namespace Candor.Tests.Contracts;

/// <summary>A released Candor has SQLite's library inside and nothing beside it.</summary>
public sealed class NativeSqliteTests
{
    private static readonly string Library = Path.Combine(
        AppContext.BaseDirectory, "runtimes", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native", "libe_sqlite3.so");

    [Fact]
    public void A_library_is_loaded_from_memory_and_leaves_no_file_open()
    {
        using var bytes = File.OpenRead(Library);
        var handle = NativeSqlite.Load(bytes, "candor-test-library");
        Assert.NotEqual(0, handle);
        Assert.True(NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out _));
        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd").Select(static file => new FileInfo(file).LinkTarget ?? ""),
            static target => target.Contains("candor-test-library", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_library_is_none()
    {
        using var bytes = new MemoryStream("#!/bin/sh"u8.ToArray());
        Assert.Equal(0, NativeSqlite.Load(bytes, "candor-test-text"));
    }
}
