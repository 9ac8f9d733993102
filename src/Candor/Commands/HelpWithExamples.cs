using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Candor.Commands;

/// <summary>The usual help, then the examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Gives every command's help its examples.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CandorCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine("Examples:");
            var longest = examples.Max(example => example.Line.Length);
            foreach (var (line, does) in examples)
            {
                output.WriteLine($"  {line.PadRight(longest)}  {does}");
            }

            output.WriteLine();
        }

        return Exit.Done;
    }
}
