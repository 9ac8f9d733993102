namespace Candor.Bench;

/// <summary>A form of the program that is measured. <see cref="Prefix"/> stands before the names of its figures.</summary>
internal sealed record Executable(string Prefix, string Path)
{
    /// <summary>As ./candor builds it from the sources.</summary>
    public static Executable Built() => Found("", "bin/Candor/release/candor", "./candor-bench builds it");

    /// <summary>As ./release makes it.</summary>
    public static Executable Released() => Found("released.", "release/candor", "./release makes it, in a few minutes");

    /// <summary>A bench of each form, at the same time: for what hardly uses the machine, so that whatever else happens there happens to all.</summary>
    public static async Task<IReadOnlyList<Figure>> AtOnceAsync(IReadOnlyList<Executable> forms, Func<Executable, Task<IReadOnlyList<Figure>>> bench)
    {
        var all = await Task.WhenAll(forms.Select(bench));
        return [.. forms.Zip(all).SelectMany(static one => one.First.Own(one.Second))];
    }

    /// <summary>A bench of each form, one after another.</summary>
    public static async Task<IReadOnlyList<Figure>> InTurnAsync(IReadOnlyList<Executable> forms, Func<Executable, Task<IReadOnlyList<Figure>>> bench)
    {
        var figures = new List<Figure>();
        foreach (var form in forms)
        {
            figures.AddRange(form.Own(await bench(form)));
        }

        return figures;
    }

    private IEnumerable<Figure> Own(IReadOnlyList<Figure> figures) => figures.Select(figure => figure with { Name = Prefix + figure.Name });

    private static Executable Found(string prefix, string path, string remedy) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../..", path)) is var full && File.Exists(full)
            ? new(prefix, full)
            : throw new FileNotFoundException($"There is no {full}; {remedy}.", full);
}
