using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>The end of the demonstration: what to try next.</summary>
internal static class NextSteps
{
    /// <summary>Writes commands that work in a clone of the repository.</summary>
    public static void Write(IAnsiConsole console)
    {
        TrialView.Heading(console, "3. What to try next");
        console.Write(new Text(
            """
              margcond demo --data > toenail.csv           the trial as a file
              margcond compare toenail.csv "y ~ treatment * time" \
                  --cluster patientID --treatment treatment    the full comparison
              margcond simulate simulations/noncollapsibility/study.yaml
              margcond --help                              everything else

            """.ReplaceLineEndings("\n")));
    }
}
