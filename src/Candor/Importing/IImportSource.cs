using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing;

/// <summary>One kind of source. Adding one takes a folder and a line in <see cref="ImportSources"/>.</summary>
internal interface IImportSource
{
    /// <summary>The word on the command line: "statuspage".</summary>
    string Name { get; }

    /// <summary>What people call it: "Atlassian Statuspage".</summary>
    string Title { get; }

    /// <summary>Whether this file is of this kind, by what is in it: several products answer at the same addresses.</summary>
    bool Recognises(SourceFile file);

    /// <summary>
    /// Reads the files that were recognised, together: components in one, incidents in another. Pure; never throws for
    /// what a file says, and warns of what cannot be carried.
    /// </summary>
    Imported Read(ImmutableArray<SourceFile> files, Warnings warnings);
}
