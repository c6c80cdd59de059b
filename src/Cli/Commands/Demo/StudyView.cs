using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>The second half of the demonstration: both models are right in a simulation, and differ by what the integral says.</summary>
internal static class StudyView
{
    /// <summary>Writes the results.</summary>
    public static void Write(IAnsiConsole console, StudyResult result)
    {
        var mechanism = result.Study.Scenarios[0].Mechanism!;
        TrialView.Heading(console, "2. The same in a simulation, where the truth is known");
        TrialView.Paragraph(
            console,
            $"{Figures.Count(result.Study.Replicates)} trials for each \u03C3, with {Figures.Count(mechanism.Clusters)} clusters of "
                + $"{mechanism.Size.Name} randomized to two arms. The conditional log odds ratio is "
            + $"{Figures.Fixed(NoncollapsibilityStudy.Effect, 0)} in all of them, nothing is confounded, and only the standard deviation "
            + $"\u03C3 between clusters varies. "
            + "Means of the estimates, Monte Carlo errors in brackets:");
        console.WriteLine();
        var table = new TextTable(">\u03C3", ">truth", ">GLMM", ">coverage", ">truth", ">GEE", ">coverage");
        foreach (var scenario in result.Scenarios)
        {
            var (conditional, marginal) = (scenario.Performance[0], scenario.Performance[1]);
            table.Row(
                scenario.Scenario.Setting("sigma"),
                Figures.Fixed(conditional.Truth, 3), Bracketed(conditional.Mean), Coverage(conditional),
                Figures.Fixed(marginal.Truth, 3), Bracketed(marginal.Mean), Coverage(marginal));
        }

        table.WriteTo(console);
        console.WriteLine();
        var failed = result.Scenarios.Sum(scenario => scenario.Performance.Sum(method => method.Failed));
        var attempted = result.Scenarios.Sum(scenario => scenario.Performance.Sum(method => method.Attempted));
        TrialView.Paragraph(
            console,
            "Each model finds its own truth. The conditional truth stays where it is; the marginal one moves towards 0 as clusters differ "
                + "more, exactly as the integral over the random effects says: "
            + $"odds ratios are not collapsible. Fits that failed: {Figures.Count(failed)} of {Figures.Count(attempted)}.");
    }

    private static string Bracketed(PerformanceMeasure measure) =>
        $"{Figures.Fixed(measure.Value, 3)} ({Figures.Fixed(measure.MonteCarloError, 3)})";

    private static string Coverage(MethodPerformance method) =>
        $"{Figures.Fixed(100 * method.Coverage.Value, 1)} ({Figures.Fixed(100 * method.Coverage.MonteCarloError, 1)})";
}
