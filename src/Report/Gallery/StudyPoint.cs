using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>A method in a scenario of a study, as the pictures of studies show it.</summary>
/// <param name="Scenario">The scenario with all methods.</param>
/// <param name="Performance">The method's.</param>
/// <param name="Method">The method's place among those of the study.</param>
internal sealed record StudyPoint(ScenarioResult Scenario, MethodPerformance Performance, int Method)
{
    /// <summary>Every method in every scenario that was run, of targets on one scale: coefficients, or else differences.</summary>
    public static IReadOnlyList<StudyPoint> Of(StudyResult result)
    {
        StudyPoint[] all =
        [
            .. result.Scenarios.SelectMany(scenario => scenario.Performance
                .Select((performance, method) => new StudyPoint(scenario, performance, method))
                .Where(point => point.Performance.Attempted > 0)),
        ];
        StudyPoint[] coefficients = [.. all.Where(point => point.Performance.Target.Name != StudyTarget.RiskDifference.Name)];
        return coefficients.Length > 0 ? coefficients : all;
    }

    /// <summary>The tone of a method.</summary>
    public PictureTone Tone => PictureTone.First + (Method % 6);

    /// <summary>Its shape.</summary>
    public PictureShape Shape => (PictureShape)(Method % 5);

    /// <summary>Its stroke.</summary>
    public PictureStroke Stroke => (PictureStroke)(Method % 4);

    /// <summary>What tells the scenario from others.</summary>
    public string Label => LabelOf(Scenario.Scenario);

    /// <summary>What tells a scenario from others.</summary>
    public static string LabelOf(Scenario scenario) => scenario.Label.Length == 0 ? "scenario" : scenario.Label;

    /// <summary>A measure with its error as text: <c>−0.001 (0.003)</c>.</summary>
    public static string Text(PerformanceMeasure measure) =>
        $"{Figures.Estimate(measure.Value, measure.MonteCarloError)} "
            + $"({Figures.Estimate(measure.MonteCarloError, measure.MonteCarloError)})";
}
