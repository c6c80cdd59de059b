using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The child processes of a study: which they are, and whether those of two runs are the same.</summary>
internal static class StudyCommands
{
    /// <summary>Each command once, with what its child says it is. Starts the first child of each, which the run goes on with.</summary>
    /// <exception cref="InputException">A command cannot be started, or does not greet.</exception>
    public static IReadOnlyList<string> Versions(Study study) =>
        [.. study.Commands.Select(part => part.Command).Distinct().Select(VersionOf)];

    /// <summary>Refuses results of other programs, or of other versions of them.</summary>
    public static void RequireSame(IReadOnlyList<string> earlier, IReadOnlyList<string> now, string folder)
    {
        if (earlier.Except(now, StringComparer.Ordinal).FirstOrDefault() is { } other)
        {
            throw new InputException($"The replicates there were made by {other}, and not by {now.FirstOrDefault() ?? "it"}.")
            {
                File = folder,
                Hint = "Use the same version of the program for the whole study, or run all of it again in another folder.",
            };
        }
    }

    private static string VersionOf(ChildCommand command)
    {
        try
        {
            var limit = command.TimeLimit.TotalSeconds;
            return FormattableString.Invariant($"{command}: {ChildPool.Of(command).Version()} (time limit {limit:R} s)");
        }
        catch (ChildException exception)
        {
            throw new InputException($"A program of the study does not answer: {exception.Message}.", exception)
            {
                Hint = "It runs in the folder of the study file, and its first line has to be {\"ready\": \"name version\"}; "
                    + "docs/protocol.md has examples.",
            };
        }
    }
}
