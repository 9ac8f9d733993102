using System.IO.Pipelines;

namespace Candor.Effects;

/// <summary>A program that runs beside us and is spoken with through its standard input and output, which nobody else holds.</summary>
internal interface IPipedProcess : IDisposable
{
    int Id { get; }

    /// <summary>What is written here it reads. Closing it tells it to end.</summary>
    Stream Input { get; }

    /// <summary>What it writes.</summary>
    PipeReader Output { get; }

    /// <summary>Completes with the exit code; 128 and more where a signal ended it.</summary>
    Task<int> Ended { get; }

    /// <summary>Ends it and everything that it started; nothing happens where it has ended.</summary>
    void Kill();
}
