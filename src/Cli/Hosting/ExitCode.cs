namespace MarginalConditional.Cli.Hosting;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>A result, converged.</summary>
    public const int Success = 0;

    /// <summary>A defect of the program itself.</summary>
    public const int Defect = 1;

    /// <summary>Bad input or usage: a message with place and hint was printed, and nothing on stdout.</summary>
    public const int BadInput = 2;

    /// <summary>A result that did not converge; it was printed with its status.</summary>
    public const int NotConverged = 3;

    /// <summary>Interrupted by the user (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
