namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>What a run of the program left behind.</summary>
internal sealed record RunResult(int ExitCode, string Out, string Error)
{
    /// <summary>Both streams with their names, for approval of a whole run.</summary>
    public string Transcript => Error.Length == 0 ? Out : $"{Out}--- stderr, exit code {ExitCode} ---\n{Error}";
}
